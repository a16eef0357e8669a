"""What looks at everything is worked out once: never past a change, nor past a moment at which it turns by time."""

from collections.abc import Iterator

import pytest
from flask import Flask

from app import clock
from app.extensions import about_to_read, db
from app.models import PublicMark, Theme
from app.web.kept_answers import KeptAnswers
from app.web.transactions import transaction
from tests import builders

pytestmark = pytest.mark.both


@pytest.fixture
def kept(bare_app: Flask) -> Iterator[KeptAnswers]:
    """What a worker keeps of a service for real people."""
    with bare_app.app_context():
        builders.theme("Housing", "housing")
        with about_to_read():
            yield KeptAnswers()
            db.session.remove()


def names() -> list[str]:
    """What looks at all there is: every time it is worked out, another list."""
    return list(db.session.scalars(db.select(Theme.name)))


def test_an_answer_is_worked_out_once_until_something_public_changes(kept: KeptAnswers) -> None:
    first = kept.get("names", names)
    assert kept.get("names", names) is first
    assert kept.get("others", names) is not first
    with transaction():
        db.session.execute(db.update(Theme).values(name="Homes"))
    assert kept.get("names", names) == ["Homes"]


def test_what_a_transaction_changed_itself_it_sees_and_nobody_else_does(kept: KeptAnswers) -> None:
    before = kept.get("names", names)
    db.session.execute(db.update(Theme).values(name="Homes"))
    assert kept.get("names", names) == ["Homes"]
    db.session.rollback()
    assert kept.get("names", names) is before
    db.session.scalars(db.select(Theme)).one().name = "Not flushed yet"
    assert kept.get("names", names) == ["Not flushed yet"]
    db.session.rollback()
    assert kept.get("names", names) is before


def test_where_there_is_no_mark_nothing_is_kept(kept: KeptAnswers) -> None:
    with db.engine.begin() as connection:
        connection.execute(db.delete(PublicMark))
    with db.engine.begin() as connection:
        connection.execute(db.delete(PublicMark))
    assert kept.get("names", names) is not kept.get("names", names)


def test_a_row_mended_past_the_service_shows_after_a_minute_and_a_clock_set_back_takes_nothing_along(
    kept: KeptAnswers,
) -> None:
    def later(seconds: int) -> list[str]:
        db.session.remove()
        clock.told(seconds)
        return kept.get("names", names)

    first = later(0)
    assert later(30) is first
    assert later(61) is not first
    assert later(-10) is not later(62)
