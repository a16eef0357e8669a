"""Taking over what was withdrawn: by a seconder, in time, once; it goes on where it was, and else all of it ends."""

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.amendments import service as amendments
from app.desk.ticking import tick
from app.extensions import db
from app.models import Amendment, AuditRow, Person, Plank, PlankSecond
from app.planks import service as planks
from app.rulings import service as rulings
from app.takeovers import service as takeovers
from app.web.transactions import transaction
from policies.amendments import AmendmentStage
from policies.ballots import RoundStage
from policies.errors import RuleBroken
from policies.groups import GROUP_KEYS
from policies.permissions import Actor
from policies.planks import Stage
from tests import builders
from tests.app.reading import main_of


@pytest.fixture(autouse=True)
def _no_tokens(app: Flask) -> None:
    app.config["WTF_CSRF_ENABLED"] = False


@pytest.fixture
def mover(app: Flask) -> Actor:
    """A member of the Green group who proposes and withdraws."""
    return builders.member("green")


def withdraw(plank_id: int, by: Actor) -> None:
    """Have its mover withdraw a plank."""
    with transaction():
        planks.withdraw(builders.plank(plank_id), by=by)


def seconders(plank_id: int) -> dict[str, Actor]:
    """Who seconded a plank, by group."""
    with transaction():
        rows = db.session.query(PlankSecond).filter_by(plank_id=plank_id)
        return {row.group: db.session.get_one(Person, row.person_id).actor for row in rows}


def post(app: Flask, by: Actor | None, thing: Plank | Amendment) -> int:
    """Press the button; returns the status."""
    client = app.test_client()
    if by is not None:
        builders.sign_in(client, by)
    with transaction():
        row = db.session.get_one(type(thing), thing.id)
        kind = "planks" if isinstance(thing, Plank) else "amendments"
        address = f"/{kind}/{row.ref}/take-over"
    return client.post(address).status_code


def plank_of(plank_id: int) -> Plank:
    """A plank as it is now, apart from any session."""
    with transaction():
        plank = builders.plank(plank_id)
        assert plank.title
        db.session.expunge_all()
        return plank


def stage_of(amendment_id: int) -> AmendmentStage:
    """Where an amendment stands."""
    with transaction():
        return builders.amendment(amendment_id).stage


def test_a_seconder_takes_an_open_plank_over_with_its_seconds_and_its_amendments(
    app: Flask, client: FlaskClient, mover: Actor
) -> None:
    plank_id = builders.open_plank(mover)
    by, amendment_id = seconders(plank_id)["labour"], builders.open_amendment(plank_id, mover, "2030", "2035")
    builders.pass_time(hours=70)
    withdraw(plank_id, mover)
    builders.pass_time(days=6, hours=23)
    assert "One of its seconders can take it over until" in main_of(client.get("/planks/1"))
    assert "/take-over" not in main_of(client.get("/planks/1"))
    builders.sign_in(client, by)
    assert "/planks/1/take-over" in main_of(client.get("/to-do"))
    assert "/planks/1/take-over" in main_of(client.get("/planks/1"))
    assert [post(app, who, plank_of(plank_id)) for who in (None, mover, builders.member("labour"))] == [403] * 3
    assert post(app, by, plank_of(plank_id)) == 303
    plank = plank_of(plank_id)
    assert (plank.stage, plank.group, plank.mover_id) == (Stage.OPEN, "labour", by.person_id)
    assert (plank.ended_at, plank.end_reason, plank.number) == (None, "", 1)
    assert set(seconders(plank_id)) == {"green"}
    builders.pass_time(hours=71)
    assert stage_of(amendment_id) is AmendmentStage.OPEN
    builders.pass_time(hours=2)
    assert stage_of(amendment_id) is AmendmentStage.CARRIED
    assert "Taken over by a member of the Compass Labour group" in main_of(client.get("/planks/1?view=history"))


def test_nobody_takes_over_late_and_then_its_amendments_fall_with_the_reason(
    app: Flask, client: FlaskClient, mover: Actor
) -> None:
    plank_id = builders.open_plank(mover)
    by, amendment_id = seconders(plank_id)["labour"], builders.open_amendment(plank_id, mover, "2030", "2035")
    waiting = builders.submitted_amendment(plank_id, mover, "2030", "2031")
    withdraw(plank_id, mover)
    seconder = builders.member("lib_dem")
    with pytest.raises(RuleBroken, match="is not seconded now"), transaction():
        amendments.second(builders.amendment(waiting), by=seconder)
    builders.move_clock(days=10)
    tick()
    tick()
    assert post(app, by, plank_of(plank_id)) == 409
    assert [stage_of(one) for one in (amendment_id, waiting)] == [AmendmentStage.FALLEN] * 2
    with transaction():
        fell = db.session.query(AuditRow).filter_by(act="amendment fell with its plank").count()
    assert fell == 2
    shown = main_of(client.get("/amendments/P1-A1"))
    assert "with its plank, which is withdrawn. Its mover withdrew it." in shown


def test_while_it_seeks_seconders_they_are_counted_anew_for_the_takers_group(app: Flask, mover: Actor) -> None:
    plank_id = builders.submitted(mover)
    others = [builders.member("labour"), builders.member("lib_dem"), builders.member("labour")]
    for other in others:
        with transaction():
            planks.second(builders.plank(plank_id), by=other)
    withdraw(plank_id, mover)
    assert post(app, others[0], plank_of(plank_id)) == 303
    plank = plank_of(plank_id)
    assert (plank.stage, plank.group) == (Stage.CHECKING, "labour")
    assert plank.checking_since is not None


def test_the_sixty_days_run_on_and_the_clerks_wait_does_not(app: Flask, mover: Actor) -> None:
    seeking, checking = builders.submitted(mover), builders.seconded(mover)
    seconder = builders.member("labour")
    with transaction():
        planks.second(builders.plank(seeking), by=seconder)
    began = plank_of(checking).checking_since
    assert began is not None
    builders.pass_time(days=6)
    withdraw(checking, mover)
    builders.pass_time(days=4)
    by = seconders(checking)["labour"]
    with transaction():
        takeovers.take_over_plank(builders.plank(checking), by=by)
    since = plank_of(checking).checking_since
    assert since is not None
    assert round((since - began).total_seconds() / 86400) == 4
    builders.pass_time(days=49)
    withdraw(seeking, mover)
    builders.move_clock(days=2)
    assert post(app, seconder, plank_of(seeking)) == 409


def test_an_amendment_is_taken_over_in_48_hours_and_seeks_a_seconder_of_another_group_again(
    app: Flask, client: FlaskClient, mover: Actor
) -> None:
    plank_id = builders.open_plank()
    by = builders.member("labour")
    amendment_id = builders.submitted_amendment(plank_id, mover, "2030", "2035")
    with transaction():
        amendments.second(builders.amendment(amendment_id), by=by)
        amendments.withdraw(builders.amendment(amendment_id), by=mover)
    builders.sign_in(client, by)
    assert "/amendments/P1-A1/take-over" in main_of(client.get("/amendments/P1-A1"))
    assert "/amendments/P1-A1/take-over" in main_of(client.get("/to-do"))
    assert client.post("/amendments/P1-A1/take-over").status_code == 303
    with transaction():
        amendment = builders.amendment(amendment_id)
        assert (amendment.stage, amendment.group) == (AmendmentStage.SUBMITTED, "labour")
        assert (amendment.mover_id, amendment.ended_at) == (by.person_id, None)
        amendments.second(amendment, by=mover)
        assert amendment.stage is AmendmentStage.OPEN
        amendments.withdraw(amendment, by=by)
    builders.pass_time(hours=48)
    builders.sign_in(client, mover)
    assert "/take-over" not in main_of(client.get("/amendments/P1-A1"))
    assert client.post("/amendments/P1-A1/take-over").status_code == 409


def test_archiving_ends_the_amendments_and_cancels_the_round_that_was_prepared(app: Flask, client: FlaskClient) -> None:
    plank_id = builders.open_plank()
    amendment_id = builders.open_amendment(plank_id, builders.member("green"), "2030", "2035")
    round_id = builders.prepared_round(plank_id)
    for by in [builders.clerk(key) for key in GROUP_KEYS]:
        with transaction():
            rulings.archive(builders.plank(plank_id), "It is law now.", by=by)
    tick()
    tick()
    assert stage_of(amendment_id) is AmendmentStage.FALLEN
    with transaction():
        of_round = builders.a_round(round_id)
        assert (of_round.stage, of_round.ended_reason) == (RoundStage.CANCELLED, "The plank is archived now.")
    assert "which is archived. It is law now." in main_of(client.get("/amendments/P1-A1"))
