"""What is declared is kept with its words; of an application that came to nothing no word of whom is left."""

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from app.desk.ticking import tick
from app.extensions import db
from app.models import AuditRow, Enquiry, Membership, Model, Person
from app.web.transactions import transaction
from tests import builders
from tests.app.joining.test_joining import ADDRESS, APPLICATION, browser, key_of, stands
from tests.app.letters import letters_to, newest_link
from tests.app.reading import main_of

REASON = "We do not know you in Anytown."
WORDS = ("jo@example.org", "Jo Bloggs", "Anytown", "Which branch", "Demonstration applicant")
DECLARED = "I am a member or supporter of the Green Party, and belong to no other group of this platform."


@pytest.fixture(autouse=True)
def _no_tokens(app: Flask) -> None:
    app.config["WTF_CSRF_ENABLED"] = False


@pytest.fixture
def clerk(app: Flask) -> FlaskClient:
    """The browser of a Green clerk."""
    return browser(app, builders.clerk("green"))


def found_anywhere() -> set[str]:
    """Which of the words that were told stand in any table still."""
    with transaction():
        rows = [row for table in Model.metadata.sorted_tables for row in db.session.execute(select(table))]
    kept = repr(rows)
    return {word for word in WORDS if word in kept}


def test_what_somebody_declares_is_kept_in_its_words_with_its_day(client: FlaskClient, clerk: FlaskClient) -> None:
    client.post("/groups/green/join", data=APPLICATION)
    path = newest_link(ADDRESS)
    assert DECLARED in client.get(path).text
    client.post(path, data={"name": "Jo Bloggs"})
    clerk.post("/clerk/members/invite", data={"email": "al@example.org"})
    client.post(newest_link("al@example.org"), data={"name": "Al", "email": "al@example.org", "declared": "y"})
    with transaction():
        assert [one.declared_words for one in db.session.query(Membership) if one.verified_at] == [1, 1]
    shown = clerk.get("/clerk/members").text
    assert shown.count(DECLARED) == shown.count("Declared on") == 2


def test_a_group_is_chosen_and_joined_beside_what_it_says_of_itself(client: FlaskClient) -> None:
    builders.statement("green", "## Who we are\n\nWe begin.\n\nWe go on.")
    builders.statement("green", "## Who we are\n\nWe begin anew.\n\nWe go on.", seen=1)
    chosen, joined = main_of(client.get("/join")), main_of(client.get("/groups/green/join"))
    assert ("We begin anew." in chosen, "Who we are" in chosen, "We go on." in chosen) == (True, False, False)
    assert all(words in joined for words in ("Who we are", "We begin anew.", "We go on.", "not the Green Party"))
    assert "It has published no launch statement yet." in main_of(client.get("/groups/labour/join"))


def test_nothing_is_left_of_somebody_refused_after_30_days_and_one_may_ask_again(
    client: FlaskClient, clerk: FlaskClient
) -> None:
    client.post("/groups/green/join", data=APPLICATION)
    client.post(newest_link(ADDRESS), data={"name": "Jo Bloggs"})
    clerk.post(f"/clerk/members/{key_of()}/ask", data={"question": "Which branch?"})
    clerk.post(f"/clerk/members/{key_of()}/refuse", data={"reason": REASON})
    assert "You can ask this group again from" in letters_to(ADDRESS)[-1][1]
    builders.pass_time(days=29)
    client.post("/groups/green/join", data=APPLICATION)
    assert [letters_to(ADDRESS)[-1][0], stands()] == ["already_refused", [("green", "removed")]]
    builders.pass_time(days=1, minutes=1)
    assert found_anywhere() == set()
    with transaction():
        (forgotten,) = db.session.query(Membership).filter_by(stage="erased")
        assert forgotten.declared_at is None
        assert db.session.scalar(select(func.count()).select_from(Enquiry)) == 0
    assert tick() == 0, "what is forgotten is not due again"
    client.post("/groups/green/join", data=APPLICATION)
    assert stands() == [("green", "applied")]


def test_an_application_that_is_taken_back_is_forgotten_at_once(app: Flask, clerk: FlaskClient) -> None:
    key = builders.waiting_member("green", ADDRESS)
    clerk.post(f"/clerk/members/{key}/ask", data={"question": "Which branch?"})
    with transaction():
        actor = db.session.query(Person).filter_by(email=ADDRESS).one().actor
    browser(app, actor).post(f"/account/memberships/{key}/leave")
    tick()
    assert found_anywhere() == set()


def test_who_was_refused_and_belongs_to_another_group_keeps_the_account(app: Flask, clerk: FlaskClient) -> None:
    refused, taken = (builders.waiting_member(group, ADDRESS) for group in ("green", "labour"))
    clerk.post(f"/clerk/members/{refused}/refuse", data={"reason": REASON})
    browser(app, builders.clerk("labour")).post(f"/clerk/members/{taken}/approve")
    builders.pass_time(days=31)
    assert stands() == [("green", "erased"), ("labour", "active")]
    assert "Anytown" not in found_anywhere()
    with transaction():
        jo = db.session.query(Person).filter_by(email=ADDRESS).one().actor
    account = browser(app, jo).get("/account").text
    assert ("Compass Labour group" in account, "Compass Green group (" in account.split("<footer")[0]) == (True, False)


def test_a_group_can_invite_whom_it_refused(clerk: FlaskClient) -> None:
    key = builders.waiting_member("green", ADDRESS)
    clerk.post(f"/clerk/members/{key}/refuse", data={"reason": REASON})
    clerk.post("/clerk/members/invite", data={"email": ADDRESS})
    assert stands() == [("green", "removed"), ("green", "invited")]


def test_a_link_to_join_dies_with_the_address_it_was_sent_to(app: Flask, clerk: FlaskClient) -> None:
    clerk.post("/clerk/members/invite", data={"email": ADDRESS})
    path = newest_link(ADDRESS)
    with transaction():
        db.session.query(Person).filter_by(email=ADDRESS).one().email = "new@example.org"
    typed = {"name": "Jo", "email": ADDRESS, "declared": "y"}
    dead = app.test_client().post(path, data=typed)
    assert (dead.status_code, "no longer in use" in dead.text) == (409, True)
    assert stands("new@example.org") == [("green", "invited")]


def test_an_invitation_makes_nobody_more_than_its_letter_said(app: Flask, clerk: FlaskClient) -> None:
    for _ in range(5):
        clerk.post("/clerk/members/invite", data={"email": ADDRESS})
    path = newest_link(ADDRESS)
    answer = app.test_cli_runner().invoke(args=["people", "invite", ADDRESS, "--group", "green", "--clerk"])
    assert "several times within the hour" in answer.output
    app.test_client().post(path, data={"name": "Jo", "email": ADDRESS, "declared": "y"})
    assert stands() == [("green", "verified")], "the letter was a member's, so a clerk still checks"
    key = key_of()
    with transaction():
        assert not db.session.query(Membership).filter_by(key=key).one().is_clerk


def test_an_invitation_that_ran_out_stays_dead_whatever_else_happens(app: Flask, clerk: FlaskClient) -> None:
    clerk.post("/clerk/members/invite", data={"email": ADDRESS})
    path = newest_link(ADDRESS)
    builders.move_clock(days=14)
    assert "the link has run out" in clerk.get("/clerk/members").text
    typed = {"name": "Jo", "email": ADDRESS, "declared": "y"}
    assert app.test_client().post(path, data=typed).status_code == 409
    tick()
    other = app.test_client()
    other.post("/groups/green/join", data=APPLICATION)
    other.post(newest_link(ADDRESS), data={"name": "Jo"})
    clerk.post(f"/clerk/members/{key_of()}/approve")
    assert stands() == [("green", "active")]
    assert app.test_client().post(path, data=typed).status_code in {404, 409}


def test_the_record_holds_no_word_of_whom_it_is_about(client: FlaskClient, clerk: FlaskClient) -> None:
    client.post("/groups/green/join", data=APPLICATION)
    client.post(newest_link(ADDRESS), data={"name": "Jo Bloggs"})
    clerk.post(f"/clerk/members/{key_of()}/ask", data={"question": "Which branch?"})
    clerk.post(f"/clerk/members/{key_of()}/refuse", data={"reason": REASON})
    with transaction():
        rows = repr([one.details for one in db.session.query(AuditRow)])
        assert not [word for word in WORDS if word in rows]
