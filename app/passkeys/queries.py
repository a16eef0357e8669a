"""Finding passkeys: one's own, and the one a browser shows."""

from collections.abc import Sequence

from sqlalchemy import select

from app.extensions import db
from app.models import Passkey
from policies.errors import NotThere
from policies.passkeys import MOST_PASSKEYS
from policies.permissions import Actor


def of_person(person_id: int | None) -> Sequence[Passkey]:
    """The passkeys of a person, the first added first."""
    query = select(Passkey).where(Passkey.person_id == person_id).order_by(Passkey.id)
    return db.session.scalars(query.limit(MOST_PASSKEYS)).all()


def own(actor: Actor, key: str) -> Passkey:
    """One of the own passkeys; raises `NotThere`, for anybody else's as well."""
    query = select(Passkey).where(Passkey.key == key, Passkey.person_id == actor.person_id)
    found = db.session.scalars(query).one_or_none()
    if found is None:
        raise NotThere("There is no such passkey of yours. Your account’s page lists those there are.")
    return found


def with_credential(credential: str) -> Passkey | None:
    """The passkey with this credential."""
    return db.session.scalars(select(Passkey).where(Passkey.credential == credential)).one_or_none()
