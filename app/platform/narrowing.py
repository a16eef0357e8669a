"""What a list of planks is narrowed to and sorted by, as the address says it, and the form that asks for it."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from flask import request

from app.endorsements.levels import READING_ORDER, level_named
from app.models import Theme
from app.platform.public_planks import ORDERS, Narrowed
from app.web.backing import listed
from policies.endorsements import Backing
from policies.errors import NotUnderstood
from policies.groups import GROUP_KEYS, GROUPS, group_named
from policies.overlap import Part, Standing, part_in_words, part_key, part_name, parts

ANY = "Any"
ONLY = "Backed by exactly"
PARTS = {part_key(part): part for part in (*parts(), Part())}
STANDINGS: dict[Standing, str] = {
    Standing.BACKED_BY_ONE: "Backed by one group",
    Standing.DIFFER: "Where we differ",
}
STANDING_SAID: dict[Standing, str] = {
    Standing.BACKED_BY_ONE: "backed by one group, at least in part",
    Standing.DIFFER: "where the groups differ",
}
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


def asked(themes: Sequence[Theme], theme: Theme | None = None) -> Asked:
    """Read the address; raises `NotUnderstood` for a name or a value that this list does not have.

    `themes` are those with public planks: to narrow to another one would betray what is not public yet. On the page of
    one `theme` the address asks for none.
    """
    names = (*(() if theme else ("theme",)), "level", "show", "only", *GROUP_KEYS, "sort", "page")
    found = given(names)
    by_slug = {theme.slug: theme for theme in themes}
    known: dict[str, Collection[str]] = {
        "theme": by_slug,
        "level": [key.value for key in READING_ORDER],
        "show": list(Standing),
        "only": PARTS,
        **dict.fromkeys(GROUP_KEYS, list(Backing)),
    }
    chosen = {name: one_of(values, found.get(name, ""), name) for name, values in known.items()}
    order = one_of([*ORDERS, *(f"-{order}" for order in ORDERS)], found.get("sort", ""), "sort") or ORDERS[0]
    narrowed = Narrowed(
        theme=theme or by_slug.get(chosen["theme"]),
        level=chosen["level"] or None,
        backings={key: Backing(chosen[key]) for key in GROUP_KEYS if chosen[key]},
        part=PARTS.get(chosen["only"]),
        standing=Standing(chosen["show"]) if chosen["show"] else None,
    )
    choices = [choice for choice in _choices(themes, chosen) if choice.name in names]
    return Asked(narrowed, order, choices, _in_words(narrowed if theme is None else replace(narrowed, theme=None)))


def given(names: Sequence[str]) -> Mapping[str, str]:
    """The address's questions, each of a known name and asked once. An empty one asks for nothing: so forms send it."""
    if set(request.args) - set(names):
        raise NotUnderstood(f"The address asks for something this list does not have. It knows {listed(names)}.")
    twice = [name for name in names if len(request.args.getlist(name)) > 1]
    if twice:
        raise NotUnderstood(f"The address asks for {listed(twice)} more than once. Ask for each once.")
    return request.args


def one_of(known: Collection[str], value: str, name: str) -> str:
    """The value, if the list has it or nothing is asked for; raises `NotUnderstood` and names what there is."""
    if value and value not in known:
        raise NotUnderstood(
            f"The address asks for a {name} that there is not. Choose one of these: {listed(list(known))}."
        )
    return value


def _choices(themes: Sequence[Theme], chosen: Mapping[str, str]) -> list[Choice]:
    backings = [(backing.value, words) for backing, words in OPTIONS.items()]
    options: dict[str, tuple[str, Sequence[tuple[str, str]]]] = {
        "theme": ("Theme", [(theme.slug, theme.name) for theme in themes]),
        "level": ("Level", [(key.value, level_named(key).label) for key in READING_ORDER]),
        "show": ("And only", [(standing.value, words) for standing, words in STANDINGS.items()]),
        "only": (ONLY, [(key, part_name(part)) for key, part in PARTS.items()]),
        **{group.key: (group.full_title, backings) for group in GROUPS},
    }
    return [Choice(name, label, [("", ANY), *known], chosen[name]) for name, (label, known) in options.items()]


def _in_words(narrowed: Narrowed) -> str:
    said = [f"theme {narrowed.theme.name}"] if narrowed.theme else []
    said += [f"level “{level_named(narrowed.level).label}”"] if narrowed.level else []
    said += [STANDING_SAID[narrowed.standing]] if narrowed.standing else []
    said += [f"backed, at least in part, by {part_in_words(narrowed.part)}"] if narrowed.part else []
    said += [SAID[backing].format(group_named(key).title) for key, backing in narrowed.backings.items()]
    return "; ".join(said)
