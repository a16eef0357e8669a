"""Published rounds written straight into the tables, with papers and receipts: to read results, not for journeys."""

from collections.abc import Mapping

from sqlalchemy import delete, select

from app.extensions import db
from app.models import Ballot, Count, CountedPaper, CountedReceipt, Round
from app.models.rounds import new_receipt
from app.web.transactions import transaction
from policies import ballots as rules
from policies.ballots import Choice, Tally
from tests import builders, many

Papers = Mapping[str, tuple[int, int, int]]


def published(papers: Papers, *, roll: int = 200, quorum: str = "1/10") -> int:
    """A new plank with a published round on its text, in which each group cast these papers; returns the round's id."""
    plank_id = builders.open_plank()
    many.rounds([plank_id])
    with transaction():
        of_round = db.session.scalars(select(Round).where(Round.plank_id == plank_id)).unique().one()
        for ballot in of_round.ballots:
            ballot.roll_size, ballot.quorum = roll, quorum
        round_id = of_round.id
    cast(round_id, papers)
    return round_id


def cast(round_id: int, papers: Papers) -> None:
    """Have each group of a published round have cast these papers and no others."""
    with transaction():
        for ballot in builders.a_round(round_id).ballots:
            _cast(ballot, Tally(*papers[ballot.group]))


def _cast(ballot: Ballot, tally: Tally) -> None:
    for kind in (CountedPaper, CountedReceipt, Count):
        db.session.execute(delete(kind).where(kind.ballot_id == ballot.id))
    db.session.expire(ballot, ["counts"])
    outcome = rules.outcome(tally, ballot.roll_size, ballot.rules)
    figures = {"yes": tally.yes, "no": tally.no, "abstain": tally.abstain}
    db.session.add(Count(ballot_id=ballot.id, question="text", outcome=outcome, **figures))
    choices = [choice for choice in Choice for _ in range(figures[choice])]
    papers = [CountedPaper(mark=new_receipt(), ballot_id=ballot.id, question="text", choice=one) for one in choices]
    db.session.add_all([*papers, *(CountedReceipt(receipt=new_receipt(), ballot_id=ballot.id) for _ in choices)])
