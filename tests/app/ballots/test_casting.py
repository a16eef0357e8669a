"""Casting a vote: once, finally, secretly, and only while the ballot is open."""

import pytest
from flask import Flask
from sqlalchemy import DateTime, select

from app.ballots import queries, service
from app.extensions import db
from app.models import AuditRow, CountedPaper, CountedReceipt, OpenPaper, Participation
from app.models.base import Moment
from app.web.transactions import transaction
from policies.ballots import Choice, RoundKind
from policies.errors import RuleBroken
from policies.permissions import Actor
from tests import builders


def cast(round_id: int, actor: Actor, choices: dict[str, Choice]) -> str:
    """Cast one paper and keep it."""
    with transaction():
        return service.cast(queries.visible(actor, builders.a_round(round_id).number), choices, by=actor)


def rows(model: type) -> int:
    """How many rows a table has."""
    return db.session.query(model).count()


@pytest.fixture
def open_round(app: Flask) -> int:
    """An endorsement round that is open."""
    return builders.open_round(builders.open_plank())


@pytest.fixture
def voter(open_round: int) -> Actor:
    """Somebody of the Green group on its roll."""
    return builders.voters(open_round, "green")[0]


@pytest.mark.both
def test_a_vote_leaves_one_participation_and_one_paper(open_round: int, voter: Actor) -> None:
    receipt = cast(open_round, voter, {"text": Choice.NO})
    assert rows(Participation) == 1
    paper = db.session.get_one(OpenPaper, receipt)
    assert paper.choices == {"text": "no"}


def test_a_vote_writes_no_line_in_the_record(open_round: int, voter: Actor) -> None:
    before = rows(AuditRow)
    cast(open_round, voter, {"text": Choice.YES})
    assert rows(AuditRow) == before


def test_a_second_vote_is_refused_and_changes_nothing(open_round: int, voter: Actor) -> None:
    receipt = cast(open_round, voter, {"text": Choice.YES})
    with pytest.raises(RuleBroken, match="already voted"):
        cast(open_round, voter, {"text": Choice.NO})
    assert [paper.receipt for paper in db.session.query(OpenPaper)] == [receipt]
    assert db.session.get_one(OpenPaper, receipt).choices == {"text": "yes"}


@pytest.mark.both
def test_the_database_refuses_a_second_vote_that_was_under_way_already(open_round: int, voter: Actor) -> None:
    with transaction():
        stale = queries.visible(voter, builders.a_round(open_round).number)
        assert not stale.has_voted
        service.cast(stale, {"text": Choice.YES}, by=voter)
        with pytest.raises(RuleBroken, match="already voted"):
            service.cast(stale, {"text": Choice.NO}, by=voter)
    assert rows(OpenPaper) == rows(Participation) == 1


def test_a_vote_after_the_closing_minute_is_refused_even_before_the_clock_has_closed_the_round(
    open_round: int, voter: Actor
) -> None:
    builders.move_clock(days=7, minutes=1)
    with pytest.raises(RuleBroken, match="has closed, so your vote was not counted"):
        cast(open_round, voter, {"text": Choice.YES})
    assert rows(OpenPaper) == rows(Participation) == 0


def test_a_vote_before_the_opening_is_refused(app: Flask) -> None:
    round_id = builders.prepared_round(builders.open_plank())
    with pytest.raises(RuleBroken, match="not on the roll"):
        cast(round_id, builders.member("green"), {"text": Choice.YES})


@pytest.mark.parametrize(
    "choices",
    [{}, {"A1": Choice.YES}, {"text": Choice.YES, "A1": Choice.YES}, {"": Choice.YES}],
    ids=["nothing", "another question", "one question too many", "no name"],
)
def test_a_paper_answers_the_questions_of_its_ballot_and_no_others(
    open_round: int, voter: Actor, choices: dict[str, Choice]
) -> None:
    with pytest.raises(RuleBroken, match="for each question"):
        cast(open_round, voter, choices)
    assert rows(OpenPaper) == rows(Participation) == 0


def test_a_paper_on_amendments_answers_each_of_them(app: Flask) -> None:
    plank_id = builders.open_plank()
    builders.decided(plank_id, yes=("labour", "green"))
    builders.open_amendment(plank_id, builders.member("green"), "2030", "2035")
    builders.open_amendment(plank_id, builders.member("labour"), "national", "public")
    round_id = builders.open_round(plank_id, RoundKind.AMENDMENTS)
    voter = builders.voters(round_id, "lib_dem")[0]
    with pytest.raises(RuleBroken, match="for each question"):
        cast(round_id, voter, {"A1": Choice.YES})
    receipt = cast(round_id, voter, {"A1": Choice.YES, "A2": Choice.ABSTAIN})
    assert db.session.get_one(OpenPaper, receipt).choices == {"A1": "yes", "A2": "abstain"}


def test_papers_carry_no_member_and_no_time() -> None:
    columns = {model: {column.name for column in model.__table__.columns} for model in SECRET_TABLES}
    assert columns == SECRET_TABLES
    for model in SECRET_TABLES:
        assert not [column for column in model.__table__.columns if isinstance(column.type, Moment | DateTime)]


def test_no_paper_table_points_at_people() -> None:
    for model in (OpenPaper, CountedPaper, CountedReceipt):
        assert {key.column.table.name for key in model.__table__.foreign_keys} == {"ballots"}


@pytest.mark.both
def test_no_paper_table_keeps_a_sequence(app: Flask) -> None:
    if db.engine.dialect.name != "sqlite":
        pytest.skip("Only SQLite numbers rows behind one's back.")
    for model in SECRET_TABLES:
        query = select(db.text("sql")).select_from(db.text("sqlite_master")).where(db.text("name = :name"))
        made = db.session.scalar(query, {"name": model.__tablename__})
        assert "WITHOUT ROWID" in made.upper()


def test_receipts_are_long_and_never_alike(open_round: int) -> None:
    receipts = builders.vote(open_round, builders.voters(open_round, "green"))
    assert len(set(receipts)) == len(receipts) > 5
    assert all(len(receipt) == 26 and receipt.isalnum() for receipt in receipts)


# Every column of the tables that must never join a person to a choice: a new one is a decision, not a slip.
SECRET_TABLES = {
    Participation: {"ballot_id", "person_id"},
    OpenPaper: {"receipt", "ballot_id", "choices"},
    CountedPaper: {"mark", "ballot_id", "question", "choice"},
    CountedReceipt: {"receipt", "ballot_id"},
}
