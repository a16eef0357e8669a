"""Somebody whose address is first heard of here: found, or made once however many ask at once."""

from sqlalchemy.exc import IntegrityError

from app import clock
from app.extensions import db
from app.models import Person, locked
from app.people import queries


def person_with(address: str) -> Person:
    """The person with this address, made if there is none, and kept from changing until this transaction ends."""
    person = queries.with_address(address)
    if person is None:
        try:
            with db.session.begin_nested():
                person = Person(email=address, created_at=clock.now(), is_demonstration=clock.is_demonstration())
                db.session.add(person)
        except IntegrityError:
            person = queries.require_with_address(address)
    locked(person)
    return person
