"""How far a text is from being agreed: which group is wanting, and by how much, as far as figures may be shown."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import ceil, floor

from policies.ballots import CountingRules, Outcome, Tally, holds_quorum, passes_threshold
from policies.endorsements import COUNTING, StanceKind
from policies.groups import GROUP_KEYS
from policies.small_cells import Band, ShownResult
from policies.standing_orders import QuorumMode


class Want(StrEnum):
    """Why a group does not yet back the whole text."""

    NOT_ASKED = "not_asked"
    NO_QUORUM = "no_quorum"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    CONDITIONAL = "conditional"
    OPT_OUT = "opt_out"
    PAUSED = "paused"


WANT_OF: dict[StanceKind | None, Want | None] = {
    StanceKind.ENDORSED: None,
    StanceKind.RESERVATION: None,
    StanceKind.OPT_OUT: Want.OPT_OUT,
    StanceKind.CONDITIONAL: Want.CONDITIONAL,
    StanceKind.DECLINED: Want.DECLINED,
    StanceKind.NO_QUORUM: Want.NO_QUORUM,
    StanceKind.WITHDRAWN: Want.WITHDRAWN,
    None: Want.NOT_ASKED,
}
# Only where a group has said no, or lacked its quorum, does its last result say how far it was from yes.
TELLS_HOW_FAR = frozenset({Want.DECLINED, Want.NO_QUORUM})


@dataclass(frozen=True)
class Result:
    """A group's last published count on these words, under the rules its ballot ran by, and what may be shown of it."""

    outcome: Outcome
    tally: Tally
    roll: int
    rules: CountingRules
    shown: ShownResult


@dataclass(frozen=True)
class Wanting:
    """What one group lacks. `quorum` and `threshold` are votes, set only where figures may be shown, and then one of
    them; `band` is set where no more than a band may."""

    group: str
    want: Want
    quorum: int | None = None
    threshold: int | None = None
    band: Band | None = None


def distance(
    stances: Mapping[str, StanceKind],
    results: Mapping[str, Result],
    *,
    paused: Sequence[str] = (),
    groups: Sequence[str] = GROUP_KEYS,
) -> tuple[Wanting, ...]:
    """The groups that do not back the whole text, in the order of the groups; empty where it is agreed."""
    found = []
    for group in groups:
        want = _want(stances.get(group), results.get(group), is_paused=group in paused)
        if want is not None:
            found.append(_measured(group, want, results.get(group)))
    return tuple(found)


def quorum_missing(tally: Tally, roll: int, rules: CountingRules) -> int:
    """How many more votes, or yes votes, the quorum wanted; none where it held."""
    counted = tally.yes if rules.quorum_mode is QuorumMode.APPROVAL else tally.cast
    return max(0, ceil(rules.quorum * roll) - counted)


def threshold_missing(tally: Tally, rules: CountingRules) -> int | None:
    """How many more yes votes would have carried it against the same noes; nothing where no number would have."""
    if passes_threshold(tally, rules):
        return 0
    share = rules.threshold
    if share == 1:
        return None
    edge = share * tally.no / (1 - share)
    needed = floor(edge) + 1 if rules.threshold_is_strict else ceil(edge)
    return max(needed, tally.no + 1) - tally.yes


def _want(kind: StanceKind | None, result: Result | None, *, is_paused: bool) -> Want | None:
    if is_paused and kind in COUNTING:
        return Want.PAUSED
    if kind is None and result is not None and result.outcome is Outcome.NO_QUORUM:
        return Want.NO_QUORUM
    return WANT_OF[kind]


def _measured(group: str, want: Want, result: Result | None) -> Wanting:
    """Figures only of a result that `policies.small_cells` shows in figures."""
    if result is None or want not in TELLS_HOW_FAR:
        return Wanting(group, want)
    if result.shown.exact is None:
        return Wanting(group, want, band=result.shown.band)
    if not holds_quorum(result.tally, result.roll, result.rules):
        return Wanting(group, want, quorum=quorum_missing(result.tally, result.roll, result.rules))
    return Wanting(group, want, threshold=threshold_missing(result.tally, result.rules))
