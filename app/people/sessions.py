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


def start(person: Person, browser: str = "", *, instead_of: str = "") -> Person:
    """Sign a person in with one browser; the person then carries the key that its cookie has to hold.

    `instead_of` is the key the cookie held before: that session ends, whoever's it was.
    """
    key, now = new_secret(), _now()
    end(instead_of)
    _end_those_past(now)
    ends = now + SIGNED_IN_FOR
    db.session.add(SignIn(digest=digest_of(key), person_id=person.id, browser=browser, started_at=now, ends_at=ends))
    person.session_key = key
    return person


def person_of(key: str) -> Person | None:
    """Whose session this key opens, if it has not ended."""
    query = select(SignIn).where(SignIn.digest == digest_of(key), SignIn.ends_at > _now())
    found = db.session.scalars(query).one_or_none()
    if found is None:
        return None
    found.person.session_key = key
    return found.person


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
