"""A complaint about personal data, from the form to its outcome, with the clock."""

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.extensions import db
from app.models import Complaint, Mail, Membership
from app.web.transactions import transaction
from policies.complaints import ComplaintStage
from policies.permissions import Actor
from tests import builders
from tests.app.reading import main_of

WORDS = "My address stood on a page for a day."


@pytest.fixture(autouse=True)
def _no_tokens(app: Flask) -> None:
    app.config["WTF_CSRF_ENABLED"] = False


def signed_in(client: FlaskClient, actor: Actor) -> FlaskClient:
    """A browser in which this person is signed in."""
    browser = client.application.test_client()
    builders.sign_in(browser, actor)
    return browser


def letters(address: str) -> list[str]:
    """The letters to an address, by name."""
    with transaction():
        return list(db.session.scalars(db.select(Mail.letter).where(Mail.address == address).order_by(Mail.id)))


def test_a_complaint_is_acknowledged_at_once_reminded_of_answered_and_its_address_erased(client: FlaskClient) -> None:
    for sent, said in (
        ({"words": ""}, "Say what is wrong"),
        ({"words": "x" * 4001}, "Shorten this"),
        ({"words": WORDS, "contact": "me"}, "Write a whole e-mail address"),
    ):
        answer = client.post("/complaints", data=sent)
        assert (answer.status_code, said in answer.text) == (422, True)
    address = client.post("/complaints", data={"words": WORDS, "contact": "me@example.org"}).location
    page = main_of(client.get(address))
    assert "This page is its acknowledgement." in page
    assert address.removeprefix("/complaints/") in page
    assert WORDS not in page
    assert letters("me@example.org") == ["complaint_received"]
    clerk = builders.clerk("labour")
    with transaction():
        person = db.session.query(Membership).filter_by(person_id=clerk.person_id).one().person
        person.email = "clerk@example.org"
    builders.pass_time(days=29)
    assert "complaint_overdue" not in letters("clerk@example.org")
    builders.pass_time(days=1)
    builders.pass_time(days=3)
    assert letters("clerk@example.org").count("complaint_overdue") == 1
    desk = signed_in(client, clerk)
    assert "1 overdue" in desk.get("/clerk").text
    listed = desk.get("/clerk/complaints").text
    assert WORDS in listed
    assert re.search(r"Overdue", listed)
    answering = f"/clerk{address}"
    assert desk.post(answering, data={"step": "LATER", "words": "Soon."}).status_code == 422
    assert desk.post(answering, data={"step": "PROGRESS", "words": "We look at the logs."}).status_code == 303
    assert "We look at the logs." in client.get(address).text
    assert "overdue" not in desk.get("/clerk").text
    assert desk.post(answering, data={"step": "ANSWER", "words": "It was a fault; it is mended."}).status_code == 303
    assert desk.post(answering, data={"step": "PROGRESS", "words": "More."}).status_code == 409
    assert "It was a fault" in client.get(address).text
    assert letters("me@example.org")[-2:] == ["complaint_progressed", "complaint_answered"]
    builders.pass_time(days=364)
    with transaction():
        assert db.session.query(Complaint).one().contact == "me@example.org"
    builders.pass_time(days=1)
    with transaction():
        kept = db.session.query(Complaint).one()
        assert (kept.contact, kept.stage) == ("", ComplaintStage.ANSWERED)


def test_nobody_but_clerks_reads_complaints(client: FlaskClient) -> None:
    address = client.post("/complaints", data={"words": WORDS}).location
    for browser in (client, signed_in(client, builders.member("green"))):
        for page in ("/clerk/complaints", f"/clerk{address}"):
            assert browser.get(page).status_code == 403
    assert client.get("/complaints/abcdefgh2345").status_code == 404
