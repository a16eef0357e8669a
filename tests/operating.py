"""Bringing about who runs the machine."""

from app.operators import queries, service
from app.people import queries as people
from app.web.transactions import transaction
from policies.permissions import Actor


def operator(address: str = "operator@example.org") -> Actor:
    """The person with this address, who gets an account if there is none, runs the machine."""
    with transaction():
        service.name(address)
        person = people.require_with_address(address)
        service.confirm(queries.own_naming(person.actor), person, by=person.actor)
        return person.actor
