"""A launch statement is written by the group's clerks, kept in every version, and never saved over unseen."""

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app import drawer
from app.audit import queries as record
from app.extensions import db
from app.groups import service as groups
from app.models import AuditRow, GroupPage, LaunchStatement
from app.moderation.texts import text_of
from app.web.transactions import transaction
from policies.errors import RuleBroken
from policies.groups import group_named
from policies.moderation import Kind, Verdict
from tests import builders, moderated
from tests.app.payloads import PAYLOADS, words_of
from tests.app.reading import main_of

FIRST = "We begin **here**.\n\n- Homes first."
SECOND = "We begin **here**, today.\n\n- Homes first."


@pytest.fixture
def clerk(app: Flask) -> FlaskClient:
    """A clerk of the Green group in a browser."""
    app.config["WTF_CSRF_ENABLED"] = False
    browser = app.test_client()
    builders.sign_in(browser, builders.clerk("green"))
    return browser


def publish(browser: FlaskClient, text: str, seen: int) -> int:
    """Publish words as from the preview; returns the status."""
    return browser.post("/groups/green/statements", data={"text": text, "seen": str(seen)}).status_code


def test_a_statement_is_previewed_published_and_read_in_every_version(clerk: FlaskClient, client: FlaskClient) -> None:
    preview = clerk.post("/groups/green/edit", data={"text": FIRST, "seen": "0"})
    assert "<strong>here</strong>" in main_of(preview)
    with transaction():
        assert db.session.query(LaunchStatement).count() == 0
    back = clerk.post("/groups/green/edit", data={"text": FIRST, "seen": "0", "change": "yes"})
    assert (back.status_code, FIRST in back.text) == (200, True)
    assert publish(clerk, FIRST, 0) == 303
    builders.pass_time(days=3)
    changes = main_of(clerk.post("/groups/green/edit", data={"text": SECOND, "seen": "1"}))
    assert "What it changes in the statement that stands" in changes
    assert "<ins>" in changes
    assert publish(clerk, SECOND, 1) == 303
    page = main_of(client.get("/groups/green"))
    assert ", today" in page
    assert 'href="/groups/green/statements">Earlier statements' in page
    assert ", today" not in main_of(client.get("/groups/green/statements/1"))
    assert "A newer one has followed it." in client.get("/groups/green/statements/1").text
    compared = main_of(client.get("/groups/green/statements/compare"))
    assert "<ins>" in compared
    assert "<ins>" not in main_of(client.get("/groups/green/statements/compare?from=2&to=2"))
    assert main_of(client.get("/groups/green/statements")).count("Published on") == 2
    for absent in ("/groups/green/statements/3", "/groups/labour/statements/1", "/groups/labour/statements/compare"):
        assert client.get(absent).status_code == 404, absent
    with transaction():
        rows = db.session.query(AuditRow).filter_by(act="statement published").all()
        assert [row.details["number"] for row in rows] == [1, 2]
        assert all(row.by_group == "green" and "We begin" not in str(row.details) for row in rows)
    assert record.verify().fault == ""


def test_the_second_of_two_clerks_is_told_and_keeps_the_words(clerk: FlaskClient) -> None:
    builders.statement("green", FIRST)
    for step in ("edit", "statements"):
        late = clerk.post(f"/groups/green/{step}", data={"text": "My own words.", "seen": "0"})
        assert late.status_code == 422
        page = words_of(late)
        assert "Another clerk of your group saved other words while you wrote." in page
        assert "My own words." in page
        assert "What your words change in the statement that stands now" in page
    assert 'name="seen" type="hidden" value="1"' in late.text
    assert publish(clerk, "My own words.", 1) == 303
    by = builders.clerk("green")
    with pytest.raises(RuleBroken, match="Another clerk"), transaction():
        groups.publish(group_named("green"), "Unseen.", seen=1, by=by)


def test_what_cannot_be_published_comes_back_with_what_to_do(clerk: FlaskClient) -> None:
    builders.statement("green", FIRST)
    for text, what_to_do in (
        ("", "Write the launch statement."),
        ("word " * 401, "Shorten the statement to 400 words; it has 401."),
        (FIRST, "These are the words that stand already."),
    ):
        answer = clerk.post("/groups/green/edit", data={"text": text, "seen": "1"})
        assert answer.status_code == 422
        assert what_to_do in answer.text
        assert text.strip() in answer.text
        assert publish(clerk, text, 1) == 422
    for seen in ("", "x", "-1", "1.0", "9" * 40):
        assert clerk.post("/groups/green/edit", data={"text": "Other.", "seen": seen}).status_code == 422


def test_the_office_is_changed_apart_and_by_one_clerk_after_the_other(clerk: FlaskClient, client: FlaskClient) -> None:
    builders.statement("green", FIRST)
    assert clerk.post("/groups/green/office", data={"office": "clerks@example.org", "office_seen": "0"}).location
    assert 'href="mailto:clerks@example.org"' in main_of(client.get("/groups/green"))
    late = clerk.post("/groups/green/office", data={"office": "2 Some Street\nAnytown", "office_seen": "0"})
    assert late.status_code == 422
    assert "2 Some Street\nAnytown" in late.text
    assert FIRST in late.text
    assert clerk.post("/groups/green/office", data={"office": "x" * 301, "office_seen": "1"}).status_code == 422
    clerk.post("/groups/green/office", data={"office": "2 Some Street\nAnytown", "office_seen": "1"})
    assert "2 Some Street<br>Anytown" in main_of(client.get("/groups/green"))
    with transaction():
        assert db.session.query(GroupPage).one().office_changes == 2
        assert "clerks@example.org" not in str([row.details for row in db.session.query(AuditRow)])


def test_whatever_a_clerk_writes_is_text(clerk: FlaskClient, client: FlaskClient) -> None:
    for number, words in enumerate(PAYLOADS):
        sent = f"# {words}\n\n- {words} {number}\n\n> {words}"
        words_of(clerk.post("/groups/green/edit", data={"text": sent, "seen": str(number)}))
        assert publish(clerk, sent, number) == 303, words
        clerk.post("/groups/green/office", data={"office": words, "office_seen": str(number)})
        for address in ("/groups", "/groups/green", "/groups/green/statements/compare", "/groups/green/edit"):
            words_of(clerk.get(address))
    assert "<script>alert(1)</script>" in words_of(client.get("/groups/green/statements/1"))


def test_an_office_that_clerks_have_hidden_stays_as_it_is_until_it_is_shown_again(app: Flask) -> None:
    clerk = builders.clerk("green")
    with transaction():
        groups.change_office(group_named("green"), "Zebulon Lane 1", seen=0, by=clerk)
        page = db.session.query(GroupPage).filter_by(group="green").one()
        subject, key = text_of(Kind.OFFICE, page).subject, page.id
    moderated.reported_text(Kind.OFFICE, GroupPage, key)
    moderated.decided(subject, Verdict.HIDE, "labour", "lib_dem")
    with transaction(), pytest.raises(RuleBroken, match="Clerks have hidden these words"):
        groups.change_office(group_named("green"), "Zebulon Lane 1", seen=1, by=clerk)
    with transaction():
        case, _ = moderated.the_case(subject)
        row = db.session.get_one(GroupPage, key)
        row.office = "Written anew"
        drawer.give_back(case, {("group_pages", str(key)): row})
        assert row.office == "Written anew", "what is put back takes the place of the tombstone alone"
