"""Where a text stands between the groups: who has backed which unit's words, and how warm members are towards it."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from policies.endorsements import COUNTING, StanceKind
from policies.errors import RuleBroken
from policies.planks import Stage

# Under this many readings of a group nothing is shown of them: they would give their readers away.
FEWEST_READINGS = 10


class Reading(StrEnum):
    """What a member says in a temperature check. It binds nobody and counts in no ballot. The values are stored."""

    BACK = "back"
    LIVE_WITH = "live_with"
    NEED_CHANGE = "need_change"
    STAND_ASIDE = "stand_aside"
    CANNOT = "cannot"


READING_WORDS: dict[Reading, str] = {
    Reading.BACK: "I back it",
    Reading.LIVE_WITH: "I can live with it",
    Reading.NEED_CHANGE: "I need a change",
    Reading.STAND_ASIDE: "I stand aside",
    Reading.CANNOT: "I cannot accept it",
}
WARM = frozenset({Reading.BACK, Reading.LIVE_WITH})


class Temperature(StrEnum):
    """A group's readings as a rough word. Never a figure, and none under ten readings."""

    UNKNOWN = "too few readings to show"
    WARM = "warm: most could back it or live with it"
    MILD = "mild: more could live with it than not"
    MIXED = "mixed: about as many could live with it as not"
    COOL = "cool: more want a change than could live with it"
    COLD = "cold: most could not live with it as it is"


def temperature(readings: Mapping[Reading, int]) -> Temperature:
    """The rough word for a group's readings, by the share that backs the text or can live with it."""
    total = sum(readings.values())
    if total < FEWEST_READINGS:
        return Temperature.UNKNOWN
    warm = sum(readings.get(reading, 0) for reading in WARM)
    if 4 * warm >= 3 * total:
        return Temperature.WARM
    if 100 * warm > 55 * total:
        return Temperature.MILD
    if 100 * warm >= 45 * total:
        return Temperature.MIXED
    return Temperature.COOL if 4 * warm > total else Temperature.COLD


class UnitStanding(StrEnum):
    """What a group has decided on the words of one unit."""

    BACKED = "backed"
    RESERVED = "reserved"
    PAUSED = "paused"
    LEFT_OUT = "left_out"
    DECLINED = "declined"
    UNDECIDED = "undecided"


@dataclass(frozen=True)
class Decision:
    """A group's stance on one version, as far as a unit needs it: which units had which words, which were left out."""

    version: str
    kind: StanceKind
    words: Mapping[str, object]
    left_out: Collection[str] = ()
    is_paused: bool = False


def standing_of(unit_id: str, words: object, decisions: Sequence[Decision]) -> tuple[UnitStanding, str]:
    """What a group decided on exactly these words of a unit, and on which version; `decisions` are newest first.

    A backing that still stands comes before a refusal of a newer text: that one may have been about other units.
    """
    same = [one for one in decisions if unit_id in one.words and one.words[unit_id] == words]
    for one in same:
        if one.kind in COUNTING and unit_id not in one.left_out:
            return _backing(one), one.version
    for one in same:
        if one.kind in COUNTING:
            return UnitStanding.LEFT_OUT, one.version
        if one.kind in {StanceKind.DECLINED, StanceKind.WITHDRAWN}:
            return UnitStanding.DECLINED, one.version
    return UnitStanding.UNDECIDED, ""


def _backing(decision: Decision) -> UnitStanding:
    if decision.is_paused:
        return UnitStanding.PAUSED
    return UnitStanding.RESERVED if decision.kind is StanceKind.RESERVATION else UnitStanding.BACKED


def is_bracketed(standings: Collection[UnitStanding]) -> bool:
    """A unit stands in brackets until every group has backed exactly its words, with a reservation or without."""
    return any(standing not in {UnitStanding.BACKED, UnitStanding.RESERVED} for standing in standings)


def require_readable(stage: Stage) -> None:
    """Temperature is taken of a text that is still being written, not while the groups vote on it."""
    if stage is not Stage.OPEN:
        raise RuleBroken(
            f"This plank is {stage.words}, so no temperature is taken of it now. Its page says where it stands."
        )


def is_released(groups: Collection[str], all_groups: Collection[str]) -> bool:
    """Whether clerks of all groups have agreed that the public sees where a text stands between them."""
    return bool(all_groups) and set(all_groups) <= set(groups)
