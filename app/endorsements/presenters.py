"""What the three groups decided on one exact version, as pages show it: three cells, one sentence, a card on a list."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from flask import url_for

from app.endorsements import queries
from app.models import Plank, Stance, Version
from app.rulings import queries as rulings
from app.web.filters import summary
from policies.agreement import Level
from policies.endorsements import NO_STANCE, STANCE_WORDS, StanceKind
from policies.groups import GROUPS, Group, all_in_words

NONE_YET = "none"
REFERRED = "Referred back"
_NO_PROSE = re.compile(r"\s*(#|[-*+>] |\d+[.)] |\[\^)")

# One group, and several: what each did with the words. "{text}" is the version's name in words.
SAID: dict[StanceKind, tuple[str, str]] = {
    StanceKind.ENDORSED: ("backs {text}", "back {text}"),
    StanceKind.RESERVATION: ("backs {text} with a reservation", "back {text} with reservations"),
    StanceKind.OPT_OUT: ("backs {text} except some units", "back {text} except some units"),
    StanceKind.CONDITIONAL: ("backs another text on a condition", "back another text on a condition"),
    StanceKind.DECLINED: ("decided not to back {text}", "decided not to back {text}"),
    StanceKind.WITHDRAWN: ("withdrew its backing of {text}", "withdrew their backing of {text}"),
    StanceKind.NO_QUORUM: (
        "made no decision on {text}, for want of a quorum",
        "made no decision on {text}, for want of a quorum",
    ),
}
SAID_NOTHING = ("has taken no position yet", "have taken no position yet")


@dataclass(frozen=True)
class Cell:
    """One group's decision on the version shown: a letter, a sign, a word."""

    group: Group
    kind: str
    glyph: str
    word: str
    note: str = ""


@dataclass(frozen=True)
class PlankCard:
    """A plank on a list."""

    url: str
    number: str
    title: str
    theme: str
    theme_url: str
    level: Level
    cells: Sequence[Cell]
    sentence: str
    summary: str
    note: str = ""
    """What holds for the plank now, whatever the groups decided, such as that it is with its drafters."""


def cells(stances: Mapping[str, Stance], notes: Mapping[str, str] | None = None) -> tuple[Cell, ...]:
    """One cell a group, in the order of the groups. `stances` are those on the exact version shown, by group key."""
    return tuple(_cell(group, stances.get(group.key), (notes or {}).get(group.key, "")) for group in GROUPS)


def sentence(stances: Mapping[str, Stance], version_name: str) -> str:
    """The cells in one sentence: "The Compass Labour and Lib Dem groups back version 2; the Compass Green group …"."""
    return sentence_of(queries.kinds(stances), version_name)


def sentence_of(kinds: Mapping[str, StanceKind], version_name: str) -> str:
    """The same of what each group decided at some time, by group key."""
    text = f"version {version_name}"
    if not kinds:
        return f"No group has taken a position on {text} yet."
    return _sentence(_clause(kind, groups, text) for kind, groups in _groups_by_kind(kinds).items())


def backing(stances: Mapping[str, Stance], version_name: str) -> str:
    """The same of the groups in `stances` alone: nothing is said of those without a stance."""
    kinds = _groups_by_kind(queries.kinds(stances)).items()
    return _sentence(_clause(kind, groups, f"version {version_name}") for kind, groups in kinds if kind is not None)


def plank_card(plank: Plank, version: Version, stances: Mapping[str, Stance]) -> PlankCard:
    """A plank as a list shows it: `version` is the one shown, `stances` are those on it."""
    return PlankCard(
        url=url_for("platform.plank", ref=plank.ref),
        number=plank.name,
        title=version.title,
        theme=plank.theme.name,
        theme_url=url_for("platform.theme", slug=plank.theme.slug),
        level=queries.level_of(plank, version, dict(stances)),
        cells=cells(stances),
        sentence=sentence(stances, version.name),
        summary=opening_words(version.text),
    )


def plank_cards(planks: Sequence[Plank]) -> list[PlankCard]:
    """Cards of planks whose shown versions are loaded; two queries, however many they are."""
    shown = [(plank, plank.shown_version) for plank in planks]
    stances = queries.on_versions([version.id for _, version in shown if version])
    referred = rulings.referred([plank.id for plank, _ in shown])
    cards = [(plank, plank_card(plank, version, stances.get(version.id, {}))) for plank, version in shown if version]
    return [replace(card, note=REFERRED) if plank.id in referred else card for plank, card in cards]


def opening_words(text: str, characters: int = 150) -> str:
    """The first words of a text's first paragraph, cut between words."""
    blocks = [block for block in text.split("\n\n") if block.strip()]
    paragraphs = [block for block in blocks if not _NO_PROSE.match(block)]
    return summary((paragraphs or blocks or [""])[0][: 8 * characters], characters)


def _sentence(clauses: Iterable[str]) -> str:
    joined = "; ".join(clauses)
    return f"{joined[0].upper()}{joined[1:]}."


def _cell(group: Group, stance: Stance | None, note: str) -> Cell:
    glyph, word = NO_STANCE if stance is None else STANCE_WORDS[stance.kind]
    return Cell(group, NONE_YET if stance is None else stance.kind.value, glyph, word, note)


def _groups_by_kind(kinds: Mapping[str, StanceKind]) -> dict[StanceKind | None, list[Group]]:
    """The groups that decided alike, by the list's own order; those without a decision last."""
    found: dict[StanceKind | None, list[Group]] = {}
    for kind in (*StanceKind, None):
        groups = [group for group in GROUPS if kinds.get(group.key) is kind]
        if groups:
            found[kind] = groups
    return found


def _clause(kind: StanceKind | None, groups: Sequence[Group], text: str) -> str:
    one, several = SAID_NOTHING if kind is None else SAID[kind]
    return f"{_named(groups)} {(one if len(groups) == 1 else several).format(text=text)}"


def _named(groups: Sequence[Group]) -> str:
    """ "the Compass Labour and Lib Dem groups"; "all three Compass groups"."""
    if len(groups) == len(GROUPS):
        return f"{all_in_words()} Compass groups"
    names = [group.name for group in groups]
    if len(names) == 1:
        return f"the Compass {names[0]} group"
    return f"the Compass {', '.join(names[:-1])} and {names[-1]} groups"
