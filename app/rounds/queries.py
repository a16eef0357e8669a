"""Finding rounds for clerks and for the clock."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select

from app.ballots.queries import LIVE_STAGES, full
from app.extensions import db
from app.models import Plank, Round, Stance
from policies.ballots import RoundStage
from policies.endorsements import StanceKind


def live_on(plank: Plank) -> Round | None:
    """The one round being prepared, open or uncounted on a plank."""
    query = full().where(Round.plank_id == plank.id, Round.stage.in_(LIVE_STAGES))
    return db.session.scalars(query).unique().one_or_none()


def repeated_by(rerun: Round) -> Round | None:
    """The round that lacked a quorum, where this one repeats it."""
    return None if rerun.rerun_of_id is None else db.session.get(Round, rerun.rerun_of_id)


def rerun_of(of_round: Round) -> Round | None:
    """The round that repeats this one, where there is one."""
    return db.session.scalars(select(Round).where(Round.rerun_of_id == of_round.id)).unique().one_or_none()


def due_to_open(now: datetime) -> Sequence[int]:
    """The ids of prepared rounds whose notice has run out."""
    query = select(Round.id).where(Round.stage == RoundStage.PREPARED, Round.opens_at <= now)
    return db.session.scalars(query.order_by(Round.opens_at, Round.id)).all()


def stance_on(version_id: int, group: str) -> StanceKind | None:
    """The stance of a group on a version, where it has one."""
    return db.session.scalar(select(Stance.kind).where(Stance.version_id == version_id, Stance.group == group))
