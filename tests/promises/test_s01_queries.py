"""S1: what a query lets somebody see is exactly what the permission table lets that person read."""

from collections.abc import Iterator

import pytest

from app.amendments import queries as amendments
from app.arguments import queries as arguments
from app.extensions import db
from app.models import Amendment, Argument, Person, Plank, RegisteredRuling
from app.planks import queries as planks
from app.rulings import queries as rulings
from policies.errors import NotThere
from policies.permissions import VISITOR, Actor, Permission, may
from tests.promises.conftest import Tried


@pytest.fixture(autouse=True)
def _within(tried: Tried) -> Iterator[None]:
    with tried.app.app_context():
        yield


def everybody() -> list[Actor]:
    """A visitor and everybody there is."""
    return [VISITOR, *(person.actor for person in db.session.query(Person))]


def test_planks_are_found_by_exactly_those_who_may_read_them() -> None:
    for actor in everybody():
        found = set(db.session.scalars(db.select(Plank.id).where(planks.shown_to(actor))))
        allowed = {
            plank.id for plank in db.session.query(Plank) if may(actor, Permission.PLANK_READ, plank.facts_for(actor))
        }
        assert found == allowed, actor


def test_amendments_are_found_by_exactly_those_who_may_read_them() -> None:
    for actor in everybody():
        found = set(db.session.scalars(db.select(Amendment.id).where(amendments.shown_to(actor))))
        allowed = {
            amendment.id
            for amendment in db.session.query(Amendment)
            if may(actor, Permission.AMENDMENT_READ, amendment.facts_for(actor))
        }
        assert found == allowed, actor


def test_rulings_are_found_by_exactly_those_who_may_read_them() -> None:
    for actor in everybody():
        found = {ruling.id for ruling in db.session.scalars(rulings.registered(actor)).unique()}
        allowed = {
            ruling.id
            for ruling in db.session.query(RegisteredRuling)
            if may(actor, Permission.RULING_READ, ruling.facts_for(actor))
        }
        assert found == allowed, actor


def test_arguments_are_found_by_exactly_those_who_may_read_what_they_are_about() -> None:
    for actor in everybody():
        for argument in db.session.query(Argument):
            try:
                found = arguments.visible(actor, argument.key) is argument
            except NotThere:
                found = False
            thing = argument.amendment or argument.plank
            permission = Permission.AMENDMENT_READ if argument.amendment else Permission.PLANK_READ
            assert found is may(actor, permission, thing.facts_for(actor)), actor
