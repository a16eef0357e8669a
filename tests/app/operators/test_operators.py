"""Whoever runs the machine: named on the command line, confirmed by a passkey, and voting nowhere."""

from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from app import clock
from app.checking import looking
from app.checking.chosen import chosen_of
from app.extensions import db
from app.models import AuditRow, Dormancy, Membership, Operator, Person, RollEntry
from app.operators import presenters, queries, service
from app.web.transactions import transaction
from policies.checks import findings
from policies.errors import NotThere, RuleBroken
from policies.membership import MembershipStage
from policies.permissions import Actor
from tests import builders, operating
from tests.app.letters import letters_to, newest_link
from tests.app.passkeys.conftest import real
from tests.app.passkeys.device import add, is_signed_in, wait
from tests.app.reading import main_of
from tests.authenticator import Authenticator

ADDRESS = "jo@example.org"


@pytest.fixture(autouse=True)
def _no_tokens(bare_app: Flask) -> None:
    bare_app.config["WTF_CSRF_ENABLED"] = False


def run(app: Flask, *words: str) -> str:
    """What the command says."""
    return app.test_cli_runner().invoke(args=["people", "operator", *words]).output


def actor_of(address: str) -> Actor:
    """The person with an address, as the rules see them now."""
    with transaction():
        return db.session.query(Person).filter_by(email=address).one().actor


def test_the_command_line_names_and_a_passkey_confirms(app: Flask, client: FlaskClient) -> None:
    assert "counts once they confirm it" in run(app, ADDRESS)
    assert "named before" in run(app, ADDRESS)
    assert not actor_of(ADDRESS).is_operator
    client.post("/sign-in/link", data={"email": ADDRESS})
    client.post(newest_link(ADDRESS))
    assert client.get("/operator").status_code == 403
    asked = client.post("/account/operator")
    assert (asked.status_code, actor_of(ADDRESS).is_operator) == (403, False)
    assert add(client, Authenticator()).status_code == 303
    assert "You cast no vote" in client.get("/account/operator").text
    assert client.post("/account/operator").location == "/operator"
    assert client.get("/operator").status_code == 200
    assert client.get("/account/operator").status_code == 404
    with transaction():
        acts = [row.act for row in db.session.query(AuditRow) if row.subject == "operators"]
    assert acts == ["operator named", "operator confirmed"]
    assert [name for name, _body in letters_to(ADDRESS)][0] == "operator_named"


def test_the_page_takes_a_passkey_and_names_nobody(app: Flask, client: FlaskClient) -> None:
    builders.sign_in(client, operating.operator())
    with transaction():
        name = db.session.get_one(Person, builders.clerk("green").person_id).name
    page = main_of(client.get("/operator"))
    assert all(section.title in page for section in presenters.sections())
    assert name not in page
    assert "@" not in page
    wait(hours=12)
    assert client.get("/operator").location == "/prove?need=passkey&next=/operator"


def test_late_work_and_mail_that_waits_are_told(app: Flask, client: FlaskClient) -> None:
    builders.prepared_round(builders.open_plank())
    builders.open_round(builders.open_plank())
    builders.move_clock(days=30)
    told = {section.title: section.trouble for section in presenters.sections()}
    assert "flask scheduler" in told["The clock"]
    assert not told["Jobs"]


def test_what_is_to_be_mended_and_what_is_kept_too_long_is_told_without_a_name(app: Flask, client: FlaskClient) -> None:
    gone = builders.member("green")
    settings = app.config["SETTINGS"]
    with transaction():
        membership = db.session.query(Membership).filter_by(person_id=gone.person_id).one()
        membership.stage = MembershipStage.LEFT
        person = db.session.get_one(Person, gone.person_id)
        person.name, person.is_offered = "Demonstration Zadie Quill", False
        db.session.add(Dormancy(person_id=gone.person_id, since=clock.now() - timedelta(days=364)))
    told = {section.title: section for section in presenters.sections()}
    found = findings(chosen_of(settings), looking.look())
    assert found
    assert told["The installation"].facts == [(one.what, one.mend) for one in found]
    assert told["What is forgotten"].trouble == ""
    assert dict(told["What is forgotten"].facts)["A notice"] == "90 days."
    builders.move_clock(days=2)
    builders.sign_in(client, operating.operator())
    page = client.get("/operator").text
    assert "Old data waits" in page
    assert "Zadie" not in page


def test_an_operator_who_is_a_member_stands_on_no_roll_and_casts_no_vote(app: Flask, client: FlaskClient) -> None:
    early, late = (real(builders.member("green"), f"{name}@example.org") for name in ("early", "late"))
    operating.operator("early@example.org")
    round_id = builders.open_round(builders.open_plank(builders.member("labour")))
    with transaction():
        number = builders.a_round(round_id).number
        on_roll = set(db.session.scalars(select(RollEntry.person_id).where(RollEntry.round_id == round_id)))
    assert early.person_id not in on_roll
    assert late.person_id in on_roll
    operating.operator("late@example.org")
    for actor in (early, late):
        builders.sign_in(client, actor)
        assert client.get("/planks/new").status_code == 200, "a member all the same"
        assert client.get(f"/rounds/{number}/vote").status_code == 403
        assert client.post(f"/rounds/{number}/vote/cast", data={"text": "yes"}).status_code in {403, 404}


def test_an_officer_does_not_run_the_machine_and_an_operator_holds_no_office(app: Flask, client: FlaskClient) -> None:
    real(builders.clerk("green"), ADDRESS)
    assert "Hand the office over first" in run(app, ADDRESS)
    operator = real(builders.member("green"), "op@example.org")
    operating.operator("op@example.org")
    with transaction():
        db.session.query(Membership).filter_by(person_id=operator.person_id).one().is_clerk = True
    assert not actor_of("op@example.org").is_clerk
    builders.sign_in(client, operator)
    assert client.get("/clerk/members").status_code == 403


def test_a_made_up_person_is_never_named(app: Flask) -> None:
    person_id = builders.member("green").person_id
    with transaction(), pytest.raises(RuleBroken, match="runs nothing"):
        service.name(db.session.get_one(Person, person_id).email or "")


def test_it_is_ended_on_the_command_line_and_with_it_the_sessions(app: Flask, client: FlaskClient) -> None:
    operator = operating.operator()
    builders.sign_in(client, operator)
    assert "run the machine no more" in run(app, "operator@example.org", "--end")
    assert not is_signed_in(client)
    assert "did not run it" in run(app, "operator@example.org", "--end")
    with transaction():
        assert db.session.query(Operator).count() == 0
        with pytest.raises(NotThere):
            queries.own_naming(operator)


def test_nobody_ends_an_operators_account_by_asking_to_join_or_inviting_with_its_address(app: Flask) -> None:
    operator, clerk = operating.operator(ADDRESS), app.test_client()
    app.test_client().post("/groups/labour/join", data={"name": "Jo", "email": ADDRESS, "declared": "y"})
    builders.sign_in(clerk, builders.clerk("green"))
    clerk.post("/clerk/members/invite", data={"email": ADDRESS})
    with transaction():
        key = db.session.query(Membership).filter_by(person_id=operator.person_id, group="green").one().key
    assert clerk.post(f"/clerk/members/{key}/revoke").status_code == 303
    builders.pass_time(days=15)
    assert actor_of(ADDRESS).is_operator


def test_an_operator_who_left_a_group_keeps_the_account(app: Flask) -> None:
    operator = operating.operator(ADDRESS)
    with transaction():
        db.session.add(Membership(person_id=operator.person_id, group="green", stage=MembershipStage.LEFT))
    builders.pass_time(minutes=1)
    builders.pass_time(days=400)
    assert actor_of(ADDRESS).is_operator
