"""Signing in as a demonstration member, and out: who is offered, where it leads, and what a session keeps."""

import re
from datetime import UTC, datetime

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from app.extensions import db
from app.models import Membership, Mp, SignIn
from app.mps import service as mps
from app.people import service as people
from app.web.transactions import transaction
from policies.groups import GROUPS
from policies.permissions import Actor
from tests import builders
from tests.app.reading import main_of

BUTTON = re.compile(r'name="person" value="(\d+)">([^<]+)</button>')

ELSEWHERE = (
    "//evil.example",
    "https://evil.example/",
    "/\\evil.example",
    "/%5Cevil.example",
    "/\t/evil.example",
    "javascript:alert(1)",
)
NOBODY = ("", "x", "-1", "0", "1.0", "01e0", " 1", "²", "999999999", "9" * 40, "1 OR 1=1", "\x00", "None")


@pytest.fixture(autouse=True)
def no_tokens(bare_app: Flask) -> None:
    """Forms without their token: forgery is tried elsewhere."""
    bare_app.config["WTF_CSRF_ENABLED"] = False


def unseen_voter(group: str = "green") -> Actor:
    """A made-up member whom nobody signs in as."""
    with transaction():
        return people.add_demonstration_member(
            "Demonstration voter", group, is_clerk=False, can_sign_in=False, active_since=datetime.now(UTC)
        ).actor


def leave(actor: Actor) -> None:
    """End this person's membership."""
    with transaction():
        people.leave(db.session.query(Membership).filter_by(person_id=actor.person_id).one(), by=actor)


def sign_in(client: FlaskClient, person: object, **fields: str) -> TestResponse:
    """Press somebody's button on the sign-in page."""
    return client.post("/sign-in", data={"person": str(person), **fields})


def kept(client: FlaskClient) -> dict[str, object]:
    """What the session of this browser holds."""
    with client.session_transaction() as session:
        return dict(session)


def test_a_made_up_mp_who_sits_is_offered_and_led_to_the_brief(client: FlaskClient) -> None:
    builders.member("green")
    mp, gone = builders.mp(), builders.mp("Anytown West")
    with transaction():
        mps.leave(db.session.get_one(Mp, gone.mp_id))
    assert ("Demonstration MP, Anytown East (Labour)") in dict(BUTTON.findall(main_of(client.get("/sign-in")))).values()
    assert "Anytown West" not in main_of(client.get("/sign-in"))
    assert sign_in(client, gone.person_id).status_code == 404
    answer = sign_in(client, mp.person_id)
    assert (answer.status_code, answer.location) == (303, "/mps/brief")
    menu = client.get("/").text
    assert "Brief</a>" in menu
    assert "To do</a>" not in menu


def test_each_group_offers_its_clerks_and_members_and_nobody_else(client: FlaskClient) -> None:
    offered = {group.key: (builders.clerk(group.key), builders.member(group.key)) for group in GROUPS}
    for group in GROUPS:
        unseen_voter(group.key)
    gone = builders.member("green")
    leave(gone)
    sections = re.split(r'<section class="offer ', main_of(client.get("/sign-in")))[1:]
    assert len(sections) == len(GROUPS)
    for group, section in zip(GROUPS, sections, strict=True):
        assert section.startswith(f"group-{group.key}")
        assert group.disclaimer in section
        assert [int(number) for number, _name in BUTTON.findall(section)] == [
            offered[group.key][0].person_id,
            offered[group.key][1].person_id,
        ]
        assert section.index("Clerks") < section.index("Members")


def test_a_group_without_people_is_left_out_and_an_empty_demonstration_says_so(client: FlaskClient) -> None:
    assert "there is nobody to sign in as" in main_of(client.get("/sign-in"))
    builders.member("labour")
    page = main_of(client.get("/sign-in"))
    assert "Compass Labour group" in page
    assert "Compass Green group" not in page
    assert "Clerks</h3>" not in page


def test_signing_in_leads_to_what_needs_one_today(client: FlaskClient) -> None:
    answer = sign_in(client, builders.member("labour").person_id)
    assert (answer.status_code, answer.location) == (303, "/to-do")
    page = client.get("/to-do")
    assert page.status_code == 200
    assert "Compass Labour group" in page.text


def test_a_demonstration_says_whom_one_plays(client: FlaskClient) -> None:
    actor = builders.member("green")
    assert "Demonstration person" not in client.get("/").text
    builders.sign_in(client, actor)
    assert '<span class="signed-in-as">Demonstration person' in client.get("/").text


def test_a_live_database_says_the_group_and_no_name(bare_app: Flask) -> None:
    browser = bare_app.test_client()
    with bare_app.app_context():
        builders.sign_in(browser, builders.member("green"))
    assert '<span class="signed-in-as">Compass Green group</span>' in browser.get("/").text


@pytest.mark.parametrize("address", ["/sign-in", "/clock", "/clerk", "/planks"])
def test_a_title_names_the_site_once(client: FlaskClient, address: str) -> None:
    [title] = re.findall(r"<title>(.*?)</title>", client.get(address).text)
    assert title.count("Common Platform") == 1


def test_signing_in_leads_on_to_the_page_one_came_from(client: FlaskClient) -> None:
    person = builders.member().person_id
    for path in ("/planks", "/planks/new", "/search?q=homes"):
        page = client.get("/sign-in", query_string={"next": path})
        assert f'name="next" value="{path}"' in page.text
        assert sign_in(client, person, next=path).location == path


def test_a_visitor_is_asked_to_sign_in_where_a_member_is_told_that_it_is_for_others(client: FlaskClient) -> None:
    assert "<h1>Sign in to go on</h1>" in client.get("/clerk").text
    sign_in(client, builders.member().person_id)
    assert "<h1>This is for others to do</h1>" in client.get("/clerk").text


def test_signing_in_never_leads_elsewhere(client: FlaskClient) -> None:
    person = builders.member().person_id
    for elsewhere in ELSEWHERE:
        assert sign_in(client, person, next=elsewhere).location == "/to-do"
        in_address = client.post("/sign-in", query_string={"next": elsewhere}, data={"person": str(person)})
        assert in_address.location == "/to-do"


def test_a_person_who_is_not_on_offer_is_not_there(client: FlaskClient) -> None:
    builders.member()
    for asked in NOBODY:
        answer = sign_in(client, asked)
        assert answer.status_code == 404, asked
        assert "Choose one from the sign-in page." in answer.text
    assert client.post("/sign-in").status_code == 404
    assert "_user_id" not in kept(client)


def test_neither_an_unseen_voter_nor_one_who_left_can_be_signed_in_as(client: FlaskClient) -> None:
    gone = builders.member()
    leave(gone)
    for actor in (unseen_voter(), gone):
        assert sign_in(client, actor.person_id).status_code == 404
    assert "_user_id" not in kept(client)


def test_no_made_up_member_can_be_signed_in_as_on_a_live_database(bare_app: Flask) -> None:
    with bare_app.app_context():
        person = builders.member("green").person_id
    visitor = bare_app.test_client()
    page = main_of(visitor.get("/sign-in"))
    assert "Send me a link" in page
    assert "made up" not in page
    assert BUTTON.findall(page) == []
    assert sign_in(visitor, person).status_code == 404
    assert "_user_id" not in kept(visitor)


def test_signing_out_ends_the_session_and_drops_all_it_held(client: FlaskClient) -> None:
    sign_in(client, builders.member().person_id)
    with client.session_transaction() as session:
        session["receipts"] = {"1": "abc"}
    answer = client.post("/sign-out")
    assert (answer.status_code, answer.location) == (303, "/")
    assert kept(client) == {}
    assert client.get("/to-do").status_code == 403


def test_signing_out_takes_a_press_of_the_button_and_somebody_to_sign_out(client: FlaskClient) -> None:
    assert client.get("/sign-out").status_code == 405
    assert client.post("/sign-out").status_code == 403


def test_signing_in_as_somebody_else_begins_an_empty_session(client: FlaskClient) -> None:
    first, second = builders.member("green"), builders.member("labour")
    sign_in(client, first.person_id)
    with client.session_transaction() as session:
        session["receipts"] = {"1": "abc"}
    sign_in(client, second.person_id)
    held = kept(client)
    assert [one.person_id for one in db.session.query(SignIn)] == [second.person_id]
    assert "receipts" not in held
    assert "Compass Labour group" in client.get("/").text


def test_signing_in_twice_as_the_same_person_leaves_one_session_that_works(client: FlaskClient) -> None:
    person = builders.member("green").person_id
    for _ in range(2):
        sign_in(client, person)
    assert client.get("/to-do").status_code == 200
    assert db.session.query(SignIn).count() == 1


def test_one_who_leaves_loses_the_members_pages_at_the_next_request(client: FlaskClient) -> None:
    actor = builders.member("green")
    sign_in(client, actor.person_id)
    assert client.get("/planks/new").status_code == 200
    leave(actor)
    assert client.get("/planks/new").status_code == 403
    assert client.get("/to-do").status_code == 403
    assert client.get("/").status_code == 200


def test_a_clerk_who_hands_over_loses_the_desk_at_the_next_request(client: FlaskClient) -> None:
    actor = builders.clerk("green")
    sign_in(client, actor.person_id)
    assert client.get("/clerk").status_code == 200
    with transaction():
        db.session.query(Membership).filter_by(person_id=actor.person_id).one().is_clerk = False
    assert client.get("/clerk").status_code == 403
    assert client.get("/to-do").status_code == 200


def test_both_forms_need_their_token(app: Flask, client: FlaskClient) -> None:
    person = builders.member().person_id
    app.config["WTF_CSRF_ENABLED"] = True
    assert sign_in(client, person).status_code == 400
    builders.sign_in(client, Actor(person_id=person))
    assert client.post("/sign-out").status_code == 400
    assert client.get("/to-do").status_code == 200
