"""One's own account: the name, the sessions and the way out of a group."""

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.extensions import db
from app.models import Membership, Person, SignIn
from app.web.transactions import transaction
from policies.membership import MembershipStage
from policies.permissions import Actor
from tests import builders


@pytest.fixture(autouse=True)
def _no_tokens(app: Flask) -> None:
    app.config["WTF_CSRF_ENABLED"] = False


@pytest.fixture
def jo(app: Flask) -> Actor:
    """A member who may choose a name: nobody that the sign-in page offers."""
    actor = builders.member("green")
    with transaction():
        db.session.get_one(Person, actor.person_id).is_offered = False
    return actor


def browser(app: Flask, actor: Actor) -> FlaskClient:
    """A browser with a session of somebody."""
    client = app.test_client()
    builders.sign_in(client, actor)
    return client


def reaches(client: FlaskClient) -> bool:
    """Whether a browser is signed in."""
    return client.get("/account").status_code == 200


def test_a_name_is_changed_and_a_wrong_one_comes_back(app: Flask, jo: Actor) -> None:
    client = browser(app, jo)
    assert client.post("/account/name", data={"name": "  Jo   Bloggs "}).status_code == 303
    assert 'value="Jo Bloggs"' in client.get("/account").text
    wrong = client.post("/account/name", data={"name": "J" * 81})
    assert (wrong.status_code, "J" * 81 in wrong.text) == (422, True)
    with transaction():
        assert db.session.get_one(Person, jo.person_id).name == "Jo Bloggs"


def test_neither_a_made_up_person_nor_an_mp_takes_another_name(app: Flask, jo: Actor) -> None:
    with transaction():
        db.session.get_one(Person, jo.person_id).is_offered = True
    for actor in (jo, builders.mp()):
        answer = browser(app, actor).post("/account/name", data={"name": "Somebody Real"})
        assert (answer.status_code, "This name stays as it is" in answer.text) == (409, True)
        assert 'name="name"' not in browser(app, actor).get("/account").text


def test_the_only_clerk_of_a_group_hands_over_before_leaving(app: Flask) -> None:
    clerk = builders.clerk("green")
    with transaction():
        key = db.session.query(Membership).filter_by(person_id=clerk.person_id).one().key
    here = browser(app, clerk)
    refused = here.post(f"/account/memberships/{key}/leave")
    assert (refused.status_code, "the only clerk of your group" in refused.text) == (409, True)
    builders.clerk("green")
    assert here.post(f"/account/memberships/{key}/leave").status_code == 303


def test_one_session_is_ended_from_another_and_all_others_at_once(app: Flask, jo: Actor) -> None:
    here, there, elsewhere = (browser(app, jo) for _ in range(3))
    with transaction():
        numbers = [one.id for one in db.session.query(SignIn).order_by(SignIn.id)]
    assert here.post(f"/account/sessions/{numbers[1]}/end").status_code == 303
    assert [reaches(one) for one in (here, there, elsewhere)] == [True, False, True]
    assert here.post("/account/sessions/end-others").status_code == 303
    assert [reaches(one) for one in (here, elsewhere)] == [True, False]


def test_nobody_ends_the_session_of_another(app: Flask, jo: Actor) -> None:
    here, theirs = browser(app, jo), browser(app, builders.member("labour"))
    with transaction():
        number = db.session.query(SignIn).order_by(SignIn.id.desc()).first().id  # type: ignore[union-attr]
    assert here.post(f"/account/sessions/{number}/end").status_code == 404
    here.post("/account/sessions/end-others")
    assert reaches(theirs)


def test_signing_out_ends_the_session_for_whoever_copied_its_cookie(app: Flask, jo: Actor) -> None:
    here, copied = browser(app, jo), app.test_client()
    with here.session_transaction() as mine, copied.session_transaction() as theirs:
        theirs.update(mine)
    assert reaches(copied)
    here.post("/sign-out")
    assert not reaches(copied)


def test_moving_the_clock_of_a_demonstration_signs_nobody_out(app: Flask, jo: Actor) -> None:
    here = browser(app, jo)
    builders.move_clock(days=60)
    assert reaches(here)


def test_who_leaves_is_signed_out_everywhere_and_can_join_again(app: Flask, jo: Actor) -> None:
    here, there = browser(app, jo), browser(app, jo)
    with transaction():
        key = db.session.query(Membership).filter_by(person_id=jo.person_id).one().key
    assert "Votes you have cast stand" in here.get(f"/account/memberships/{key}/leave").text
    assert here.post(f"/account/memberships/{key}/leave").status_code == 303
    assert not reaches(here)
    assert not reaches(there)
    again = browser(app, Actor(person_id=jo.person_id))
    assert "Ended by the member." in again.get("/account").text
    assert again.get("/to-do").status_code == 403
    assert again.post(f"/account/memberships/{key}/leave").status_code == 409
    with transaction():
        assert db.session.query(Membership).one().stage is MembershipStage.LEFT
