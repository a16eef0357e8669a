"""Reporting an argument without an account, and hiding it by clerks of two groups: a tombstone, and no word more."""

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.arguments import reports, service
from app.extensions import db
from app.models import Argument, ArgumentRuling, AuditRow, Report
from app.search import service as search
from app.web.transactions import transaction
from policies.arguments import REPORTS_KEPT, Settlement, Verdict
from policies.errors import RuleBroken
from policies.permissions import Actor
from tests import builders
from tests.app.reading import counted, main_of, pages_reached

SECRET = "The neighbour at number seven drinks"
REASON = "It told something private about a person."


@pytest.fixture
def author(app: Flask) -> Actor:
    """A member who names themselves on an argument."""
    return builders.member("green")


@pytest.fixture
def argument_id(plank_id: int, author: Actor) -> int:
    """An argument that should not stand, about plank 1."""
    return builders.argued(plank_id, author, words=SECRET, named=True)


def key_of(argument_id: int) -> str:
    """What addresses an argument."""
    with transaction():
        return builders.argument(argument_id).key


def as_member(client: FlaskClient, actor: Actor) -> FlaskClient:
    """A browser in which this person is signed in."""
    browser = client.application.test_client()
    builders.sign_in(browser, actor)
    return browser


def rule(browser: FlaskClient, key: str, verdict: str, reason: str = REASON) -> int:
    """Rule on what the ruling page shows; returns the status."""
    shown = browser.get(f"/clerk/arguments/{key}").text
    (sitting,) = re.findall(r'name="sitting" value="(\d+)"', shown)
    sent = {"verdict": verdict, "reason": reason, "sitting": sitting}
    return browser.post(f"/clerk/arguments/{key}", data=sent).status_code


def test_anybody_reports_in_two_clicks_and_follows_it_by_its_reference(
    client: FlaskClient, argument_id: int, author: Actor
) -> None:
    (address,) = re.findall(r'href="(/arguments/[^"]+/report)"', client.get("/planks/1?view=arguments").text)
    for sent, said in (
        ({}, "Choose what is wrong"),
        ({"kind": "other"}, "Say what is wrong"),
        ({"kind": "x"}, "Choose"),
    ):
        answer = client.post(address, data={"text": "", **sent})
        assert answer.status_code == 422
        assert said in answer.text
    too_long = client.post(address, data={"kind": "law", "text": "x" * 501})
    assert (too_long.status_code, "x" * 501 in too_long.text) == (422, True)
    answer = as_member(client, author).post(address, data={"kind": "personal", "text": "I live there."})
    assert answer.status_code == 303
    page = main_of(client.get(answer.location))
    assert answer.location.removeprefix("/reports/") in page
    assert "It waits for the clerks." in page
    assert "I live there." not in page
    assert SECRET not in page
    with transaction():
        (row,) = db.session.scalars(db.select(AuditRow).where(AuditRow.subject == "reports"))
        assert (row.by_person, row.by_group) == (None, None)
    builders.ruled(argument_id, Verdict.LEAVE, "labour", "lib_dem")
    assert "left the argument as it is" in client.get(answer.location).text


def test_clerks_of_two_groups_hide_it_and_its_words_leave_no_trace(
    app: Flask, client: FlaskClient, argument_id: int, author: Actor
) -> None:
    key, name = key_of(argument_id), "Demonstration person"
    builders.reported(argument_id, words="He is my neighbour.")
    green, second_green, labour = builders.clerk("green"), builders.clerk("green"), builders.clerk("labour")
    assert SECRET in as_member(client, green).get("/clerk/reports").text
    assert rule(as_member(client, green), key, "hide", reason="") == 422
    assert rule(as_member(client, green), key, "hide") == 303
    assert rule(as_member(client, second_green), key, "hide") == 303
    assert SECRET in client.get("/planks/1?view=arguments").text
    shown = as_member(client, labour).get(f"/clerk/arguments/{key}").text
    assert f"A clerk of the Compass Green group says: hide it. {REASON}" in shown
    assert rule(as_member(client, labour), key, "hide") == 303
    tombstone = main_of(client.get("/planks/1?view=arguments"))
    assert re.search(rf"Clerks of two groups hid this argument on \d+ \w+ \d{{4}}\. Their reason: {REASON}", tombstone)
    assert "A member of the Compass Green group" in tombstone
    assert name not in tombstone
    search.refresh(app.config["SETTINGS"].index_folder)
    for reader in (client, as_member(client, builders.member("lib_dem")), as_member(client, labour)):
        for address, page in pages_reached(reader).items():
            if page.mimetype == "text/html" and not address.startswith("/sign-in"):
                assert SECRET not in page.text, address
    for address in (f"/clerk/arguments/{key}", f"/arguments/{key}/report"):
        assert SECRET not in as_member(client, labour).get(address).text
    assert client.get(f"/arguments/{key}/report").status_code == 409
    own = as_member(client, author).get("/planks/1?view=arguments").text
    assert SECRET in own
    assert "ask a clerk of any group to look at it again" in own
    assert as_member(client, author).post(f"/arguments/{key}/withdraw").status_code == 409
    assert as_member(client, author).post("/planks/1/arguments/for", data={"text": "Again."}).status_code == 409
    with transaction():
        assert builders.argument(argument_id).words == SECRET
        assert db.session.query(Report).one().settlement is Settlement.HIDDEN


def test_two_groups_leaving_it_settle_the_reports_and_later_ones_are_ruled_on_anew(argument_id: int) -> None:
    builders.reported(argument_id)
    builders.ruled(argument_id, Verdict.HIDE, "green")
    builders.ruled(argument_id, Verdict.LEAVE, "labour", "lib_dem", reason="")
    with transaction():
        assert reports.how_many_wait() == 0
        assert builders.argument(argument_id).hidden_at is None
    builders.reported(argument_id)
    builders.ruled(argument_id, Verdict.HIDE, "labour")
    with transaction():
        assert builders.argument(argument_id).hidden_at is None
        assert reports.how_many_wait() == 1
        assert db.session.query(ArgumentRuling).count() == 4


def test_a_clerk_hides_without_a_report_and_the_next_clerk_is_told(client: FlaskClient, argument_id: int) -> None:
    builders.ruled(argument_id, Verdict.HIDE, "green")
    labour, author_as_clerk = as_member(client, builders.clerk("labour")), builders.clerk("labour")
    builders.argued(1, author_as_clerk, words="A clerk argues too.")
    assert "1 argument to rule on" in labour.get("/to-do").text
    assert "1 argument reported or in question" in labour.get("/clerk").text
    assert "Nobody has reported it." in labour.get("/clerk/reports").text
    own = db.session.query(Argument).filter_by(author_id=author_as_clerk.person_id).one()
    assert as_member(client, author_as_clerk).get(f"/clerk/arguments/{own.key}").status_code == 403


def test_a_clerk_rules_on_the_words_as_they_are(argument_id: int, author: Actor) -> None:
    builders.ruled(argument_id, Verdict.HIDE, "green")
    clerk = builders.clerk("labour")
    builders.argued(1, author, words="I take that back: warm homes help all.")
    with pytest.raises(RuleBroken, match="has changed since you opened the page"), transaction():
        service.rule(builders.argument(argument_id), Verdict.HIDE, REASON, "1", by=clerk)
    builders.ruled(argument_id, Verdict.HIDE, "labour")
    with transaction():
        argument = builders.argument(argument_id)
        assert argument.hidden_at is None
        assert argument.queued_since is not None


def test_reports_are_kept_up_to_an_end_and_then_counted(client: FlaskClient, argument_id: int) -> None:
    address = f"/arguments/{key_of(argument_id)}/report"
    sent = {"kind": "abuse", "text": "Rude."}
    locations = [client.post(address, data=sent).location for _ in range(REPORTS_KEPT + 3)]
    assert locations[REPORTS_KEPT:] == [locations[0]] * 3
    assert "its words were not kept" in client.get(locations[-1]).text
    with transaction():
        assert db.session.query(Report).count() == REPORTS_KEPT
        assert db.session.query(AuditRow).filter_by(subject="reports").count() == REPORTS_KEPT
    queue = as_member(client, builders.clerk("labour")).get("/clerk/reports").text
    assert queue.count("Rude.") == REPORTS_KEPT
    assert "3 further reports, counted only." in queue


def test_withdrawing_settles_what_was_reported(client: FlaskClient, argument_id: int, author: Actor) -> None:
    reference, key = builders.reported(argument_id), key_of(argument_id)
    assert as_member(client, author).post(f"/arguments/{key}/withdraw").status_code == 303
    assert "Its author has withdrawn the argument" in client.get(f"/reports/{reference}").text
    with transaction():
        assert reports.how_many_wait() == 0
    with pytest.raises(RuleBroken, match="withdrawn"), transaction():
        service.require_reportable(builders.argument(argument_id))


def test_the_queue_is_paged_and_costs_the_same_however_long(client: FlaskClient, plank_id: int) -> None:
    browser = as_member(client, builders.clerk("labour"))
    costs = []
    for number in range(22):
        builders.reported(builders.argued(plank_id, builders.member("green"), words=f"Reported argument {number}."))
        if number in (1, 21):
            with counted() as statements:
                shown = browser.get("/clerk/reports").text
            costs.append(len(statements))
    assert costs[0] == costs[1]
    assert shown.count("Reported argument") == 20
    assert "Reported argument 20." in browser.get("/clerk/reports?page=2").text
    assert browser.get("/clerk/reports?page=3").status_code == 404
