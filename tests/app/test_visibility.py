"""What a query lets somebody see is exactly what the permission table lets that person read."""

from flask import Flask

from app.amendments import queries as amendments
from app.extensions import db
from app.models import Amendment, Person, Plank
from app.planks import queries as planks
from policies.permissions import VISITOR, Actor, Permission, may
from tests.app.access import build


def everybody() -> list[Actor]:
    """A visitor and everybody there is."""
    return [VISITOR, *(person.actor for person in db.session.query(Person))]


def test_planks_are_found_by_exactly_those_who_may_read_them(app: Flask) -> None:
    build(app)
    for actor in everybody():
        found = set(db.session.scalars(db.select(Plank.id).where(planks.shown_to(actor))))
        allowed = {
            plank.id for plank in db.session.query(Plank) if may(actor, Permission.PLANK_READ, plank.facts_for(actor))
        }
        assert found == allowed, actor


def test_amendments_are_found_by_exactly_those_who_may_read_them(app: Flask) -> None:
    build(app)
    for actor in everybody():
        found = set(db.session.scalars(db.select(Amendment.id).where(amendments.shown_to(actor))))
        allowed = {
            amendment.id
            for amendment in db.session.query(Amendment)
            if may(actor, Permission.AMENDMENT_READ, amendment.facts_for(actor))
        }
        assert found == allowed, actor
