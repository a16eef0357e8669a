"""Keeping passkeys: added with a fresh proof, told by mail, ten at most, and removed with all that they opened."""

from dataclasses import replace

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.extensions import db
from app.models import AuditRow, Passkey, PasskeyChallenge
from app.web.transactions import transaction
from policies.permissions import Actor
from tests import builders
from tests.app.letters import letters_to, newest_link
from tests.app.passkeys.device import ADDRESS, add, is_signed_in, show, wait
from tests.authenticator import Authenticator


def passkeys() -> list[str]:
    """The names of all passkeys kept."""
    with transaction():
        return [one.name for one in db.session.query(Passkey).order_by(Passkey.id)]


def test_a_passkey_is_added_told_by_mail_and_ends_the_other_sessions(
    app: Flask, browser: FlaskClient, jo: Actor
) -> None:
    elsewhere = app.test_client()
    builders.sign_in(elsewhere, jo)
    answer = add(browser, Authenticator())
    assert (answer.status_code, answer.location) == (303, "/account/passkeys")
    page = browser.get("/account/passkeys").text
    assert "My phone" in page
    assert "not used yet" in page
    assert letters_to(ADDRESS)[-1][0] == "passkey_added"
    assert not is_signed_in(elsewhere)
    assert browser.get("/clerk/members").status_code == 200, "to make a passkey is to show it"
    with transaction():
        assert db.session.query(AuditRow).filter_by(act="passkey added").one().details == {}


def test_an_old_session_adds_no_first_passkey_without_a_mailed_link(browser: FlaskClient) -> None:
    options = browser.post("/account/passkeys/options").get_json()
    wait(minutes=10)
    assert browser.get("/account/passkeys/new").location.startswith("/prove?need=fresh&")
    held = browser.post("/account/passkeys/new", data={"name": "Theirs", "credential": Authenticator().make(options)})
    assert held.status_code == 403
    assert browser.post("/account/passkeys/options").status_code == 403
    assert passkeys() == []


def test_a_further_passkey_takes_one_of_those_there_are(browser: FlaskClient) -> None:
    mine = Authenticator()
    add(browser, mine)
    wait(minutes=11)
    browser.post("/prove/link", data={"next": "/account/passkeys/new"})
    browser.post(newest_link(ADDRESS))
    assert browser.get("/account/passkeys/new").location.startswith("/prove?need=fresh_passkey&")
    assert browser.post("/account/passkeys/options").status_code == 403
    assert show(browser, mine, next="/account/passkeys/new").location == "/account/passkeys/new"
    assert add(browser, Authenticator(), "My key").status_code == 303
    assert passkeys() == ["My phone", "My key"]


def test_nobody_keeps_more_than_ten_and_no_device_is_kept_twice(browser: FlaskClient) -> None:
    first = Authenticator()
    add(browser, first)
    again = add(browser, first)
    assert (again.status_code, "known here already" in again.text) == (422, True)
    for number in range(9):
        assert add(browser, Authenticator(), f"Key {number}").status_code == 303
    assert browser.get("/account/passkeys/new").status_code == 409
    assert "as many as there can be" in browser.get("/account/passkeys").text


def test_a_removed_passkey_opens_nothing_and_this_session_has_to_show_another(app: Flask, browser: FlaskClient) -> None:
    add(browser, Authenticator())
    with transaction():
        key = db.session.query(Passkey).one().key
    assert "My phone" in browser.get(f"/account/passkeys/{key}/remove").text
    assert passkeys() == ["My phone"]
    assert browser.post(f"/account/passkeys/{key}/remove").status_code == 303
    assert passkeys() == []
    assert letters_to(ADDRESS)[-1][0] == "passkey_removed"
    assert browser.get("/clerk/members").status_code == 303
    assert browser.get(f"/account/passkeys/{key}/remove").status_code == 404


def test_nobody_sees_or_removes_the_passkey_of_another(app: Flask, browser: FlaskClient) -> None:
    add(browser, Authenticator())
    with transaction():
        key = db.session.query(Passkey).one().key
    other = app.test_client()
    builders.sign_in(other, builders.member("labour"))
    assert other.post(f"/account/passkeys/{key}/remove").status_code == 404
    assert "My phone" not in other.get("/account/passkeys").text
    assert passkeys() == ["My phone"]


@pytest.mark.parametrize(("name", "said"), [("", "Give the passkey a name"), ("x" * 61, "Shorten the name")])
def test_a_wrong_name_comes_back_with_what_to_do(browser: FlaskClient, name: str, said: str) -> None:
    answer = add(browser, Authenticator(), name)
    assert (answer.status_code, said in answer.text, passkeys()) == (422, True, [])


@pytest.mark.parametrize(
    "bent",
    [
        {"origin": "https://localhost:5000"},
        {"origin": "http://evil.example"},
        {"host": "evil.example"},
        {"verifies": False},
    ],
)
def test_a_passkey_of_another_site_or_of_an_unproven_user_is_not_kept(
    browser: FlaskClient, bent: dict[str, object]
) -> None:
    answer = add(browser, replace(Authenticator(), **bent))  # type: ignore[arg-type]
    assert answer.status_code == 422
    assert "could not be checked" in answer.text
    assert passkeys() == []
    with transaction():
        assert db.session.query(PasskeyChallenge).count() == 0, "a challenge is used up by whatever answers it"
