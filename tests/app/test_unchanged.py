"""Answers that are the same for everybody are asked for once, and never given after what they say has changed."""

import time
from collections.abc import Iterator
from contextlib import closing

import pytest
import sqlalchemy as sa
from flask import Flask

from app import unchanged
from app.extensions import about_to_read, db
from app.models import Stance, Theme
from app.platform import queries
from app.web.transactions import transaction
from policies.endorsements import StanceKind
from tests import builders

pytestmark = pytest.mark.both


@pytest.fixture(autouse=True)
def themes(app: Flask) -> Iterator[None]:
    builders.theme("Housing", "housing")
    db.session.remove()
    with about_to_read():
        yield
        db.session.remove()


def names() -> tuple[str, ...]:
    return tuple(db.session.scalars(sa.select(Theme.name).order_by(Theme.id)))


def kept() -> tuple[str, ...]:
    return unchanged.answer("names of themes", names)


def read_mark() -> None:
    """As the first question of a request does it."""
    unchanged.told(db.session.scalar(unchanged.read_with_another_question()))


def rename(name: str) -> None:
    with transaction():
        db.session.execute(sa.update(Theme).values(name=name))
    db.session.remove()


def test_what_nobody_changed_is_asked_for_once() -> None:
    read_mark()
    first = kept()
    assert kept() is first == ("Housing",)
    db.session.remove()
    read_mark()
    assert kept() is first


def test_after_a_change_it_is_asked_for_anew_whoever_made_it() -> None:
    read_mark()
    kept()
    db.session.remove()
    rename("Homes")
    read_mark()
    assert kept() == ("Homes",)


def test_who_did_not_read_the_mark_in_this_very_transaction_asks_the_database() -> None:
    assert kept() is not kept()
    read_mark()
    assert kept() is kept()
    db.session.rollback()
    assert kept() is not kept()
    db.session.commit()


def test_who_changes_something_reads_what_was_changed_and_leaves_no_trace_of_it() -> None:
    read_mark()
    theme = db.session.scalars(sa.select(Theme)).one()
    before = kept()
    theme.name = "Never"
    assert kept() == ("Never",)
    db.session.flush()
    assert kept() == ("Never",)
    db.session.rollback()
    read_mark()
    assert kept() is before


def test_rows_are_copies_of_ones_own() -> None:
    plank_id = builders.open_plank()
    builders.decided(plank_id)
    db.session.remove()
    read_mark()
    plank = builders.plank(plank_id)
    [first] = queries.stances_on(plank).values()
    asked = sorted(stance.version.name for stance in first.values())
    assert asked == ["1", "1", "1"]
    first["green"].kind = StanceKind.DECLINED
    db.session.rollback()
    read_mark()
    [again] = queries.stances_on(builders.plank(plank_id)).values()
    assert {stance.kind for stance in again.values()} == {StanceKind.ENDORSED}
    # What was not read with them is there when it is wanted, as for any row of this session.
    assert all(stance in db.session and stance.version.text for stance in again.values())
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Stance)) == 3


def test_a_row_mended_by_hand_past_the_service_shows_after_a_minute(monkeypatch: pytest.MonkeyPatch) -> None:
    read_mark()
    kept()
    db.session.remove()
    with closing(db.engine.raw_connection()) as connection:
        connection.cursor().execute("UPDATE themes SET name = 'Homes'")
        connection.commit()
    read_mark()
    assert kept() == ("Housing",)
    now = time.monotonic()
    monkeypatch.setattr(time, "monotonic", lambda: now + 61)
    assert kept() == ("Homes",)


def test_long_texts_are_given_up_by_their_weight() -> None:
    read_mark()
    first = kept()
    for number in range(4):
        unchanged.answer(("long", number), lambda: "a" * (unchanged.MOST_BYTES // 5))
    assert kept() is first
    unchanged.answer("too long", lambda: "“" * unchanged.MOST_BYTES)
    assert kept() is not first


def test_so_many_answers_are_kept_and_those_unread_for_longest_are_given_up() -> None:
    read_mark()
    first = kept()
    for number in range(unchanged.MOST - 1):
        unchanged.answer(("number", number), lambda: ())
    assert kept() is first
    for number in range(unchanged.MOST):
        unchanged.answer(("other", number), lambda: ())
    assert kept() is not first
