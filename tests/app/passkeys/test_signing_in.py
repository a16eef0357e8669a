"""Signing in by passkey: by whoever holds a known one, once a challenge, and telling nothing of anybody's address."""

import json
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.extensions import db
from app.models import AuditRow, Passkey, PasskeyChallenge, SignIn
from app.passkeys import challenges
from app.web.transactions import transaction
from policies.permissions import Actor
from tests import builders
from tests.app.passkeys.device import add, is_signed_in, sign_in
from tests.app.reading import main_of
from tests.app.test_parallel import all_at_once
from tests.authenticator import Authenticator


@pytest.fixture
def device(browser: FlaskClient) -> Authenticator:
    """A device whose passkey the clerk has added."""
    made = Authenticator()
    assert add(browser, made).status_code == 303
    return made


def test_a_passkey_signs_in_leads_on_and_proves_what_binds(app: Flask, device: Authenticator) -> None:
    rows = count(AuditRow)
    new = app.test_client()
    assert sign_in(new, device, next="/clerk/members").location == "/clerk/members"
    assert new.get("/clerk/members").status_code == 200
    assert count(AuditRow) == rows, "when somebody signed in is nobody's business"
    with transaction():
        kept = db.session.query(Passkey).one()
        assert kept.sign_count == 1
        assert kept.last_used_on is not None
    assert sign_in(app.test_client(), device, next="//evil.example").location == "/to-do"


def test_what_is_asked_says_nothing_of_anybody(app: Flask, device: Authenticator) -> None:
    asked = app.test_client().post("/sign-in/passkey/options").get_json()
    assert asked.pop("challenge")
    assert asked == {"timeout": 300000, "rpId": "localhost", "allowCredentials": [], "userVerification": "required"}


def test_an_unknown_passkey_and_a_removed_one_are_answered_alike(app: Flask, browser: FlaskClient, jo: Actor) -> None:
    device = Authenticator()
    add(browser, device)
    with transaction():
        key = db.session.query(Passkey).one().key
    browser.post(f"/account/passkeys/{key}/remove")
    answers = []
    for one in (device, replace(Authenticator(), handle=device.handle)):
        client = app.test_client()
        answer = sign_in(client, one)
        answers.append((answer.status_code, re.sub(r'csrf_token" value="[^"]*', "", main_of(answer))))
        assert not is_signed_in(client)
    assert answers[0] == answers[1]
    assert answers[0][0] == 422
    assert "not known here" in answers[0][1]


BENT: dict[str, Callable[[Authenticator], Authenticator]] = {
    "another site's page": lambda one: replace(one, origin="https://evil.example"),
    "another site's key": lambda one: replace(one, host="evil.example"),
    "nobody verified": lambda one: replace(one, verifies=False),
    "another key": lambda one: replace(Authenticator(), credential=one.credential, handle=one.handle),
    "somebody else's handle": lambda one: replace(one, handle=Authenticator().credential.hex()),
}


@pytest.mark.parametrize("bend", BENT.values(), ids=BENT)
def test_what_is_not_true_opens_nothing(
    app: Flask, device: Authenticator, bend: Callable[[Authenticator], Authenticator]
) -> None:
    client = app.test_client()
    assert sign_in(client, bend(device)).status_code == 422
    assert not is_signed_in(client)


def test_a_count_that_does_not_grow_is_of_a_copied_key(app: Flask, device: Authenticator) -> None:
    copied = replace(device)
    assert sign_in(app.test_client(), device).status_code == 303
    assert sign_in(app.test_client(), copied).status_code == 422
    assert sign_in(app.test_client(), device).status_code == 303


def test_a_challenge_is_answered_once_soon_by_the_browser_that_asked_and_for_its_purpose(
    app: Flask, browser: FlaskClient, device: Authenticator
) -> None:
    asking, other = app.test_client(), app.test_client()
    other.post("/sign-in/passkey/options")
    answer = device.show(asking.post("/sign-in/passkey/options").get_json())
    assert sends(other, answer) == 422
    assert sends(asking, answer) == 303
    assert sends(asking, answer) == 422
    for_proof = device.show(browser.post("/prove/options").get_json())
    assert sends(browser, for_proof) == 422
    late = device.show(other.post("/sign-in/passkey/options").get_json())
    with transaction():
        for one in db.session.query(PasskeyChallenge):
            one.expires_at -= timedelta(minutes=5)
    assert sends(other, late) == 422


@pytest.mark.both
def test_an_answer_sent_many_times_at_once_signs_in_once(app: Flask, device: Authenticator) -> None:
    asking, statuses = app.test_client(), []
    answer = device.show(asking.post("/sign-in/passkey/options").get_json())
    before = count(SignIn)
    copies = [app.test_client() for _ in range(8)]
    with asking.session_transaction() as session:
        held = dict(session)
    for copy in copies:
        with copy.session_transaction() as session:
            session.update(held)
    all_at_once([lambda one=one: statuses.append(sends(one, answer)) for one in copies])  # type: ignore[misc]
    assert sorted(statuses) == [303] + [422] * 7
    assert count(SignIn) == before + 1


JUNK = ["", "{}", "[]", "null", "1", '"x"', "\x00", "[" * 3000, "x" * 20_001, json.dumps({"response": []})]


@pytest.mark.parametrize("sent", JUNK, ids=range(len(JUNK)))
def test_what_no_device_sends_is_refused_in_words(client: FlaskClient, sent: str) -> None:
    for part in (sent, json.dumps({"id": "x", "response": {"clientDataJSON": sent}})):
        answer = client.post("/sign-in/passkey", data={"credential": part})
        assert (answer.status_code, "could not be checked" in answer.text) == (422, True)


def test_the_sign_in_page_offers_both_ways_and_the_mailed_link_needs_no_script(client: FlaskClient) -> None:
    page = client.get("/sign-in?next=/planks/new").text
    assert 'data-options="/sign-in/passkey/options"' in page
    assert "A mailed link works without." in page
    assert page.index("Send me a link") < page.index("Sign in with a passkey")


def test_challenges_that_nobody_answers_are_forgotten(client: FlaskClient) -> None:
    client.post("/sign-in/passkey/options")
    client.post("/sign-in/passkey/options")
    assert count(PasskeyChallenge) == 1, "a browser has one at a time"
    with transaction():
        challenges.forget_old()
        db.session.query(PasskeyChallenge).one().expires_at -= timedelta(minutes=5)
    with transaction():
        challenges.forget_old()
    assert count(PasskeyChallenge) == 0


def sends(client: FlaskClient, answer: str) -> int:
    """The status of sending this answer to sign in."""
    return client.post("/sign-in/passkey", data={"credential": answer}).status_code


def count(kind: type) -> int:
    """How many rows there are."""
    with transaction():
        return db.session.query(kind).count()


def test_who_signs_in_by_passkey_ends_the_session_the_browser_had(app: Flask, device: Authenticator) -> None:
    client = app.test_client()
    builders.sign_in(client, builders.member("labour"))
    before = count(SignIn)
    sign_in(client, device)
    assert count(SignIn) == before
