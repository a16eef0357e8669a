"""What may be shown of a group's result, so that no single vote can be worked out. The one place that decides it."""

from dataclasses import dataclass
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
    """Yes as a rough share of yes and no."""

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


def shown_result(outcome: Outcome, tally: Tally) -> ShownResult:
    """What is shown of one group's tally: the outcome always, a band from 10 votes, exact figures from 50."""
    word = OUTCOME_WORDS[outcome]
    if tally.cast < OUTCOME_ONLY_BELOW:
        sentence = f"{word}. Figures are not shown, because few votes were cast."
        return ShownResult(outcome, word, None, None, False, sentence)
    if tally.cast < EXACT_FROM:
        band = _band(tally)
        sentence = f"{word}, with {band}. Figures are shown from {EXACT_FROM} votes."
        return ShownResult(outcome, word, band, None, False, sentence)
    side = _unanimous_side(tally)
    if side:
        sentence = f"{word}: 95 % or more of those who cast a paper said {side}."
        return ShownResult(outcome, word, None, None, True, sentence)
    sentence = f"{word}: {tally.yes} yes, {tally.no} no, {tally.abstain} abstained."
    return ShownResult(outcome, word, _band(tally), tally, False, sentence)


def may_list_papers(votes_cast: int) -> bool:
    """Receipts and choices are listed, apart from each other, only from 50 votes."""
    return votes_cast >= EXACT_FROM


def _unanimous_side(tally: Tally) -> str:
    for count, side in ((tally.yes, "yes"), (tally.no, "no"), (tally.abstain, "abstain")):
        if count * 20 >= tally.cast * 19:
            return side
    return ""


def _band(tally: Tally) -> Band:
    decided = tally.yes + tally.no
    if not decided or 45 * decided <= 100 * tally.yes <= 55 * decided:
        return Band.EVEN
    if 4 * tally.yes >= 3 * decided:
        return Band.LARGE_FOR
    if 4 * tally.yes <= decided:
        return Band.LARGE_AGAINST
    return Band.FOR if 2 * tally.yes > decided else Band.AGAINST
