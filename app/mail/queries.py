"""What waits in the outbox, what went wrong, and, in a demonstration, what arrived."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, Select, and_, func, or_, select

from app.extensions import db
from app.models import Mail
from policies.errors import NotThere
from policies.mail import KEPT_AFTER_SENDING, LEASE, LONG_WAIT, MailStage

BATCH = 200
NEEDS_A_HAND = (MailStage.UNKNOWN, MailStage.FAILED)


def due(now: datetime) -> Sequence[int]:
    """The ids of mails to send now, the longest waiting first."""
    useful = or_(Mail.useless_after.is_(None), Mail.useless_after > now)
    query = select(Mail.id).where(Mail.stage == MailStage.QUEUED, Mail.next_try_at <= now, useful)
    return db.session.scalars(query.order_by(Mail.next_try_at, Mail.id).limit(BATCH)).all()


def is_abandoned(now: datetime) -> ColumnElement[bool]:
    """Mails whose worker has been over them for longer than it takes."""
    return and_(Mail.stage == MailStage.SENDING, Mail.claimed_at <= now - LEASE)


def was_told(address: str, letter: str, since: datetime) -> bool:
    """Whether this letter was written to an address since some moment, and was not useless from the start."""
    query = select(Mail.id).where(Mail.address == address, Mail.letter == letter, Mail.created_at > since)
    query = query.where(Mail.useless_after.is_(None))
    return db.session.scalar(query.limit(1)) is not None


def wants_delivery(now: datetime) -> bool:
    """Whether there is anything for the worker to do."""
    waiting = and_(Mail.stage == MailStage.QUEUED, Mail.next_try_at <= now)
    return db.session.scalar(select(Mail.id).where(waiting | is_abandoned(now)).limit(1)) is not None


def to_forget(now: datetime) -> Sequence[int]:
    """The ids of mails so old that nobody will ask, and of unsent ones whose link has ended."""
    useless = and_(Mail.stage.not_in((MailStage.SENT, MailStage.SENDING)), Mail.useless_after <= now)
    old = and_(Mail.stage != MailStage.SENDING, Mail.created_at <= now - KEPT_AFTER_SENDING)
    query = select(Mail.id).where(or_(useless, old))
    return db.session.scalars(query.order_by(Mail.id).limit(BATCH)).all()


def arrived() -> Select[Mail]:
    """All mails, newest first: for the outbox page of a demonstration."""
    return select(Mail).order_by(Mail.id.desc())


def needing_a_hand() -> Select[Mail]:
    """Mails that a person has to decide about, oldest first."""
    return select(Mail).where(Mail.stage.in_(NEEDS_A_HAND)).order_by(Mail.id)


def listed_for_a_hand() -> Sequence[Mail]:
    """The first of them, for the command line."""
    return db.session.scalars(needing_a_hand().limit(BATCH)).all()


def count_needing_a_hand() -> int:
    """How many they are."""
    return db.session.scalar(select(func.count()).where(Mail.stage.in_(NEEDS_A_HAND))) or 0


def due_since(now: datetime) -> datetime | None:
    """Since when the longest waiting of the mails to send now has been due; None where none is."""
    useful = or_(Mail.useless_after.is_(None), Mail.useless_after > now)
    query = select(func.min(Mail.next_try_at)).where(Mail.stage == MailStage.QUEUED, Mail.next_try_at <= now, useful)
    return db.session.scalar(query)


def wait_long(now: datetime) -> int:
    """How many mails have waited for so long that the mail server must be gone, or was never named."""
    waiting = (Mail.stage == MailStage.QUEUED, Mail.created_at <= now - LONG_WAIT)
    return db.session.scalar(select(func.count()).where(*waiting)) or 0


def counts() -> dict[MailStage, int]:
    """How many mails stand where."""
    rows = db.session.execute(select(Mail.stage, func.count()).group_by(Mail.stage))
    return {row[0]: row[1] for row in rows}


def mail(mail_id: int) -> Mail:
    """One mail; raises `NotThere`."""
    found = db.session.get(Mail, mail_id)
    if found is None:
        raise NotThere("There is no such mail. Look at the list again.")
    return found
