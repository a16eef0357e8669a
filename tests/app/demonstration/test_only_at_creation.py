"""A database becomes a demonstration when it is created, or never; one that is says so on every page."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import inspect, text
from sqlalchemy.exc import DBAPIError

from app.extensions import about_to_write, db
from app.models import AuditRow, Demonstration, Person, Plank, Theme
from app.planks.importing import import_folder
from app.web.transactions import transaction
from tests import builders
from tests.conftest import ROOT

PUBLIC = (
    "/",
    "/planks",
    "/themes",
    "/how-decisions-are-made",
    "/about",
    "/rounds",
    "/search?q=homes",
    "/planks/1",
    "/x",
)
NOW = datetime(2026, 5, 1, tzinfo=UTC)


def a_person() -> None:
    """Somebody is known here."""
    db.session.add(Person(name="Somebody", created_at=NOW))


def a_plank() -> None:
    """Somebody drafts something here."""
    theme = Theme(slug="housing", name="Housing")
    db.session.add(Plank(theme=theme, draft_title="Homes", draft_text="Homes.", reason="", created_at=NOW))


def an_audit_row() -> None:
    """Something happened here once."""
    db.session.add(AuditRow(at=NOW, act="plank begun", subject="planks", subject_id=1, details={}))


IN_USE = [a_person, a_plank, an_audit_row]


def everything() -> dict[str, list[str]]:
    """Every row of every table."""
    with db.engine.connect() as connection:
        tables = inspect(connection).get_table_names()
        return {name: [repr(row) for row in connection.execute(text(f'SELECT * FROM "{name}"'))] for name in tables}


def create(app: Flask) -> tuple[int, str]:
    """`flask demonstration create`: its exit code and what it said."""
    answer = app.test_cli_runner().invoke(args=["demonstration", "create"])
    return answer.exit_code, answer.output


def refusal_of(statement: str) -> str:
    """What the database says to a statement that it refuses."""
    with about_to_write(), db.engine.connect() as connection, pytest.raises(DBAPIError) as refusal:
        connection.execute(text(statement))
    return str(refusal.value.orig)


@pytest.mark.parametrize("use", IN_USE, ids=lambda use: str(use.__name__))
def test_a_database_in_use_never_becomes_a_demonstration(bare_app: Flask, use: Callable[[], None]) -> None:
    with bare_app.app_context():
        with transaction():
            use()
        before = everything()
        code, said = create(bare_app)
        assert code == 1
        assert said.endswith(
            "Error: This database is in use, so it can never become a demonstration. Point DATABASE_URL at a new one.\n"
        )
        assert everything() == before
        refused = refusal_of("INSERT INTO demonstrations (id, clock_offset) VALUES (1, 0)")
        assert "only when it is created" in refused
        assert everything() == before


def test_a_demonstration_stays_one(app: Flask) -> None:
    builders.member()
    assert "stays a demonstration" in refusal_of("DELETE FROM demonstrations")
    assert db.session.get(Demonstration, 1) is not None


def test_a_demonstration_is_one_row(app: Flask) -> None:
    assert "only_one" in refusal_of("INSERT INTO demonstrations (id, clock_offset) VALUES (2, 0)")


def test_one_left_half_made_is_not_taken_for_a_whole_one(app: Flask) -> None:
    with transaction():
        db.session.get_one(Demonstration, 1).clock_offset = -int(timedelta(days=40).total_seconds())
    before = everything()
    code, said = create(app)
    assert code == 1
    assert said == (
        "Error: This demonstration is only half made. Unless it is being made at this moment, delete it"
        " (make reset does that) and begin again.\n"
    )
    assert everything() == before


def test_a_live_database_shows_no_sign_of_a_demonstration_on_any_page(bare_app: Flask) -> None:
    with bare_app.app_context(), transaction():
        import_folder(ROOT / "policies" / "texts")
    visitor = bare_app.test_client()
    for path in (*PUBLIC, "/sign-in"):
        page = visitor.get(path)
        assert page.status_code in {200, 404}
        assert "emonstration" not in page.text, path
        assert "/clock" not in page.text, path


def test_a_live_database_has_no_clock_to_move(bare_app: Flask) -> None:
    bare_app.config["WTF_CSRF_ENABLED"] = False
    visitor = bare_app.test_client()
    for answer in (
        visitor.get("/clock"),
        visitor.post("/clock", data={"move": "day"}),
        visitor.post("/clock/votes", data={"round": "1", "green": "yes"}),
    ):
        assert answer.status_code == 403
    with bare_app.app_context():
        assert all(rows == [] for table, rows in everything().items() if table in {"demonstrations", "audit_rows"})


def test_a_demonstration_says_so_on_every_page_even_on_one_that_is_not_there(app: Flask) -> None:
    visitor = app.test_client()
    builders.open_plank()
    for path in (*PUBLIC, "/sign-in", "/clock", "/to-do"):
        assert '<section class="demonstration" aria-label="Demonstration">' in visitor.get(path).text, path
