"""The chain of seals: whole as it was written, and broken by any row changed, removed or put in."""

import pytest
import sqlalchemy as sa
from flask import Flask

from app.audit import queries, service
from app.desk.ticking import tick
from app.extensions import db
from app.models import AuditRow, AuditSeal
from app.web.transactions import transaction
from tests import builders

WHOLE = "The record is whole, and every text has the hash it was recorded with."


@pytest.fixture
def sealed(app: Flask) -> None:
    """A record of three seals."""
    for _ in range(3):
        builders.open_plank()
        tick()


def sql(statement: str, **values: object) -> None:
    """Change the database behind the service's back."""
    with transaction():
        db.session.execute(sa.text(statement), values)


def fault() -> str:
    """What checking finds."""
    return queries.verify().fault


@pytest.mark.both
@pytest.mark.usefixtures("sealed")
def test_the_record_is_whole_as_it_was_written() -> None:
    found = queries.verify()
    assert (found.seals, found.rows, found.unsealed, found.fault) == (3, db.session.query(AuditRow).count(), 0, "")


def test_an_empty_record_is_whole(app: Flask) -> None:
    assert queries.verify() == queries.Verification(0, 0, 0, "")


@pytest.mark.both
@pytest.mark.usefixtures("sealed")
@pytest.mark.parametrize(
    "change",
    [
        "act = 'plank opened'",
        "subject_id = subject_id + 1",
        "by_person = NULL, by_group = NULL",
        "by_group = 'labour'",
        """details = '{"after": "open"}'""",
        "at = '2026-01-01 00:00:00'",
    ],
)
def test_an_altered_row_is_found(change: str) -> None:
    submitted = sa.select(AuditRow.id).where(AuditRow.act == "plank submitted").order_by(AuditRow.id)
    changed = db.session.scalars(submitted).first()
    sql(f"UPDATE audit_rows SET {change} WHERE id = :id", id=changed)
    assert fault() == "A row under seal 1 was changed after sealing."


@pytest.mark.usefixtures("sealed")
def test_a_removed_row_is_found() -> None:
    count = db.session.query(AuditRow).filter_by(seal_id=2).count()
    removed = db.session.scalars(sa.select(AuditRow.id).where(AuditRow.seal_id == 2).order_by(AuditRow.id)).first()
    sql("DELETE FROM audit_rows WHERE id = :id", id=removed)
    assert fault() == f"Seal 2 covers {count} rows, but {count - 1} are there."


@pytest.mark.usefixtures("sealed")
def test_an_inserted_row_is_found() -> None:
    count = db.session.query(AuditRow).filter_by(seal_id=2).count()
    sql(
        "INSERT INTO audit_rows (at, act, subject, subject_id, details, seal_id)"
        " VALUES ('2026-01-01 00:00:00', 'plank opened', 'planks', 1, '{}', 2)"
    )
    assert fault() == f"Seal 2 covers {count} rows, but {count + 1} are there."


@pytest.mark.usefixtures("sealed")
def test_a_row_put_in_the_place_of_another_is_found() -> None:
    removed = db.session.scalars(sa.select(AuditRow.id).where(AuditRow.seal_id == 2).order_by(AuditRow.id)).first()
    sql("DELETE FROM audit_rows WHERE id = :id", id=removed)
    sql(
        "INSERT INTO audit_rows (id, at, act, subject, subject_id, details, seal_id)"
        " VALUES (:id, '2026-01-01 00:00:00', 'plank opened', 'planks', 1, '{}', 2)",
        id=removed,
    )
    assert fault() == "A row under seal 2 was changed after sealing."


@pytest.mark.usefixtures("sealed")
def test_a_removed_seal_is_found() -> None:
    sql("DELETE FROM audit_rows WHERE seal_id = 2")
    sql("DELETE FROM audit_seals WHERE id = 2")
    assert fault() == "Seal 2 is missing."


@pytest.mark.usefixtures("sealed")
def test_a_seal_made_anew_over_changed_rows_is_found_by_the_next() -> None:
    sql("UPDATE audit_seals SET seal = :seal WHERE id = 1", seal="f" * 64)
    assert fault() == "A row under seal 1 was changed after sealing."
    sql("UPDATE audit_seals SET previous = :seal WHERE id = 3", seal="e" * 64)
    whole = db.session.get_one(AuditSeal, 2).previous
    sql("UPDATE audit_seals SET seal = :seal WHERE id = 1", seal=whole)
    assert fault() == "Seal 3 does not stand on the seal before it."


@pytest.mark.usefixtures("sealed")
def test_rows_that_wait_for_the_next_tick_are_no_fault() -> None:
    builders.member("green")
    found = queries.verify()
    assert (found.unsealed, found.fault) == (1, "")


@pytest.mark.both
def test_sealing_takes_rows_in_batches_and_ends(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(service, "BATCH", 4)
    for _ in range(10):
        builders.member("green")
    tick()
    assert [seal.rows for seal in db.session.query(AuditSeal).order_by(AuditSeal.id)] == [4, 4, 2]
    assert fault() == ""


@pytest.mark.usefixtures("sealed")
def test_the_command_says_so_and_fails_where_the_record_is_broken(app: Flask) -> None:
    whole = app.test_cli_runner().invoke(args=["audit", "verify"])
    assert (whole.exit_code, whole.output.splitlines()[-1]) == (0, WHOLE)
    sql("UPDATE audit_rows SET act = 'nothing' WHERE seal_id = 3")
    broken = app.test_cli_runner().invoke(args=["audit", "verify"])
    assert broken.exit_code == 1
    assert "A row under seal 3 was changed after sealing." in broken.output


@pytest.mark.usefixtures("sealed")
def test_what_happened_to_one_thing_is_told_in_order() -> None:
    acts = [row.act for row in queries.of_subject(builders.plank(1))]
    assert acts[0] == "plank begun"
    assert acts[-1] == "plank ruled in order"
    assert acts.index("plank submitted") < acts.index("plank fully seconded")


def test_words_changed_behind_the_services_back_are_found(app: Flask) -> None:
    plank_id = builders.open_plank()
    assert queries.altered_text() == ""
    with transaction():
        version_id = builders.plank(plank_id).working_version_id
        db.session.execute(sa.text("UPDATE versions SET text = 'other words' WHERE id = :id"), {"id": version_id})
    assert "are not those its hash was made of" in queries.altered_text()
