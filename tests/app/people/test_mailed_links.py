"""Signing in by a mailed link: once, within its time, in the browser that asked or with the address."""

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.extensions import db
from app.models import Mail, MailedLink, Person, SignIn
from app.web.transactions import transaction
from policies.permissions import Actor
from tests import builders
from tests.app.at_once import all_at_once
from tests.app.letters import letters_to, newest_link
from tests.app.reading import main_of

ADDRESS = "jo@example.org"


@pytest.fixture(autouse=True)
def _no_tokens(app: Flask) -> None:
    app.config["WTF_CSRF_ENABLED"] = False


@pytest.fixture
def jo(app: Flask) -> Actor:
    """A member with an address."""
    actor = builders.member("green")
    with transaction():
        db.session.get_one(Person, actor.person_id).email = ADDRESS
    return actor


def ask(client: FlaskClient, address: str = ADDRESS, **sent: str) -> str:
    """Ask for a link; returns its path."""
    assert client.post("/sign-in/link", data={"email": address, **sent}).location == "/sign-in/sent"
    return newest_link(address.lower())


def is_signed_in(client: FlaskClient) -> bool:
    """Whether a browser reaches a member's page."""
    return client.get("/to-do").status_code == 200


def test_the_link_signs_in_once_and_opening_it_does_nothing(client: FlaskClient, jo: Actor) -> None:
    path = ask(client, "Jo@Example.ORG", next="/planks/new")
    page = client.get(path)
    assert page.status_code == 200
    assert "The e-mail address" not in page.text
    assert not is_signed_in(client)
    assert client.post(path).location == "/planks/new"
    assert is_signed_in(client)
    used = client.post(path)
    assert used.status_code == 409
    assert "works only once" in used.text
    with transaction():
        assert db.session.query(SignIn).count() == 1


def test_known_and_unknown_addresses_are_answered_alike(app: Flask, jo: Actor) -> None:
    answers = []
    for address in (ADDRESS, "nobody@example.org"):
        client = app.test_client()
        sent = client.post("/sign-in/link", data={"email": address})
        answers.append((sent.status_code, sent.location, main_of(client.get("/sign-in/sent"))))
    assert answers[0] == answers[1]
    assert [name for name, _body in letters_to("nobody@example.org")] == ["no_account"]
    with transaction():
        assert {mail.subject for mail in db.session.query(Mail)} == {"Your link"}
        assert db.session.query(Person).filter_by(email="nobody@example.org").count() == 0


def test_a_link_runs_out_after_a_quarter_of_an_hour(client: FlaskClient, jo: Actor) -> None:
    path = ask(client)
    builders.move_clock(minutes=14)
    assert client.get(path).status_code == 200
    builders.move_clock(minutes=1)
    for answer in (client.get(path), client.post(path)):
        assert answer.status_code == 409
        assert "run out after 15 minutes. Ask for a new one." in answer.text
    assert not is_signed_in(client)


def test_a_forwarded_link_is_worth_nothing_without_the_address(app: Flask, client: FlaskClient, jo: Actor) -> None:
    path, other = ask(client), app.test_client()
    assert "asked for in another browser" in other.get(path).text
    assert "Write a whole e-mail address" in other.post(path).text
    for _ in range(5):
        wrong = other.post(path, data={"email": "somebody@example.org"})
        assert wrong.status_code == 422
        assert "somebody@example.org" in wrong.text
    assert not is_signed_in(other)
    dead = client.post(path)
    assert (dead.status_code, "taken back" in dead.text) == (409, True)


def test_whoever_has_the_mail_can_open_it_in_another_browser(app: Flask, client: FlaskClient, jo: Actor) -> None:
    other = app.test_client()
    assert other.post(ask(client), data={"email": " JO@example.org "}).status_code == 303
    assert is_signed_in(other)
    assert not is_signed_in(client)


def test_a_link_for_something_else_or_made_up_opens_nothing(client: FlaskClient, jo: Actor) -> None:
    secret = ask(client).rsplit("/", 1)[1]
    for path in (f"/join/{secret}", f"/invitations/{secret}", "/sign-in/link/" + "x" * 43, "/sign-in/link/%00"):
        assert client.get(path).status_code == client.post(path).status_code == 404
    assert client.get(f"/sign-in/link/{secret}").status_code == 200


def test_an_address_gets_so_many_letters_that_one_always_works_and_no_more(client: FlaskClient, jo: Actor) -> None:
    for _ in range(8):
        newest = ask(client)
    assert len(letters_to(ADDRESS)) == 5
    builders.move_clock(minutes=14)
    ask(client)
    assert len(letters_to(ADDRESS)) == 5
    assert client.get(newest).status_code == 200, "whoever has the mail is not kept out"
    builders.move_clock(minutes=1)
    ask(client)
    assert len(letters_to(ADDRESS)) == 6


def sent_to_nobody() -> int:
    """How many letters to an unknown address are to be sent; the others only take their time."""
    with transaction():
        return db.session.query(Mail).filter_by(address="nobody@example.org", useless_after=None).count()


def test_an_address_that_nobody_has_is_told_so_once_a_day(client: FlaskClient) -> None:
    for _ in range(3):
        assert client.post("/sign-in/link", data={"email": "nobody@example.org"}).status_code == 303
    builders.move_clock(hours=23)
    client.post("/sign-in/link", data={"email": "nobody@example.org"})
    assert sent_to_nobody() == 1
    builders.move_clock(hours=1)
    client.post("/sign-in/link", data={"email": "nobody@example.org"})
    assert sent_to_nobody() == 2


def test_the_key_is_in_the_letter_alone_and_the_letter_names_no_group(client: FlaskClient, jo: Actor) -> None:
    secret = ask(client).rsplit("/", 1)[1]
    with transaction():
        assert secret not in str([vars(link) for link in db.session.query(MailedLink)])
        (mail,) = db.session.query(Mail).all()
        assert "Green" not in mail.subject
    assert secret not in client.get("/sign-in/sent").text


@pytest.mark.parametrize(
    "typed", ["", "jo", "jo@", "jo@example", "jo@example.org\nx@example.org", "j" * 300, "a@b@c.de"]
)
def test_what_is_no_address_comes_back_with_what_to_do(client: FlaskClient, typed: str) -> None:
    answer = client.post("/sign-in/link", data={"email": typed})
    assert answer.status_code == 422
    assert "Write a whole e-mail address, such as name@example.org." in answer.text


@pytest.mark.both
def test_a_link_redeemed_many_times_at_once_signs_in_once(app: Flask, client: FlaskClient, jo: Actor) -> None:
    path, statuses = ask(client), []
    browsers = [app.test_client() for _ in range(16)]
    works = [
        lambda one=one: statuses.append(one.post(path, data={"email": ADDRESS}).status_code)  # type: ignore[misc]
        for one in browsers
    ]
    all_at_once(works)
    assert sorted(statuses) == [303] + [409] * 15
    with transaction():
        assert db.session.query(SignIn).count() == 1
