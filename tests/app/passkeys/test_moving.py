"""Another address: confirmed there, told to the old one, and everything that was sent before dies."""

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.extensions import db
from app.models import AuditRow, KnownBrowser, Person
from app.mps import delegates
from app.people import known_browsers
from app.web.transactions import transaction
from policies.permissions import Actor
from tests import builders
from tests.app.at_once import all_at_once
from tests.app.letters import letters_to, newest_link
from tests.app.passkeys.conftest import real
from tests.app.passkeys.device import ADDRESS, is_signed_in, wait
from tests.app.reading import counted

NEW = "jo.new@example.org"


def address_of(actor: Actor) -> str | None:
    """The address somebody has now."""
    with transaction():
        return db.session.get_one(Person, actor.person_id).email


def test_an_address_is_changed_at_the_new_one_and_told_to_the_old(app: Flask, browser: FlaskClient, jo: Actor) -> None:
    elsewhere, signing_in = app.test_client(), app.test_client()
    builders.sign_in(elsewhere, jo)
    signing_in.post("/sign-in/link", data={"email": ADDRESS})
    to_sign_in = newest_link(ADDRESS)
    assert browser.post("/account/address", data={"email": " Jo.NEW@example.org "}).status_code == 303
    assert address_of(jo) == ADDRESS
    link = newest_link(NEW)
    assert NEW in browser.get(link).text
    assert elsewhere.get(link).status_code == 404
    assert browser.post(link).status_code == 303
    assert address_of(jo) == NEW
    assert not is_signed_in(elsewhere)
    assert is_signed_in(browser)
    assert signing_in.post(to_sign_in).status_code == 409
    assert browser.post(link).status_code == 409
    name, body = letters_to(ADDRESS)[-1]
    assert (name, NEW in body) == ("address_changed", False)
    with transaction():
        assert db.session.query(AuditRow).filter_by(act="address changed").one().details == {}


def test_what_an_mp_sent_to_the_old_address_ends_with_it(app: Flask, browser: FlaskClient, jo: Actor) -> None:
    by = builders.mp()
    with transaction():
        delegates.invite(ADDRESS, by=by)
    invitation = newest_link(ADDRESS)
    browser.post("/account/address", data={"email": NEW})
    assert browser.post(newest_link(NEW)).status_code == 303
    assert app.test_client().post(invitation, data={"email": ADDRESS}).status_code == 409


def test_changing_it_takes_a_fresh_proof_and_what_was_typed_is_kept(browser: FlaskClient, jo: Actor) -> None:
    wait(minutes=10)
    assert browser.get("/account/address").location == "/prove?need=fresh&next=/account/address"
    held = browser.post("/account/address", data={"email": NEW})
    assert (held.status_code, f'name="kept-email" value="{NEW}"' in held.text) == (403, True)
    sent = browser.post("/prove/link", data={"to": "/account/address", "kept-email": NEW})
    assert f'name="email" value="{NEW}"' in sent.text
    browser.post(newest_link(ADDRESS))
    assert browser.post("/account/address", data={"email": NEW}).status_code == 303


def test_the_address_of_another_is_answered_alike_and_never_taken(browser: FlaskClient, jo: Actor) -> None:
    real(builders.member("labour"), "taken@example.org")
    answers = []
    for address in ("taken@example.org", NEW):
        answer = browser.post("/account/address", data={"email": address})
        answers.append((answer.status_code, answer.location, browser.get("/account").text.count(address)))
    assert answers[0] == answers[1]
    assert [name for name, _body in letters_to("taken@example.org")] == ["address_taken"]
    real(builders.member("green"), NEW)
    assert browser.post(newest_link(NEW)).status_code == 409
    assert address_of(jo) == ADDRESS


@pytest.mark.both
def test_of_many_who_take_one_address_at_once_one_has_it(app: Flask) -> None:
    statuses: list[int] = []
    works = []
    for number in range(6):
        client = app.test_client()
        builders.sign_in(client, real(builders.member("green"), f"many{number}@example.org"))
        client.post("/account/address", data={"email": NEW})
        link = newest_link(NEW)
        works.append(lambda client=client, link=link: statuses.append(client.post(link).status_code))
    all_at_once(works)
    assert sorted(statuses) == [303, 409, 409, 409, 409, 409]


def test_it_is_the_same_work_for_the_address_of_another(browser: FlaskClient, jo: Actor) -> None:
    real(builders.member("labour"), "taken@example.org")
    numbers = []
    for address in (NEW, "taken@example.org"):
        browser.get("/account")
        with counted() as statements:
            browser.post("/account/address", data={"email": address})
        numbers.append(len(statements))
    assert numbers[0] == numbers[1]


def test_a_newer_wish_ends_the_older_one(browser: FlaskClient, jo: Actor) -> None:
    browser.post("/account/address", data={"email": "first@example.org"})
    browser.post("/account/address", data={"email": NEW})
    assert browser.post(newest_link("first@example.org")).status_code == 409
    assert browser.post(newest_link(NEW)).status_code == 303


@pytest.mark.parametrize("typed", ["", "jo", ADDRESS])
def test_what_cannot_be_an_address_or_is_the_own_one_changes_nothing(
    browser: FlaskClient, jo: Actor, typed: str
) -> None:
    assert browser.post("/account/address", data={"email": typed}).status_code in {409, 422}
    assert not [name for name, _body in letters_to(ADDRESS) if name == "new_address"]


def test_to_sign_out_everywhere_ends_this_session_too(app: Flask, browser: FlaskClient, jo: Actor) -> None:
    elsewhere = app.test_client()
    builders.sign_in(elsewhere, jo)
    assert browser.post("/account/sessions/end-all").location == "/sign-in"
    assert [is_signed_in(one) for one in (browser, elsewhere)] == [False, False]


def signs_in(app: Flask, kind: str) -> None:
    """The clerk signs in by a mailed link, with a browser of this kind."""
    client = app.test_client()
    client.post("/sign-in/link", data={"email": ADDRESS})
    links = [body for name, body in letters_to(ADDRESS) if name == "sign_in"]
    client.post(links[-1].split("localhost:5000")[1].split()[0], headers={"User-Agent": kind})


def test_a_letter_tells_of_a_kind_of_browser_not_known_for_ninety_days(app: Flask, jo: Actor) -> None:
    told = []
    rows = db.session.query(AuditRow).count()
    for kind, days in (
        ("Firefox/1 Android", 0),
        ("Firefox/2 Android", 1),
        ("Edg/1 Windows", 0),
        ("Firefox/3 Android", 90),
    ):
        builders.move_clock(days=days)
        signs_in(app, kind)
        told.append([name for name, _body in letters_to(ADDRESS)].count("new_browser"))
    assert told == [1, 1, 2, 3]
    assert "Firefox on Android" in letters_to(ADDRESS)[-1][1]
    builders.move_clock(days=90)
    with transaction():
        known_browsers.forget_old()
        assert db.session.query(KnownBrowser).count() == 0
        assert db.session.query(AuditRow).count() == rows
