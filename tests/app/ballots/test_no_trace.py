"""Nothing tells who has voted: not the database's own files after publication, nor what members are told before it."""

import re
from collections import Counter
from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import Flask

from app.config import Settings
from app.extensions import db
from app.models import Mail, Notice, RollEntry
from policies.ballots import Choice
from policies.notices import NoticeKind
from tests import builders

pytestmark = pytest.mark.both

JOINED = b'{"text": "yes"}'


def stored_bytes(settings: Settings) -> bytes:
    """Everything in the files of an SQLite database."""
    database = Path(settings.database_url.removeprefix("sqlite:///"))
    return b"".join(path.read_bytes() for path in database.parent.glob(database.name + "*"))


def test_no_counted_paper_can_be_read_back_from_the_files(app: Flask, settings: Settings) -> None:
    if db.engine.dialect.name != "sqlite":
        pytest.skip("The files of PostgreSQL are its own; the test below looks at its table.")
    round_id = builders.open_round(builders.open_plank(), told=True)
    builders.vote(round_id, builders.voters(round_id, "green"), {"text": Choice.YES})
    assert JOINED in stored_bytes(settings)
    builders.pass_time(days=7, minutes=1)
    assert JOINED not in stored_bytes(settings)


def test_the_table_of_open_papers_gives_up_its_space(app: Flask) -> None:
    if db.engine.dialect.name != "postgresql":
        pytest.skip("SQLite has no size of a table; the test above looks at its files.")
    round_id = builders.open_round(builders.open_plank(), told=True)
    builders.vote(round_id, builders.voters(round_id, "green"), {"text": Choice.YES})
    builders.pass_time(days=7, minutes=1)
    assert db.session.scalar(sa.text("SELECT pg_relation_size('open_papers')")) == 0


def test_nothing_that_members_are_told_or_mailed_depends_on_who_has_voted(app: Flask) -> None:
    round_id = builders.open_round(builders.open_plank(), told=True)
    voted = builders.voters(round_id, "green")[:3]
    builders.vote(round_id, voted)
    builders.pass_time(days=6, hours=1)
    of_ballot = db.session.query(Notice).filter_by(round_id=round_id)
    assert {notice.kind for notice in of_ballot} == {NoticeKind.BALLOT_OPENS, NoticeKind.BALLOT_CLOSES}
    roll = Counter(db.session.scalars(sa.select(RollEntry.person_id)))
    assert Counter(notice.person_id for notice in of_ballot.filter_by(kind="ballot_closes")) == roll
    mailed = db.session.query(Mail).filter_by(letter="needs_you").all()
    assert Counter(mail.person_id for mail in mailed) == dict.fromkeys(roll, 2)
    assert len({re.sub(r"unsubscribe/\S+", "", mail.body) for mail in mailed}) == 2
