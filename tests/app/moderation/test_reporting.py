"""Reporting any text in two clicks without an account, deciding about it in two groups, appealing once."""

import re
from datetime import timedelta
from html import unescape

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.desk.ticking import tick
from app.extensions import db
from app.models import AuditRow, Case, CaseWord, Mail, Report
from app.moderation import queries
from app.moderation.texts import text_of
from app.web.transactions import transaction
from policies.moderation import REPORTS_KEPT, CaseStage, Kind, Verdict, Wrong
from policies.permissions import Actor
from tests import builders, moderated
from tests.app.reading import counted, main_of

SECRET = "The neighbour at number seven drinks"
REASON = "It told something private about a person."
LINK = re.compile(r'href="(/report\?[^"]+)"')


@pytest.fixture
def author(app: Flask) -> Actor:
    """A member who names themselves on an argument."""
    return builders.member("green")


@pytest.fixture
def argument_id(author: Actor) -> int:
    """An argument that should not stand, about plank 1."""
    return builders.argued(builders.open_plank(), author, words=SECRET, named=True)


def as_member(client: FlaskClient, actor: Actor) -> FlaskClient:
    """A browser in which this person is signed in."""
    browser = client.application.test_client()
    builders.sign_in(browser, actor)
    return browser


def subject_of(argument_id: int) -> str:
    """What a case about an argument is about."""
    return f"argument:arguments:{argument_id}"


def case_of(argument_id: int) -> Case:
    """The case about an argument."""
    case, _ = moderated.the_case(subject_of(argument_id))
    return case


def decide(browser: FlaskClient, key: str, verdict: str, reason: str = REASON) -> int:
    """Decide on what the page of the case shows; returns the status."""
    shown = browser.get(f"/clerk/cases/{key}").text
    (read,) = re.findall(r'name="read" value="(\w+)"', shown)
    sent = {"verdict": verdict, "reason": reason, "read": read}
    return browser.post(f"/clerk/cases/{key}", data=sent).status_code


def test_anybody_reports_and_follows_it_by_its_reference(client: FlaskClient, argument_id: int) -> None:
    page = client.get("/planks/1?view=arguments").text
    address = next(unescape(link) for link in LINK.findall(page) if "argument-" in link)
    (chosen,) = re.findall(r'<input[^>]*checked[^>]*value="(argument-[^"]+)"', client.get(address).text)
    for sent, said in (
        ({}, "Choose which text you report"),
        ({"text": chosen}, "Choose what is wrong"),
        ({"text": chosen, "wrong": "other"}, "Say what is wrong"),
        ({"text": "version-1", "wrong": "spam"}, "Choose which text"),
        ({"text": chosen, "wrong": "x"}, "Choose what is wrong"),
        ({"text": chosen, "wrong": "spam", "contact": "nobody"}, "Write a whole e-mail address"),
        ({"text": chosen, "wrong": "spam", "words": "x" * 501}, "x" * 501),
    ):
        answer = client.post(address, data={"words": "", **sent})
        assert answer.status_code == 422
        assert said in answer.text
    sent = {"text": chosen, "wrong": "personal", "words": "I live there.", "contact": "me@example.org"}
    answer = client.post(address, data=sent)
    assert answer.status_code == 303
    page = main_of(client.get(answer.location))
    assert answer.location.removeprefix("/reports/") in page
    assert "It waits for the clerks." in page
    for hidden in ("I live there.", SECRET, "me@example.org"):
        assert hidden not in page
    with transaction():
        (row,) = db.session.scalars(db.select(AuditRow).where(AuditRow.subject == "reports"))
        assert (row.by_person, row.by_group) == (None, None)
    moderated.decided(subject_of(argument_id), Verdict.LEAVE, "labour", "lib_dem")
    assert "left it as it is" in client.get(answer.location).text
    with transaction():
        assert "has an answer" in db.session.scalars(db.select(Mail.body).where(Mail.address == "me@example.org")).one()


def test_clerks_of_two_groups_hide_it_and_its_author_appeals_to_clerks_who_had_no_word(
    client: FlaskClient, argument_id: int, author: Actor
) -> None:
    reference = moderated.reported(argument_id, words="He is my neighbour.")
    key = case_of(argument_id).key
    green, second_green, labour = builders.clerk("green"), builders.clerk("green"), builders.clerk("labour")
    assert SECRET in as_member(client, green).get("/clerk/reports").text
    assert decide(as_member(client, green), key, "hide", reason="") == 422
    assert decide(as_member(client, green), key, "hide") == 303
    assert decide(as_member(client, second_green), key, "hide") == 303
    assert SECRET in client.get("/planks/1?view=arguments").text
    shown = as_member(client, labour).get(f"/clerk/cases/{key}").text
    assert f"A clerk of the Compass Green group says: hide it. {REASON}" in shown
    assert decide(as_member(client, labour), key, "hide") == 303
    tombstone = main_of(client.get("/planks/1?view=arguments"))
    assert re.search(rf"Hidden by clerks of two groups on \d+ \w+ \d{{4}} because: {REASON} Case {key}\.", tombstone)
    assert "A member of the Compass Green group" in tombstone
    for gone in (SECRET, "Demonstration person"):
        assert gone not in tombstone
    assert "have hidden the text" in client.get(f"/reports/{reference}").text
    own = as_member(client, author)
    assert "An argument of yours is hidden" in own.get("/to-do").text
    assert SECRET in own.get(f"/cases/{key}").text
    assert SECRET not in client.get(f"/cases/{key}").text
    assert client.post(f"/cases/{key}/appeal", data={"reason": "Not me."}).status_code == 409
    assert own.post(f"/cases/{key}/appeal", data={"reason": ""}).status_code == 422
    assert own.post(f"/cases/{key}/appeal", data={"reason": "It is about nobody."}).status_code == 303
    assert own.post(f"/cases/{key}/appeal", data={"reason": "Once more."}).status_code == 409
    assert "Its author appeals: It is about nobody." in as_member(client, labour).get("/clerk/reports").text
    assert 'name="read"' not in as_member(client, labour).get(f"/clerk/cases/{key}").text
    for clerk in (builders.clerk("lib_dem"), builders.clerk("labour")):
        assert decide(as_member(client, clerk), key, "leave", "") == 303
    assert SECRET in client.get("/planks/1?view=arguments").text
    assert client.get(f"/cases/{key}").status_code == 404
    assert "one appeal is all there is" in client.get(f"/reports/{reference}").text
