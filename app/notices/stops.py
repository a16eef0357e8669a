"""The key in the foot of a mail that ends such mail in one click, for whoever holds the mail, signed in or not.

It says nothing of whom and what it is for, and nobody can guess it. It is the same in every mail of one kind to one
address, works in the oldest of them, and dies when the address changes.
"""

import hashlib
import hmac
from base64 import urlsafe_b64encode

from flask import current_app

from app.extensions import db
from app.models import MailStop, Person
from app.notices.once import insertion
from policies.errors import NotThere
from policies.notices import NoticeKind

_PURPOSE = "the key that ends mail"
GONE = "This link ends no mail: it is not whole, or the address it was sent to has changed. Sign in to choose instead."


def key_for(person: Person, kind: NoticeKind | None) -> str:
    """The key that ends a person's mail of one kind, or without one, their digest."""
    key = _made(person.id, kind or "digest", person.email or "")
    row = {
        "digest": _digest(key),
        "address_digest": _digest(key, person.email or ""),
        "person_id": person.id,
        "kind": kind,
    }
    db.session.execute(insertion(MailStop).values(row).on_conflict_do_nothing())
    return key


def found(key: str) -> MailStop:
    """What a key ends; raises `NotThere` for one that ends nothing, or no longer."""
    stop = db.session.get(MailStop, _digest(key))
    person = db.session.get(Person, stop.person_id) if stop else None
    if stop is None or person is None or not person.email:
        raise NotThere(GONE)
    if not hmac.compare_digest(stop.address_digest, _digest(key, person.email)):
        raise NotThere(GONE)
    return stop


def _made(person_id: int, what: str, address: str) -> str:
    secret: str = current_app.config["SECRET_KEY"]
    told = "\n".join((_PURPOSE, str(person_id), what, address))
    return urlsafe_b64encode(hmac.digest(secret.encode(), told.encode(), "sha256")).decode().rstrip("=")


def _digest(*parts: str) -> str:
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()
