"""Which stances are paused at this moment, and until when: the rules said in SQL for lists, and read from rows."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute, aliased

from app import clock
from app.extensions import db
from app.models import Ballot, Round, Stance, Suspension, Version
from policies.ballots import RoundStage
from policies.endorsements import FormKind
from policies.suspensions import Pause, ended, paused_until

# Until its result is published nobody knows what becomes of the backing, so that a closed ballot holds it as well.
UNDECIDED = (RoundStage.OPEN, RoundStage.CLOSED)
DECIDED = (RoundStage.PUBLISHED, RoundStage.ANNULLED)
Moment = ColumnElement[datetime] | InstrumentedAttribute[datetime | None]
# The version that a round asks about, and the one that a stance was taken on.
_VOTED_ON, _TAKEN = aliased(Version), aliased(Version)


def is_paused() -> ColumnElement[bool]:
    """Whether a stance is paused now: `policies.suspensions.paused_until` in SQL; a test holds both together."""
    now = clock.now()
    started = and_(Suspension.starts_at <= now, Suspension.ended_at.is_(None))
    held_on = select(Ballot.id).where(*_is_withdrawal(*UNDECIDED)).correlate(Stance, Suspension).exists()
    return (
        select(Suspension.id)
        .where(Suspension.stance_id == Stance.id, started, or_(Suspension.until > now, held_on))
        .correlate(Stance)
        .exists()
    )


def pauses(stances: Mapping[str, Stance]) -> dict[str, datetime]:
    """Of these stances, by group key, those that are paused now, and until when. No query where none ever was."""
    found = {group: until_of(stance) for group, stance in stances.items() if stance.suspension is not None}
    return {group: until for group, until in found.items() if until is not None}


def until_of(stance: Stance) -> datetime | None:
    """Until when a stance is paused at this moment, or nothing."""
    row = stance.suspension
    if row is None or row.starts_at is None or row.until is None or row.ended_at is not None:
        return None
    now = clock.now()
    closes = _withdrawal(row, Round.closes_at, *UNDECIDED) if now >= row.until else None
    return paused_until(Pause(row.starts_at, row.until, row.ended_at, closes), now)


def end_of(row: Suspension, noted_at: datetime) -> datetime:
    """When a pause ended that is noted to be over at a moment: that may be long after, if the service was down."""
    if row.starts_at is None or row.until is None:
        return noted_at
    # Nothing is published of what was annulled: then it is over with its close, or before.
    decided = func.coalesce(Round.published_at, Round.closes_at)
    at = _withdrawal(row, decided, *UNDECIDED, *DECIDED) if noted_at > row.until else None
    return ended(Pause(row.starts_at, row.until, withdrawal_decided_at=at), noted_at)


def _withdrawal(row: Suspension, moment: Moment, *stages: RoundStage) -> datetime | None:
    """The last such moment of a ballot on withdrawing what is paused, in one of these stages."""
    query = select(func.max(moment)).where(*_is_withdrawal(*stages), Suspension.stance_id == Stance.id)
    return db.session.scalar(query.where(Suspension.id == row.id))


def _is_withdrawal(*stages: RoundStage) -> list[ColumnElement[bool]]:
    """Of a ballot: it asks the group to withdraw the very backing that is paused, opened while the pause ran, and is
    in one of these stages. An older or newer text is another matter."""
    return [
        Round.id == Ballot.round_id,
        Round.plank_id == Stance.plank_id,
        Ballot.group == Stance.group,
        Ballot.form == FormKind.WITHDRAW,
        Round.stage.in_(stages),
        Round.opens_at <= Suspension.until,
        _VOTED_ON.id == Round.version_id,
        _TAKEN.id == Stance.version_id,
        _TAKEN.number == _VOTED_ON.number,
    ]
