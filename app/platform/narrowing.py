"""What a list of planks is narrowed to and sorted by, as the address says it, and the form that asks for it."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from flask import request

from app.endorsements.levels import READING_ORDER, level_named
from app.models import Theme
from app.platform.queries import ORDERS, Narrowed
from app.web.backing import listed
from policies.endorsements import Backing
from policies.errors import NotUnderstood
from policies.groups import GROUP_KEYS, GROUPS, group_named

ANY = "Any"
OPTIONS: dict[Backing, str] = {
    Backing.BACKED: "Backs it, at least in part",
    Backing.DECLINED: "Declined it or withdrew",
    Backing.UNDECIDED: "Has not decided",
}
SAID: dict[Backing, str] = {
    Backing.BACKED: "backed, at least in part, by the {}",
    Backing.DECLINED: "declined, or no longer backed, by the {}",
    Backing.UNDECIDED: "not decided by the {}",
}


@dataclass(frozen=True)
class Choice:
    """A drop-down list of the form: the name in the address, the label, the options, and which is chosen."""

    name: str
    label: str
    options: Sequence[tuple[str, str]]
    chosen: str


@dataclass(frozen=True)
class Asked:
    """What the address asks for, and how it is asked for again."""

    narrowed: Narrowed
    order: str
    choices: Sequence[Choice]
    in_words: str
    """ "theme Housing; backed by the Compass Green group"; empty where nothing is narrowed."""

    @property
    def values(self) -> dict[str, str]:
        """The narrowing as an address has it, without the order and the page."""
        return {choice.name: choice.chosen for choice in self.choices if choice.chosen}


def asked(themes: Sequence[Theme], *, sorts: bool = False) -> Asked:
    """Read the address; raises `NotUnderstood` for a name or a value that this list does not have.

    `themes` are those with public planks: to narrow to another one would betray what is not public yet.
    """
    names = ("theme", "level", *GROUP_KEYS, *(("sort",) if sorts else ()), "page")
    given = _given(names)
    by_slug = {theme.slug: theme for theme in themes}
    slug = _one_of(by_slug, given.get("theme", ""), "theme")
    level = _one_of([key.value for key in READING_ORDER], given.get("level", ""), "level")
    backings = {key: _one_of(list(Backing), given.get(key, ""), key) for key in GROUP_KEYS}
    order = _one_of([*ORDERS, *(f"-{order}" for order in ORDERS)], given.get("sort", ""), "sort") or ORDERS[0]
    held = {key: Backing(backing) for key, backing in backings.items() if backing}
    return Asked(
        narrowed=Narrowed(by_slug.get(slug), level or None, held),
        order=order,
        choices=_choices(themes, slug, level, backings),
        in_words=_in_words(by_slug.get(slug), level, held),
    )


def _given(names: Sequence[str]) -> Mapping[str, str]:
    """The address's questions, each of a known name and asked once. An empty one asks for nothing: so forms send it."""
    if set(request.args) - set(names):
        raise NotUnderstood(f"The address asks for something this list does not have. It knows {listed(names)}.")
    twice = [name for name in names if len(request.args.getlist(name)) > 1]
    if twice:
        raise NotUnderstood(f"The address asks for {listed(twice)} more than once. Ask for each once.")
    return request.args


def _one_of(known: Collection[str], value: str, name: str) -> str:
    if value and value not in known:
        raise NotUnderstood(
            f"The address asks for a {name} that there is not. Choose one of these: {listed(list(known))}."
        )
    return value


def _choices(themes: Sequence[Theme], slug: str, level: str, backings: Mapping[str, str]) -> list[Choice]:
    levels = [(key.value, level_named(key).label) for key in READING_ORDER]
    options = [(backing.value, words) for backing, words in OPTIONS.items()]
    return [
        Choice("theme", "Theme", [("", ANY), *((theme.slug, theme.name) for theme in themes)], slug),
        Choice("level", "Level", [("", ANY), *levels], level),
        *(Choice(group.key, group.full_title, [("", ANY), *options], backings[group.key]) for group in GROUPS),
    ]


def _in_words(theme: Theme | None, level: str, backings: Mapping[str, Backing]) -> str:
    said = [f"theme {theme.name}"] if theme else []
    said += [f"level “{level_named(level).label}”"] if level else []
    said += [SAID[backing].format(group_named(key).title) for key, backing in backings.items()]
    return "; ".join(said)
