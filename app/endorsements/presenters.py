"""What the three groups decided on one exact version, as pages show it: three cells, one sentence, a card on a list."""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from flask import url_for

from app import clock
from app.endorsements import queries
from app.endorsements.pausing import pauses
from app.models import Plank, Stance, Version
from app.rulings import queries as rulings
from app.web.filters import day, kept_summary
from policies.agreement import Level
from policies.conditions import Promise, has_lapsed
from policies.endorsements import NO_STANCE, STANCE_WORDS, StanceKind
from policies.groups import GROUPS, Group, all_in_words, group_named

NONE_YET = "none"
REFERRED = "Referred back"
LAPSED_WORDS = ("–", "Its condition has lapsed")
PAUSED = "paused"
PAUSED_WORDS = ("‖", "Paused")
_NO_PROSE = re.compile(r"\s*(#|[-*+>] |\d+[.)] |\[\^)")

# One group, and several: what each did with the words. "{text}" is the version's name in words.
SAID: dict[StanceKind, tuple[str, str]] = {
    StanceKind.ENDORSED: ("backs {text}", "back {text}"),
    StanceKind.RESERVATION: ("backs {text} with a reservation", "back {text} with reservations"),
    StanceKind.OPT_OUT: ("backs {text} except some units", "back {text} except some units"),
    StanceKind.CONDITIONAL: ("would back another text", "would back another text"),
    StanceKind.DECLINED: ("decided not to back {text}", "decided not to back {text}"),
    StanceKind.WITHDRAWN: ("withdrew its backing of {text}", "withdrew their backing of {text}"),
    StanceKind.NO_QUORUM: (
        "made no decision on {text}, for want of a quorum",
        "made no decision on {text}, for want of a quorum",
    ),
}
# The same with the day on which a group said no, or could not decide.
SAID_ON: dict[StanceKind, tuple[str, str]] = {
    StanceKind.DECLINED: ("declined {text} on {day}", "declined {text} on {day}"),
    StanceKind.WITHDRAWN: (
        "withdrew its backing of {text} on {day}",
        "withdrew their backing of {text} on {day}",
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


def cells(
    stances: Mapping[str, Stance], notes: Mapping[str, str] | None = None, shown: Version | None = None
) -> tuple[Cell, ...]:
    """One cell a group, in the order of the groups: the one place where a decision becomes what pages show.

    `stances` are those that count for the version shown, by group key. With `shown`, a cell says of which version the
    backing is, where that has other punctuation. What is paused says so and until when.
    """
    said, paused = dict(notes or {}), pauses(stances)
    for group, stance in stances.items():
        condition = conditional_words(stance)
        parts = [said.get(group, ""), condition, _taken_on(stance, shown), _until(stance, paused.get(group))]
        said[group] = ". ".join(part for part in parts if part)
    return tuple(
        _cell(group, stances.get(group.key), said.get(group.key, ""), is_paused=group.key in paused) for group in GROUPS
    )


def sentence(stances: Mapping[str, Stance], version_name: str) -> str:
    """The cells in one sentence: "The Compass Labour and Lib Dem groups back version 2; the Compass Green group …".

    Backing is told of the version it was given to; of one with other punctuation the sentence says so at its end.
    """
    if not stances:
        return sentence_of({}, version_name)
    paused, others = pauses(stances), set()
    clauses: list[str] = []
    counting = {group: stance for group, stance in stances.items() if group not in paused}
    for (kind, name, on), groups in _groups_by_decision(counting, version_name, paused).items():
        others |= {name} - {version_name}
        clauses.append(_clause(kind, groups, f"version {name}", on))
    for group, until in paused.items():
        name = taken_on(stances[group], version_name)
        others |= {name} - {version_name}
        clauses.append(_pause_clause(group, name, until))
    clauses += [f"version {version_name} differs from version {name} in punctuation only" for name in sorted(others)]
    return _sentence(clauses)


def sentence_of(kinds: Mapping[str, StanceKind], version_name: str) -> str:
    """The same of what each group decided at some time, by group key."""
    text = f"version {version_name}"
    if not kinds:
        return f"No group has taken a position on {text} yet."
    return _sentence(_clause(kind, groups, text) for kind, groups in _groups_by_kind(kinds).items())


def backing(stances: Mapping[str, Stance], version_name: str) -> str:
    """The same of the groups in `stances` alone: nothing is said of those without a stance, and a pause is said."""
    paused, text = pauses(stances), f"version {version_name}"
    counting = {group: kind for group, kind in queries.kinds(stances).items() if group not in paused}
    clauses = [_clause(kind, groups, text) for kind, groups in _groups_by_kind(counting).items() if kind is not None]
    return _sentence([*clauses, *(_pause_clause(group, version_name, until) for group, until in paused.items())])


def plank_card(plank: Plank, version: Version, stances: Mapping[str, Stance]) -> PlankCard:
    """A plank as a list shows it: `version` is the one shown, `stances` are those on it."""
    return PlankCard(
        url=url_for("platform.plank", ref=plank.ref),
        number=plank.name,
        title=version.title,
        theme=plank.theme.name,
        theme_url=url_for("platform.theme", slug=plank.theme.slug),
        level=queries.level_of(plank, version, dict(stances)),
        cells=cells(stances, shown=version),
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
    return kept_summary((paragraphs or blocks or [""])[0][: 8 * characters], characters)


def _sentence(clauses: Iterable[str]) -> str:
    joined = "; ".join(clauses)
    return f"{joined[0].upper()}{joined[1:]}."


def taken_on(stance: Stance, version_name: str) -> str:
    """The name of the version that a stance was taken on: the one shown, or the same words before they were mended."""
    return version_name if stance.version is None else stance.version.name


def _cell(group: Group, stance: Stance | None, note: str, *, is_paused: bool) -> Cell:
    if is_paused:
        return Cell(group, PAUSED, *PAUSED_WORDS, note)
    glyph, word = NO_STANCE if stance is None else stance_words(stance)
    return Cell(group, NONE_YET if stance is None else stance.kind.value, glyph, word, note)


def stance_words(stance: Stance) -> tuple[str, str]:
    """A stance's sign and words; of a condition that has not come true in time, that it has lapsed."""
    return LAPSED_WORDS if has_lapsed_condition(stance) else STANCE_WORDS[stance.kind]


def has_lapsed_condition(stance: Stance) -> bool:
    """Whether the date of a conditional stance has passed, whatever the clock's work has noted."""
    row = stance.condition
    if stance.kind is not StanceKind.CONDITIONAL or row is None:
        return False
    promise = Promise(stance.plank_id, row.sha256, row.by_date)
    return not _has_come_true(stance) and has_lapsed(promise, clock.now().date())


def _has_come_true(stance: Stance) -> bool:
    return stance.condition_end is not None and stance.condition_end.became_id is not None


def conditional_words(stance: Stance) -> str:
    """Which text a group will back, and until when: "Backs “Warm homes” if it is adopted by 3 May 2026"."""
    row = stance.condition
    if stance.kind is not StanceKind.CONDITIONAL or row is None:
        return ""
    by_date = f"{row.by_date.day} {row.by_date:%B} {row.by_date.year}"
    named = f"The text “{row.title}” (SHA-256 {row.sha256[:12]}…), if it is adopted by {by_date}"
    return f"{named}. It was adopted in time" if _has_come_true(stance) else named


def _taken_on(stance: Stance, shown: Version | None) -> str:
    if shown is None or taken_on(stance, shown.name) == shown.name:
        return ""
    return f"As version {stance.version.name}, the same words"


def _until(stance: Stance, until: datetime | None) -> str:
    return "" if until is None else f"{STANCE_WORDS[stance.kind][1]}, paused until {day(until)}"


def _pause_clause(group: str, version_name: str, until: datetime) -> str:
    return f"{_named([group_named(group)])} has paused its backing of version {version_name} until {day(until)}"


def _groups_by_decision(
    stances: Mapping[str, Stance], version_name: str, left_out: Collection[str]
) -> dict[tuple[StanceKind | None, str, str], list[Group]]:
    """The groups that decided alike on the same version, and a no on the same day; those without a decision last."""
    found: dict[tuple[StanceKind | None, str, str], list[Group]] = {}
    for kind, groups in _groups_by_kind(queries.kinds(stances)).items():
        for group in (one for one in groups if one.key not in left_out):
            stance = stances.get(group.key)
            name = version_name if stance is None else taken_on(stance, version_name)
            on = day(stance.decided_at) if stance is not None and kind in SAID_ON else ""
            found.setdefault((_said(kind, stance), name, on), []).append(group)
    return found


def _groups_by_kind(kinds: Mapping[str, StanceKind]) -> dict[StanceKind | None, list[Group]]:
    """The groups that decided alike, by the list's own order; those without a decision last."""
    found: dict[StanceKind | None, list[Group]] = {}
    for kind in (*StanceKind, None):
        groups = [group for group in GROUPS if kinds.get(group.key) is kind]
        if groups:
            found[kind] = groups
    return found


def _said(kind: StanceKind | None, stance: Stance | None) -> StanceKind | None:
    """What a sentence says of a stance: a condition that has lapsed is no position any more."""
    return None if stance is not None and has_lapsed_condition(stance) else kind


def _clause(kind: StanceKind | None, groups: Sequence[Group], text: str, on: str = "") -> str:
    one, several = SAID_NOTHING if kind is None else (SAID_ON if on and kind in SAID_ON else SAID)[kind]
    return f"{_named(groups)} {(one if len(groups) == 1 else several).format(text=text, day=on)}"


def _named(groups: Sequence[Group]) -> str:
    """ "the Compass Labour and Lib Dem groups"; "all three Compass groups"."""
    if len(groups) == len(GROUPS):
        return f"{all_in_words()} Compass groups"
    names = [group.name for group in groups]
    if len(names) == 1:
        return f"the Compass {names[0]} group"
    return f"the Compass {', '.join(names[:-1])} and {names[-1]} groups"
