"""What a new demonstration holds: planks, amendments and rounds in every state, brought about by its people."""

import runpy
from collections import Counter
from datetime import UTC, datetime, timedelta
from itertools import product
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, inspect, select, text

from app import clock
from app.audit import queries as audit
from app.audit import replaying
from app.config import ROOT
from app.desk.ticking import tick
from app.endorsements.levels import shown_level
from app.extensions import db
from app.models import (
    Amendment,
    Argument,
    Ballot,
    Case,
    Count,
    Delegacy,
    Membership,
    Mp,
    NameChoice,
    OfficeProposal,
    Participation,
    Person,
    Plank,
    Position,
    PositionDraft,
    Removal,
    RollEntry,
    Round,
)
from policies.agreement import LevelKey
from policies.amendments import AmendmentStage
from policies.arguments import About, Side
from policies.ballots import RoundKind, RoundStage
from policies.groups import GROUP_KEYS
from policies.offices import ProposalStage
from policies.planks import Stage
from policies.positions import PositionKind
from policies.removals import RemovalStage

# Made once: all of this file runs in one process.
pytestmark = pytest.mark.xdist_group("created demonstration")


def everything() -> dict[str, list[str]]:
    """Every row of every table."""
    with db.engine.connect() as connection:
        tables = inspect(connection).get_table_names()
        return {
            table: sorted(repr(row) for row in connection.execute(text(f'SELECT * FROM "{table}"'))) for table in tables
        }


def planks_by_level() -> Counter[str]:
    """How many public planks have each level."""
    return Counter(db.session.scalars(select(shown_level()).where(Plank.number.is_not(None))))


def votes_of(of_round: Round) -> list[int]:
    """How many votes each group cast on the first question of a round."""
    return [ballot.counts[0].tally.cast for ballot in of_round.ballots]


def test_planks_are_in_every_stage(created: Flask) -> None:
    assert set(db.session.scalars(select(Plank.stage))) == set(Stage)


def test_planks_are_of_every_level(created: Flask) -> None:
    levels = planks_by_level()
    assert levels[LevelKey.AGREED] >= 4
    assert levels[LevelKey.AGREED_IN_PART] == 1
    assert levels[LevelKey.BACKED_BY_ALL_BUT_ONE] == 1
    assert levels[LevelKey.NO_LONGER_AGREED] == 1
    assert levels[LevelKey.BEING_DRAFTED] >= 8


def test_the_starter_planks_are_many_over_many_themes(created: Flask) -> None:
    themes = list(db.session.scalars(select(Plank.theme_id).where(Plank.source.is_not(None))))
    assert len(themes) >= 18
    assert len(set(themes)) >= 8


def test_an_agreed_plank_has_a_newer_text_that_not_all_back(created: Flask) -> None:
    newer = Plank.agreed_version_id != Plank.working_version_id
    assert db.session.scalars(select(shown_level()).where(newer)).all() == [LevelKey.AGREED]


def test_a_published_round_has_more_than_fifty_votes_in_each_group(created: Flask) -> None:
    published = db.session.scalars(select(Round).where(Round.stage == RoundStage.PUBLISHED)).unique().all()
    assert any(min(votes_of(found)) > 50 for found in published)
    assert any(min(votes_of(found)) < 50 for found in published)
    assert {found.kind for found in published} == set(RoundKind)
    assert all({ballot.group for ballot in found.ballots} == set(GROUP_KEYS) for found in published)


def test_nobody_whom_one_can_sign_in_as_has_voted_in_the_round_that_is_open(created: Flask) -> None:
    running = db.session.scalars(select(Round).where(Round.stage == RoundStage.OPEN)).unique().one()
    assert running.closes_at is not None
    assert running.closes_at > clock.now() + timedelta(days=1)
    on_roll = select(func.count()).select_from(RollEntry).where(RollEntry.round_id == running.id)
    offered = on_roll.join(Person, Person.id == RollEntry.person_id).where(Person.is_offered)
    members = select(func.count()).where(Person.is_offered, Person.id.in_(select(Membership.person_id)))
    assert db.session.scalar(offered) == db.session.scalar(members)
    ballots = select(Ballot.id).where(Ballot.round_id == running.id)
    votes = select(func.count()).select_from(Participation).where(Participation.ballot_id.in_(ballots))
    assert db.session.scalar(votes) > 0
    assert db.session.scalar(votes.join(Person, Person.id == Participation.person_id).where(Person.is_offered)) == 0


def test_a_round_waits_for_clerks_to_open_it(created: Flask) -> None:
    waiting = db.session.scalars(select(Round).where(Round.stage == RoundStage.PREPARED)).unique().all()
    assert [found.openings for found in waiting] == [[]]


def test_clerks_have_members_to_decide_about(created: Flask) -> None:
    removals = db.session.scalars(select(Removal.stage)).all()
    assert sorted(removals) == [RemovalStage.APPEALED, RemovalStage.PROPOSED]
    proposals = db.session.scalars(select(OfficeProposal.stage)).all()
    assert sorted(proposals) == [ProposalStage.CONFIRMED, ProposalStage.PROPOSED]


def test_amendments_are_in_every_state_of_interest(created: Flask) -> None:
    amendments = db.session.scalars(select(Amendment)).all()
    stages = Counter(amendment.stage for amendment in amendments)
    for stage in ("SUBMITTED", "OPEN", "CARRIED", "MINORITY_POSITION"):
        assert stages[AmendmentStage[stage]] >= 1, stage
    assert [amendment.stage for amendment in amendments if amendment.needs_rebase] == [AmendmentStage.OPEN]
    carried_by_round = {
        question.revision.amendment_id
        for found in db.session.scalars(select(Round)).unique()
        for question in found.questions
    }
    by_agreement = [one for one in amendments if one.stage is AmendmentStage.CARRIED and one.id not in carried_by_round]
    assert len(by_agreement) == 1


def test_each_group_has_clerks_members_and_voters_who_joined_long_enough_ago(created: Flask) -> None:
    people = db.session.scalars(select(Person)).all()
    for group in GROUP_KEYS:
        of_group = [person for person in people if person.actor.group == group]
        offered = [person for person in of_group if person.is_offered]
        assert sum(person.actor.is_clerk for person in offered) == 2
        assert len(offered) >= 5
        assert len(of_group) > 60
    assert all(person.is_demonstration and person.name.startswith("Demonstration ") for person in people)
    assert len({person.name for person in people}) == len(people)
    joined = [person.memberships[0].active_since for person in people if person.memberships]
    assert all(moment and moment < clock.now() - timedelta(days=60) for moment in joined)


def test_a_made_up_mp_of_each_groups_party_can_be_signed_in_as_and_one_has_recorded_positions(created: Flask) -> None:
    mps = db.session.scalars(select(Mp)).all()
    assert {mp.party_group for mp in mps} == set(GROUP_KEYS)
    assert all(mp.is_demonstration and mp.name == f"Demonstration MP, {mp.seat}" for mp in mps)
    assert all(mp.person and mp.person.is_offered and mp.person.membership is None for mp in mps)
    recorded = db.session.scalars(select(Position)).all()
    assert {one.kind for one in recorded} == set(PositionKind)
    assert {one.mp.seat for one in recorded} == {"Anytown East"}


def test_one_mp_has_a_made_up_delegate_and_a_draft_that_waits(created: Flask) -> None:
    (delegacy,) = db.session.scalars(select(Delegacy)).unique().all()
    assert delegacy.person is not None
    assert (delegacy.person.name, delegacy.person.is_offered) == ("Demonstration delegate (Anytown West)", True)
    assert [one.mp_id for one in db.session.scalars(select(PositionDraft))] == [delegacy.mp_id]


def test_members_of_every_group_have_argued_and_clerks_have_hidden_one_and_left_one_to_do(created: Flask) -> None:
    arguments = db.session.scalars(select(Argument)).all()
    assert {argument.group for argument in arguments} == set(GROUP_KEYS)
    assert {(argument.about, argument.side) for argument in arguments} == set(product(About, Side))
    assert all(argument.words.startswith("A demonstration argument:") for argument in arguments)
    assert [sum(bool(one.hidden_at) for one in arguments), db.session.query(NameChoice).count()] == [1, 1]
    assert [case.stage for case in db.session.scalars(select(Case).order_by(Case.id))] == ["hidden", "waiting"]


def test_the_record_is_sealed_to_the_last_row_and_whole(created: Flask) -> None:
    found = audit.verify()
    assert (found.fault, found.unsealed) == ("", 0)
    assert found.rows > 300


def test_what_stands_is_what_the_record_alone_tells(created: Flask) -> None:
    assert replaying.faults() == []


def test_its_clock_is_that_of_the_machine_and_nothing_is_left_to_do(created: Flask) -> None:
    assert abs(clock.now() - datetime.now(UTC)) < timedelta(minutes=1)
    assert tick() == 0


def test_no_count_is_of_a_round_that_is_not_published(created: Flask) -> None:
    counted = (
        select(Count.ballot_id).join(Ballot, Ballot.id == Count.ballot_id).join(Round, Round.id == Ballot.round_id)
    )
    assert db.session.scalars(counted.where(Round.stage != RoundStage.PUBLISHED)).all() == []


def test_creating_it_again_leaves_it_alone(created: Flask) -> None:
    before = everything()
    answer = created.test_cli_runner().invoke(args=["demonstration", "create"])
    assert (answer.exit_code, answer.output) == (
        0,
        "This database is a demonstration already; its data stay as they are.\n",
    )
    assert everything() == before


def test_every_round_is_counted_again_with_the_same_result_by_both_programs(
    created: Flask, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    script = runpy.run_path(str(ROOT / "docs" / "recount.py"))
    said = []
    for of_round in db.session.scalars(select(Round).where(Round.stage == RoundStage.PUBLISHED)).unique().all():
        path = tmp_path / f"{of_round.name}.json"
        path.write_text(created.test_client().get(f"/rounds/{of_round.number}/round.json").text, encoding="utf-8")
        assert script["main"](path) == 0
        said += capsys.readouterr().out.split()
        ran = created.test_cli_runner().invoke(args=["ballots", "recount", str(path)])
        assert (ran.exit_code, ran.output.count("as published here; its counted papers: agrees")) == (
            0,
            len(of_round.ballots),
        )
    assert {"agrees", "withheld"} <= set(said)
    assert "differs" not in said
