"""What the clock does to an open round: remind its roll, close it at its minute, count its papers."""

from collections.abc import Sequence
from secrets import SystemRandom
from typing import TypeVar

from sqlalchemy import delete, exists, select

from app import clock
from app.audit import service as audit
from app.ballots import queries, service
from app.extensions import db
from app.models import (
    Ballot,
    Count,
    CountedPaper,
    CountedReceipt,
    OpenPaper,
    Round,
    locked,
)
from app.models.rounds import new_receipt
from app.notices import audiences
from app.notices import service as notices
from app.notices.service import About
from policies import ballots as rules
from policies.ballots import Choice, RoundStage, RoundStep, Tally
from policies.notices import EXTENDED, NoticeKind, reminder_is_due

Thing = TypeVar("Thing")


def remind(of_round: Round) -> None:
    """Tell the whole roll of a close that is near, those who have voted too: no list may tell them from the others.

    The plank is locked first: what people are told points to it, and clerks who extend or annul lock it before.
    """
    locked(of_round.plank)
    locked(of_round)
    if of_round.stage is not RoundStage.OPEN or of_round.opens_at is None or of_round.closes_at is None:
        return
    if reminder_is_due(of_round.opens_at, of_round.closes_at, clock.now()):
        of_round.reminded_at = clock.now()
        audit.record("roll reminded", of_round, by=None)
        # Of a close that was put off, everybody is told once more.
        about = About.round(of_round, EXTENDED if queries.is_extended(of_round) else "")
        notices.tell(NoticeKind.BALLOT_CLOSES, audiences.on_the_roll(of_round.id), about)


def close(of_round: Round) -> None:
    """Close a round at its minute. Votes under way finish first; later ones are refused."""
    locked(of_round)
    if of_round.stage is RoundStage.OPEN and of_round.closes_at is not None and clock.now() >= of_round.closes_at:
        before, of_round.stage = of_round.stage, rules.next_stage(of_round.stage, RoundStep.CLOSE)
        audit.record("round closed", of_round, by=None, before=before, after=of_round.stage)


def count(of_round: Round) -> None:
    """Count a closed round's papers and rewrite them in random order, apart from their receipts, in one transaction.

    Nothing is lost if this is cut short, and nothing counted twice: it happens whole or not at all.
    """
    locked(of_round)
    if of_round.stage is not RoundStage.CLOSED or is_counted(of_round):
        return
    for ballot in of_round.ballots:
        _count_ballot(ballot, service.questions_of(ballot))
    audit.record("round counted", of_round, by=None)


def is_counted(of_round: Round) -> bool:
    """Whether the papers of a round have been counted."""
    ballots = select(Ballot.id).where(Ballot.round_id == of_round.id)
    return bool(db.session.scalar(select(exists().where(Count.ballot_id.in_(ballots)))))


def _count_ballot(ballot: Ballot, questions: Sequence[str]) -> None:
    papers = db.session.scalars(select(OpenPaper).where(OpenPaper.ballot_id == ballot.id)).all()
    for question in questions:
        choices = [Choice(paper.choices[question]) for paper in papers]
        tally = Tally.of(choices)
        outcome = rules.outcome(tally, ballot.roll_size, ballot.rules)
        ballot.counts.append(
            Count(question=question, yes=tally.yes, no=tally.no, abstain=tally.abstain, outcome=outcome)
        )
        db.session.add_all(
            CountedPaper(mark=new_receipt(), ballot_id=ballot.id, question=question, choice=choice)
            for choice in _shuffled(choices)
        )
    receipts = _shuffled([paper.receipt for paper in papers])
    db.session.add_all(CountedReceipt(receipt=receipt, ballot_id=ballot.id) for receipt in receipts)
    db.session.execute(delete(OpenPaper).where(OpenPaper.ballot_id == ballot.id))
    db.session.flush()


def _shuffled(things: list[Thing]) -> list[Thing]:
    shuffled = list(things)
    SystemRandom().shuffle(shuffled)
    return shuffled
