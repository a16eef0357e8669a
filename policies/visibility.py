"""Whose name is shown to whom: nobody's but by choice, thing by thing; a member of a group stands in its place.

Where a member stands behind a thing, the clerks of the own group may know who it is, and nobody else, unless that
member chose so for that very thing. The choice can be taken back at any time.
"""

from collections.abc import Mapping
from enum import StrEnum

from policies.errors import RuleBroken
from policies.groups import group_named


class Role(StrEnum):
    """As what somebody stands behind a thing. The values are stored and stand in addresses."""

    PLANK = "plank"
    PLANK_SECOND = "plank-second"
    AMENDMENT = "amendment"
    AMENDMENT_SECOND = "amendment-second"
    ARGUMENT = "argument"
    OFFER = "offer"


class Reach(StrEnum):
    """How far a name goes, the narrowest first. The values are stored."""

    NOBODY = "nobody"
    CLERKS = "clerks"
    OWN_GROUP = "own_group"
    ALL_GROUPS = "all_groups"
    EVERYBODY = "everybody"

    @property
    def place(self) -> int:
        """How wide it is, as a number."""
        return list(Reach).index(self)


class Choice(StrEnum):
    """What a member says of one thing; where nothing is said, the clerks of the group alone may know."""

    AS_IN_GENERAL = "as_in_general"
    CLERKS = "clerks"
    OWN_GROUP = "own_group"
    ALL_GROUPS = "all_groups"
    EVERYBODY = "everybody"


class Viewer(StrEnum):
    """Who reads, as seen from the group of the one who stands behind the thing."""

    OWN_CLERK = "own clerk"
    OWN_GROUP = "own group"
    OTHER_GROUP = "other group"
    MP = "MP"
    PUBLIC = "public"


class ThingState(StrEnum):
    """Where the thing stands: written on, before the members alone, before everybody, or hidden by clerks."""

    DRAFT = "draft"
    AMONG_MEMBERS = "among members"
    PUBLIC = "public"
    HIDDEN = "hidden"


# How far a name has to go until this reader sees it. An MP reads what everybody reads.
SEEN_FROM: dict[Viewer, Reach] = {
    Viewer.OWN_CLERK: Reach.CLERKS,
    Viewer.OWN_GROUP: Reach.OWN_GROUP,
    Viewer.OTHER_GROUP: Reach.ALL_GROUPS,
    Viewer.MP: Reach.EVERYBODY,
    Viewer.PUBLIC: Reach.EVERYBODY,
}

_MEMBERS = frozenset({Viewer.OWN_CLERK, Viewer.OWN_GROUP, Viewer.OTHER_GROUP})
# Who reads a thing with a name beside it at all. What clerks have hidden is left without any.
READERS: Mapping[ThingState, frozenset[Viewer]] = {
    ThingState.DRAFT: frozenset(),
    ThingState.AMONG_MEMBERS: _MEMBERS,
    ThingState.PUBLIC: frozenset(Viewer),
    ThingState.HIDDEN: frozenset(),
}

REACH_WORDS: dict[Reach, str] = {
    Reach.NOBODY: "nobody",
    Reach.CLERKS: "the clerks of your group, and nobody else",
    Reach.OWN_GROUP: "members of your group",
    Reach.ALL_GROUPS: "members of all groups",
    Reach.EVERYBODY: "everybody",
}

# What stands by a name that its owner shows to nobody else, so that it is not passed on unthinkingly.
TO_CLERKS_ALONE = " (told to clerks of the group alone)"

# Nobody has said anything: the clerks of the own group may know.
UNCHOSEN = Reach.CLERKS


def viewer(
    group: str, viewer_group: str | None, *, is_clerk: bool = False, is_mp: bool = False, reads_as_clerk: bool = True
) -> Viewer:
    """Who a reader is to somebody of `group`. `reads_as_clerk`: an offer is read by its two members alone, not as an
    officer.
    """
    if viewer_group is None:
        return Viewer.MP if is_mp else Viewer.PUBLIC
    if viewer_group != group:
        return Viewer.OTHER_GROUP
    return Viewer.OWN_CLERK if is_clerk and reads_as_clerk else Viewer.OWN_GROUP


def reach_of(choice: Choice | None, general: Reach, *, is_of_group: bool = True) -> Reach:
    """How far a name goes on one thing: the choice there beats the general one, and without any it goes nowhere.

    `is_of_group`: who has left the group is no longer known to its clerks by what they wrote.
    """
    reach = UNCHOSEN
    if choice is not None:
        reach = general if choice is Choice.AS_IN_GENERAL else Reach(choice.value)
    return Reach.NOBODY if reach is Reach.CLERKS and not is_of_group else reach


def is_shown(reader: Viewer, reach: Reach, state: ThingState) -> bool:
    """Whether this reader sees the name."""
    return reader in READERS[state] and reach.place >= SEEN_FROM[reader].place


def anonymous(group: str) -> str:
    """Who stands behind a thing, as far as anybody is told who may not know more."""
    return f"a member of the {group_named(group).title}"


def told(name: str, group: str, reader: Viewer, reach: Reach, state: ThingState) -> str:
    """Who stands behind a thing, as this reader is told: a name and the group, or the group alone."""
    if not name or not is_shown(reader, reach, state):
        return anonymous(group)
    aside = TO_CLERKS_ALONE if SEEN_FROM[reader] is reach is Reach.CLERKS else ""
    return f"{name}, {anonymous(group)}{aside}"


def is_wider(before: Reach, after: Reach) -> bool:
    """Whether a name would be shown to more people than before."""
    return after.place > before.place


def needs_second_step(before: Reach, after: Reach, said: Reach | None) -> bool:
    """A name is shown to more people only after its owner has read who they are. `said` is what the owner has read."""
    return is_wider(before, after) and said is not after


def require_second_step(before: Reach, after: Reach, said: Reach | None) -> None:
    """The same, refused."""
    if needs_second_step(before, after, said):
        raise RuleBroken("Your name would be shown to more people than you were told. Choose once more, and read who.")
