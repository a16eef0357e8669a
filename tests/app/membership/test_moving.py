"""Moving to another group: leave and apply in one go, wait anew, and never vote twice on the same version."""

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app import clock
from app.extensions import db
from app.models import Membership, Person, Plank
from app.web.transactions import transaction
from policies.ballots import Choice
from policies.groups import GROUP_KEYS
from policies.membership import MembershipStage
from policies.permissions import Actor
from tests import builders


@pytest.fixture(autouse=True)
def _no_tokens(app: Flask) -> None:
    app.config["WTF_CSRF_ENABLED"] = False


def browser(app: Flask, actor: Actor) -> FlaskClient:
    """A browser with a session of somebody."""
    client = app.test_client()
    builders.sign_in(client, actor)
    return client


def memberships(actor: Actor) -> list[tuple[str, str]]:
    """Group and stage of all of somebody's memberships, oldest first."""
    with transaction():
        query = db.session.query(Membership).filter_by(person_id=actor.person_id).order_by(Membership.id)
        return [(one.group, one.stage.value) for one in query]


def newest_key(actor: Actor) -> str:
    """The key of somebody's newest membership."""
    with transaction():
        query = db.session.query(Membership).filter_by(person_id=actor.person_id)
        return query.order_by(Membership.id.desc()).first().key  # type: ignore[union-attr]


def test_a_group_that_refused_somebody_is_not_asked_again_by_moving(app: Flask) -> None:
    jo = builders.member("labour")
    with transaction():
        refused = {"group": "green", "stage": MembershipStage.REMOVED, "refused_at": clock.now()}
        db.session.add(Membership(person_id=jo.person_id, **refused))
    with transaction():
        own = db.session.query(Membership).filter_by(person_id=jo.person_id, group="labour").one().key
    answer = browser(app, jo).post(f"/account/memberships/{own}/move", data={"group": "green", "declared": "y"})
    assert (answer.status_code, "within the last 30 days" in answer.text) == (409, True)
    assert ("labour", "active") in memberships(jo), "and nobody loses a group by asking"


def moved(app: Flask, actor: Actor, group: str) -> None:
    """Somebody moves to another group, whose clerk approves."""
    answers = {"group": group, "declared": "y"}
    assert browser(app, actor).post(f"/account/memberships/{newest_key(actor)}/move", data=answers).status_code == 303
    clerk = browser(app, builders.clerk(group))
    assert clerk.post(f"/clerk/members/{newest_key(actor)}/approve").status_code == 303


def test_one_flow_leaves_and_applies_and_the_old_group_learns_only_that_somebody_left(app: Flask) -> None:
    jo, clerk = builders.member("green"), builders.clerk("green")
    with transaction():
        name = db.session.get_one(Person, jo.person_id).name
    client, address = browser(app, jo), f"/account/memberships/{newest_key(jo)}/move"
    for wrong in ({}, {"group": "green", "declared": "y"}, {"group": "nobody", "declared": "y"}, {"group": "labour"}):
        assert client.post(address, data=wrong).status_code == 422
    builders.draft(jo, title="A draft of mine")
    assert client.post(address, data={"group": "labour", "declared": "y"}).status_code == 303
    assert memberships(jo) == [("green", "left"), ("labour", "verified")]
    assert client.get("/account").status_code == 302 or client.get("/account").status_code == 403
    green, labour = browser(app, clerk), browser(app, builders.clerk("labour"))
    assert name not in green.get("/clerk/members").text
    record = green.get("/clerk/record?about=members").text
    assert "Member left" in record
    assert "Membership applied for" not in record
    waiting = labour.get("/clerk/members").text
    assert name in waiting
    assert "Green" not in waiting[waiting.index("<main") : waiting.index("</main>")]
    with transaction():
        plank = db.session.query(Plank).filter_by(mover_id=jo.person_id).one()
        assert plank.stage.value == "draft"
        assert builders.plank(plank.id).ref
        ref = plank.ref
    assert green.get(f"/planks/{ref}").status_code == 404, "a draft stays private"


def test_who_voted_in_one_group_votes_on_the_same_version_in_no_other(app: Flask) -> None:
    plank_id = builders.open_plank()
    round_id = builders.open_round(plank_id)
    voted, other = [one for one in builders.voters(round_id, "green") if not one.is_clerk][:2]
    for key in GROUP_KEYS:
        first, *rest = [one for one in builders.voters(round_id, key) if one != other]
        builders.vote(round_id, [first], {"text": Choice.YES})
        builders.vote(round_id, rest, {"text": Choice.NO if key == "labour" else Choice.YES})
    for actor in (voted, other):
        moved(app, actor, "lib_dem")
    assert browser(app, other).post("/rounds/1/cast", data={"text": "yes"}).status_code == 403
    builders.pass_time(days=39)
    again = builders.open_round(plank_id)
    assert {voted.person_id, other.person_id} <= {one.person_id for one in builders.voters(again, "lib_dem")}
    statuses = [browser(app, one).post("/rounds/2/cast", data={"text": "yes"}).status_code for one in (voted, other)]
    assert statuses == [403, 303]
