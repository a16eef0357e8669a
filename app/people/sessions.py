"""Sessions: a row for every browser somebody is signed in with, so that each can be ended from any other.

They leave no row in the record of changes: when somebody was signed in is nobody's business, the less so while a
ballot is open.
"""

from collections.abc import Sequence
from datetime import UTC, datetime

from sqlalchemy import delete, select

from app.extensions import db
from app.models import Person, SignIn
from app.people.secrets import digest_of, new_secret
from policies.errors import NotThere
from policies.links import SIGNED_IN_FOR
from policies.permissions import Actor

MOST_LISTED = 50


def _now() -> datetime:
    """The machine's time: to move a demonstration's clock signs nobody out."""
    return datetime.now(UTC)


def start(person: Person, browser: str = "", *, instead_of: str = "", by_passkey: bool = False) -> Person:
    """Sign a person in with one browser; the person then carries the key that its cookie has to hold.

    `instead_of` is the key the cookie held before: that session ends, whoever's it was. To sign in shows who one is.
    """
    key, now = new_secret(), _now()
    end(instead_of)
    _end_those_past(now)
    started = SignIn(
        digest=digest_of(key), person_id=person.id, browser=browser, started_at=now, ends_at=now + SIGNED_IN_FOR
    )
    _show(started, by_passkey=by_passkey)
    db.session.add(started)
    person.session_key, person.proofs = key, started.proofs
    return person


def prove(person: Person, *, by_passkey: bool) -> None:
    """Note that the person who holds this session has shown anew who they are; raises `NotThere` where it ended."""
    found = with_key(person.session_key)
    _show(found, by_passkey=by_passkey)
    person.proofs = found.proofs


def unprove(person: Person) -> None:
    """Forget that a passkey was shown in this session: it may have been one that is removed now."""
    found = with_key(person.session_key)
    found.passkey_at = None
    person.proofs = found.proofs


def with_key(key: str) -> SignIn:
    """The session this key opens; raises `NotThere` where it has ended."""
    query = select(SignIn).where(SignIn.digest == digest_of(key), SignIn.ends_at > _now())
    found = db.session.scalars(query).one_or_none()
    if found is None:
        raise NotThere("This browser is signed out. Sign in again.")
    return found


def _show(session: SignIn, *, by_passkey: bool) -> None:
    session.fresh_at = _now()
    if by_passkey:
        session.passkey_at = session.fresh_at


def of_person(person_id: int | None) -> Sequence[SignIn]:
    """The sessions of a person that have not ended, newest first."""
    query = select(SignIn).where(SignIn.person_id == person_id, SignIn.ends_at > _now())
    return db.session.scalars(query.order_by(SignIn.id.desc()).limit(MOST_LISTED)).all()


def is_this_one(session: SignIn, key: str) -> bool:
    """Whether a session is the one this key opens."""
    return session.digest == digest_of(key)


def end(key: str) -> None:
    """End the session this key opens."""
    db.session.execute(delete(SignIn).where(SignIn.digest == digest_of(key)))


def end_one(session_id: int, *, by: Actor) -> None:
    """End one of the own sessions; raises `NotThere` for anybody else's."""
    found = db.session.get(SignIn, session_id)
    if found is None or found.person_id != by.person_id:
        raise NotThere("That session has ended already. The list shows those that have not.")
    db.session.delete(found)


def end_others(key: str, *, by: Actor) -> int:
    """End all own sessions but this one; returns how many."""
    return end_all(by.person_id or 0, but=key)


def end_all(person_id: int, *, but: str = "") -> int:
    """End the sessions of a person, all but the one this key opens."""
    query = delete(SignIn).where(SignIn.person_id == person_id, SignIn.digest != digest_of(but))
    return db.session.execute(query).rowcount  # type: ignore[attr-defined]


def _end_those_past(now: datetime) -> None:
    db.session.execute(delete(SignIn).where(SignIn.ends_at <= now))
