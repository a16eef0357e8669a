"""Finding complaints: by reference, those that wait, and those on which a word is overdue."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Select, func, select

from app.extensions import db
from app.models import Complaint
from policies.complaints import CONTACT_KEPT, PROGRESS_WITHIN, ComplaintStage, is_overdue
from policies.errors import NotThere
from policies.permissions import Actor


def named(_actor: Actor, key: str) -> Complaint:
    """The complaint with this reference; raises `NotThere`."""
    found = db.session.scalars(select(Complaint).where(Complaint.key == key)).one_or_none()
    if found is None:
        raise NotThere("There is no complaint with this reference. Check it for a slip.")
    return found


def listed() -> Select[Complaint]:
    """All complaints, those without an outcome first, the oldest of them first."""
    return select(Complaint).order_by(Complaint.ended_at.is_not(None), Complaint.received_at, Complaint.id)


def how_many_wait() -> int:
    """How many complaints have no outcome yet."""
    return db.session.scalar(select(func.count()).where(Complaint.ended_at.is_(None))) or 0


def how_many_overdue(now: datetime) -> int:
    """On how many a word is overdue."""
    return len(_overdue(now))


def to_remind(now: datetime) -> Sequence[int]:
    """The complaints on which a word is overdue, unless those who answer were reminded since it fell due."""
    late = [one for one in _overdue(now) if one.reminded_at is None or one.reminded_at <= now - PROGRESS_WITHIN]
    return [one.id for one in late]


def contacts_to_forget(now: datetime) -> Sequence[int]:
    """The complaints whose address has been kept long enough after their end."""
    query = select(Complaint.id).where(Complaint.contact != "", Complaint.ended_at <= now - CONTACT_KEPT)
    return db.session.scalars(query.order_by(Complaint.id)).all()


def _overdue(now: datetime) -> list[Complaint]:
    waiting = select(Complaint).where(Complaint.stage != ComplaintStage.ANSWERED).order_by(Complaint.id)
    return [one for one in db.session.scalars(waiting) if is_overdue(one.received_at, one.spoken_at, now)]
