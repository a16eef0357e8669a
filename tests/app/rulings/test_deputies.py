"""Deputies: named by two clerks, they rule only on what has waited long, and never instead of a clerk's word."""

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.extensions import db
from app.models import Membership, Notice, Person, RegisteredRuling
from app.rulings import service as rulings
from app.web.transactions import transaction
from policies.errors import RuleBroken
from policies.notices import NoticeKind
from policies.permissions import Actor
from policies.planks import Stage
from tests import builders
from tests.app.reading import main_of
from tests.app.rulings.conftest import rule


def name(app: Flask, clerk: Actor, member: Actor, verb: str = "name") -> int:
    """Press a button of the page of deputies."""
    client = app.test_client()
    builders.sign_in(client, clerk)
    with transaction():
        key = db.session.query(Membership).filter_by(person_id=member.person_id).one().key
    return client.post(f"/clerk/deputies/{key}/{verb}").status_code


def as_now(member: Actor) -> Actor:
    """The same person with the rights they have now."""
    with transaction():
        return db.session.get_one(Person, member.person_id).actor


def deputy(app: Flask, group: str) -> Actor:
    """A member whom two clerks of the group have named its deputy."""
    member = builders.member(group)
    for clerk in (builders.clerk(group), builders.clerk(group)):
        assert name(app, clerk, member) == 303
    return as_now(member)


def test_two_clerks_of_the_group_make_a_deputy_and_one_ends_it(app: Flask, client: FlaskClient) -> None:
    first, second, member = builders.clerk("green"), builders.clerk("green"), builders.member("green")
    assert name(app, builders.clerk("labour"), member) == 404
    assert (name(app, first, member), name(app, first, member)) == (303, 303)
    assert not as_now(member).is_deputy
    assert name(app, second, member) == 303
    assert as_now(member).is_deputy
    assert name(app, first, second) == 409
    builders.sign_in(client, first)
    assert "Deputy" in main_of(client.get("/clerk/deputies"))
    assert name(app, first, member, "end") == 303
    assert not as_now(member).is_deputy
    assert name(app, second, member) == 303
    assert not as_now(member).is_deputy


def test_deputies_rule_once_the_queue_is_flagged_and_those_who_may_act_are_told_once(
    app: Flask, client: FlaskClient, mover: Actor
) -> None:
    plank_id, stand_in, clerk = builders.seconded(mover), deputy(app, "green"), builders.clerk("lib_dem")
    builders.sign_in(client, stand_in)
    with transaction():
        address = f"/planks/{builders.plank(plank_id).ref}"
    assert client.post(f"{address}/rule", data={"verdict": "in_order"}).status_code == 409
    assert "Is this plank in order?" not in client.get(address).text
    builders.move_clock(days=10)
    builders.pass_time(minutes=1)
    builders.pass_time(minutes=1)
    with transaction():
        assert builders.plank(plank_id).stage is Stage.CHECKING
        told = db.session.query(Notice.person_id).filter_by(kind=NoticeKind.CLERK_WANTED).all()
        ids = [person_id for (person_id,) in told]
    assert len(ids) == len(set(ids))
    assert {stand_in.person_id, clerk.person_id} <= set(ids)
    assert "Waiting more than 7 days" in main_of(client.get("/to-do"))
    assert "Is this plank in order?" in client.get(address).text
    assert client.post(f"{address}/rule", data={"verdict": "in_order"}).status_code == 303
    rule(plank_id, "in_order", ["labour"])
    with transaction():
        ruling = db.session.query(RegisteredRuling).one()
        assert (ruling.groups, ruling.deputies) == (["labour", "green"], ["green"])
    assert "(for Green a deputy)" in main_of(app.test_client().get("/rulings"))


def test_a_deputy_does_not_change_what_a_clerk_has_said_and_does_nothing_else(app: Flask, mover: Actor) -> None:
    plank_id, stand_in = builders.seconded(mover), deputy(app, "green")
    builders.pass_time(days=8)
    rule(plank_id, "in_order", ["green"])
    with pytest.raises(RuleBroken, match="a deputy does not change that"), transaction():
        rulings.rule(builders.plank(plank_id), "out_of_order", "No.", by=stand_in)
    client = app.test_client()
    builders.sign_in(client, stand_in)
    builders.open_plank()
    assert [client.post(f"/planks/1/{verb}").status_code for verb in ("archive", "refer")] == [403, 403]
    assert client.get("/clerk").status_code == 403
