"""What binds takes a passkey at the door: people are led to show one, come back, and lose nothing that they wrote."""

import re
from html import unescape

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.extensions import db
from app.models import AccountLink, LaunchStatement, Membership
from app.web.transactions import transaction
from policies.membership import MembershipStage
from policies.passkeys import NEEDS
from policies.permissions import Actor
from tests import builders
from tests.app.letters import letters_to, newest_link
from tests.app.passkeys.conftest import real
from tests.app.passkeys.device import ADDRESS, add, show, wait
from tests.authenticator import Authenticator

HIDDEN = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)">')
WORDS = 'Line one\r\n<b>"two"</b> & three'


def hidden_in(page: str, action: str) -> dict[str, str]:
    """The hidden fields of the form that is sent to this address."""
    (form,) = re.findall(rf'<form[^>]*action="{re.escape(action)}".*?</form>', page, re.DOTALL)
    return {name: unescape(words) for name, words in HIDDEN.findall(form)}


def statements() -> list[str]:
    """The launch statements published."""
    with transaction():
        return [one.text for one in db.session.query(LaunchStatement)]


@pytest.fixture
def device(browser: FlaskClient) -> Authenticator:
    """A device with the clerk's passkey, shown more than twelve hours ago."""
    made = Authenticator()
    assert add(browser, made).status_code == 303
    wait(hours=12)
    return made


def test_a_page_that_binds_leads_to_a_passkey_and_back(browser: FlaskClient, device: Authenticator) -> None:
    asked = browser.get("/clerk/members?page=1")
    assert (asked.status_code, asked.location) == (303, "/prove?need=passkey&next=/clerk/members?page%3D1")
    page = browser.get(asked.location)
    assert "takes a passkey, once in twelve hours" in page.text
    assert "Send me a link" not in page.text
    assert show(browser, device, next="/clerk/members?page=1").location == "/clerk/members?page=1"
    assert browser.get("/clerk/members?page=1").status_code == 200
    wait(hours=12)
    assert browser.get("/clerk/members").status_code == 303


def test_what_was_written_is_kept_while_a_passkey_is_shown(browser: FlaskClient, device: Authenticator) -> None:
    held = browser.post("/groups/green/statements", data={"text": WORDS, "seen": "0"})
    assert held.status_code == 403
    assert statements() == []
    kept = hidden_in(held.text, "/prove")
    assert (kept["to"], kept["kept-text"]) == ("/groups/green/statements", WORDS)
    proven = show(browser, device, **{name: kept[name] for name in ("to", "kept-text", "kept-seen")})
    assert statements() == [], "a proof sends nothing by itself"
    resumed = hidden_in(proven.text, "/groups/green/statements")
    assert (resumed["text"], resumed["seen"]) == (WORDS, "0")
    assert browser.post("/groups/green/statements", data=resumed).status_code == 303
    assert len(statements()) == 1


def test_a_passkey_that_fails_loses_nothing_either(browser: FlaskClient, device: Authenticator) -> None:
    again = show(browser, Authenticator(), to="/groups/green/statements", **{"kept-text": WORDS})
    assert again.status_code == 422
    assert hidden_in(again.text, "/prove")["kept-text"] == WORDS
    assert browser.get("/clerk/members").status_code == 303


def test_a_proof_leads_nowhere_else(browser: FlaskClient, device: Authenticator) -> None:
    assert show(browser, device, next="//evil.example").location == "/account"
    assert 'action="/account"' in show(browser, device, to="https://evil.example", **{"kept-text": "x"}).text
    assert browser.get("/prove?need=everything").status_code == 400


def test_the_passkey_of_another_proves_nothing(app: Flask, browser: FlaskClient, device: Authenticator) -> None:
    other, theirs = app.test_client(), Authenticator()
    builders.sign_in(other, real(builders.clerk("green"), "other@example.org"), by_passkey=False)
    add(other, theirs)
    assert "not one of yours" in show(browser, theirs).text
    assert browser.get("/clerk/members").status_code == 303


def test_what_was_asked_for_making_a_passkey_proves_nothing(browser: FlaskClient) -> None:
    device = Authenticator()
    add(browser, device)
    asked = browser.post("/account/passkeys/options").get_json()
    answer = browser.post("/prove", data={"need": "passkey", "credential": device.show(asked)})
    assert (answer.status_code, "took too long" in answer.text) == (422, True)


def test_a_clerk_without_one_is_led_from_a_letter_to_the_first_and_back(browser: FlaskClient) -> None:
    wait(minutes=10)
    page = browser.get(browser.get("/clerk/members").location)
    assert 'href="/account/passkeys/new?next=/clerk/members"' in page.text
    asked = browser.get("/account/passkeys/new?next=/clerk/members")
    assert asked.location.startswith("/prove?need=fresh&")
    browser.post("/prove/link", data={"next": "/account/passkeys/new?next=/clerk/members"})
    assert browser.get(newest_link(ADDRESS)).status_code == 200
    assert browser.get("/account/passkeys/new").status_code == 303, "opening a link changes nothing"
    assert browser.post(newest_link(ADDRESS)).location == "/account/passkeys/new?next=/clerk/members"
    assert 'name="next" value="/clerk/members"' in browser.get("/account/passkeys/new?next=/clerk/members").text
    assert add(browser, Authenticator()).status_code == 303
    assert browser.get("/clerk/members").status_code == 200


def test_a_proof_by_mail_works_once_soon_and_in_the_session_that_asked(
    app: Flask, browser: FlaskClient, jo: Actor
) -> None:
    other = app.test_client()
    builders.sign_in(other, jo)
    wait(minutes=10)
    browser.post("/prove/link", data={"next": "/account"})
    link = newest_link(ADDRESS)
    assert other.get(link).status_code == other.post(link).status_code == 404
    assert browser.post(link).status_code == 303
    assert browser.post(link).status_code == 409
    for _ in range(6):
        browser.post("/prove/link")
    assert [name for name, _body in letters_to(ADDRESS)].count("prove") == 5
    newest = newest_link(ADDRESS)
    browser.post("/account/sessions/end-all")
    builders.sign_in(browser, jo)
    assert browser.get(newest).status_code == 404, "it dies with its session"
    with transaction():
        assert db.session.query(AccountLink).count() == 0


def test_a_passkey_proves_nothing_that_is_not_ones_to_do(browser: FlaskClient, device: Authenticator) -> None:
    show(browser, device)
    assert browser.get("/groups/labour/edit").status_code == 403
    with transaction():
        db.session.query(Membership).one().is_clerk = False
    assert browser.get("/clerk/members").status_code == 403


def test_the_made_up_people_of_a_demonstration_have_nothing_to_prove(app: Flask, client: FlaskClient) -> None:
    builders.sign_in(client, builders.clerk("green"), by_passkey=False)
    wait(days=1)
    assert client.get("/clerk/members").status_code == 200
    assert "You are made up" in client.get("/account/passkeys").text


def test_on_a_live_database_nobody_is_exempt(bare_app: Flask) -> None:
    client = bare_app.test_client()
    with bare_app.app_context():
        builders.sign_in(client, builders.clerk("green"), by_passkey=False)
    assert client.get("/clerk/members").status_code == 303


def test_every_route_that_binds_asks_whatever_its_method(app: Flask, browser: FlaskClient, jo: Actor) -> None:
    waiting = builders.waiting_member("green")
    with transaction():
        ref = builders.plank(builders.seconded(builders.member("labour"))).ref
    named = {"key": waiting, "ref": ref, "group": "green"}
    tried = 0
    for rule in app.url_map.iter_rules():
        permission = getattr(app.view_functions[rule.endpoint], "permission", None)
        if permission not in NEEDS or not set(rule.arguments) <= set(named) or permission.startswith("op"):
            continue
        wait(hours=12)
        path = rule.build({name: named[name] for name in rule.arguments})
        for method in (rule.methods or set()) & {"GET", "POST"}:
            status = browser.open(path[1] if path else "", method=method).status_code
            if status != 404:
                assert status == (303 if method == "GET" else 403), rule
                tried += 1
    assert tried > 20
    with transaction():
        assert db.session.query(Membership).filter_by(key=waiting).one().stage is MembershipStage.VERIFIED
