"""What a list of planks is narrowed to and sorted by, as the address says it, and the form that asks for it."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from flask import request

from app.endorsements.levels import READING_ORDER, level_named
from app.models import Theme
from app.platform.queries import ORDERS, Narrowed
from app.web.backing import listed
from policies.endorsements import Position
from policies.errors import NotUnderstood
from policies.groups import GROUP_KEYS, GROUPS, group_named

ANY = "Any"
OPTIONS: dict[Position, str] = {
    Position.BACKED: "Backs it, at least in part",
    Position.DECLINED: "Declined it or withdrew",
    Position.UNDECIDED: "Has not decided",
}
SAID: dict[Position, str] = {
    Position.BACKED: "backed by the {}",
    Position.DECLINED: "declined, or no longer backed, by the {}",
    Position.UNDECIDED: "not decided by the {}",
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
    positions = {key: _one_of(list(Position), given.get(key, ""), key) for key in GROUP_KEYS}
    order = _one_of([*ORDERS, *(f"-{order}" for order in ORDERS)], given.get("sort", ""), "sort") or ORDERS[0]
    held = {key: Position(position) for key, position in positions.items() if position}
    return Asked(
        narrowed=Narrowed(by_slug.get(slug), level or None, held),
        order=order,
        choices=_choices(themes, slug, level, positions),
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


def _choices(themes: Sequence[Theme], slug: str, level: str, positions: Mapping[str, str]) -> list[Choice]:
    levels = [(key.value, level_named(key).label) for key in READING_ORDER]
    options = [(position.value, words) for position, words in OPTIONS.items()]
    return [
        Choice("theme", "Theme", [("", ANY), *((theme.slug, theme.name) for theme in themes)], slug),
        Choice("level", "Level", [("", ANY), *levels], level),
        *(Choice(group.key, group.full_title, [("", ANY), *options], positions[group.key]) for group in GROUPS),
    ]


def _in_words(theme: Theme | None, level: str, positions: Mapping[str, Position]) -> str:
    said = [f"theme {theme.name}"] if theme else []
    said += [f"level “{level_named(level).label}”"] if level else []
    said += [SAID[position].format(group_named(key).title) for key, position in positions.items()]
    return "; ".join(said)
