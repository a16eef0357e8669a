"""A page is read at one moment: what becomes public while it is made is on all of it or on nothing of it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Thread
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient

from app import unchanged
from app.extensions import about_to_read, about_to_write, db
from tests import builders
from tests.app.saying import said

pytestmark = pytest.mark.both


@contextmanager
def meanwhile(app: Flask, happens: Callable[[], object]) -> Iterator[None]:
    """Have this happen elsewhere, once, as soon as a request has asked who holds its session."""
    waiting = [happens]

    def elsewhere() -> None:
        with app.app_context():
            waiting.pop()()
            db.session.remove()

    def asked(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        if waiting and "public_marks" in statement and "sign_ins" in statement:
            other = Thread(target=elsewhere)
            other.start()
            other.join()

    sa.event.listen(db.engine, "after_cursor_execute", asked)
    try:
        yield
    finally:
        sa.event.remove(db.engine, "after_cursor_execute", asked)
    assert not waiting


def test_a_plank_that_is_decided_on_while_its_page_is_made_reads_as_it_was_before(
    app: Flask, client: FlaskClient
) -> None:
    """Else the page would put what was decided beside what was kept of earlier: that no group has decided yet."""
    builders.theme("Housing", "housing")
    plank_id = builders.open_plank()
    builders.sign_in(client, builders.member())
    before = said(client.get("/planks/1"))
    with meanwhile(app, lambda: builders.decided(plank_id)):
        during = said(client.get("/planks/1"))
    assert during == before
    assert during != said(client.get("/planks/1"))


def test_whoever_is_going_to_write_is_given_nothing_kept_nor_is_a_command(app: Flask) -> None:
    """They wait for others, or see each change at once, and go on from what is newer than the mark they read."""
    assert not is_kept()
    with about_to_read():
        assert is_kept()
    with about_to_read(), about_to_write():
        assert not is_kept()


def is_kept() -> bool:
    """Whether what was answered once is answered again."""
    db.session.remove()
    unchanged.told(db.session.scalar(unchanged.read_with_another_question()))
    is_same = unchanged.answer("asked", object) is unchanged.answer("asked", object)
    db.session.remove()
    return is_same
