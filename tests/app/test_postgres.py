"""Connections to PostgreSQL: what is planned once stays planned, and one that the server has ended is not used."""

import pytest
from flask import Flask
from sqlalchemy import create_engine, text
from sqlalchemy.exc import DBAPIError

from app.extensions import db

pytestmark = pytest.mark.both
PREPARED = "SELECT count(*) FROM pg_prepared_statements WHERE statement LIKE '%the question of a page%'"

# The second figure (ms) has it wait until they are gone: a page that comes while one is being ended may still fail.
END_ALL = """
    SELECT pg_terminate_backend(pid, 20000) FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid()
"""


@pytest.fixture(autouse=True)
def only_on_postgres(app: Flask) -> None:
    if db.engine.dialect.name != "postgresql":
        pytest.skip("SQLite plans anew each time, in no time.")


def test_a_question_stays_prepared_though_every_page_ends_with_a_rollback(app: Flask) -> None:
    with db.engine.connect() as connection:
        for _ in range(10):
            connection.execute(text('SELECT 1 AS "the question of a page"'))
            connection.rollback()
        assert connection.scalar(text(PREPARED)) == 1


def test_what_was_changed_is_rolled_back_and_after_a_fault_the_connection_serves_again(app: Flask) -> None:
    with db.engine.connect() as connection:
        connection.execute(text("UPDATE themes SET name = 'changed'"))
        connection.rollback()
        assert connection.scalar(text("SELECT count(*) FROM themes WHERE name = 'changed'")) == 0
        with pytest.raises(DBAPIError):
            connection.execute(text("SELECT nothing_that_is_there"))
        connection.rollback()
        assert connection.scalar(text("SELECT 1")) == 1


def test_after_the_server_has_ended_its_connections_the_next_page_is_there_all_the_same(app: Flask) -> None:
    visitor = app.test_client()
    assert visitor.get("/planks").status_code == 200
    other = create_engine(db.engine.url)
    with other.connect() as connection:
        assert connection.execute(text(END_ALL)).rowcount >= 1
    other.dispose()
    assert [visitor.get("/planks").status_code for _ in range(2)] == [200, 200]
