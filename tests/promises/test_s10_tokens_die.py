"""S10: a mailed key opens one door, for one address, once, for its time; and then no door ever again."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.extensions import db
from app.joining import service as joining
from app.models import MailedLink, Membership, Person
from app.people.secrets import digest_of
from app.web.transactions import transaction
from policies.groups import group_named
from policies.interest import ConsentPurpose
from policies.links import LIFETIMES, Purpose
from tests import builders, interested
from tests.app.letters import newest_link

ADDRESS = "jo@example.org"
DOORS = ("/sign-in/link/", "/invitations/", "/join/", "/interest/confirm/")
ANSWERS = {"email": ADDRESS, "name": "Jo Bloggs", "declared": "y"}


def to_sign_in(client: FlaskClient) -> None:
    """A member asks for a link."""
    actor = builders.member("green")
    with transaction():
        db.session.get_one(Person, actor.person_id).email = ADDRESS
    client.application.test_client().post("/sign-in/link", data={"email": ADDRESS})


def invited(_client: FlaskClient) -> None:
    """A clerk invites."""
    with transaction():
        joining.invite("green", ADDRESS, by=None)


def applied(_client: FlaskClient) -> None:
    """Somebody applies."""
    with transaction():
        joining.apply(group_named("green"), "Jo", ADDRESS)


def interest(_client: FlaskClient) -> None:
    """Somebody of no party asks to hear from us."""
    interested.asked_to_hear(ADDRESS, ConsentPurpose.NEWS)


MADE: dict[Purpose, Callable[[FlaskClient], None]] = {
    Purpose.SIGN_IN: to_sign_in,
    Purpose.INVITATION: invited,
    Purpose.APPLICATION: applied,
    Purpose.INTEREST: interest,
}


@pytest.fixture(params=list(Purpose))
def purpose(app: Flask, request: pytest.FixtureRequest) -> Purpose:
    """Each kind of mailed key."""
    app.config["WTF_CSRF_ENABLED"] = False
    found: Purpose = request.param
    return found


@pytest.fixture
def path(client: FlaskClient, purpose: Purpose) -> str:
    """A link of that kind that was just mailed."""
    MADE[purpose](client)
    return newest_link(ADDRESS)


def test_a_key_opens_its_own_door_alone_once_and_to_its_own_address_alone(client: FlaskClient, path: str) -> None:
    secret = path.rsplit("/", 1)[1]
    for door in (one for one in DOORS if not path.startswith(one)):
        assert client.post(door + secret, data=ANSWERS).status_code == 404, door
    assert client.post(f"{path[:-1]}{'a' if path[-1] != 'a' else 'b'}", data=ANSWERS).status_code == 404
    assert client.post(path, data={**ANSWERS, "email": "other@example.org"}).status_code == 422
    assert client.post(path, data=ANSWERS).status_code in {200, 303}
    for answer in (client.get(path), client.post(path, data=ANSWERS)):
        assert answer.status_code in {404, 409}
    with transaction():
        assert secret not in str([vars(link) for link in db.session.query(MailedLink)])


def test_a_key_is_dead_after_its_time_and_stays_dead(client: FlaskClient, path: str, purpose: Purpose) -> None:
    builders.move_clock(seconds=int((LIFETIMES[purpose] - timedelta(minutes=1)).total_seconds()))
    assert client.get(path).status_code == 200
    builders.move_clock(minutes=1)
    assert client.post(path, data=ANSWERS).status_code == 409
    MADE[purpose](client) if purpose is not Purpose.SIGN_IN else client.post("/sign-in/link", data={"email": ADDRESS})
    assert newest_link(ADDRESS) != path
    assert client.post(path, data=ANSWERS).status_code in {404, 409}


def test_five_wrong_addresses_kill_a_key(client: FlaskClient, path: str) -> None:
    for _ in range(5):
        assert client.post(path, data={**ANSWERS, "email": "other@example.org"}).status_code == 422
    assert client.post(path, data=ANSWERS).status_code == 409


def test_a_key_of_an_address_that_is_no_longer_somebodys_signs_nobody_in(app: Flask, client: FlaskClient) -> None:
    app.config["WTF_CSRF_ENABLED"] = False
    to_sign_in(client)
    path = newest_link(ADDRESS)
    with transaction():
        db.session.query(Person).filter_by(email=ADDRESS).one().email = "moved@example.org"
    assert client.post(path, data=ANSWERS).status_code in {404, 409}
    assert client.get("/account").status_code == 403


def test_an_invitation_taken_back_is_dead(app: Flask, client: FlaskClient) -> None:
    app.config["WTF_CSRF_ENABLED"] = False
    invited(client)
    path, clerk = newest_link(ADDRESS), builders.clerk("green")
    with transaction():
        joining.revoke(
            db.session.query(Membership)
            .join(Person, Membership.person_id == Person.id)
            .filter(Person.email == ADDRESS)
            .one(),
            by=clerk,
        )
    assert client.post(path, data=ANSWERS).status_code in {404, 409}


def test_what_is_kept_of_a_key_opens_nothing(client: FlaskClient, path: str) -> None:
    kept = digest_of(path.rsplit("/", 1)[1])
    assert client.post(f"{path.rsplit('/', 1)[0]}/{kept}", data=ANSWERS).status_code == 404
