"""After publication the database's own files no longer hold a receipt beside a choice."""

from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import Flask

from app.config import Settings
from app.extensions import db
from policies.ballots import Choice
from tests import builders

JOINED = b'{"text": "yes"}'


def stored_bytes(settings: Settings) -> bytes:
    """Everything in the files of an SQLite database."""
    database = Path(settings.database_url.removeprefix("sqlite:///"))
    return b"".join(path.read_bytes() for path in database.parent.glob(database.name + "*"))


def test_no_counted_paper_can_be_read_back_from_the_files(app: Flask, settings: Settings) -> None:
    if db.engine.dialect.name != "sqlite":
        pytest.skip("The files of PostgreSQL are its own; the test below looks at its table.")
    round_id = builders.open_round(builders.open_plank())
    builders.vote(round_id, builders.voters(round_id, "green"), {"text": Choice.YES})
    assert JOINED in stored_bytes(settings)
    builders.pass_time(days=7, minutes=1)
    assert JOINED not in stored_bytes(settings)


def test_the_table_of_open_papers_gives_up_its_space(app: Flask) -> None:
    if db.engine.dialect.name != "postgresql":
        pytest.skip("SQLite has no size of a table; the test above looks at its files.")
    round_id = builders.open_round(builders.open_plank())
    builders.vote(round_id, builders.voters(round_id, "green"), {"text": Choice.YES})
    builders.pass_time(days=7, minutes=1)
    assert db.session.scalar(sa.text("SELECT pg_relation_size('open_papers')")) == 0
