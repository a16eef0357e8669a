"""Rounds that have lost their ground: their plank has ended, or is with its drafters, before they opened."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import or_, select

from app.ballots import service
from app.extensions import db
from app.models import Plank, Round, locked
from app.rulings import queries as rulings
from policies.ballots import RoundStage
from policies.planks import ENDED_STAGES

REFERRED = "The plank is referred back to its drafters. A new round can be prepared once that is over."


def without_ground(_now: datetime) -> Sequence[int]:
    """The ids of prepared rounds that can no longer be held: a re-run is none of them, its plank is on the ballot."""
    query = select(Round.id).join(Plank, Plank.id == Round.plank_id).where(Round.stage == RoundStage.PREPARED)
    gone = or_(Plank.stage.in_(ENDED_STAGES), rulings.is_referred_now())
    return db.session.scalars(query.where(gone).order_by(Round.id)).all()


def cancel(of_round: Round) -> None:
    """Cancel such a round, with the reason in words."""
    locked(of_round.plank)
    locked(of_round)
    plank = of_round.plank
    if of_round.stage is not RoundStage.PREPARED:
        return
    if plank.stage in ENDED_STAGES:
        service.cancel(of_round, f"The plank is {plank.stage.words} now.", by=None)
    elif rulings.reference_of(plank) is not None:
        service.cancel(of_round, REFERRED, by=None)
