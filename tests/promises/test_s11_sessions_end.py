"""S11: a session ends with what gave it its rights, in every browser, and rights are read at each request."""

from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import update

from app.extensions import db
from app.models import Membership, SignIn
from app.people import service as people
from app.web.transactions import transaction
from policies.links import SIGNED_IN_FOR
from policies.membership import MembershipStage
from policies.permissions import Actor
from tests import builders

OF_MEMBERS = ("/to-do", "/notices", "/planks/new", "/planks/1/amend", "/planks/1/negotiation")
OF_CLERKS = ("/clerk", "/clerk/members", "/clerk/reports", "/clerk/record", "/planks/1/rounds/new")


@pytest.fixture
def clerk(app: Flask) -> Actor:
    """One of two clerks of a group, where there is a plank to act on."""
    app.config["WTF_CSRF_ENABLED"] = False
    builders.clerk("green")
    builders.open_plank()
    return builders.clerk("green")


def browsers(app: Flask, actor: Actor) -> list[FlaskClient]:
    """Two browsers in which somebody is signed in."""
    found = [app.test_client(), app.test_client()]
    for one in found:
        builders.sign_in(one, actor)
        assert {one.get(address).status_code for address in (*OF_MEMBERS, *OF_CLERKS)} == {200}
    return found


def change(actor: Actor, **values: object) -> None:
    """Change the membership of somebody behind the back of their browsers."""
    with transaction():
        db.session.execute(update(Membership).where(Membership.person_id == actor.person_id).values(**values))


def test_who_leaves_is_signed_out_of_every_browser(app: Flask, clerk: Actor) -> None:
    signed_in = browsers(app, clerk)
    with transaction():
        people.leave(db.session.query(Membership).filter_by(person_id=clerk.person_id).one(), by=clerk)
    for one in signed_in:
        assert {one.get(address).status_code for address in ("/account", *OF_MEMBERS, *OF_CLERKS)} == {403}
    with transaction():
        assert db.session.query(SignIn).filter_by(person_id=clerk.person_id).count() == 0


@pytest.mark.parametrize("stage", [MembershipStage.LAPSED, MembershipStage.SUSPENDED, MembershipStage.REMOVED])
def test_whose_membership_ends_otherwise_does_nothing_more_in_any_browser(
    app: Flask, clerk: Actor, stage: MembershipStage
) -> None:
    signed_in = browsers(app, clerk)
    change(clerk, stage=stage)
    for one in signed_in:
        assert {one.get(address).status_code for address in (*OF_MEMBERS, *OF_CLERKS)} == {403}
        assert one.post("/planks/1/follow").status_code == 403


def test_who_is_no_clerk_any_more_keeps_a_members_pages_and_loses_the_clerks(app: Flask, clerk: Actor) -> None:
    signed_in = browsers(app, clerk)
    change(clerk, is_clerk=False)
    for one in signed_in:
        assert {one.get(address).status_code for address in OF_MEMBERS} == {200}
        assert {one.get(address).status_code for address in OF_CLERKS} == {403}


def test_a_session_ends_by_itself_and_a_cookie_outlives_neither_it_nor_the_secret(app: Flask, clerk: Actor) -> None:
    first, second = browsers(app, clerk)
    with transaction():
        db.session.execute(update(SignIn).values(ends_at=SignIn.started_at))
    assert first.get("/account").status_code == 403
    builders.sign_in(second, clerk)
    with transaction():
        lasting = db.session.query(SignIn).one()
        assert lasting.ends_at - lasting.started_at == SIGNED_IN_FOR <= timedelta(days=30)
    app.secret_key = "another secret for tests alone, 0123456789"
    assert second.get("/account").status_code == 403


def test_signing_out_ends_it_for_whoever_copied_the_cookie(app: Flask, clerk: Actor) -> None:
    first, other = browsers(app, clerk)
    copied = app.test_client()
    cookie = first.get_cookie("session")
    assert cookie is not None
    copied.set_cookie("session", cookie.value)
    assert copied.get("/account").status_code == 200
    first.post("/sign-out")
    assert copied.get("/account").status_code == 403
    assert other.get("/account").status_code == 200
