"""Counting: every paper once, in no order, joined to nobody, and whole or not at all."""

import logging

import pytest
from flask import Flask
from sqlalchemy import delete, select

from app.ballots import counting, queries
from app.desk.ticking import tick
from app.extensions import db
from app.models import AuditRow, Ballot, Count, CountedPaper, CountedReceipt, OpenPaper, Participation
from app.models.rounds import new_receipt
from app.web.transactions import transaction
from policies.ballots import Choice, Outcome, RoundKind, RoundStage, Tally
from policies.groups import GROUP_KEYS
from tests import builders

VOTES = {
    "labour": {Choice.YES: 5, Choice.NO: 1, Choice.ABSTAIN: 2},
    "lib_dem": {Choice.YES: 3, Choice.NO: 3, Choice.ABSTAIN: 0},
    "green": {Choice.YES: 2, Choice.NO: 6, Choice.ABSTAIN: 1},
}


@pytest.fixture
def voted(app: Flask) -> tuple[int, dict[str, list[str]]]:
    """An open round with papers of every kind in each group, and the receipts of each group."""
    round_id = builders.open_round(builders.open_plank(), members=9)
    receipts: dict[str, list[str]] = {}
    for key, votes in VOTES.items():
        waiting = builders.voters(round_id, key)
        receipts[key] = []
        for choice, number in votes.items():
            now, waiting = waiting[:number], waiting[number:]
            receipts[key] += builders.vote(round_id, now, {"text": choice})
    return round_id, receipts


def ballots_of(round_id: int) -> dict[str, Ballot]:
    """The ballots of a round by group."""
    return {ballot.group: ballot for ballot in builders.a_round(round_id).ballots}


def close(round_id: int) -> None:
    """Close a round without counting it."""
    builders.move_clock(days=7, minutes=1)
    with transaction():
        counting.close(builders.a_round(round_id))


def count_it(round_id: int) -> None:
    """Count a round without publishing it."""
    with transaction():
        counting.count(builders.a_round(round_id))


def count_until_killed(round_id: int) -> None:
    """Count a round and end before the transaction is whole, as a worker that is told to stop."""
    with transaction():
        counting.count(builders.a_round(round_id))
        assert db.session.query(OpenPaper).count() == 0
        raise KeyboardInterrupt


def test_the_count_equals_the_papers_of_each_group(voted: tuple[int, dict[str, list[str]]]) -> None:
    builders.pass_time(days=7, minutes=1)
    for key, ballot in ballots_of(voted[0]).items():
        votes = VOTES[key]
        assert ballot.counts[0].tally == Tally(votes[Choice.YES], votes[Choice.NO], votes[Choice.ABSTAIN])
        papers = db.session.scalars(select(CountedPaper.choice).where(CountedPaper.ballot_id == ballot.id)).all()
        assert Tally.of(papers) == ballot.counts[0].tally


def test_each_group_decides_by_its_own_papers(voted: tuple[int, dict[str, list[str]]]) -> None:
    builders.pass_time(days=7, minutes=1)
    outcomes = {key: ballot.counts[0].outcome for key, ballot in ballots_of(voted[0]).items()}
    assert outcomes == {"labour": Outcome.CARRIED, "lib_dem": Outcome.NOT_CARRIED, "green": Outcome.NOT_CARRIED}


@pytest.mark.both
def test_the_papers_of_the_open_ballot_are_gone_after_the_count(voted: tuple[int, dict[str, list[str]]]) -> None:
    close(voted[0])
    assert db.session.query(OpenPaper).count() == 23
    count_it(voted[0])
    assert db.session.query(OpenPaper).count() == 0
    assert db.session.query(CountedPaper).count() == 23


def test_every_receipt_is_found_in_its_own_ballot_and_no_other(voted: tuple[int, dict[str, list[str]]]) -> None:
    round_id, receipts = voted
    builders.pass_time(days=7, minutes=1)
    for key, ballot in ballots_of(round_id).items():
        assert all(queries.receipt_was_counted(ballot, receipt) for receipt in receipts[key])
        for other in set(GROUP_KEYS) - {key}:
            assert not any(queries.receipt_was_counted(ballot, receipt) for receipt in receipts[other])
        assert not queries.receipt_was_counted(ballot, new_receipt())


def test_nothing_leads_from_a_receipt_to_a_choice_after_the_count(voted: tuple[int, dict[str, list[str]]]) -> None:
    builders.pass_time(days=7, minutes=1)
    receipts = {receipt for of_group in voted[1].values() for receipt in of_group}
    marks = set(db.session.scalars(select(CountedPaper.mark)))
    assert set(db.session.scalars(select(CountedReceipt.receipt))) == receipts
    assert not marks & receipts


@pytest.mark.both
def test_counted_papers_lie_in_no_order_of_casting(app: Flask) -> None:
    round_id = builders.open_round(builders.open_plank(), members=12)
    for key in GROUP_KEYS:
        first, second = builders.voters(round_id, key)[:6], builders.voters(round_id, key)[6:]
        builders.vote(round_id, first, {"text": Choice.YES})
        builders.vote(round_id, second, {"text": Choice.NO})
    builders.pass_time(days=7, minutes=1)
    in_order = [
        list(db.session.scalars(select(CountedPaper.choice).where(CountedPaper.ballot_id == ballot.id)))
        for ballot in ballots_of(round_id).values()
    ]
    # Three ballots of twelve papers and more, each in the order of casting by chance: less than one in 10**9.
    assert any(choices != sorted(choices, reverse=True) for choices in in_order)


def test_the_choices_of_one_paper_come_apart_in_the_count(app: Flask) -> None:
    plank_id = builders.open_plank()
    builders.decided(plank_id, yes=("labour",))
    builders.open_amendment(plank_id, builders.member("green"), "2030", "2035")
    builders.open_amendment(plank_id, builders.member("labour"), "national", "public")
    round_id = builders.open_round(plank_id, RoundKind.AMENDMENTS)
    before = db.session.query(CountedPaper).count()
    for key in GROUP_KEYS:
        builders.vote(round_id, builders.voters(round_id, key)[:5], {"A1": Choice.YES, "A2": Choice.NO})
    builders.pass_time(days=7, minutes=1)
    assert db.session.query(CountedPaper).count() == before + 2 * 15
    marks = db.session.scalars(select(CountedPaper.mark)).all()
    assert len(set(marks)) == len(marks)
    assert {count.question: count.yes for count in ballots_of(round_id)["green"].counts} == {"A1": 5, "A2": 0}


def test_participation_stays_so_that_nobody_votes_twice_and_says_no_more(
    voted: tuple[int, dict[str, list[str]]],
) -> None:
    builders.pass_time(days=7, minutes=1)
    assert db.session.query(Participation).count() == 23


def test_counting_again_changes_nothing(voted: tuple[int, dict[str, list[str]]]) -> None:
    close(voted[0])
    count_it(voted[0])
    marks = set(db.session.scalars(select(CountedPaper.mark)))
    count_it(voted[0])
    assert set(db.session.scalars(select(CountedPaper.mark))) == marks
    assert db.session.query(Count).count() == 3


def test_a_count_cut_short_leaves_everything_for_the_next_tick(
    voted: tuple[int, dict[str, list[str]]], caplog: pytest.LogCaptureFixture
) -> None:
    round_id, receipts = voted
    in_the_way = receipts["green"][0]
    with transaction():
        db.session.add(CountedReceipt(receipt=in_the_way, ballot_id=ballots_of(round_id)["labour"].id))
    builders.move_clock(days=7, minutes=1)
    with caplog.at_level(logging.CRITICAL):
        tick()
    assert builders.a_round(round_id).stage is RoundStage.CLOSED
    assert db.session.query(OpenPaper).count() == 23
    assert db.session.query(CountedPaper).count() == db.session.query(Count).count() == 0
    with transaction():
        db.session.execute(delete(CountedReceipt))
    tick()
    assert builders.a_round(round_id).stage is RoundStage.PUBLISHED
    assert ballots_of(round_id)["green"].counts[0].tally == Tally(2, 6, 1)
    assert db.session.query(CountedReceipt).count() == 23


@pytest.mark.both
def test_a_transaction_ended_in_mid_count_leaves_every_paper(voted: tuple[int, dict[str, list[str]]]) -> None:
    round_id, _receipts = voted
    close(round_id)
    with pytest.raises(KeyboardInterrupt):
        count_until_killed(round_id)
    assert db.session.query(OpenPaper).count() == 23
    tick()
    assert ballots_of(round_id)["labour"].counts[0].tally == Tally(5, 1, 2)


def test_a_round_counted_but_not_published_is_published_by_the_next_tick(
    voted: tuple[int, dict[str, list[str]]],
) -> None:
    round_id, _receipts = voted
    close(round_id)
    count_it(round_id)
    assert builders.a_round(round_id).stage is RoundStage.CLOSED
    tick()
    assert builders.a_round(round_id).stage is RoundStage.PUBLISHED
    assert db.session.query(CountedPaper).count() == 23


def test_a_fault_in_the_count_logs_no_paper(
    voted: tuple[int, dict[str, list[str]]], caplog: pytest.LogCaptureFixture
) -> None:
    round_id, receipts = voted
    with transaction():
        db.session.add(CountedReceipt(receipt=receipts["green"][0], ballot_id=ballots_of(round_id)["labour"].id))
    builders.pass_time(days=7, minutes=1)
    assert "The clock's work failed on rounds" in caplog.text
    assert not [choice for choice in Choice if f"'{choice}'" in caplog.text]
    assert not [receipt for receipt in receipts["labour"] if receipt in caplog.text]


def test_a_round_without_a_paper_is_counted_too(app: Flask) -> None:
    round_id = builders.open_round(builders.open_plank())
    builders.pass_time(days=7, minutes=1)
    assert {ballot.counts[0].outcome for ballot in ballots_of(round_id).values()} == {Outcome.NO_QUORUM}
    assert {ballot.counts[0].tally for ballot in ballots_of(round_id).values()} == {Tally(0, 0, 0)}


def test_an_open_round_is_not_counted(voted: tuple[int, dict[str, list[str]]]) -> None:
    count_it(voted[0])
    assert db.session.query(Count).count() == 0
    assert builders.a_round(voted[0]).stage is RoundStage.OPEN


def test_the_count_is_in_the_record_without_a_figure(voted: tuple[int, dict[str, list[str]]]) -> None:
    builders.pass_time(days=7, minutes=1)
    counted = db.session.scalars(select(AuditRow).where(AuditRow.act == "round counted")).one()
    assert counted.details == {}
    published = db.session.scalars(select(AuditRow).where(AuditRow.act == "round published")).one()
    assert published.details["outcomes"]["labour"] == {"text": "carried"}


def test_a_ballot_keeps_the_standing_orders_it_ran_under(voted: tuple[int, dict[str, list[str]]]) -> None:
    for ballot in ballots_of(voted[0]).values():
        assert ballot.orders_version == 1
        assert str(ballot.rules.quorum) == "1/10"
