"""The negotiation view: each unit's words, what every group decided on them, and who would change them."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time
from typing import Any

from flask import url_for
from markupsafe import Markup

from app import clock
from app.amendments import queries as amendments
from app.endorsements.pausing import until_of
from app.endorsements.presenters import PAUSED_WORDS, Cell, conditional_words, has_lapsed_condition, stance_words
from app.models import Plank, Stance, Version
from app.negotiation import queries
from app.negotiation.queries import Negotiated
from app.web.backing import clauses_named
from app.web.filters import day
from policies.endorsements import StanceKind
from policies.groups import GROUP_KEYS, GROUPS, Group
from policies.negotiation import READING_WORDS, Decision, Reading, UnitStanding, is_bracketed, standing_of, temperature
from policies.permissions import Actor
from policies.planks import Stage
from policies.text.telling import place_of
from policies.text.touch import touched

# As the strip shows them: the kind that its colours know, the sign, and the word.
STANDINGS: dict[UnitStanding, tuple[str, str, str]] = {
    UnitStanding.BACKED: ("endorsed", "✓", "Backed these words"),
    UnitStanding.RESERVED: ("reservation", "✓*", "Backed these words, with a reservation on the text"),
    UnitStanding.PAUSED: ("paused", "‖", "Has paused its backing of these words"),
    UnitStanding.LEFT_OUT: ("opt_out", "◐", "Left these words out"),
    UnitStanding.DECLINED: ("declined", "✗", "Did not back the text they stood in"),
    UnitStanding.UNDECIDED: ("none", "–", "Has not decided on these words"),
}


@dataclass(frozen=True)
class UnitRow:
    """One unit, whether it stands in brackets, what each group decided on its words, and who would change it."""

    unit_id: str
    place: str
    words: Markup
    bracketed: bool
    cells: Sequence[Cell]
    amendments: Sequence[tuple[str, str]]


@dataclass(frozen=True)
class GroupLine:
    """Where one group stands: its newest decision, what has changed since, and how warm its members are."""

    group: Group
    decided: str
    since_url: str
    temperature: str
    condition: str
    """The other text that it would back, and until when."""


@dataclass(frozen=True)
class NegotiationPage:
    """Everything the view shows."""

    plank: Plank
    version: Version
    rows: Sequence[UnitRow]
    lines: Sequence[GroupLine]
    other_amendments: Sequence[tuple[str, str]]
    """Amendments that add to the text, or change its title alone."""
    readings: Sequence[tuple[str, str, bool]]
    """What can be said in the temperature check: value, words, and whether it is what the reader said last."""
    is_released: bool
    has_released: bool
    may_release: bool
    for_members: bool

    @property
    def bracketed(self) -> int:
        """How many units stand in brackets."""
        return sum(row.bracketed for row in self.rows)


def page(negotiated: Negotiated, actor: Actor) -> NegotiationPage:
    """The view as `actor` sees it; as many queries for a long text as for a short one."""
    plank, version = negotiated.plank, negotiated.version
    decisions = queries.decisions_on(plank)
    by_unit, others = _amendments(plank, version)
    return NegotiationPage(
        plank=plank,
        version=version,
        rows=[_row(version, place, decisions, by_unit) for place in range(len(version.units))],
        lines=_lines(plank, version, actor),
        other_amendments=others,
        readings=_readings(negotiated, actor),
        is_released=negotiated.is_released,
        has_released=actor.group in negotiated.released_by,
        may_release=actor.is_member and actor.is_clerk and plank.number is not None,
        for_members=actor.is_member,
    )


def _row(
    version: Version,
    place: int,
    decisions: Mapping[str, Sequence[Decision]],
    by_unit: Mapping[str, Sequence[tuple[str, str]]],
) -> UnitRow:
    unit = version.units[place]
    found = {key: standing_of(unit.unit_id, queries.words_of(unit), decisions.get(key, ())) for key in GROUP_KEYS}
    return UnitRow(
        unit.unit_id,
        place_of(unit),
        Markup(version.rendered.get(unit.unit_id, "")),
        is_bracketed([standing for standing, _ in found.values()]),
        [_cell(group, *found[group.key]) for group in GROUPS],
        by_unit.get(unit.unit_id, ()),
    )


def _cell(group: Group, standing: UnitStanding, version: str) -> Cell:
    kind, glyph, word = STANDINGS[standing]
    return Cell(group, kind, glyph, word, f"in version {version}" if version else "")


def _amendments(plank: Plank, version: Version) -> tuple[dict[str, list[tuple[str, str]]], list[tuple[str, str]]]:
    """The open amendments of the text by the units they change, and those that change none."""
    by_unit: dict[str, list[tuple[str, str]]] = defaultdict(list)
    others = []
    for one in amendments.open_on(plank):
        if one.revision is None or one.needs_rebase:
            continue
        link = (one.name, url_for("amendments.show", ref=one.ref))
        units = touched(version.document, one.revision.document).units
        for unit_id in units:
            by_unit[unit_id].append(link)
        if not units:
            others.append(link)
    return by_unit, others


def _lines(plank: Plank, version: Version, actor: Actor) -> list[GroupLine]:
    readings = queries.readings_before(version, _start_of_today()) if actor.is_member else {}
    stances = queries.stances_on(plank)
    # Oldest first, so that of each group the newest stays.
    last = {stance.group: stance for stance in stances}
    conditions = {stance.group: stance for stance in stances if _waits(stance)}
    return [
        GroupLine(
            group,
            _decided(last.get(group.key)),
            _since_url(plank, version, last.get(group.key)),
            temperature(readings.get(group.key, {})) if actor.is_member else "",
            conditional_words(conditions[group.key]) if group.key in conditions else "",
        )
        for group in GROUPS
    ]


def _waits(stance: Stance) -> bool:
    """Whether a condition can still come true."""
    is_open = stance.kind is StanceKind.CONDITIONAL and stance.condition_end is None
    return is_open and not has_lapsed_condition(stance)


def _decided(stance: Stance | None) -> str:
    if stance is None:
        return "Has not decided on any version yet."
    said = [_lower(stance_words(stance)[1])]
    if stance.kind is StanceKind.OPT_OUT:
        said = [f"backs it except {clauses_named(stance.version, stance.units)}"]
    paused = until_of(stance)
    if paused is not None:
        said.append(f"{_lower(PAUSED_WORDS[1])} until {day(paused)}")
    return f"Decided last on {day(stance.decided_at)}, on version {stance.version.name}: {', '.join(said)}."


def _lower(words: str) -> str:
    return f"{words[0].lower()}{words[1:]}"


def _since_url(plank: Plank, version: Version, stance: Stance | None) -> str:
    if stance is None or stance.version_id == version.id:
        return ""
    values: dict[str, Any] = {"from": stance.version.name, "to": version.name}
    return url_for("platform.compare", ref=plank.ref, **values)


def _readings(negotiated: Negotiated, actor: Actor) -> list[tuple[str, str, bool]]:
    if not actor.is_member or negotiated.plank.stage is not Stage.OPEN:
        return []
    own = queries.own_reading(negotiated.version, actor)
    return [(reading.value, READING_WORDS[reading], reading is own) for reading in Reading]


def _start_of_today() -> datetime:
    """Readings are told from the next day on, so that no change of the band points at who spoke last."""
    return datetime.combine(clock.now().date(), time(), UTC)
