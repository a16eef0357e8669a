"""The record: every change writes a row in its own transaction, a vote excepted, and no row holds a person's values."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

import pytest
import sqlalchemy as sa
from flask import Flask
from sqlalchemy import event
from sqlalchemy.orm import Session

from app.amendments import service as amendments
from app.extensions import db
from app.models import AuditRow, OpenPaper, Participation, Person, PlankSecond, RegisteredRuling
from app.planks import service as planks
from app.rounds import service as rounds
from app.rulings import appeals
from app.rulings import service as rulings
from app.takeovers import service as takeovers
from app.web.transactions import transaction
from policies.ballots import RoundKind
from policies.endorsements import Form, FormKind
from policies.groups import GROUP_KEYS
from policies.rulings import Answer
from tests import builders

# What may change without a row: the record itself, a vote, the clock of a demonstration, and what members are told
# and mailed, which follows from what has its row.
UNRECORDED = {"audit_rows", "audit_seals", "participations", "open_papers", "demonstrations", "notices", "mails"}


@dataclass
class Committed:
    """What one transaction changed: the tables, and how many rows it wrote to the record."""

    tables: set[str] = field(default_factory=set)
    recorded: int = 0


class Watch:
    """Notes what every transaction commits."""

    def __init__(self) -> None:
        self.done: list[Committed] = []
        self.current = Committed()

    def note(self, session: Session, *_rest: object) -> None:
        """Take down what is about to be written."""
        changed = [row for row in session.dirty if session.is_modified(row)]
        self.current.tables |= {row.__tablename__ for row in [*session.new, *changed, *session.deleted]}
        self.current.recorded += sum(isinstance(row, AuditRow) for row in session.new)

    def keep(self, session: Session) -> None:
        """A transaction is whole; a savepoint inside it is not one."""
        if session.in_nested_transaction():
            return
        self.done += [self.current] if self.current.tables else []
        self.current = Committed()

    def drop(self, _session: Session) -> None:
        """A transaction came to nothing."""
        self.current = Committed()


@contextmanager
def watched() -> Iterator[list[Committed]]:
    """What every transaction inside commits."""
    watch = Watch()
    hooks = (("after_flush", watch.note), ("after_commit", watch.keep), ("after_rollback", watch.drop))
    for name, hook in hooks:
        event.listen(db.session, name, hook)
    try:
        yield watch.done
    finally:
        for name, hook in hooks:
            event.remove(db.session, name, hook)


def live_through_everything() -> None:
    """Every act there is, done at least once."""
    mover, other = builders.member("green"), builders.member("labour")
    with transaction():
        planks.discard(builders.plank(builders.draft(mover)), by=mover)
    taken_back = builders.submitted(mover)
    with transaction():
        planks.second(builders.plank(taken_back), by=other)
    with transaction():
        planks.take_back_second(builders.plank(taken_back), by=other)
    with transaction():
        planks.withdraw(builders.plank(taken_back), by=mover)
    builders.submitted(mover)
    rule_appeal_refer_and_take_over(mover)
    plank_id = builders.open_plank(mover)
    objected = builders.open_amendment(plank_id, other, "coldest", "dampest")
    with transaction():
        amendments.object_to(builders.amendment(objected), "It is too late.", by=mover)
    with transaction():
        amendments.withdraw(builders.amendment(objected), by=other)
    builders.open_amendment(plank_id, other, "2030", "2031")
    builders.pass_time(days=3, minutes=1)
    builders.decided(plank_id, forms={"green": Form(FormKind.RESERVE, "We want it sooner.")})
    builders.open_amendment(plank_id, mover, "2031", "2032")
    of_amendments = builders.open_round(plank_id, RoundKind.AMENDMENTS)
    for key in GROUP_KEYS:
        builders.vote(of_amendments, builders.voters(of_amendments, key))
    builders.pass_time(days=7, minutes=1)
    cancelled, clerk = builders.prepared_round(plank_id), builders.clerk("green")
    with transaction():
        rounds.cancel(builders.a_round(cancelled), "It came too early.", by=clerk)
    lacking = builders.open_round(plank_id)
    builders.vote(lacking, builders.voters(lacking, "green"))
    for _ in range(3):
        builders.pass_time(days=21)


def rule_appeal_refer_and_take_over(mover: builders.Actor) -> None:
    """What clerks and seconders can do besides."""
    ruled_out, taken = builders.seconded(mover), builders.open_plank(mover)
    for by in (builders.clerk("green"), builders.clerk("labour")):
        with transaction():
            rulings.rule(builders.plank(ruled_out), "out_of_order", "Two subjects at once.", by=by)
        with transaction():
            rulings.refer(builders.plank(taken), "Two subjects at once.", by=by)
    with transaction():
        ruling = db.session.query(RegisteredRuling).filter_by(verdict="out_of_order").one()
        appeals.appeal(ruling, "Two subjects at once.", by=by)
        appeals.answer(ruling, Answer.OVERTURN, "Two subjects at once.", by=by)
    with transaction():
        rulings.answer(builders.plank(taken), "Two subjects at once.", by=mover)
    with transaction():
        planks.withdraw(builders.plank(taken), by=mover)
    with transaction():
        seconder = db.session.query(PlankSecond).filter_by(plank_id=taken).first()
        assert seconder is not None
        by = db.session.get_one(Person, seconder.person_id).actor
        takeovers.take_over_plank(builders.plank(taken), by=by)


def test_every_change_has_its_row_in_the_same_transaction(app: Flask) -> None:
    with watched() as done:
        live_through_everything()
    changed = [one for one in done if one.tables - UNRECORDED]
    assert [sorted(one.tables) for one in changed if not one.recorded] == []
    touched = set().union(*(one.tables for one in changed))
    assert {"planks", "amendments", "rounds", "stances", "ballots", "counts", "people", "rulings"} <= touched
    assert {"registered_rulings", "appeals", "references_back", "withdrawals"} <= touched


def test_a_vote_writes_no_row(app: Flask) -> None:
    round_id = builders.open_round(builders.open_plank())
    voters = builders.voters(round_id, "green")
    before = db.session.query(AuditRow).count()
    with watched() as done:
        builders.vote(round_id, voters)
    # Who has voted, and the papers, are stored by statements of their own, beside what the session writes.
    assert [one.tables for one in done if one.tables] == []
    assert db.session.query(Participation).count() == db.session.query(OpenPaper).count() == len(voters)
    assert db.session.query(AuditRow).count() == before


def test_a_change_that_is_rolled_back_leaves_no_row(app: Flask) -> None:
    mover = builders.member("green")
    plank_id = builders.draft(mover)
    before = db.session.query(AuditRow).count()
    with pytest.raises(KeyboardInterrupt):
        submit_and_stop(plank_id, mover)
    assert db.session.query(AuditRow).count() == before


def submit_and_stop(plank_id: int, mover: builders.Actor) -> None:
    """Submit a draft in a transaction that ends before it is whole."""
    with transaction():
        planks.submit(builders.plank(plank_id), by=mover)
        raise KeyboardInterrupt


def test_no_row_holds_a_name_a_text_or_a_figure_of_a_vote(app: Flask) -> None:
    live_through_everything()
    rows = db.session.scalars(sa.select(AuditRow)).all()
    told = " ".join(f"{row.act} {row.details}" for row in rows)
    for secret in (
        "Demonstration person",
        "insulated",
        "It is too late.",
        "It came too early.",
        "We want it sooner.",
        "Two subjects",
    ):
        assert secret not in told
    keys = set().union(*(set(row.details) for row in rows))
    assert not keys & {"yes", "no", "abstain", "choice", "choices", "receipt", "turnout", "name", "reason"}


def test_a_row_says_who_did_what_for_which_group(app: Flask) -> None:
    mover = builders.member("green")
    plank_id = builders.submitted(mover)
    row = db.session.scalars(sa.select(AuditRow).where(AuditRow.act == "plank submitted")).one()
    assert (row.subject, row.subject_id, row.by_person, row.by_group) == ("planks", plank_id, mover.person_id, "green")
    assert (row.details["before"], row.details["after"]) == ("draft", "seeking_seconders")
