"""A membership through time: reminders, a lapse, renewing before and after, and what a lapsed member can still do."""

from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.exc import IntegrityError

from app import clock
from app.desk.ticking import tick
from app.extensions import db
from app.membership import service
from app.models import AuditRow, Mail, Membership, Participation, Person
from app.web.transactions import transaction
from policies.errors import RuleBroken
from policies.membership import MembershipStage
from policies.permissions import Actor
from tests import builders
from tests.app.letters import letters_to
from tests.app.reading import main_of
from tests.app.test_parallel import all_at_once


@pytest.fixture(autouse=True)
def _no_tokens(app: Flask) -> None:
    app.config["WTF_CSRF_ENABLED"] = False


@pytest.fixture
def jo(app: Flask) -> Actor:
    """A Green member whose membership runs for a year from now."""
    return builders.member("green")


def browser(app: Flask, actor: Actor) -> FlaskClient:
    """A browser with a session of somebody."""
    client = app.test_client()
    builders.sign_in(client, actor)
    return client


def membership(actor: Actor) -> Membership:
    """Somebody's newest membership."""
    query = db.session.query(Membership).filter_by(person_id=actor.person_id)
    return query.order_by(Membership.id.desc()).first()  # type: ignore[return-value]


def renewal(actor: Actor) -> str:
    """The address of renewing it."""
    with transaction():
        return f"/account/memberships/{membership(actor).key}/renew"


def stands(actor: Actor) -> str:
    """The stage of somebody's newest membership."""
    with transaction():
        return membership(actor).stage.value


def letters(actor: Actor) -> list[str]:
    """Which letters were queued for somebody, oldest first."""
    with transaction():
        address = db.session.get_one(Person, actor.person_id).email or ""
    return [name for name, _body in letters_to(address)]


def test_a_member_is_reminded_twice_then_lapses_and_is_told_each_time_once(app: Flask, jo: Actor) -> None:
    builders.pass_time(days=334)
    assert letters(jo) == []
    builders.pass_time(days=2)
    tick()
    assert letters(jo) == ["membership_ends"]
    assert "Renew your membership" in browser(app, jo).get("/to-do").text
    told = []
    for days in (23, 7):
        with transaction():
            db.session.query(Mail).delete()
        builders.pass_time(days=days)
        tick()
        told.append(letters(jo))
    assert told == [["membership_ends"], ["membership_lapsed"]]
    assert stands(jo) == "lapsed"
    with transaction():
        row = db.session.query(AuditRow).filter_by(act="membership lapsed").one()
        assert (row.details["before"], row.details["after"]) == ("active", "lapsed")


def test_after_an_outage_only_what_is_still_of_use_is_told(app: Flask, jo: Actor) -> None:
    builders.move_clock(days=359)
    tick()
    tick()
    assert letters(jo) == ["membership_ends"]
    builders.move_clock(days=6 + 3)
    tick()
    assert letters(jo) == ["membership_ends", "membership_lapsed"]


def test_one_click_renews_and_who_renews_in_time_votes_as_before(app: Flask, jo: Actor) -> None:
    client = browser(app, jo)
    early = client.post(renewal(jo))
    assert (early.status_code, "need not be renewed now" in early.text) == (409, True)
    with transaction():
        since = membership(jo).active_since
    builders.move_clock(days=340)
    assert "you vote as before" in client.get(renewal(jo)).text
    assert stands(jo) == "active", "looking changes nothing"
    assert client.post(renewal(jo)).location == "/account"
    assert client.post(renewal(jo)).status_code == 409, "a second click finds it renewed"
    with transaction():
        assert membership(jo).active_since == since
    builders.pass_time(days=330)
    assert stands(jo) == "active"
    assert client.get("/to-do").status_code == 200


def test_who_renews_after_a_lapse_waits_again_before_the_first_vote(app: Flask, jo: Actor) -> None:
    builders.pass_time(days=366)
    client = browser(app, jo)
    assert client.get("/to-do").status_code == 403, "a lapsed member takes no part"
    assert "Lapsed on" in main_of(client.get("/account"))
    assert "you wait again" in client.get(renewal(jo)).text
    assert client.post(renewal(jo)).status_code == 303
    with transaction():
        assert clock.now() - membership(jo).active_since < timedelta(minutes=5)  # type: ignore[operator]
    assert client.get("/to-do").status_code == 200
    builders.pass_time(days=366)
    builders.move_clock(days=365)
    late = client.post(renewal(jo))
    assert (late.status_code, "Join the group again" in late.text) == (409, True)
    assert "Renew for a year" not in client.get("/account").text


def test_a_lapsed_member_votes_where_the_roll_was_frozen_before(app: Flask) -> None:
    round_id = builders.open_round(builders.open_plank())
    voter = next(one for one in builders.voters(round_id, "green") if not one.is_clerk)
    with transaction():
        membership(voter).runs_until = clock.now()
    tick()
    assert stands(voter) == "lapsed"
    assert browser(app, voter).post("/rounds/1/cast", data={"text": "yes"}).status_code == 303
    with transaction():
        assert db.session.query(Participation).filter_by(person_id=voter.person_id).count() == 1


def test_a_clerks_office_ends_with_the_membership_but_a_group_keeps_its_last_clerk(app: Flask) -> None:
    first, last = builders.clerk("green"), builders.clerk("green")
    builders.pass_time(days=366)
    tick()
    assert sorted([stands(first), stands(last)]) == ["active", "lapsed"]
    gone, stays = (first, last) if stands(first) == "lapsed" else (last, first)
    with transaction():
        assert not membership(gone).is_clerk
    assert browser(app, stays).get("/clerk").status_code == 200
    assert browser(app, gone).post(renewal(gone)).status_code == 303
    with transaction():
        assert not db.session.get_one(Person, gone.person_id).actor.is_clerk
    assert browser(app, gone).get("/clerk").status_code == 403


@pytest.mark.both
def test_renewing_while_the_clock_lapses_leaves_an_active_membership(app: Flask, jo: Actor) -> None:
    builders.move_clock(days=366)
    address, client = renewal(jo), browser(app, jo)
    answers: list[int] = []

    def run_the_clock() -> None:
        with app.app_context():
            tick()

    all_at_once([run_the_clock, lambda: answers.append(client.post(address).status_code), run_the_clock])
    tick()
    assert (answers, stands(jo)) == ([303], "active")


def test_nobody_is_active_in_two_groups_at_once(app: Flask, jo: Actor) -> None:
    builders.pass_time(days=366)
    with transaction():
        now, stage = clock.now(), MembershipStage.ACTIVE
        db.session.add(Membership(person_id=jo.person_id, group="labour", stage=stage, active_since=now))
    with transaction():
        green = db.session.query(Membership).filter_by(person_id=jo.person_id, group="green").one()
        with pytest.raises(RuleBroken, match="member of another group now"):
            service.renew(green, by=jo)
    with pytest.raises(IntegrityError):
        make_active(jo, "green")


def make_active(actor: Actor, group: str) -> None:
    """Write that somebody's membership of a group is active, past all rules."""
    with transaction():
        row = db.session.query(Membership).filter_by(person_id=actor.person_id, group=group).one()
        row.stage = MembershipStage.ACTIVE
