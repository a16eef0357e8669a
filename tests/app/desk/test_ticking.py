"""What the clock brings about: once, however often it is asked and however long it was not."""

import logging

import pytest
import sqlalchemy as sa
from flask import Flask

from app.amendments import service as amendments
from app.ballots import queries as ballot_queries
from app.ballots import service as ballots
from app.desk.ticking import tick
from app.extensions import db
from app.models import Amendment, AuditRow, Plank, Round
from app.planks import service as planks
from app.rounds import service as rounds
from app.web.transactions import transaction
from policies.amendments import AmendmentStage
from policies.ballots import Choice, RoundStage
from policies.endorsements import Form
from policies.errors import RuleBroken
from policies.groups import GROUP_KEYS
from policies.planks import Stage
from tests import builders


def everything() -> dict[str, list[tuple[object, ...]]]:
    """Every row of every table."""
    with db.engine.connect() as connection:
        tables = sa.inspect(connection).get_table_names()
        return {
            table: sorted((tuple(row) for row in connection.execute(sa.text(f'SELECT * FROM "{table}"'))), key=repr)
            for table in tables
        }


def agreed(round_id: int) -> None:
    """Have clerks of two groups agree to a round."""
    for key in ("labour", "green"):
        clerk = builders.clerk(key)
        with transaction():
            rounds.agree_to_open(builders.a_round(round_id), Form(), by=clerk)


def test_a_tick_with_nothing_due_does_nothing(app: Flask) -> None:
    builders.open_plank()
    tick()
    before = everything()
    assert tick() == 0
    assert everything() == before


@pytest.mark.both
def test_running_it_again_changes_nothing(app: Flask) -> None:
    builders.submitted(builders.member("green"))
    builders.open_amendment(builders.open_plank(), builders.member("green"), "2030", "2032")
    builders.decided(builders.open_plank())
    lacking = builders.open_round(builders.open_plank())
    builders.vote(lacking, builders.voters(lacking, "green"))
    builders.move_clock(days=61)
    while tick():
        pass
    before = everything()
    assert tick() == 0
    assert everything() == before


def test_a_plank_lapses_sixty_days_after_submission(app: Flask) -> None:
    plank_id = builders.submitted(builders.member("green"))
    builders.pass_time(days=59, hours=23)
    assert builders.plank(plank_id).stage is Stage.SEEKING_SECONDERS
    builders.pass_time(hours=2)
    lapsed = builders.plank(plank_id)
    assert (lapsed.stage, lapsed.end_reason) == (Stage.LAPSED, "It found no seconders in 60 days.")


def test_an_amendment_nobody_objects_to_is_adopted_after_72_hours_once(app: Flask) -> None:
    plank_id = builders.open_plank()
    amendment_id = builders.open_amendment(plank_id, builders.member("green"), "2030", "2032")
    builders.pass_time(hours=71, minutes=59)
    assert builders.amendment(amendment_id).stage is AmendmentStage.OPEN
    builders.pass_time(minutes=2)
    assert builders.amendment(amendment_id).stage is AmendmentStage.CARRIED
    version = builders.plank(plank_id).working_version
    assert version is not None
    assert (version.number, version.amendment_id) == (2, amendment_id)
    builders.pass_time(days=30)
    version = builders.plank(plank_id).working_version
    assert version is not None
    assert version.number == 2


@pytest.mark.parametrize("in_the_way", ["an objection", "a stance"])
def test_an_amendment_is_not_adopted_over_an_objection_or_a_stance(app: Flask, in_the_way: str) -> None:
    plank_id = builders.open_plank()
    if in_the_way == "a stance":
        builders.decided(plank_id, yes=("green",))
    amendment_id = builders.open_amendment(plank_id, builders.member("green"), "2030", "2032")
    if in_the_way == "an objection":
        by = builders.member("labour")
        with transaction():
            amendments.object_to(builders.amendment(amendment_id), "It is too late.", by=by)
    builders.pass_time(days=10)
    assert builders.amendment(amendment_id).stage is AmendmentStage.OPEN


def test_no_text_moves_while_the_groups_vote_on_it(app: Flask) -> None:
    plank_id = builders.open_plank()
    round_id = builders.prepared_round(plank_id)
    agreed(round_id)
    builders.pass_time(days=2)
    amendment_id = builders.open_amendment(plank_id, builders.member("green"), "2030", "2032")
    builders.pass_time(days=2)
    assert builders.a_round(round_id).stage is RoundStage.OPEN
    builders.pass_time(days=4)
    assert builders.amendment(amendment_id).stage is AmendmentStage.OPEN
    version = builders.plank(plank_id).working_version
    assert version is not None
    assert version.number == 1


@pytest.mark.both
def test_after_three_days_without_a_tick_everything_due_is_done_in_one(app: Flask) -> None:
    seeking = builders.submitted(builders.member("green"))
    builders.pass_time(days=50)
    adopting = builders.open_amendment(builders.open_plank(), builders.member("green"), "2030", "2032")
    closing = builders.open_round(builders.open_plank())
    for key in GROUP_KEYS:
        builders.vote(closing, builders.voters(closing, key))
    opening = builders.prepared_round(builders.open_plank())
    agreed(opening)
    builders.move_clock(days=10)
    tick()
    tick()
    assert builders.plank(seeking).stage is Stage.LAPSED
    assert builders.amendment(adopting).stage is AmendmentStage.CARRIED
    assert builders.a_round(closing).stage is RoundStage.PUBLISHED
    assert builders.a_round(opening).stage is RoundStage.OPEN


def test_no_vote_slips_in_while_nothing_ticks(app: Flask) -> None:
    round_id = builders.open_round(builders.open_plank())
    voter = builders.voters(round_id, "green")[0]
    builders.move_clock(days=10)
    assert builders.a_round(round_id).stage is RoundStage.OPEN
    seen = ballot_queries.visible(voter, builders.a_round(round_id).number)
    with pytest.raises(RuleBroken, match="has closed"):
        ballots.cast(seen, {"text": Choice.YES}, by=voter)
    tick()
    assert builders.a_round(round_id).stage is RoundStage.PUBLISHED


def test_what_fails_leaves_the_rest_done_and_is_tried_again(app: Flask, caplog: pytest.LogCaptureFixture) -> None:
    broken, sound = (builders.open_round(builders.open_plank()) for _ in range(2))
    with transaction():
        db.session.execute(sa.text("UPDATE ballots SET threshold = 'much' WHERE round_id = :id"), {"id": broken})
    builders.move_clock(days=8)
    with caplog.at_level(logging.ERROR):
        tick()
    assert "the next tick tries again" in caplog.text
    assert builders.a_round(sound).stage is RoundStage.PUBLISHED
    assert builders.a_round(broken).stage is RoundStage.CLOSED
    with transaction():
        db.session.execute(sa.text("UPDATE ballots SET threshold = '1/2' WHERE round_id = :id"), {"id": broken})
    tick()
    assert builders.a_round(broken).stage is RoundStage.PUBLISHED


@pytest.mark.both
def test_each_thing_is_done_in_a_transaction_of_its_own_with_its_row_in_the_record(app: Flask) -> None:
    builders.decided(builders.open_plank())
    acts = db.session.scalars(sa.select(AuditRow.act).where(AuditRow.by_person.is_(None))).all()
    for act in ("round opened", "round closed", "round counted", "round published", "agreed text moved"):
        assert acts.count(act) == 1


def test_every_row_of_the_record_is_sealed_by_the_next_tick(app: Flask) -> None:
    builders.open_plank()
    tick()
    assert db.session.query(AuditRow).filter(AuditRow.seal_id.is_(None)).count() == 0


def test_the_command_says_how_much_was_due(app: Flask) -> None:
    mover = builders.member("green")
    plank_id = builders.submitted(mover)
    tick()
    builders.move_clock(days=61)
    answer = app.test_cli_runner().invoke(args=["tick"])
    assert answer.exit_code == 0
    assert answer.output == "2 due.\n"
    assert db.session.get_one(Plank, plank_id).stage is Stage.LAPSED


def test_withdrawn_planks_and_amendments_are_left_alone(app: Flask) -> None:
    mover = builders.member("green")
    seeking = builders.submitted(mover)
    with transaction():
        planks.withdraw(builders.plank(seeking), by=mover)
    amendment_id = builders.open_amendment(builders.open_plank(), mover, "2030", "2032")
    with transaction():
        amendments.withdraw(builders.amendment(amendment_id), by=mover)
    builders.pass_time(days=70)
    assert builders.plank(seeking).stage is Stage.WITHDRAWN
    assert db.session.get_one(Amendment, amendment_id).stage is AmendmentStage.WITHDRAWN
    assert db.session.query(Round).count() == 0
