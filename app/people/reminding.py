"""Reminding somebody that a membership or an office ends: thirty and seven days before, each once."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, and_, delete, exists, or_, select
from sqlalchemy.orm import InstrumentedAttribute

from app import clock
from app.extensions import db
from app.models import Membership, Reminder
from policies.lapsing import REMINDED_DAYS, reminder_due
from policies.membership import MembershipStage


def due(ends_at: InstrumentedAttribute[datetime | None], now: datetime) -> Sequence[int]:
    """The ids of active memberships of which an end comes near that nobody was reminded of yet."""
    stretches = zip(REMINDED_DAYS, (*REMINDED_DAYS[1:], 0), strict=True)
    near = or_(*(_unreminded(ends_at, now, days, next_days) for days, next_days in stretches))
    query = select(Membership.id).where(Membership.stage == MembershipStage.ACTIVE, near)
    return db.session.scalars(query.order_by(Membership.id)).all()


def take(membership: Membership, ends_at: datetime | None, *, is_of_office: bool) -> int | None:
    """Note that somebody is reminded now, and return how many days before the end; None where no reminder is due.

    The membership is locked, so that two clocks remind once. What was noted of an earlier end goes.
    """
    days = reminder_due(ends_at, clock.now()) if ends_at else None
    if days is None or db.session.get(Reminder, (membership.id, is_of_office, ends_at, days)) is not None:
        return None
    earlier = (Reminder.membership_id == membership.id, Reminder.is_of_office.is_(is_of_office))
    db.session.execute(delete(Reminder).where(*earlier, Reminder.ends_at != ends_at))
    db.session.add(Reminder(membership_id=membership.id, is_of_office=is_of_office, ends_at=ends_at, days=days))
    return days


def _unreminded(
    ends_at: InstrumentedAttribute[datetime | None], now: datetime, days: int, next_days: int
) -> ColumnElement[bool]:
    is_of_office = ends_at.key == Membership.clerk_until.key
    noted = exists().where(
        Reminder.membership_id == Membership.id,
        Reminder.is_of_office.is_(is_of_office),
        Reminder.ends_at == ends_at,
        Reminder.days == days,
    )
    return and_(ends_at > now + timedelta(days=next_days), ends_at <= now + timedelta(days=days), ~noted)
