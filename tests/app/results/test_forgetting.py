"""Ninety days after a version can no longer be voted on, nobody knows any more who voted on it."""

from collections import Counter

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.audit import queries as record
from app.desk.ticking import tick
from app.extensions import db
from app.models import AuditRow, CountedPaper, Participation, RollEntry
from app.rulings import service as rulings
from app.web.transactions import transaction
from policies.ballots import Choice, RoundKind
from policies.groups import GROUP_KEYS
from tests import builders
from tests.app.reading import main_of


@pytest.fixture
def decided(app: Flask) -> int:
    """A plank on whose first version every group voted; returns its id."""
    plank_id = builders.open_plank()
    builders.decided(plank_id)
    return plank_id


def participations() -> int:
    with transaction():
        return db.session.query(Participation).count()


def supersede(plank_id: int) -> None:
    """Have the text of a plank amended by a round, and the new text agreed."""
    builders.open_amendment(plank_id, builders.member("green"), "2030", "2032")
    round_id = builders.open_round(plank_id, RoundKind.AMENDMENTS)
    for key in GROUP_KEYS:
        builders.vote(round_id, builders.voters(round_id, key), {"A1": Choice.YES})
    builders.pass_time(days=7, minutes=1)


def test_it_is_kept_while_the_version_is_the_working_or_the_agreed_text(decided: int) -> None:
    voted = participations()
    builders.pass_time(days=400)
    supersede(decided)
    before = participations()
    assert before > voted
    # Version 1 is the agreed text still: a group may be asked whether it withdraws.
    builders.pass_time(days=100)
    assert participations() == before


def test_it_is_erased_ninety_days_after_another_text_is_agreed_and_then_stays_erased(
    app: Flask, client: FlaskClient, decided: int
) -> None:
    supersede(decided)
    builders.decided(decided)
    builders.pass_time(days=89, hours=23)
    everything, rolls, papers = participations(), rows(RollEntry), rows(CountedPaper)
    builders.pass_time(hours=2)
    left = Counter(ballot_id for (ballot_id,) in db.session.query(Participation.ballot_id))
    db.session.remove()
    # Two rounds were on version 1; the third is on the text that stands.
    assert len(left) == 3
    assert 0 < left.total() < everything
    tick()
    builders.pass_time(days=3)
    assert (participations(), rows(RollEntry), rows(CountedPaper)) == (left.total(), rolls, papers)
    with transaction():
        erased = db.session.query(AuditRow).filter_by(act="participation erased").all()
        assert Counter(row.details["group"] for row in erased) == dict.fromkeys(GROUP_KEYS, 2)
        assert record.verify().fault == ""
    # The receipt can be checked all the same.
    builders.sign_in(client, _a_voter(1))
    assert "Look for my receipt" in main_of(client.get("/rounds/1"))


def test_after_an_outage_it_is_erased_as_soon_as_the_clock_runs_again(decided: int) -> None:
    clerks = [builders.clerk(key) for key in GROUP_KEYS]
    for clerk in clerks:
        with transaction():
            rulings.archive(builders.plank(decided), "It is done.", by=clerk)
    builders.move_clock(days=93)
    assert participations() > 0
    tick()
    assert participations() == 0


def rows(kind: type) -> int:
    with transaction():
        return db.session.query(kind).count()


def _a_voter(round_id: int) -> builders.Actor:
    with transaction():
        entry = db.session.query(RollEntry).filter_by(round_id=round_id).order_by(RollEntry.person_id).first()
        assert entry is not None
        return db.session.get_one(builders.Person, entry.person_id).actor
