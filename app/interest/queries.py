"""Who registered interest and confirmed it, and what waits to be forgotten."""

import re
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Select, select

from app.extensions import db
from app.models import InterestRequest, MailedLink, Person, Supporter
from policies.errors import NotThere, RuleBroken
from policies.interest import UNCONFIRMED_KEPT
from policies.permissions import Actor

GONE = "This link opens nothing any more. If you want to hear from us again, register again."
_KEY = re.compile(r"[A-Za-z0-9_-]{43}")


def with_key(_actor: Actor, key: str) -> Supporter:
    """Whose choices this key opens; raises `NotThere` once they are erased."""
    # A database may refuse to compare what it could never store, such as a zero byte.
    found = db.session.scalars(_with_key(key)).one_or_none() if _KEY.fullmatch(key) else None
    if found is None:
        raise NotThere(GONE)
    return found


def locked_with_key(key: str) -> Supporter | None:
    """The same, kept from changing under us until this transaction ends; None once it is erased."""
    if not _KEY.fullmatch(key):
        return None
    fresh = {"populate_existing": True}
    return db.session.scalars(_with_key(key).with_for_update(of=Supporter), execution_options=fresh).one_or_none()


def people_among(addresses: Sequence[str] | None = None) -> Sequence[int]:
    """Which people with an account stand on the list: all, or those with these addresses."""
    query = select(Person.id).join(Supporter, Supporter.email == Person.email)
    return db.session.scalars(query if addresses is None else query.where(Supporter.email.in_(addresses))).all()


def with_address(address: str) -> Supporter | None:
    """Who confirmed this address."""
    return db.session.scalars(select(Supporter).where(Supporter.email == address)).one_or_none()


def asked_with(link: MailedLink) -> InterestRequest:
    """What a link was mailed for; raises `RuleBroken` once that is forgotten."""
    found = db.session.scalars(select(InterestRequest).where(InterestRequest.link_id == link.id)).one_or_none()
    if found is None:
        raise RuleBroken("What you asked for was forgotten meanwhile. Register again.")
    return found


def confirmed() -> Select[Supporter]:
    """Everybody who registered and confirmed it, the newest first."""
    return select(Supporter).order_by(Supporter.confirmed_at.desc(), Supporter.id.desc())


def all_confirmed() -> Sequence[Supporter]:
    """The same at once, for the file."""
    return db.session.scalars(confirmed()).all()


def to_forget(now: datetime) -> Sequence[int]:
    """The ids of what was asked for and not confirmed in time."""
    query = select(InterestRequest.id).where(InterestRequest.asked_at <= now - UNCONFIRMED_KEPT)
    return db.session.scalars(query.order_by(InterestRequest.id)).all()


def _with_key(key: str) -> Select[Supporter]:
    return select(Supporter).where(Supporter.key == key)
