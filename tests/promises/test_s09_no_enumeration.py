"""S9: whoever asks with an address learns nothing of it: the same words, the same headers, the same work."""

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.extensions import db
from app.models import Mail, Person
from app.web.transactions import transaction
from policies.interest import ConsentPurpose
from tests import builders, interested
from tests.app.saying import said

DOORS = {
    "/sign-in/link": {},
    "/groups/green/join": {"name": "Jo Bloggs", "declared": "y"},
    "/interest": {"news": "y"},
}
# Asked for by nobody before, and each known in another way.
ADDRESSES = ("aunknown@example.org", "memberxx@example.org", "supportr@example.org")


@pytest.fixture
def known(app: Flask) -> None:
    """A member of another group and a supporter."""
    app.config["WTF_CSRF_ENABLED"] = False
    member = builders.member("labour")
    with transaction():
        db.session.get_one(Person, member.person_id).email = ADDRESSES[1]
    interested.supporter(ADDRESSES[2], ConsentPurpose.CONTACT)


def letters() -> int:
    """How many letters are queued."""
    with transaction():
        return db.session.query(Mail).count()


def asked(app: Flask, door: str, address: str) -> tuple[object, ...]:
    """Everything a stranger is told, and how many letters are written for it."""
    browser, before = app.test_client(), letters()
    answer = browser.post(door, data={**DOORS[door], "email": address})
    assert answer.status_code == 303
    told = said(answer), said(browser.get(answer.location))
    return str(told).replace(address, "…"), letters() - before


@pytest.mark.parametrize("door", DOORS)
def test_a_known_address_is_answered_like_an_unknown_one(app: Flask, known: None, door: str) -> None:
    unknown, member, supporter = (asked(app, door, address) for address in ADDRESSES)
    assert member == supporter == unknown
    assert unknown[1] == 1


def test_a_person_is_not_found_by_a_number_or_a_name(app: Flask, client: FlaskClient) -> None:
    person = builders.member().person_id
    for address in (f"/people/{person}", f"/members/{person}", f"/users/{person}", f"/account/{person}"):
        assert client.get(address).status_code == 404
