"""What the database has planned once is not planned anew for each page."""

import pytest
from flask import Flask
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from app.extensions import db

PREPARED = "SELECT count(*) FROM pg_prepared_statements WHERE statement LIKE '%the question of a page%'"


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
