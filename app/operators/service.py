"""Naming who runs the machine, in two steps by two means, and ending that."""

from app import clock
from app.audit import service as audit
from app.extensions import db
from app.mail import letters
from app.mail import service as mail
from app.models import Operator, Person, locked
from app.operators import queries
from app.people import queries as people
from app.people import sessions
from app.web.addresses import whole_url
from policies.errors import RuleBroken
from policies.passkeys import require_may_operate
from policies.permissions import Actor


def name(address: str) -> bool:
    """Name the person with this address, who gets an account if there is none; False where that was done before.

    Only the command line comes here. Nothing is granted until the person confirms it with a passkey.
    """
    person = people.with_address(address) or _new_person(address)
    locked(person)
    if person.is_demonstration:
        raise RuleBroken("A made-up person runs nothing. Name somebody by an address of their own.")
    require_may_operate(_holds_office(person))
    if queries.of_person(person.id) is not None:
        return False
    named = Operator(person_id=person.id, named_at=clock.now())
    db.session.add(named)
    audit.record("operator named", named, by=None)
    letter = letters.written("operator_named", url=whole_url("operators.confirm"))
    mail.queue(letter, address, person_id=person.id)
    return True


def confirm(naming: Operator, person: Person, *, by: Actor) -> None:
    """Begin to run the machine; other sessions end, and the person votes nowhere from now on."""
    locked(person)
    require_may_operate(_holds_office(person))
    naming.confirmed_at = clock.now()
    sessions.end_all(person.id, but=person.session_key)
    audit.record("operator confirmed", naming, by=by)


def end(address: str) -> bool:
    """Name somebody an operator no more, and end their sessions; False where they were none."""
    person = people.with_address(address)
    named = queries.of_person(person.id if person else None)
    if person is None or named is None:
        return False
    locked(person)
    audit.record("operator ended", named, by=None)
    db.session.delete(named)
    sessions.end_all(person.id)
    return True


def _new_person(address: str) -> Person:
    person = Person(email=address, created_at=clock.now())
    db.session.add(person)
    db.session.flush()
    return person


def _holds_office(person: Person) -> bool:
    membership = person.membership
    return membership is not None and (membership.is_clerk or membership.is_deputy)
