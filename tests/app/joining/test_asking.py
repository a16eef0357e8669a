"""A clerk asks an applicant something: by mail, answered by its link or signed in, three times at most."""

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.extensions import db
from app.models import Enquiry, Membership, Notice, Person
from app.web.transactions import transaction
from policies.permissions import Actor
from tests import builders
from tests.app.letters import letters_to, newest_link
from tests.app.payloads import LONG, words_of
from tests.app.reading import main_of

ADDRESS = "jo@example.org"
QUESTION = "Which local party do you belong to?"
ANSWER = "Anytown, since 2019."


@pytest.fixture(autouse=True)
def _no_tokens(app: Flask) -> None:
    app.config["WTF_CSRF_ENABLED"] = False


@pytest.fixture
def clerk(app: Flask) -> FlaskClient:
    """The browser of a Green clerk."""
    return browser(app, builders.clerk("green"))


@pytest.fixture
def key(app: Flask) -> str:
    """Somebody who waits for the Green clerks."""
    return builders.waiting_member("green", ADDRESS)


def browser(app: Flask, actor: Actor) -> FlaskClient:
    """A browser with a session of somebody."""
    client = app.test_client()
    builders.sign_in(client, actor)
    return client


def applicant() -> Actor:
    """The person who applied."""
    with transaction():
        return db.session.query(Person).filter_by(email=ADDRESS).one().actor


def ask(clerk: FlaskClient, key: str, question: str = QUESTION) -> str:
    """Ask the applicant; returns the path of the link in the letter."""
    assert clerk.post(f"/clerk/members/{key}/ask", data={"question": question}).status_code == 303
    return newest_link(ADDRESS)


def test_an_applicant_is_asked_answers_by_the_letters_link_and_comes_back_to_the_queue(
    client: FlaskClient, clerk: FlaskClient, key: str
) -> None:
    assert "One person waits" in clerk.get("/clerk").text
    path = ask(clerk, key)
    name, letter = letters_to(ADDRESS)[-1]
    assert (name, QUESTION in letter) == ("question", True)
    assert "Nobody waits for your group" in clerk.get("/clerk").text.replace("\n", " ")
    listed = main_of(clerk.get("/clerk/members"))
    assert listed.index("Asked, and not answered yet") < listed.index("Demonstration applicant")
    assert QUESTION in main_of(client.get(path))
    assert client.post(path, data={"answer": ANSWER, "email": ADDRESS}).location == "/join/answered"
    assert "One person waits" in clerk.get("/clerk").text
    listed = main_of(clerk.get("/clerk/members"))
    assert (ANSWER in listed, "Asked, and not answered yet" in listed) == (True, False)
    with transaction():
        told = [one.thing for one in db.session.query(Notice).order_by(Notice.id)]
        assert len(told) == len(set(told)) == 2, "of the application, and of the answer"


def test_the_link_works_once_for_that_address_and_for_two_weeks(
    client: FlaskClient, clerk: FlaskClient, key: str
) -> None:
    path = ask(clerk, key)
    for typed in ({}, {"email": "al@example.org"}, {"email": ADDRESS, "answer": ""}):
        refused = client.post(path, data={"answer": ANSWER, **typed})
        assert (refused.status_code, ANSWER in refused.text or not typed.get("answer", "x")) == (422, True)
    assert client.post(path, data={"answer": ANSWER, "email": ADDRESS}).status_code == 303
    used = client.post(path, data={"answer": "Another", "email": ADDRESS})
    assert (used.status_code, "has been answered" in used.text) == (409, True)
    late = ask(clerk, key)
    builders.move_clock(days=14)
    assert "run out after 14 days" in client.get(late).text
    assert "No answer within two weeks" in main_of(clerk.get("/clerk/members"))
    third = ask(clerk, key)
    for _ in range(5):
        client.post(third, data={"answer": ANSWER, "email": "al@example.org"})
    dead = client.post(third, data={"answer": ANSWER, "email": ADDRESS})
    assert (dead.status_code, "taken back" in dead.text) == (409, True)
    assert client.get("/join/questions/" + "x" * 43).status_code == 404


def test_the_link_dies_with_the_decision_and_with_the_address(
    app: Flask, client: FlaskClient, clerk: FlaskClient, key: str
) -> None:
    path = ask(clerk, key)
    with transaction():
        db.session.query(Person).filter_by(email=ADDRESS).one().email = "new@example.org"
    assert "no longer in use" in client.get(path).text
    with transaction():
        db.session.query(Person).filter_by(email="new@example.org").one().email = ADDRESS
    assert client.get(path).status_code == 200
    clerk.post(f"/clerk/members/{key}/refuse", data={"reason": "We do not know you."})
    dead = client.post(path, data={"answer": ANSWER, "email": ADDRESS})
    assert (dead.status_code, "have decided" in dead.text) == (409, True)


def test_whoever_is_signed_in_answers_on_the_accounts_page(app: Flask, clerk: FlaskClient, key: str) -> None:
    path = ask(clerk, key)
    jo, other = browser(app, applicant()), browser(app, builders.member("labour"))
    page = f"/account/memberships/{key}/answer"
    assert page in jo.get("/account").text
    assert "The e-mail address" not in jo.get(path).text
    assert "The e-mail address" in other.get(path).text
    assert other.get(page).status_code == 404
    assert jo.post(page, data={"answer": " "}).status_code == 422
    assert jo.post(page, data={"answer": ANSWER}).location == "/join/answered"
    assert page not in jo.get("/account").text
    assert jo.post(page, data={"answer": "Another"}).status_code == 404


def test_a_clerk_asks_one_thing_after_the_other_and_three_at_most(
    client: FlaskClient, clerk: FlaskClient, key: str
) -> None:
    for number in range(3):
        path = ask(clerk, key, f"{number}?")
        again = clerk.post(f"/clerk/members/{key}/ask", data={"question": "And?"})
        assert (again.status_code, "Wait for the answer, or decide now" in again.text) == (409, True)
        client.post(path, data={"answer": ANSWER, "email": ADDRESS})
    fourth = clerk.post(f"/clerk/members/{key}/ask", data={"question": "And?"})
    assert (fourth.status_code, "asked 3 times" in fourth.text) == (409, True)
    assert f"/clerk/members/{key}/ask" not in clerk.get("/clerk/members").text
    too_long = clerk.post(f"/clerk/members/{key}/ask", data={"question": "x" * 501})
    assert (too_long.status_code, "x" * 501 in too_long.text) == (422, True)


def test_what_was_asked_is_erased_with_the_approval_and_no_other_group_sees_it(
    app: Flask, clerk: FlaskClient, key: str
) -> None:
    ask(clerk, key)
    labour = browser(app, builders.clerk("labour"))
    assert labour.post(f"/clerk/members/{key}/ask", data={"question": "Who?"}).status_code == 404
    assert QUESTION not in labour.get("/clerk/members").text
    assert clerk.post(f"/clerk/members/{key}/approve").status_code == 303
    with transaction():
        assert db.session.query(Enquiry).count() == 0


def test_a_name_known_to_another_group_is_shown_on_no_page_of_an_invitation(app: Flask, clerk: FlaskClient) -> None:
    member = builders.member("labour")
    with transaction():
        person = db.session.get_one(Person, member.person_id)
        person.email, person.name, person.is_offered = ADDRESS, "Jane Secretname", False
    invited = builders.invited("green", ADDRESS)
    for act in ("ask", "refuse"):
        page = clerk.get(f"/clerk/members/{invited}/{act}").text
        assert ("Secretname" in page, "No name yet" in page) == (False, True)


def test_questions_and_answers_are_text(app: Flask, clerk: FlaskClient, key: str) -> None:
    jo = browser(app, applicant())
    question, answer = LONG[:400], LONG[:800]
    path = ask(clerk, key, question)
    for page in (jo.get(path), jo.get("/account"), clerk.get("/clerk/members"), clerk.get(f"/clerk/members/{key}/ask")):
        words_of(page)
    jo.post(f"/account/memberships/{key}/answer", data={"answer": answer})
    words_of(clerk.get("/clerk/members"))
    with transaction():
        asked = db.session.query(Enquiry).one()
        assert asked.membership_id == db.session.query(Membership).filter_by(key=key).one().id
