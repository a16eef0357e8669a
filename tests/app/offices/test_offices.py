"""The office of a clerk: given by two persons and accepted, for a term; handed over, ended by two, never the last."""

from collections import Counter

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app import clock
from app.desk.ticking import tick
from app.extensions import db
from app.models import AuditRow, DeputyNaming, Membership, OfficeProposal, Operator, Person
from app.web.transactions import transaction
from policies.permissions import Actor
from tests import builders
from tests.app.letters import letters_to
from tests.app.test_parallel import all_at_once, posts


@pytest.fixture(autouse=True)
def _no_tokens(app: Flask) -> None:
    app.config["WTF_CSRF_ENABLED"] = False


@pytest.fixture
def two(app: Flask) -> tuple[Actor, Actor]:
    """The two clerks of the Greens."""
    return builders.clerk("green"), builders.clerk("green")


def browser(app: Flask, actor: Actor) -> FlaskClient:
    """A browser with a session of somebody."""
    client = app.test_client()
    builders.sign_in(client, actor)
    return client


def office_of(actor: Actor) -> str:
    """The address at which something is proposed about a member's office."""
    with transaction():
        key = db.session.query(Membership).filter_by(person_id=actor.person_id).one().key
    return f"/clerk/members/{key}/office"


def newest() -> str:
    """The key of the newest proposal."""
    with transaction():
        return db.session.query(OfficeProposal).order_by(OfficeProposal.id.desc()).first().key  # type: ignore[union-attr]


def is_clerk(actor: Actor) -> bool:
    """Whether somebody is a clerk now."""
    with transaction():
        return db.session.get_one(Person, actor.person_id).actor.is_clerk


def name_of(actor: Actor) -> str:
    """Somebody's name."""
    with transaction():
        return db.session.get_one(Person, actor.person_id).name


def letters(actor: Actor) -> list[str]:
    """Which letters somebody got."""
    with transaction():
        address = db.session.get_one(Person, actor.person_id).email or ""
    return [name for name, _body in letters_to(address)]


def test_two_clerks_give_an_office_and_it_counts_once_the_member_accepts(app: Flask, two: tuple[Actor, Actor]) -> None:
    jo = builders.member("green")
    first, second, member = (browser(app, one) for one in (*two, jo))
    assert first.post(office_of(jo)).location == "/clerk/offices"
    assert first.post(office_of(jo)).status_code == 409
    key = newest()
    refused = first.post(f"/clerk/offices/{key}/confirm")
    assert (refused.status_code, "another clerk has to confirm" in refused.text) == (409, True)
    assert member.post(f"/account/offices/{key}/accept").status_code == 404
    assert browser(app, builders.clerk("labour")).post(f"/clerk/offices/{key}/confirm").status_code == 404
    assert "One proposal waits for your word" in second.get("/to-do").text
    assert name_of(jo) in second.get("/clerk/offices").text
    assert second.post(f"/clerk/offices/{key}/confirm").status_code == 303
    assert not is_clerk(jo)
    assert letters(jo) == ["office_offered"]
    assert "You are asked to be a clerk" in member.get("/to-do").text
    assert "It counts only once you accept" in member.get(f"/account/offices/{key}").text
    assert second.post(f"/account/offices/{key}/accept").status_code == 404
    assert member.post(f"/account/offices/{key}/accept").location == "/clerk"
    assert is_clerk(jo)
    assert member.get("/clerk").status_code == 200
    with transaction():
        rows = db.session.query(AuditRow).filter(AuditRow.act.in_(("clerk appointed", "office proposal confirmed")))
        assert {row.act: row.by_person for row in rows} == {
            "office proposal confirmed": two[1].person_id,
            "clerk appointed": jo.person_id,
        }


def test_a_member_may_refuse_and_what_nobody_answers_is_given_up(app: Flask, two: tuple[Actor, Actor]) -> None:
    jo, al = builders.member("green"), builders.member("green")
    first, second = (browser(app, one) for one in two)
    first.post(office_of(jo))
    second.post(f"/clerk/offices/{newest()}/confirm")
    assert browser(app, jo).post(f"/account/offices/{newest()}/refuse").status_code == 303
    assert browser(app, jo).post(f"/account/offices/{newest()}/accept").status_code == 409
    first.post(office_of(jo))
    assert second.post(f"/clerk/offices/{newest()}/give-up").status_code == 303
    first.post(office_of(al))
    builders.move_clock(days=17)
    tick()
    tick()
    with transaction():
        stages = [one.stage.value for one in db.session.query(OfficeProposal).order_by(OfficeProposal.id)]
    assert stages == ["refused", "dropped", "dropped"]
    assert not is_clerk(jo)


def test_where_there_is_no_second_clerk_one_of_another_group_or_the_operator_confirms(app: Flask) -> None:
    only, elsewhere = builders.clerk("green"), browser(app, builders.clerk("labour"))
    run = app.test_cli_runner().invoke
    for confirm_by_operator in (False, True):
        jo = builders.member("green")
        browser(app, only).post(office_of(jo))
        shown = elsewhere.get("/clerk/offices").text
        assert "in the Compass Green group" in shown
        assert name_of(jo) not in shown
        assert name_of(only) not in shown
        if confirm_by_operator:
            assert "no second clerk" in run(args=["offices", "list"]).output
            assert run(args=["offices", "confirm", newest()]).exit_code == 0
            assert run(args=["offices", "confirm", newest()]).exit_code == 1
        else:
            assert elsewhere.post(f"/clerk/offices/{newest()}/confirm").status_code == 303
            assert elsewhere.post(f"/clerk/offices/{newest()}/give-up").status_code == 404
            assert browser(app, jo).post(f"/account/offices/{newest()}/refuse").status_code == 303
    assert browser(app, jo).post(f"/account/offices/{newest()}/accept").status_code == 303
    browser(app, only).post(office_of(builders.member("green")))
    assert "has a second clerk" in run(args=["offices", "confirm", newest()]).output


def test_an_office_is_ended_by_two_with_a_reason_and_the_membership_goes_on(
    app: Flask, two: tuple[Actor, Actor]
) -> None:
    third = builders.clerk("green")
    first, second, concerned = (browser(app, one) for one in (*two, third))
    assert first.post(office_of(third), data={"reason": ""}).status_code == 422
    assert first.post(office_of(two[0]), data={"reason": "I tire."}).status_code == 409
    first.post(office_of(third), data={"reason": "They never answer."})
    key = newest()
    assert "They never answer." not in concerned.get("/clerk/offices").text
    assert concerned.post(f"/clerk/offices/{key}/confirm").status_code == 404
    assert second.post(f"/clerk/offices/{key}/confirm").status_code == 303
    assert not is_clerk(third)
    assert concerned.get("/clerk").status_code == 403
    assert concerned.get("/to-do").status_code == 200
    assert letters(third) == ["office_over"]


def test_a_term_ends_by_itself_unless_another_clerk_has_confirmed_the_next(
    app: Flask, two: tuple[Actor, Actor]
) -> None:
    stays, goes = two
    client = browser(app, stays)
    early = client.post("/clerk/offices/next-term")
    assert (early.status_code, "not near its end" in early.text) == (409, True)
    builders.pass_time(days=340)
    for actor in two:
        renew = db.session.query(Membership).filter_by(person_id=actor.person_id).one().key
        assert browser(app, actor).post(f"/account/memberships/{renew}/renew").status_code == 303
    assert letters(goes).count("office_ends") == 1
    assert "Ask for another term" in client.get("/clerk/offices").text
    assert client.post("/clerk/offices/next-term").status_code == 303
    assert client.post(f"/clerk/offices/{newest()}/confirm").status_code == 409
    assert browser(app, goes).post(f"/clerk/offices/{newest()}/confirm").status_code == 303
    builders.pass_time(days=28)
    tick()
    assert (is_clerk(stays), is_clerk(goes)) == (True, False)
    assert letters(goes).count("office_over") == 1
    # The last clerk's term is over a year later, and runs on, since nobody else is there.
    builders.move_clock(days=300)
    client.post(f"/account/memberships/{renew_key(stays)}/renew")
    builders.move_clock(days=40)
    client.post(f"/account/memberships/{renew_key(stays)}/renew")
    builders.pass_time(days=60)
    assert is_clerk(stays)
    assert "runs on until the group has another clerk" in client.get("/clerk/offices").text


def renew_key(actor: Actor) -> str:
    """The key of somebody's membership."""
    with transaction():
        return db.session.query(Membership).filter_by(person_id=actor.person_id).one().key


def test_a_clerk_hands_over_and_the_last_one_is_told_how(app: Flask, two: tuple[Actor, Actor]) -> None:
    first, second = (browser(app, one) for one in two)
    assert "each clerk has an own account" in first.get("/clerk/offices/step-down").text
    assert first.post("/clerk/offices/step-down").location == "/account"
    assert first.get("/to-do").status_code == 200
    assert "cannot step down yet" in second.get("/clerk/offices/step-down").text
    refused = second.post("/clerk/offices/step-down")
    assert (refused.status_code, "Propose another member as its clerk" in refused.text) == (409, True)


@pytest.mark.both
def test_two_clerks_who_go_at_once_leave_one_behind(app: Flask, two: tuple[Actor, Actor]) -> None:
    leaving = f"/account/memberships/{renew_key(two[1])}/leave"
    first, second = (browser(app, one) for one in two)
    statuses: list[int] = []
    all_at_once(
        [
            lambda: statuses.append(first.post("/clerk/offices/step-down").status_code),
            lambda: statuses.append(second.post(leaving).status_code),
        ]
    )
    assert Counter(statuses) == {303: 1, 409: 1}
    assert is_clerk(two[0]) != is_clerk(two[1])


@pytest.mark.both
def test_one_office_confirmed_and_accepted_by_many_at_once_is_given_once(app: Flask, two: tuple[Actor, Actor]) -> None:
    jo, third = builders.member("green"), builders.clerk("green")
    browser(app, two[0]).post(office_of(jo))
    assert posts(app, [two[1], third] * 2, f"/clerk/offices/{newest()}/confirm") == Counter({303: 1, 409: 3})
    assert posts(app, [jo] * 4, f"/account/offices/{newest()}/accept") == Counter({303: 1, 409: 3})
    with transaction():
        assert db.session.query(AuditRow).filter_by(act="clerk appointed").count() == 1


def test_offices_end_with_the_membership_and_do_not_come_back_with_it(app: Flask, two: tuple[Actor, Actor]) -> None:
    deputy = builders.member("green")
    with transaction():
        membership = db.session.query(Membership).filter_by(person_id=deputy.person_id).one()
        membership.is_deputy, key = True, membership.key
        db.session.add(
            DeputyNaming(membership_id=membership.id, clerk_id=two[0].person_id, named_at=membership.active_since)
        )
    browser(app, two[0]).post(office_of(deputy))
    assert browser(app, deputy).post(f"/account/memberships/{key}/leave").status_code == 303
    tick()
    with transaction():
        membership = db.session.query(Membership).filter_by(person_id=deputy.person_id).one()
        assert not membership.is_deputy
        assert db.session.query(DeputyNaming).count() == 0
        assert db.session.query(OfficeProposal).one().stage.value == "dropped"


def test_a_clerk_who_stepped_down_makes_nobody_a_deputy_with_one_who_stays(
    app: Flask, two: tuple[Actor, Actor]
) -> None:
    jo = builders.member("green")
    first, second = (browser(app, one) for one in two)
    address = office_of(jo).replace("members", "deputies").replace("office", "name")
    assert first.post(address).status_code == 303
    assert first.post("/clerk/offices/step-down").status_code == 303
    assert second.post(address).status_code == 303
    with transaction():
        assert not db.session.get_one(Person, jo.person_id).actor.is_deputy
        assert db.session.query(DeputyNaming).one().clerk_id == two[1].person_id


def test_whoever_runs_the_machine_is_made_no_clerk(app: Flask, two: tuple[Actor, Actor]) -> None:
    jo = builders.member("green")
    first, second, member = (browser(app, one) for one in (*two, jo))
    assert first.post(office_of(jo)).status_code == 303
    assert second.post(f"/clerk/offices/{newest()}/confirm").status_code == 303
    with transaction():
        db.session.add(Operator(person_id=jo.person_id, named_at=clock.now(), confirmed_at=clock.now()))
    refused = member.post(f"/account/offices/{newest()}/accept")
    assert (refused.status_code, "cannot hold an office" in refused.text) in {(409, True), (403, False)}
    with transaction():
        assert not db.session.query(Membership).filter_by(person_id=jo.person_id).one().is_clerk
