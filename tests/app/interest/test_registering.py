"""Registering interest: agreed to by whoever reads the mail of the address, each thing apart, ended in one click."""

import re
from datetime import datetime

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.desk.ticking import tick
from app.extensions import csrf, db
from app.interest import service as interest
from app.models import AuditRow, Consent, InterestRequest, Mail, MailedLink, Supporter
from app.web.transactions import transaction
from policies.interest import ConsentPurpose
from policies.mail import MailStage
from tests import builders, interested
from tests.app.payloads import PAYLOADS, words_of
from tests.app.reading import main_of, without_tokens

CONTACT, NEWS = ConsentPurpose.CONTACT, ConsentPurpose.NEWS
ADDRESS = "somebody@example.org"
ONE_CLICK = {"List-Unsubscribe": "One-Click"}


@pytest.fixture(autouse=True)
def _no_tokens(app: Flask) -> None:
    app.config["WTF_CSRF_ENABLED"] = False


def held(address: str = ADDRESS) -> dict[str, int]:
    """What somebody agreed to, with the numbers of the words."""
    with transaction():
        found = db.session.query(Supporter).filter_by(email=address).one_or_none()
        return {one.purpose.value: one.words for one in found.consents} if found else {}


def rows(kind: type) -> int:
    """How many rows a table has."""
    with transaction():
        return db.session.query(kind).count()


def given_at(purpose: ConsentPurpose) -> datetime:
    """When somebody agreed to one thing."""
    with transaction():
        return db.session.query(Consent).filter_by(purpose=purpose).one().given_at


def letters_to(address: str) -> list[tuple[str, str]]:
    """Subject and words of the letters that ask an address to confirm, the newest first, without their keys."""
    with transaction():
        found = db.session.query(Mail).filter_by(address=address, letter="interest").order_by(Mail.id.desc())
        return [(mail.subject, re.sub(r"/confirm/\S+", "", mail.body)) for mail in found]


def ask(client: FlaskClient, address: str = ADDRESS, **ticked: str) -> str:
    """Register as on the page; returns the secret of the newest link mailed there."""
    answer = client.post("/interest", data={"email": address, **ticked})
    assert (answer.status_code, answer.location) == (303, "/interest/sent")
    with transaction():
        newest = db.session.query(Mail).filter_by(address=address, letter="interest").order_by(Mail.id.desc()).first()
        assert newest is not None
        return newest.body.split("/interest/confirm/")[1].split()[0]


def test_nothing_is_ticked_beforehand_and_one_thing_has_to_be(client: FlaskClient) -> None:
    page = main_of(client.get("/interest"))
    assert page.count('type="checkbox"') == 2
    assert "checked" not in page
    answer = client.post("/interest", data={"email": "no address", "name": "x" * 81})
    assert answer.status_code == 422
    for what_to_do in ("Tick at least one", "Write a whole e-mail address", "Shorten the name to 80"):
        assert what_to_do in answer.text
    assert 'value="no address"' in answer.text
    assert rows(MailedLink) == 0


def test_it_counts_once_the_link_is_confirmed_by_a_button_and_once_only(client: FlaskClient) -> None:
    secret = ask(client, contact="y", name="Somebody")
    page = main_of(client.get(f"/interest/confirm/{secret}"))
    assert "Hear when there is something to do" in page
    assert "News by mail" not in page
    assert held() == {}
    answer = client.post(f"/interest/confirm/{secret}")
    assert answer.status_code == 303
    assert held() == {"contact": 1}
    choices = main_of(client.get(answer.location))
    assert ADDRESS not in choices
    assert "Somebody" not in choices
    again = client.post(f"/interest/confirm/{secret}")
    assert (again.status_code, "has been used" in again.text) == (409, True)
    assert rows(InterestRequest) == 0


def test_a_link_that_ran_out_or_is_of_another_purpose_or_was_passed_on_opens_nothing(client: FlaskClient) -> None:
    secret = ask(client, news="y")
    for address in (f"/join/{secret}", f"/sign-in/link/{secret}", f"/interest/confirm/{secret[::-1]}"):
        assert client.post(address).status_code == 404, address
    passed_on = client.application.test_client()
    assert "The e-mail address the letter was sent to" in passed_on.get(f"/interest/confirm/{secret}").text
    assert passed_on.post(f"/interest/confirm/{secret}", data={"email": "other@example.org"}).status_code == 422
    builders.pass_time(days=7)
    assert client.post(f"/interest/confirm/{secret}").status_code == 409
    assert held() == {}
    builders.pass_time(days=7)
    assert client.get(f"/interest/confirm/{secret}").status_code == 404


def test_the_answer_is_the_same_whatever_is_known_of_an_address(client: FlaskClient) -> None:
    interested.supporter("known@example.org", CONTACT, NEWS)
    answers = []
    for address in ("unknown@example.org", "known@example.org", *["often@example.org"] * 7):
        answer = client.post("/interest", data={"email": address, "news": "y"})
        answers.append((answer.status_code, answer.location, main_of(client.get(answer.location))))
    assert len(set(answers)) == 1
    assert len(letters_to("often@example.org")) == 5
    assert letters_to("unknown@example.org")[0] == letters_to("known@example.org")[0]


def test_nobody_can_change_what_another_agreed_to_by_asking_with_the_address(client: FlaskClient) -> None:
    interested.supporter(ADDRESS, CONTACT, name="Somebody")
    secret = ask(client, news="y", name="Mallory")
    assert held() == {"contact": 1}
    client.post(f"/interest/confirm/{secret}")
    assert held() == {"contact": 1, "news": 1}


def test_each_choice_is_changed_by_itself_and_with_the_last_one_nothing_is_kept(client: FlaskClient) -> None:
    key = interested.supporter(ADDRESS, CONTACT)
    address, given = f"/interest/choices/{key}", given_at(CONTACT)
    builders.move_clock(days=1)
    client.post(address, data={"purpose": "news", "wish": "yes"})
    client.post(address, data={"purpose": "news", "wish": "yes"})
    assert held() == {"contact": 1, "news": 1}
    assert given_at(CONTACT) == given < given_at(NEWS)
    for odd in ({"purpose": "all", "wish": "no"}, {"purpose": "news", "wish": "perhaps"}, {}):
        assert client.post(address, data=odd).status_code == 422
    client.post(address, data={"purpose": "contact", "wish": "no"})
    assert held() == {"news": 1}
    assert "You are unsubscribed" in client.post(address, data={"purpose": "news", "wish": "no"}).text
    assert client.get(address).status_code == 404


def test_one_click_needs_no_token_and_erases_all_that_is_left(app: Flask, client: FlaskClient) -> None:
    key = interested.supporter(ADDRESS, CONTACT, NEWS, name="Somebody")
    ask(client, contact="y")
    app.config["WTF_CSRF_ENABLED"] = True
    assert client.post(f"/interest/choices/{key}", data={"purpose": "news", "wish": "no"}).status_code == 400
    assert csrf._exempt_views == {"app.interest.routes.unsubscribe", "app.notices.routes.unsubscribe"}
    with transaction():
        letter = db.session.query(Mail).filter_by(letter="interest_confirmed").one()
        path = letter.unsubscribe_url.removeprefix("http://localhost:5000")
        assert letter.unsubscribe_url in letter.body
    assert path == f"/interest/unsubscribe/{key}/all"
    assert client.get(path).status_code == 200
    assert held() == {"contact": 1, "news": 1}
    assert client.post(path.replace("/all", "/news"), data=ONE_CLICK).status_code == 200
    assert held() == {"contact": 1}
    answers = [client.post(path, data=ONE_CLICK) for _ in range(2)]
    answers.append(client.post(path.replace(key, key[::-1]), data=ONE_CLICK))
    assert {(answer.status_code, without_tokens(answer)) for answer in answers} == {(200, without_tokens(answers[0]))}
    assert [rows(kind) for kind in (Supporter, Consent, InterestRequest, MailedLink, Mail)] == [0] * 5
    with transaction():
        assert ADDRESS not in str([row.details for row in db.session.query(AuditRow)])


def test_what_is_not_confirmed_is_erased_after_two_weeks_and_nothing_else(app: Flask) -> None:
    interested.supporter("known@example.org", NEWS)
    interested.asked_to_hear(ADDRESS, CONTACT)
    builders.pass_time(days=13, hours=23)
    late = interested.asked_to_hear(ADDRESS, NEWS)
    builders.pass_time(hours=1)
    assert tick() == 0
    with transaction():
        assert [one.news_words for one in db.session.query(InterestRequest)] == [1]
        assert db.session.query(MailedLink).filter_by(address=ADDRESS).count() == 1
        assert late in db.session.query(Mail).filter_by(address=ADDRESS).one().body
    assert held("known@example.org") == {"news": 1}


def test_a_letter_that_is_being_sent_does_not_stop_the_erasing(app: Flask) -> None:
    key = interested.supporter(ADDRESS, NEWS)
    with transaction():
        letter = db.session.query(Mail).filter_by(letter="interest_confirmed").one()
        letter.stage, letter.claimed_at = MailStage.SENDING, letter.created_at
    with transaction():
        assert not interest.unsubscribe(key, [NEWS])
    assert held() == {}
    assert rows(MailedLink) == 0


def test_a_name_is_text_and_odd_keys_are_not_there(client: FlaskClient) -> None:
    builders.sign_in(client, builders.clerk("green"))
    for place, words in enumerate(PAYLOADS):
        address = f"person-{place}@example.org"
        words_of(client.post("/interest", data={"email": words, "name": words}))
        client.post(f"/interest/confirm/{ask(client, address, news='y', name=words[:80])}")
        assert held(address) == {"news": 1}, words
        assert client.get(f"/interest/choices/{words[:20].replace('/', '').replace('?', '%3F')}").status_code == 404
    assert "<script>alert(1)</script>" in words_of(client.get("/clerk/interest"))
