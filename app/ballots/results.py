"""A published result as it may be shown: small cells hide what would give a single vote away."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from flask import url_for

from app.amendments.wording import STATES
from app.ballots import advising, wording
from app.ballots.outcomes import count_of, form_as_decided, lower, said_of_parts
from app.ballots.service import TEXT_QUESTION, listed_questions, may_list_receipts, revision_numbers
from app.models import Ballot, Count, Round
from app.web.filters import day
from policies.ballots import CountingRules, Outcome, RoundKind, RoundStage, Tally
from policies.groups import GROUPS, Group, group_named
from policies.small_cells import OUTCOME_WORDS, Band

NOT_ASKED = "Not asked"
# That most abstained is said in words alone: it has no place between against and for.
_PLACES = {
    band: place for place, band in enumerate((Band.LARGE_AGAINST, Band.AGAINST, Band.EVEN, Band.FOR, Band.LARGE_FOR))
}


@dataclass(frozen=True)
class Bar:
    """Exact shares of the votes cast, in per cent; there only where exact figures may be shown."""

    yes: float
    no: float
    abstain: float
    threshold_percent: float
    quorum_percent: float


@dataclass(frozen=True)
class ShownBallot:
    """One group's result on one question: the outcome in a word, in a sentence, and as a picture where one may show.

    A bar where figures are shown; where only a band is, its place among the five, from most against to most for.
    """

    group: Group
    outcome_word: str
    sentence: str
    bar: Bar | None
    place: int | None = None


@dataclass(frozen=True)
class ShownDownload:
    """A list that anyone can count again: whose it is, what it holds, where it is."""

    text: str
    url: str


@dataclass(frozen=True)
class RegisterRow:
    """A published round in the register: what was asked, when it was published, each group's outcome in words."""

    name: str
    url: str
    asked: str
    published: str
    outcomes: Sequence[str]


def shown_ballots(of_round: Round, question: str) -> list[ShownBallot]:
    """Every group's result on one question; nothing before the round is published."""
    if of_round.stage is not RoundStage.PUBLISHED:
        return []
    return [_shown(of_round, ballot, count) for ballot, count in _counts(of_round, question)]


def downloads(of_round: Round) -> list[ShownDownload]:
    """The lists of receipts and of choices that may be given away."""
    found = []
    for ballot in of_round.ballots:
        name = group_named(ballot.group).title
        if may_list_receipts(of_round, ballot):
            found.append(ShownDownload(f"Receipts of the {name}", _list_url("ballots.receipts_list", ballot)))
        if listed_questions(of_round, ballot):
            found.append(ShownDownload(f"Choices of the {name}", _list_url("ballots.choices_list", ballot)))
    return found


def register_head() -> list[str]:
    """The head of the register; beside a decision a group's name says that it is no party."""
    return ["Round", "Asked", "Published", *(group.full_title for group in GROUPS)]


def register_row(of_round: Round) -> RegisterRow:
    """One line of the register: outcomes in words, without a figure."""
    by_group = {ballot.group: ballot for ballot in of_round.ballots}
    return RegisterRow(
        name=of_round.name,
        url=url_for("ballots.show", number=of_round.number),
        asked=f"{of_round.plank.name}, version {of_round.version.name}: {wording.title(of_round)}",
        published=day(of_round.published_at),
        outcomes=[_outcomes(by_group.get(group.key)) for group in GROUPS],
    )


def fate(of_round: Round, number: int) -> str:
    """What became of an amendment on the paper of a published round."""
    amendment = revision_numbers(of_round)[number].amendment
    return STATES[amendment.stage]


def _list_url(endpoint: str, ballot: Ballot) -> str:
    return url_for(endpoint, number=ballot.round.number, group=ballot.group)


def _counts(of_round: Round, question: str) -> list[tuple[Ballot, Count]]:
    ballots = {ballot.group: ballot for ballot in of_round.ballots}
    in_order = [ballots[group.key] for group in GROUPS if group.key in ballots]
    return [(ballot, count) for ballot in in_order for count in ballot.counts if count.question == question]


def _shown(of_round: Round, ballot: Ballot, count: Count) -> ShownBallot:
    shown = ballot.shown[count.question]
    bar = None if shown.exact is None else _bar(shown.exact, ballot.rules, ballot.roll_size)
    place = _PLACES.get(shown.band) if shown.band and bar is None else None
    group = group_named(ballot.group)
    if count.question != TEXT_QUESTION:
        return ShownBallot(group, shown.outcome_word, shown.sentence, bar, place)
    if ballot.advises:
        said = advising.counted(count.outcome, shown.sentence.removeprefix(shown.outcome_word), of_round)
    else:
        decided = wording.decided(form_as_decided(ballot), count.outcome, of_round)
        parts = said_of_parts(ballot)
        said = f"{parts} The whole: {lower(shown.sentence)} {decided}" if parts else f"{shown.sentence} {decided}"
    return ShownBallot(group, in_a_word(ballot, count.outcome), said, bar, place)


def _bar(exact: Tally, rules: CountingRules, roll: int) -> Bar:
    """Shares of the votes cast; the quorum on the same scale, beyond its end where it was not reached."""
    return Bar(
        yes=100 * exact.yes / exact.cast,
        no=100 * exact.no / exact.cast,
        abstain=100 * exact.abstain / exact.cast,
        threshold_percent=float(100 * rules.threshold),
        quorum_percent=float(100 * rules.quorum * Fraction(roll, exact.cast)),
    )


def in_a_word(ballot: Ballot, outcome: Outcome) -> str:
    """What a ballot on a text decided, in few words; one that is consultative has decided nothing."""
    if ballot.advises:
        return advising.decided_in_a_word(ballot.form, outcome)
    return wording.decided_in_a_word(form_as_decided(ballot), outcome, ballot.round)


def _outcomes(ballot: Ballot | None) -> str:
    if ballot is None:
        return NOT_ASKED
    if ballot.round.kind is RoundKind.ENDORSEMENT:
        return in_a_word(ballot, count_of(ballot, TEXT_QUESTION).outcome)
    numbered = sorted(ballot.counts, key=lambda count: int(count.question.removeprefix("A")))
    return "; ".join(f"{count.question} {OUTCOME_WORDS[count.outcome].lower()}" for count in numbered)
