"""S13: who speaks as an MP is that MP: neither an address, a name, a form nor a group makes one."""

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.exc import IntegrityError

from app import clock
from app.extensions import db
from app.models import Mp, Person, Position
from app.web.transactions import transaction
from policies.permissions import Actor
from tests import builders
from tests.app.letters import newest_link

LOOK_ALIKES = (
    "jo.bloggs.mp@parliament.uk",
    "jo@PARLIAMENT.UK",
    "jo@evilparliament.uk",
    "jo@parliament.uk.evil.example",
    "jo@parliament.uk.",
    "jane@ｐarliament.uk",
    "parliament.uk@example.org",
)
BRIEF = ("/mps/brief", "/planks/1/v1/position")


@pytest.fixture(autouse=True)
def _no_tokens(app: Flask) -> None:
    app.config["WTF_CSRF_ENABLED"] = False


def is_no_mp(client: FlaskClient) -> bool:
    """Whether a browser reaches nothing of an MP's and can record nothing as one."""
    statuses = {client.get(address).status_code for address in BRIEF}
    statuses |= {client.post(BRIEF[1], data={"position": "supports"}).status_code}
    return statuses == {403}


def test_no_address_makes_an_mp_of_whoever_has_it_not_even_parliaments_own(app: Flask) -> None:
    builders.open_plank()
    for address in LOOK_ALIKES:
        client = app.test_client()
        sent = {"name": "The Rt Hon Jo Bloggs MP", "email": address, "declared": "y", "mp_id": "1", "is_mp": "true"}
        if client.post("/groups/green/join", data=sent).status_code == 422:
            continue
        path = newest_link(address.lower().replace("ｐ", "p"))
        assert client.post(path, data=sent).status_code == 303
        with transaction():
            person_id = db.session.query(Person).order_by(Person.id.desc()).first().id  # type: ignore[union-attr]
        builders.sign_in(client, Actor(person_id=person_id))
        assert is_no_mp(client), address
    with transaction():
        assert db.session.query(Mp).count() == db.session.query(Position).count() == 0


def test_no_member_and_no_clerk_speaks_as_an_mp(app: Flask) -> None:
    builders.open_plank()
    builders.mp()
    for actor in (builders.member("labour"), builders.clerk("labour")):
        client = app.test_client()
        builders.sign_in(client, actor)
        assert is_no_mp(client)


def test_the_database_ties_nobody_to_a_real_mp_without_two_clerks_and_nobody_to_two(app: Flask) -> None:
    with transaction():
        person = Person(name="Jo Bloggs", created_at=clock.now())
        db.session.add(person)
        db.session.flush()
        person_id = person.id
    real = {"name": "Jo Bloggs", "party": "Labour", "seat": "Anytown", "sought": "jo", "came_at": clock.now()}
    known = {"register_id": "1", "gss": "E14000001"}
    with pytest.raises(IntegrityError), transaction():
        db.session.add(Mp(**real, **known, is_demonstration=False, person_id=person_id))
    twice = {"vouched_by_id": person_id, "vouched_too_id": person_id}
    with pytest.raises(IntegrityError), transaction():
        db.session.add(Mp(**real, **known, **twice, is_demonstration=False, person_id=person_id))
    made_up = builders.mp()
    with pytest.raises(IntegrityError), transaction():
        db.session.add(Mp(**real, is_demonstration=True, person_id=made_up.person_id))


def test_an_mp_whose_seat_is_vacated_speaks_no_more_at_the_next_request(app: Flask) -> None:
    builders.open_plank()
    mp, client = builders.mp(), app.test_client()
    builders.sign_in(client, mp)
    assert not is_no_mp(client)
    with transaction():
        db.session.get_one(Mp, mp.mp_id).left_at = clock.now()
    assert is_no_mp(client)
