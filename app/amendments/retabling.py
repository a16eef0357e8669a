"""Whether the very change that an amendment makes was put to the vote not long ago and not carried."""

from datetime import datetime, timedelta

from sqlalchemy import or_, select

from app import clock
from app.extensions import db
from app.models import Amendment, Ballot, Count, Revision, Round, RoundQuestion
from app.orders import queries as standing_orders
from policies import retabling as rules
from policies.amendments import AmendmentStage
from policies.ballots import Outcome

NOT_CARRIED = (AmendmentStage.NOT_CARRIED, AmendmentStage.MINORITY_POSITION)


def require_free(amendment: Amendment, revision: Revision) -> None:
    """Raise `RuleBroken` where the same change was not carried, and the period of a group that refused it runs."""
    rules.require_change_is_free(_refused(amendment, revision), clock.now())


def _refused(amendment: Amendment, revision: Revision) -> list[tuple[datetime, timedelta]]:
    """When this very change was refused, with the re-tabling period of each group that refused it.

    It is the same change where it makes the same text of the same base, or does the same to any base.
    """
    same_text = (Revision.base_id == revision.base_id) & (Revision.sha256 == revision.sha256)
    query = (
        select(Revision, Round, Ballot, Count)
        .join(Amendment, Amendment.id == Revision.amendment_id)
        .join(RoundQuestion, RoundQuestion.revision_id == Revision.id)
        .join(Round, Round.id == RoundQuestion.round_id)
        .join(Ballot, Ballot.round_id == Round.id)
        .join(Count, Count.ballot_id == Ballot.id)
        .where(Amendment.plank_id == amendment.plank_id, Amendment.stage.in_(NOT_CARRIED))
        .where(Round.published_at.is_not(None), Count.outcome == Outcome.NOT_CARRIED)
        .where(or_(same_text, Revision.operations.is_not(None)))
    )
    found: list[tuple[datetime, timedelta]] = []
    for voted, of_round, ballot, count in db.session.execute(query).unique():
        is_same = voted.sha256 == revision.sha256 and voted.base_id == revision.base_id
        does_the_same = revision.operations is not None and voted.operations == revision.operations
        if of_round.published_at and count.question == f"A{voted.amendment.number}" and (is_same or does_the_same):
            orders = ballot.orders.orders if ballot.orders else standing_orders.of_round(of_round)[ballot.group]
            found.append((of_round.published_at, orders.retabling_after))
    return found
