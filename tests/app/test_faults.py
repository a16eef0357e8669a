"""A full disk, and a database that is gone and comes back: a clear page, nothing half-written, and on it goes."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient

from app.config import Settings
from app.desk.commands import tick_or_wait
from app.extensions import db
from app.models import AuditRow, Participation, Plank
from app.web.transactions import transaction
from tests import builders
from tests.app.test_serving import renamed

LONG = "\n\n".join(f"Paragraph {number}: homes must be warm." for number in range(60))
WORDS = {"title": "Warm homes", "theme": "housing", "text": LONG, "reason": "Cold harms."}


@pytest.fixture
def file(app: Flask, settings: Settings) -> Path:
    """The file of the database; on PostgreSQL a lost connection is the library's to mend."""
    app.config.update(WTF_CSRF_ENABLED=False, TESTING=False)
    if not settings.database_url.startswith("sqlite"):
        pytest.skip("The file of SQLite is moved away.")
    return Path(settings.database_url.removeprefix("sqlite:///"))


def counted() -> tuple[int, int, int]:
    """How many planks, audit rows and votes there are."""
    with transaction():
        return tuple(db.session.query(kind).count() for kind in (Plank, AuditRow, Participation))  # type: ignore[return-value]


@contextmanager
def full() -> Iterator[None]:
    """A disk on which the database cannot grow by a page."""

    def stay(connection: sa.Connection) -> None:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar()
        connection.exec_driver_sql(f"PRAGMA max_page_count={pages}")

    sa.event.listen(db.engine, "begin", stay)
    try:
        yield
    finally:
        sa.event.remove(db.engine, "begin", stay)
        db.session.remove()
        db.engine.dispose()


@contextmanager
def gone(file: Path) -> Iterator[None]:
    """No database where it was."""
    db.session.remove()
    db.engine.dispose()
    aside = file.rename(file.with_name("aside.db"))
    file.mkdir()
    try:
        yield
    finally:
        file.rmdir()
        aside.rename(file)


def test_on_a_full_disk_nothing_is_half_written_and_pages_can_be_read(client: FlaskClient, file: Path) -> None:
    builders.theme("Housing", "housing")
    builders.sign_in(client, builders.member())
    with full():
        # The last page there is takes some more.
        for _ in range(50):
            before = counted()
            refused = client.post("/planks/new", data=WORDS)
            if refused.status_code != 303:
                break
        assert refused.status_code == 503
        assert refused.headers["Retry-After"] == "30"
        assert "The service is away for a moment" in refused.text
        assert client.get("/planks").status_code == 200
    assert counted() == before
    assert client.post("/planks/new", data=WORDS).status_code == 303


def test_a_database_that_is_gone_has_a_page_and_the_vote_is_cast_once_it_is_back(
    client: FlaskClient, file: Path
) -> None:
    builders.open_round(builders.open_plank())
    builders.sign_in(client, builders.voters(1, "green")[0])
    before = counted()
    with gone(file):
        for refused in (client.get("/"), client.post("/rounds/1/cast", data={"text": "yes"})):
            assert (refused.status_code, refused.headers["Retry-After"]) == (503, "30")
            assert refused.headers["Cache-Control"] == "no-store"
            assert "default-src 'none'" in refused.headers["Content-Security-Policy"]
            assert "platform.db" not in refused.text
        assert not tick_or_wait()
    assert counted() == before
    assert client.post("/rounds/1/cast", data={"text": "yes"}).status_code == 303
    assert counted()[2] == before[2] + 1
    assert tick_or_wait()


def test_a_table_that_is_not_there_is_a_fault_and_no_pause(client: FlaskClient, file: Path) -> None:
    with renamed("planks", "planks_of_another_release"):
        assert client.get("/planks").status_code == 500
