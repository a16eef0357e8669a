"""Ending a kind of mail from its foot: one click, signed out, with nothing but the mail's own key."""

from urllib.parse import urlsplit

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.extensions import db
from app.models import MailStop, Person
from app.notices import queries, stops
from app.web.transactions import transaction
from policies.notices import Channel, NoticeKind
from policies.permissions import Actor
from tests import builders
from tests.app.payloads import words_of
from tests.app.reading import main_of

ONE_CLICK = {"List-Unsubscribe": "One-Click"}


@pytest.fixture
def member(app: Flask) -> Actor:
    """Somebody who gets mail."""
    return builders.member()


def address_for(actor: Actor, kind: NoticeKind | None) -> str:
    """The address in the foot of a mail of this kind to this person."""
    with transaction():
        return "/unsubscribe/" + stops.key_for(db.session.get_one(Person, actor.person_id), kind)


def channels(actor: Actor) -> dict[NoticeKind, Channel]:
    """How somebody is told of each kind now."""
    with transaction():
        return queries.choices_of(actor)


def test_opening_the_link_changes_nothing_and_its_button_ends_that_kind(client: FlaskClient, member: Actor) -> None:
    usual = channels(member)
    address = address_for(member, NoticeKind.BALLOT_OPENS)
    page = client.get(address)
    assert f'<form method="post" action="{address}">' in page.text
    words_of(page)
    assert channels(member) == usual
    for _ in range(2):
        answer = client.post(address, data=ONE_CLICK)
        assert answer.status_code == 200
        assert "This mail is ended" in main_of(answer)
    assert channels(member) == {**usual, NoticeKind.BALLOT_OPENS: Channel.SITE}


def test_the_digest_ends_whole_and_what_comes_at_once_goes_on(client: FlaskClient, member: Actor) -> None:
    client.post(address_for(member, None), data=ONE_CLICK)
    chosen = channels(member)
    assert Channel.DIGEST not in chosen.values()
    assert chosen[NoticeKind.BALLOT_OPENS] is Channel.AT_ONCE


def test_it_signs_nobody_in_and_says_nothing_of_whose_mail_it_ends(client: FlaskClient, member: Actor) -> None:
    answer = client.post(address_for(member, NoticeKind.RESULT), data=ONE_CLICK)
    with client.session_transaction() as session:
        assert "_user_id" not in session
    assert "Sign in" in answer.text
    assert "Sign out" not in answer.text
    with transaction():
        person = db.session.get_one(Person, member.person_id)
        assert str(person.email) not in answer.text
        assert person.name not in answer.text
    assert client.get("/notices").status_code == 403


def test_every_other_form_wants_its_token(client: FlaskClient, member: Actor) -> None:
    builders.sign_in(client, member)
    for address in ("/notices/read", "/notices/settings", "/planks/1/follow"):
        assert client.post(address, data={**ONE_CLICK, "ballot_opens": "off"}).status_code in {400, 404}
    assert channels(member)[NoticeKind.BALLOT_OPENS] is Channel.AT_ONCE


def test_a_key_is_the_same_in_old_and_new_mail_and_unlike_any_other(member: Actor) -> None:
    other = builders.member()
    keys = [address_for(who, kind) for who in (member, other) for kind in (None, *NoticeKind)]
    assert len(set(keys)) == len(keys)
    assert address_for(member, NoticeKind.RESULT) in keys
    with transaction():
        kept = " ".join(f"{row.digest} {row.address_digest}" for row in db.session.query(MailStop))
    assert not [key for key in keys if urlsplit(key).path.rsplit("/", 1)[1] in kept]


def test_a_key_outlives_a_new_secret_and_dies_with_the_address(app: Flask, client: FlaskClient, member: Actor) -> None:
    address = address_for(member, NoticeKind.RESULT)
    app.config["SECRET_KEY"] = "another secret, 0123456789 and so on"
    assert address_for(member, NoticeKind.RESULT) != address
    assert client.get(address).status_code == 200
    for email in ("moved@example.org", None):
        with transaction():
            db.session.get_one(Person, member.person_id).email = email
        assert client.post(address, data=ONE_CLICK).status_code == 404
    assert channels(member)[NoticeKind.RESULT] is Channel.DIGEST


@pytest.mark.parametrize("key", ["x", "A" * 43, "A" * 5000, "%00", "ä"])
def test_a_key_that_is_none_ends_nothing(client: FlaskClient, member: Actor, key: str) -> None:
    for method in ("GET", "POST"):
        answer = client.open(f"/unsubscribe/{key}", method=method)
        assert answer.status_code == 404
        assert "ends no mail" in answer.text
