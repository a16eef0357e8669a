"""What becomes of the live amendments of a plank that has ended: they end with it, each with the reason in words."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, or_, select

from app import clock
from app.amendments import service
from app.extensions import db
from app.models import Amendment, Plank, Withdrawal, locked
from policies.amendments import ENDS_WITH_ITS_PLANK, LIVE_STAGES, AmendmentStep
from policies.planks import ENDED_STAGES, Stage


def left_on_ended(now: datetime) -> Sequence[int]:
    """The ids of live amendments whose plank has ended, and waits for nobody any more to take it over."""
    query = select(Amendment.id).join(Amendment.plank)
    query = query.where(Amendment.stage.in_(LIVE_STAGES), Plank.stage.in_(ENDED_STAGES), _is_gone(now))
    return db.session.scalars(query.order_by(Amendment.id)).all()


def end_with_plank(amendment: Amendment) -> None:
    """End an amendment whose plank has ended and can no longer be taken over."""
    locked(amendment.plank)
    locked(amendment)
    step = ENDS_WITH_ITS_PLANK.get(amendment.plank.stage)
    if step is None or amendment.stage not in LIVE_STAGES:
        return
    gone = select(Plank.id).where(Plank.id == amendment.plank_id, _is_gone(clock.now()))
    if db.session.scalar(gone) is not None:
        in_composite = step is AmendmentStep.SUPERSEDE
        act = "amendment superseded by a composite" if in_composite else "amendment fell with its plank"
        service.end(amendment, step, act, by=None)


def _is_gone(now: datetime) -> ColumnElement[bool]:
    waits = select(Withdrawal.id).where(
        Withdrawal.plank_id == Plank.id, Withdrawal.amendment_id.is_(None), Withdrawal.taken_over_at.is_(None)
    )
    return or_(Plank.stage != Stage.WITHDRAWN, ~waits.where(Withdrawal.until > now).exists())
