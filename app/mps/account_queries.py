"""Who asks for the account of an MP: what waits for a letter's link, and what waits for clerks."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Row, func, or_, select

from app.extensions import db
from app.models import Mp, MpRequest
from app.people.secrets import digest_of
from policies.errors import NotThere
from policies.mp_accounts import CLERKS_HAVE, OVER, require_provable
from policies.permissions import Actor

LONGEST = 50


def of_mp(mp_id: int) -> Sequence[MpRequest]:
    """Everything asked for one MP, the oldest first."""
    return db.session.scalars(select(MpRequest).where(MpRequest.mp_id == mp_id).order_by(MpRequest.id)).all()


def from_address(mp_id: int, address: str) -> Sequence[MpRequest]:
    """What was asked for one MP from one address, the oldest first."""
    query = select(MpRequest).where(MpRequest.mp_id == mp_id, MpRequest.address == address).order_by(MpRequest.id)
    return db.session.scalars(query).all()


def count_sent(address: str, since: datetime) -> int:
    """How many letters went to an address since then, for whichever MP."""
    sent = (MpRequest.address == address, MpRequest.asked_at > since)
    return db.session.scalar(select(func.count()).select_from(MpRequest).where(*sent)) or 0


def held_of_address(address: str) -> Sequence[MpRequest]:
    """All that was asked from one address, read afresh and kept from others' changes, always in the same order."""
    query = select(MpRequest).where(MpRequest.address == address).order_by(MpRequest.id)
    held = query.with_for_update(of=MpRequest).execution_options(populate_existing=True)
    return db.session.scalars(held).all()


def can_be_chosen() -> Sequence[Row[int, str, str]]:
    """Number, name and seat of everybody who could say "this is me", by name."""
    query = select(Mp.id, Mp.name, Mp.seat).where(Mp.left_at.is_(None), ~Mp.is_demonstration)
    return db.session.execute(query.order_by(Mp.sought, Mp.id)).all()


def before_clerks() -> Sequence[MpRequest]:
    """What clerks have to look at, the longest waiting first."""
    query = select(MpRequest).where(MpRequest.proven_at.is_not(None)).order_by(MpRequest.proven_at, MpRequest.id)
    return db.session.scalars(query.limit(LONGEST)).all()


def count_for(group: str | None) -> int:
    """How many wait for the word of a clerk of this group."""
    waits = or_(MpRequest.vouched_group.is_(None), MpRequest.vouched_group != group)
    query = select(func.count()).select_from(MpRequest).where(MpRequest.proven_at.is_not(None), waits)
    return db.session.scalar(query) or 0


def for_clerk(actor: Actor, key: str) -> MpRequest:
    """One that waits for clerks; raises `NotThere` for any other, and for everybody else."""
    query = select(MpRequest).where(MpRequest.key == key)
    found = db.session.scalars(query).one_or_none() if actor.is_clerk else None
    if found is None or found.proven_at is None:
        raise NotThere(OVER)
    return found


def opened(secret: str, now: datetime) -> MpRequest:
    """The request behind a mailed link; raises `NotThere` or `LinkEnded`, saying what to do."""
    found = db.session.scalars(select(MpRequest).where(MpRequest.digest == digest_of(secret))).one_or_none()
    require_provable(found.facts if found else None, now, is_sitting=found is not None and found.mp.is_sitting)
    assert found is not None
    return found


def over(now: datetime) -> Sequence[int]:
    """The ids of requests that have come to nothing in their time."""
    unproven = MpRequest.proven_at.is_(None) & (MpRequest.expires_at <= now)
    undecided = MpRequest.proven_at <= now - CLERKS_HAVE
    return db.session.scalars(select(MpRequest.id).where(or_(unproven, undecided)).order_by(MpRequest.id)).all()
