"""What may be shown of a group's result, so that no single vote can be worked out. The one place that decides it.

The law. Somebody knows everything that is published of all rounds: rolls, rules, outcomes, what became of amendments,
words, bands, figures, lists and recounts; and knows, beyond that, who voted. Then for every question of a ballot with
fewer than `EXACT_FROM` papers, and for everybody who voted in it, at least two choices remain possible.

Two things no rule of showing can mend, and the law leaves them out: an outcome that a group's own orders let nothing
but unanimity bring about (a quorum that asks the yes of every member), and voters who tell each other what they chose,
all but one, so that the outcome tells of the last. Rounds do not add up: a re-run is a new vote of each member, so that
the difference of two results on nearly the same roll is nobody's paper.

Hence the bounds give way where they meet a quorum: nine yes votes needed, carried, and fewer than ten cast would say
that all nine said yes. And one ballot is decided as a whole, since each of its questions tells how many papers it had.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from policies.ballots import Outcome, Tally

OUTCOME_ONLY_BELOW = 10
EXACT_FROM = 50

OUTCOME_WORDS: dict[Outcome, str] = {
    Outcome.CARRIED: "Carried",
    Outcome.NOT_CARRIED: "Not carried",
    Outcome.NO_QUORUM: "No quorum",
}


class Band(StrEnum):
    """Yes as a rough share of yes and no; where more abstained than said either, that alone."""

    ABSTAINED = "a majority abstaining"
    LARGE_AGAINST = "a large majority against"
    AGAINST = "a majority against"
    EVEN = "votes about even"
    FOR = "a majority in favour"
    LARGE_FOR = "a large majority in favour"


@dataclass(frozen=True)
class ShownResult:
    """What the public sees: always the outcome; a band from 10 votes; exact figures from 50.

    `exact` is None where figures are withheld; `near_unanimous` says that 95 % or more voted one way, and then figures
    and band stay away too: beside nearly all abstaining, a band would tell how the few others voted.
    """

    outcome: Outcome
    outcome_word: str
    band: Band | None
    exact: Tally | None
    near_unanimous: bool
    sentence: str


def shown_result(outcome: Outcome, tally: Tally, *, yes_needed: int) -> ShownResult:
    """What is shown of one group's tally: the outcome always, a band from 10 votes, exact figures from 50.

    `yes_needed` is how many yes votes the quorum asks for, or 0 where it counts votes cast (`policies.ballots`).
    """
    word, exact_from = OUTCOME_WORDS[outcome], _bound(EXACT_FROM, yes_needed)
    if tally.cast < _bound(OUTCOME_ONLY_BELOW, yes_needed):
        sentence = f"{word}. Figures are not shown, because few votes were cast."
        return ShownResult(outcome, word, None, None, False, sentence)
    if tally.cast < exact_from:
        band = _band(tally)
        sentence = f"{word}, with {band}. Figures are shown from {exact_from} votes."
        return ShownResult(outcome, word, band, None, False, sentence)
    side = _unanimous_side(tally)
    if side:
        sentence = f"{word}: 95\u00a0% or more of those who cast a paper said {side}."
        return ShownResult(outcome, word, None, None, True, sentence)
    sentence = f"{word}: {tally.yes} yes, {tally.no} no, {tally.abstain} abstained."
    return ShownResult(outcome, word, _band(tally), tally, False, sentence)


def shown_results(counts: Mapping[str, tuple[Outcome, Tally]], *, yes_needed: int) -> dict[str, ShownResult]:
    """What is shown of all questions of one ballot, by question: together they never say more than each may."""
    shown = {name: shown_result(outcome, tally, yes_needed=yes_needed) for name, (outcome, tally) in counts.items()}
    if not _size_would_tell(shown.values(), yes_needed):
        return shown
    return {name: result if result.exact is None else _without_figures(result) for name, result in shown.items()}


def may_list_receipts(shown: Collection[ShownResult], *, yes_needed: int) -> bool:
    """Receipts are listed from 50 votes, unless their number would tell how everybody voted."""
    is_large = all(result.exact is not None or result.near_unanimous for result in shown)
    return bool(shown) and is_large and not _size_would_tell(shown, yes_needed)


def _bound(bound: int, yes_needed: int) -> int:
    """A bound of the cells, one higher where just below it a carried vote could only be unanimous."""
    return bound + 1 if yes_needed == bound - 1 else bound


def _size_would_tell(shown: Collection[ShownResult], yes_needed: int) -> bool:
    """Carried all but unanimously by a quorum of yes votes so high that no more papers than that may have been cast."""
    unanimous = any(result.near_unanimous and result.outcome is Outcome.CARRIED for result in shown)
    return unanimous and yes_needed >= EXACT_FROM


def _without_figures(result: ShownResult) -> ShownResult:
    sentence = f"{result.outcome_word}. Figures are not shown: beside the other results they would tell too much."
    return replace(result, band=None, exact=None, sentence=sentence)


def _unanimous_side(tally: Tally) -> str:
    for count, side in ((tally.yes, "yes"), (tally.no, "no"), (tally.abstain, "abstain")):
        if count * 20 >= tally.cast * 19:
            return side
    return ""


def _band(tally: Tally) -> Band:
    decided = tally.yes + tally.no
    if tally.abstain > decided:
        # All abstaining is nobody's even vote, and in a band of its own it would give every voter away.
        return Band.ABSTAINED
    if 45 * decided <= 100 * tally.yes <= 55 * decided:
        return Band.EVEN
    if 4 * tally.yes >= 3 * decided:
        return Band.LARGE_FOR
    if 4 * tally.yes <= decided:
        return Band.LARGE_AGAINST
    return Band.FOR if 2 * tally.yes > decided else Band.AGAINST
