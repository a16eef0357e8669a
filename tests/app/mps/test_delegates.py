"""An MP's delegates: invited by mail, drafting for the MP alone, gone at once; a draft leaves no trace outside."""

from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.exc import IntegrityError

from app import clock
from app.audit import replaying
from app.extensions import db
from app.models import AuditRow, Delegacy, Membership, Mp, Passkey, Person, Position, PositionDraft
from app.mps import delegates
from app.mps import service as mps
from app.web.transactions import transaction
from policies.permissions import Actor
from policies.positions import PositionKind
from tests import builders
from tests.app.letters import letters_to, newest_link
from tests.app.reading import main_of, pages_reached
from tests.offices import delegate

STAFF = "staff@example.org"
DRAFTING = "/planks/1/v1/position/draft"
RESERVED = {"position": "reservation", "statement": "Only if councils are paid for their streets."}


@pytest.fixture
def mp(app: Flask) -> Actor:
    """A made-up MP; plank 1 is open."""
    app.config["WTF_CSRF_ENABLED"] = False
    builders.open_plank()
    return builders.mp()


def person_with(address: str) -> Person:
    """Who has this address."""
    return db.session.query(Person).filter_by(email=address).one()


def as_now(actor: Actor) -> Actor:
    """The same person as the rules see one now."""
    with transaction():
        return db.session.get_one(Person, actor.person_id).actor


def browser_of(app: Flask, actor: Actor) -> FlaskClient:
    """A browser in which somebody is signed in."""
    browser = app.test_client()
    builders.sign_in(browser, actor)
    return browser


def count(kind: type) -> int:
    """How many rows there are."""
    with transaction():
        return db.session.query(kind).count()


def test_an_mp_invites_by_mail_and_the_link_works_once_for_that_address_alone(app: Flask, mp: Actor) -> None:
    office, staff = browser_of(app, mp), app.test_client()
    assert office.post("/mps/delegates", data={"email": "no address"}).status_code == 422
    assert office.post("/mps/delegates", data={"email": "Staff@Example.org"}).status_code == 303
    assert office.post("/mps/delegates", data={"email": STAFF}).status_code == 409
    assert "Invited on" in office.get("/mps/delegates").text
    link = newest_link(STAFF)
    assert "Demonstration MP, Anytown East" in main_of(staff.get(link))
    assert count(Person) == 0 + count(Membership) + 1, "to open a link makes nobody a delegate"
    assert staff.post(link, data={"email": "other@example.org"}).status_code == 422
    assert staff.post(link, data={"email": STAFF}).location == "/sign-in"
    assert staff.post(link, data={"email": STAFF}).status_code == 409
    assert staff.get(f"{link}x").status_code == 404
    with transaction():
        actor = person_with(STAFF).actor
    assert (actor.delegate_of, actor.group, actor.mp_id) == (mp.mp_id, None, None)
    assert "Delegate since" in office.get("/mps/delegates").text
    assert len(letters_to(STAFF)) == 1


def test_five_wrong_addresses_a_week_or_the_mps_word_end_an_invitation(app: Flask, mp: Actor) -> None:
    office, staff, links = browser_of(app, mp), app.test_client(), []
    for number in range(3):
        office.post("/mps/delegates", data={"email": f"{number}@example.org"})
        links.append(newest_link(f"{number}@example.org"))
    for _ in range(5):
        assert staff.post(links[0], data={"email": "x@example.org"}).status_code == 422
    assert staff.post(links[0], data={"email": "0@example.org"}).status_code == 409
    with transaction():
        second = db.session.query(Delegacy).filter_by(address="1@example.org").one().id
    assert browser_of(app, builders.mp("Anytown West")).post(f"/mps/delegates/{second}/end").status_code == 404
    assert office.post(f"/mps/delegates/{second}/end").status_code == 303
    assert staff.get(links[1]).status_code == 409
    builders.pass_time(days=7)
    assert staff.get(links[2]).status_code == 409
    with transaction():
        assert {one.address for one in db.session.query(Delegacy)} == {""}, "what has ended keeps no address"


def test_four_clicks_draft_a_position_and_one_confirms_it(app: Flask, mp: Actor) -> None:
    staff, office = browser_of(app, delegate(mp, STAFF)), browser_of(app, mp)
    position = builders.position(1, mp, PositionKind.CONSIDERING)
    brief = main_of(staff.get("/mps/brief"))
    assert f'href="{DRAFTING}"' in brief, "1: Draft it"
    form = main_of(staff.get(DRAFTING))
    assert " checked" not in form, "2: the answer is chosen"
    assert staff.post(f"{DRAFTING}/check", data={}).status_code == 422
    check = main_of(staff.post(f"{DRAFTING}/check", data=RESERVED))
    assert "Nothing is saved yet" in check, "3: Check the draft"
    assert staff.post(DRAFTING, data=RESERVED).location == "/mps/brief", "4: Save it for the MP"
    assert staff.post(DRAFTING, data=RESERVED).status_code == 303
    assert (count(PositionDraft), count(Position)) == (1, 1)
    waiting = main_of(office.get("/mps/brief"))
    assert "Drafted for you" in waiting
    assert RESERVED["statement"] in waiting
    assert 'action="/mps/drafts/1/confirm"' in waiting
    assert office.post("/mps/drafts/1/confirm", data={"seen": "1"}).status_code == 303, "1: Confirm"
    with transaction():
        first, second = db.session.query(Position).order_by(Position.id)
        assert (first.id, first.state, second.state, second.statement) == (
            position,
            "replaced",
            "confirmed",
            RESERVED["statement"],
        )
    assert count(PositionDraft) == 0
    assert RESERVED["statement"] in app.test_client().get(f"/mps/{mp.mp_id}").text
    assert office.post("/mps/drafts/1/confirm", data={"seen": "1"}).status_code == 404


def test_a_draft_leaves_no_trace_outside_the_office_and_the_record_rebuilds_without_it(app: Flask, mp: Actor) -> None:
    staff, other = browser_of(app, delegate(mp, STAFF)), browser_of(app, builders.mp("Anytown West"))
    before = {address: page.text for address, page in pages_reached(app.test_client()).items()}
    staff.post(DRAFTING, data=RESERVED)
    after = {address: page.text for address, page in pages_reached(app.test_client()).items()}
    assert before.keys() == after.keys()
    for address, text in after.items():
        assert RESERVED["statement"] not in text
        assert STAFF not in text, address
    member = browser_of(app, builders.clerk("green"))
    for browser in (other, member):
        for address in ("/", "/planks/1?view=backing", f"/mps/{mp.mp_id}", "/record", "/mps", "/clerk/record"):
            assert RESERVED["statement"] not in browser.get(address).text
    for act in ("confirm", "discard"):
        assert other.post(f"/mps/drafts/1/{act}", data={"seen": "1"}).status_code == 404
        assert member.post(f"/mps/drafts/1/{act}", data={"seen": "1"}).status_code == 404
    assert staff.post("/mps/drafts/1/confirm", data={"seen": "1"}).status_code == 403
    assert staff.post("/planks/1/v1/position", data=RESERVED).status_code == 403
    assert staff.post("/mps/brief/read", data={"shown_at": "2026-01-01T00:00:00+00:00"}).status_code == 403
    with transaction():
        assert replaying.faults() == []
        told = " ".join(str(row.details) for row in db.session.query(AuditRow))
        assert "councils are paid" not in told
        assert STAFF not in told


def test_an_mp_confirms_only_what_was_on_the_page_and_words_before_the_public(app: Flask, mp: Actor) -> None:
    staff, office = browser_of(app, delegate(mp, STAFF)), browser_of(app, mp)
    staff.post(DRAFTING, data=RESERVED)
    staff.post(DRAFTING, data={"position": "supports"})
    refused = office.post("/mps/drafts/1/confirm", data={"seen": "1"})
    assert refused.status_code == 409
    assert "The draft has changed since you opened your brief" in refused.text
    builders.open_amendment(1, builders.member("lib_dem"), "2030", "2035")
    builders.pass_time(days=3, minutes=1)
    assert office.post("/mps/drafts/1/confirm", data={"seen": "2"}).status_code == 409
    shown = main_of(office.get("/mps/brief"))
    assert "The text has changed" in shown
    assert "/mps/drafts/1/confirm" not in shown
    assert count(Position) == 0
    assert office.post("/mps/drafts/1/discard").status_code == 303
    assert count(PositionDraft) == 0
    staff.post("/planks/1/v2/position/draft", data={"position": "supports"})
    assert "Your office drafted what is filled in below" in office.get("/planks/1/v2/position").text
    office.post("/planks/1/v2/position", data={"position": "will_not"})
    assert count(PositionDraft) == 0, "what the MP has spoken on needs no draft"


def test_rights_end_at_once_by_the_mp_by_the_delegate_and_with_the_seat(app: Flask, mp: Actor) -> None:
    office = browser_of(app, mp)
    revoked, leaving, staying = delegate(mp, STAFF), delegate(mp, "two@example.org"), delegate(mp, "three@example.org")
    browsers = [browser_of(app, one) for one in (revoked, leaving, staying)]
    browsers[2].post(DRAFTING, data=RESERVED)
    with transaction():
        number = db.session.query(Delegacy).filter_by(person_id=revoked.person_id).one().id
    assert office.post(f"/mps/delegates/{number}/end").status_code == 303
    assert browsers[1].post("/mps/delegation/leave").status_code == 303
    for browser in browsers[:2]:
        assert "Sign in to go on" in browser.get("/mps/brief").text
    assert as_now(revoked) == Actor(revoked.person_id)
    with transaction():
        assert db.session.get_one(Person, revoked.person_id).email is None, "nothing else is known of them"
    browsers[0] = browser_of(app, revoked)
    assert browsers[0].get("/mps/brief").status_code == 403
    assert browsers[0].post(DRAFTING, data=RESERVED).status_code == 403
    assert browsers[2].get("/mps/brief").status_code == 200
    with transaction():
        mps.leave(db.session.get_one(Mp, mp.mp_id))
    assert as_now(staying).delegate_of is None
    assert count(PositionDraft) == 0
    with transaction():
        assert db.session.query(Delegacy).filter(Delegacy.ended_at.is_(None)).count() == 0


def test_a_delegate_who_is_a_member_votes_as_a_member_and_by_nothing_else(app: Flask, mp: Actor) -> None:
    member = builders.member("green")
    with transaction():
        db.session.get_one(Person, member.person_id).email = STAFF
    assert delegate(mp, STAFF) == Actor(member.person_id, "green", delegate_of=mp.mp_id)
    builders.open_round(1)
    on_roll = [one.person_id for one in builders.voters(1, "green")]
    assert member.person_id in on_roll
    assert delegate(mp, "only@example.org").person_id not in on_roll
    browser = browser_of(app, member)
    assert browser.get("/mps/brief").status_code == 200
    assert browser.get("/to-do").status_code == 200
    with transaction():
        for one in db.session.query(Delegacy).filter_by(person_id=member.person_id):
            delegates.end(one, "by_mp", by=mp)
    assert as_now(member) == member
    with transaction():
        assert person_with(STAFF).id == member.person_id, "a member's address stays"


def test_what_must_never_be_stored_is_refused_by_the_database(mp: Actor) -> None:
    staff, other = delegate(mp, STAFF), builders.mp("Anytown West")
    with transaction():
        delegacy = delegates.invite("other@example.org", by=other)
        delegacy.expires_at += timedelta(days=1)
    for statement in (
        f"UPDATE delegacies SET person_id = {staff.person_id}, accepted_at = invited_at",
        "UPDATE delegacies SET person_id = NULL",
        "UPDATE delegacies SET ended_at = invited_at",
        "UPDATE delegacies SET ended_at = invited_at, ended_by = 'by_mp'",
        "UPDATE delegacies SET digest = ''",
    ):
        with pytest.raises(IntegrityError), transaction():
            db.session.execute(db.text(statement))


def test_a_delegate_who_is_nobody_else_leaves_nothing_that_opens_the_account(app: Flask, mp: Actor) -> None:
    staff = delegate(mp, STAFF)
    with transaction():
        passkey = {"name": "Phone", "credential": "a", "handle": "b", "public_key": "c", "sign_count": 0}
        db.session.add(Passkey(person_id=staff.person_id, added_at=clock.now(), **passkey))
    with transaction():
        delegates.leave(by=as_now(staff))
    assert count(Passkey) == 0
    with transaction():
        assert db.session.get_one(Person, staff.person_id).email is None
