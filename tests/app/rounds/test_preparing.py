"""Preparing a round: one clerk prepares it, clerks of two groups open it, and each fixes the own group's question."""

from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app import clock
from app.amendments import service as amendments
from app.desk.ticking import tick
from app.extensions import db
from app.models import Ballot, RollEntry, Round, RoundOpening, Version
from app.planks import service as planks
from app.rounds import service
from app.web.transactions import transaction
from policies.amendments import AmendmentStage
from policies.ballots import RoundKind, RoundStage
from policies.endorsements import Form, FormKind
from policies.errors import RuleBroken
from policies.permissions import Actor
from policies.planks import Stage
from tests import builders


def agree(round_id: int, by: Actor, form: Form | None = None) -> None:
    """Agree to open a round, for the group of `by`."""
    with transaction():
        service.agree_to_open(builders.a_round(round_id), form or Form(), by=by)


def cancel(round_id: int, reason: str) -> None:
    """Cancel a round, as a Green clerk."""
    by = builders.clerk("green")
    with transaction():
        service.cancel(builders.a_round(round_id), reason, by=by)


def working_version(plank_id: int) -> Version:
    """The text members discuss."""
    version = builders.plank(plank_id).working_version
    assert version is not None
    return version


@pytest.fixture
def prepared(app: Flask) -> int:
    """A round that a Labour clerk has prepared."""
    return builders.prepared_round(builders.open_plank())


def test_one_group_does_not_open_a_round(prepared: int) -> None:
    agree(prepared, builders.clerk("labour"))
    agree(prepared, builders.clerk("labour"))
    assert builders.a_round(prepared).opens_at is None
    builders.pass_time(days=30)
    assert builders.a_round(prepared).stage is RoundStage.PREPARED


def test_the_second_group_sets_the_notice_running(prepared: int) -> None:
    agree(prepared, builders.clerk("labour"))
    agree(prepared, builders.clerk("green"))
    of_round = builders.a_round(prepared)
    assert of_round.opens_at is not None
    assert of_round.closes_at == of_round.opens_at + timedelta(days=7)
    assert timedelta(days=2, hours=23) < of_round.opens_at - clock.now() <= timedelta(days=3)


def test_a_clerk_counts_once_for_the_group_and_may_change_the_form_until_the_opening(prepared: int) -> None:
    agree(prepared, builders.clerk("labour"))
    agree(prepared, builders.clerk("green"))
    opens_at = builders.a_round(prepared).opens_at
    agree(prepared, builders.clerk("green"), Form(FormKind.RESERVE, "We want an earlier date."))
    assert db.session.query(RoundOpening).count() == 2
    assert builders.a_round(prepared).opens_at == opens_at
    builders.pass_time(days=3, minutes=1)
    green = next(ballot for ballot in builders.a_round(prepared).ballots if ballot.group == "green")
    assert (green.form, green.statement) == (FormKind.RESERVE, "We want an earlier date.")
    with pytest.raises(RuleBroken, match="cannot open a round that is open"):
        agree(prepared, builders.clerk("green"))


def test_a_group_whose_clerk_said_nothing_is_asked_the_plain_question(prepared: int) -> None:
    agree(prepared, builders.clerk("labour"))
    agree(prepared, builders.clerk("green"))
    builders.pass_time(days=3, minutes=1)
    forms = {ballot.group: ballot.form for ballot in builders.a_round(prepared).ballots}
    assert forms["lib_dem"] is FormKind.ENDORSE


def test_preparing_and_agreeing_can_be_one_act(app: Flask) -> None:
    plank_id = builders.open_plank()
    by = builders.clerk("green")
    with transaction():
        version = working_version(plank_id)
        service.prepare(builders.plank(plank_id), version, RoundKind.ENDORSEMENT, form=Form(), by=by)
    of_round = db.session.query(Round).one()
    assert [opening.group for opening in of_round.openings] == ["green"]
    assert of_round.opens_at is None


@pytest.mark.parametrize(
    ("form", "fault"),
    [
        (Form(FormKind.RESERVE), "Write the reservation"),
        (Form(FormKind.ENDORSE, "We have doubts."), "Write the reservation"),
        (Form(FormKind.EXCEPT), "Name the units"),
        (Form(FormKind.EXCEPT, units=("nowhere",)), "not in this version"),
        (Form(FormKind.WITHDRAW), "no backing to withdraw"),
        (Form(FormKind.RESERVE, "x" * 501), "Shorten"),
    ],
)
def test_an_unsound_form_is_refused_and_nothing_is_agreed(prepared: int, form: Form, fault: str) -> None:
    with pytest.raises(RuleBroken, match=fault):
        agree(prepared, builders.clerk("labour"), form)
    assert db.session.query(RoundOpening).count() == 0


def test_leaving_every_unit_out_is_refused(prepared: int) -> None:
    units = tuple(unit.unit_id for unit in builders.a_round(prepared).version.units)
    with pytest.raises(RuleBroken, match="Leave at least one in"):
        agree(prepared, builders.clerk("labour"), Form(FormKind.EXCEPT, units=units))


def test_every_group_is_asked_the_same_about_amendments(app: Flask) -> None:
    plank_id = builders.open_plank()
    builders.open_amendment(plank_id, builders.member("green"), "2030", "2035")
    round_id = builders.prepared_round(plank_id, RoundKind.AMENDMENTS)
    with pytest.raises(RuleBroken, match="every group is asked the same"):
        agree(round_id, builders.clerk("labour"), Form(FormKind.RESERVE, "We want an earlier date."))


def test_one_round_at_a_time_on_a_plank(prepared: int) -> None:
    plank_id = builders.a_round(prepared).plank_id
    with pytest.raises(RuleBroken, match="already prepared"):
        builders.prepared_round(plank_id)
    cancel(prepared, "It came too early.")
    assert builders.prepared_round(plank_id) != prepared


def test_a_round_needs_an_open_plank(app: Flask) -> None:
    plank_id = builders.seconded(builders.member("green"))
    with pytest.raises(RuleBroken, match="only on an open plank"):
        builders.prepared_round(plank_id)


def test_a_round_on_amendments_needs_one_to_vote_on(app: Flask) -> None:
    with pytest.raises(RuleBroken, match="no open amendment"):
        builders.prepared_round(builders.open_plank(), RoundKind.AMENDMENTS)


def test_a_version_that_is_neither_working_nor_agreed_takes_no_round(app: Flask) -> None:
    plank_id = builders.open_plank()
    first = working_version(plank_id).number
    builders.open_amendment(plank_id, builders.member("green"), "2030", "2035")
    builders.pass_time(days=3, minutes=1)
    by = builders.clerk("green")
    plank = builders.plank(plank_id)
    old = db.session.query(Version).filter_by(plank_id=plank_id, number=first).one()
    with pytest.raises(RuleBroken, match="working text or on the agreed text"):
        service.prepare(plank, old, RoundKind.ENDORSEMENT, by=by)


def test_a_round_is_cancelled_before_it_opens_with_its_reason(prepared: int) -> None:
    cancel(prepared, "It came too early.")
    of_round = builders.a_round(prepared)
    assert (of_round.stage, of_round.ended_reason) == (RoundStage.CANCELLED, "It came too early.")
    with pytest.raises(RuleBroken, match="cannot cancel a round that is cancelled"):
        cancel(prepared, "Again.")


def test_an_open_round_cannot_be_cancelled(app: Flask) -> None:
    round_id = builders.open_round(builders.open_plank())
    with pytest.raises(RuleBroken, match="cannot cancel a round that is open"):
        cancel(round_id, "Too late.")


def test_once_a_notice_runs_the_round_goes_first_and_amendments_wait_for_its_result(
    app: Flask, client: FlaskClient
) -> None:
    plank_id = builders.open_plank()
    amendment_id = builders.open_amendment(plank_id, builders.member("green"), "2030", "2035")
    builders.move_clock(hours=1)
    round_id = builders.prepared_round(plank_id)
    assert "If no member objects by" in client.get("/amendments/P1-A1").text
    clerks = [builders.clerk(key) for key in ("labour", "green")]
    builders.sign_in(client, clerks[0])
    assert "can still be adopted by agreement" in client.get("/rounds/1").text
    for by in clerks:
        agree(round_id, by)
    assert "The open amendment waits" in client.get("/rounds/1").text
    for address in ("/amendments/P1-A1", "/planks/1?view=amendments"):
        assert "nothing is adopted by agreement before the result" in client.get(address).text
    builders.pass_time(hours=71, minutes=30)
    tick()
    amendment = builders.amendment(amendment_id)
    assert (amendment.stage, working_version(plank_id).number) == (AmendmentStage.OPEN, 1)
    cancel(round_id, "A better wording is coming.")
    tick()
    assert working_version(plank_id).number == 1
    builders.pass_time(hours=72)
    assert working_version(plank_id).number == 2


def test_a_round_that_is_only_prepared_is_cancelled_in_words_when_its_text_moves(app: Flask) -> None:
    plank_id = builders.open_plank()
    builders.open_amendment(plank_id, builders.member("green"), "2030", "2035")
    round_id = builders.prepared_round(plank_id)
    agree(round_id, builders.clerk("labour"))
    builders.pass_time(days=3, minutes=1)
    of_round = builders.a_round(round_id)
    assert (working_version(plank_id).number, of_round.stage) == (2, RoundStage.CANCELLED)
    assert of_round.ended_reason == "The text has moved. A new round can be prepared on the new text."
    with pytest.raises(RuleBroken, match="cannot open a round that is cancelled"):
        agree(round_id, builders.clerk("green"))
    assert builders.prepared_round(plank_id) != round_id


def test_a_plank_withdrawn_during_the_notice_cancels_its_round(app: Flask) -> None:
    mover = builders.member("green")
    plank_id = builders.open_plank(mover)
    round_id = builders.prepared_round(plank_id)
    for key in ("labour", "green"):
        agree(round_id, builders.clerk(key))
    with transaction():
        planks.withdraw(builders.plank(plank_id), by=mover)
    with pytest.raises(RuleBroken, match="withdrawn now"):
        agree(round_id, builders.clerk("lib_dem"))
    builders.pass_time(days=3, minutes=1)
    assert builders.a_round(round_id).ended_reason == "The plank is withdrawn now."


def test_a_round_whose_last_amendment_went_is_cancelled(app: Flask) -> None:
    plank_id, mover = builders.open_plank(), builders.member("green")
    amendment_id = builders.open_amendment(plank_id, mover, "2030", "2035")
    round_id = builders.prepared_round(plank_id, RoundKind.AMENDMENTS)
    for key in ("labour", "green"):
        agree(round_id, builders.clerk(key))
    with transaction():
        amendments.withdraw(builders.amendment(amendment_id), by=mover)
    builders.pass_time(days=3, minutes=1)
    assert builders.a_round(round_id).ended_reason == "No open amendment was left to vote on."


@pytest.mark.parametrize(
    ("emptied", "reason"),
    [
        (("green",), "Nobody may vote yet in the Compass Green group: no member has been there"),
        (("labour", "green"), "Nobody may vote yet in the Compass Labour group and Compass Green group"),
        (("labour", "lib_dem", "green"), "Nobody may vote in it: no group that it asks has a member"),
    ],
)
def test_a_group_without_a_qualified_member_cancels_the_round_in_words(
    app: Flask, emptied: tuple[str, ...], reason: str
) -> None:
    plank_id = builders.open_plank(builders.member("labour"))
    round_id = builders.prepared_round(plank_id)
    builders.member("lib_dem")
    for key in ("labour", "green"):
        agree(round_id, builders.member(key, is_clerk=True, days=30))
    with transaction():
        for person in db.session.query(builders.Person):
            if person.membership.group in emptied:
                person.membership.active_since = clock.now()
    builders.pass_time(days=3, minutes=1)
    tick()
    of_round = builders.a_round(round_id)
    assert of_round.stage is RoundStage.CANCELLED
    assert of_round.ended_reason.startswith(reason)
    assert builders.plank(plank_id).stage is Stage.OPEN
    assert db.session.query(Ballot).count() == db.session.query(RollEntry).count() == 0


def test_a_ballot_held_up_at_its_opening_still_runs_its_full_days(prepared: int) -> None:
    for key in ("labour", "lib_dem", "green"):
        agree(prepared, builders.clerk(key))
    builders.move_clock(days=12)
    tick()
    of_round = builders.a_round(prepared)
    assert of_round.stage is RoundStage.OPEN
    assert of_round.closes_at is not None
    assert timedelta(days=6, hours=23) < of_round.closes_at - clock.now() <= timedelta(days=7)
