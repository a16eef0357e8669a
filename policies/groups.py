"""The groups that write the platform together. This list is the only place that knows how many there are."""

from collections.abc import Sequence
from dataclasses import dataclass

from policies.errors import NotThere


@dataclass(frozen=True)
class Group:
    """A Compass group: `key` is how it is stored, `letter` how it is told apart without colour."""

    key: str
    letter: str
    name: str
    title: str
    disclaimer: str

    @property
    def full_title(self) -> str:
        """The name that may stand beside a decision: it says that a group is not a party."""
        return f"{self.title} ({self.disclaimer})"

    @property
    def party(self) -> str:
        """The party the group is not, and whose members and supporters it gathers: "the Labour Party"."""
        return self.disclaimer.removeprefix("not ")

    @property
    def leaning(self) -> str:
        """What kind of group it is, as a list of kinds has it: "Liberal Democrat"."""
        return self.title.removeprefix("Compass ").removesuffix(" group")


GROUPS: tuple[Group, ...] = (
    Group("labour", "L", "Labour", "Compass Labour group", "not the Labour Party"),
    Group("lib_dem", "LD", "Lib Dem", "Compass Liberal Democrat group", "not the Liberal Democrats"),
    Group("green", "G", "Green", "Compass Green group", "not the Green Party"),
)

GROUP_KEYS: tuple[str, ...] = tuple(group.key for group in GROUPS)
# How many groups there are, as sentences have it.
NUMBERS = ("none", "one", "two", "three", "four", "five")


def group_named(key: str) -> Group:
    """The group stored as `key`; raises `NotThere` for any other word."""
    for group in GROUPS:
        if group.key == key:
            return group
    raise NotThere("There is no such group. Choose one of the groups listed on this site.")


def in_words(keys: list[str] | tuple[str, ...] | set[str]) -> str:
    """Group names in the list's own order, as a sentence has them: "Labour, Lib Dem and Green"."""
    names = [group.name for group in GROUPS if group.key in keys]
    if len(names) < 2:
        return "".join(names)
    return f"{', '.join(names[:-1])} and {names[-1]}"


def number_in_words(groups: Sequence[object] = GROUPS) -> str:
    """ "three", as in "three Compass groups"."""
    return NUMBERS[len(groups)]


def all_in_words(groups: Sequence[object] = GROUPS) -> str:
    """ "all three", or "both" where there are two."""
    return "both" if len(groups) == 2 else f"all {number_in_words(groups)}"
