"""What is the same for everybody until something public changes: asked of the database once, then kept by a worker.

It is kept under the mark of what is public (`app.models.marks`), and handed out under the mark alone that the request's
own transaction has read before: whatever the database would say now, it would say the same. Only answers that depend
neither on who asks nor on the time may be kept. Where a request has changed something itself, or does not know the
mark, the database is asked. Nothing is kept longer than a minute, for whoever mends a row by hand, past the service.
"""

import sys
import time
from collections import OrderedDict
from collections.abc import Callable, Hashable, Mapping, Sized
from dataclasses import dataclass
from threading import Lock
from typing import Any, TypeVar

from flask import Flask, current_app
from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from app.extensions import db, sees_one_moment
from app.models.base import Model
from app.models.marks import PublicMark, has_changed
from policies.keeping import WITHOUT_THE_TIME

# How many answers a worker keeps, and how many bytes, those unread longest given up first: a long text weighs much.
MOST, MOST_BYTES = 1024, 10 * 1024 * 1024
# About what a row takes, and whatever is kept besides what it holds.
_OF_A_ROW, _OF_EACH = 500, 500
_TOLD, _KEPT = "the mark of what is public", "unchanged answers"

Answer = TypeVar("Answer")
Row = TypeVar("Row", bound=Model)


def init_app(app: Flask) -> None:
    """Nothing is kept yet."""
    app.extensions[_KEPT] = _Answers(MOST, MOST_BYTES)


def read_with_another_question() -> Select[str]:
    """For a question that a request asks anyway: the mark beside it, to be handed to `told`."""
    return select(PublicMark.mark).where(PublicMark.id == 1)


def told(mark: str | None) -> None:
    """Take the mark as just read, for as long as this transaction lasts."""
    session = db.session()
    session.info[_TOLD] = mark, session.get_transaction()


def answer(key: Hashable, ask: Callable[[], Answer]) -> Answer:
    """What `ask` finds, or found under the same mark; nobody may change what is handed out."""
    mark = _mark()
    if mark is None:
        return ask()
    answers: _Answers = current_app.extensions[_KEPT]
    kept, now = answers.get(key), time.monotonic()
    if kept is None or kept.mark != mark or now >= kept.until:
        kept = _Kept(mark, now + WITHOUT_THE_TIME.total_seconds(), ask())
        answers.put(key, kept)
    found: Answer = kept.answer
    return found


def rows(key: Hashable, ask: Callable[[Session], Mapping[int, Mapping[str, Row]]]) -> Mapping[int, Mapping[str, Row]]:
    """The same of rows, by two keys, which `ask` reads with the session it is given; each request has its own copies.

    As in SQLAlchemy's chapter on merging: rows that were loaded once are copied into the session, and nothing is asked.
    """
    if _mark() is None:
        return ask(db.session())
    kept = answer(key, lambda: _apart(ask))
    own = db.session()
    return {
        first: {second: own.merge(row, load=False) for second, row in found.items()} for first, found in kept.items()
    }


def _apart(ask: Callable[[Session], Mapping[int, Mapping[str, Row]]]) -> Mapping[int, Mapping[str, Row]]:
    """Read in a session of their own, so that nothing hangs on them that this request has loaded besides."""
    with Session(db.session.connection()) as apart:
        found = ask(apart)
        apart.expunge_all()
    return found


def mark() -> str | None:
    """The mark that this transaction reads, once; none where something was changed in it, which is in no mark yet."""
    if _told() is None:
        told(db.session.scalar(read_with_another_question()))
    return _mark()


def _mark() -> str | None:
    """The mark that this transaction has read, unless something was changed in it."""
    session, found = db.session(), _told()
    # Who writes may have waited for another's change since the mark was read, and commands see each change at once.
    if found is None or not sees_one_moment():
        return None
    if session.new or session.dirty or session.deleted or has_changed(session.connection()):
        return None
    return found


def _told() -> str | None:
    session = db.session()
    found: tuple[str | None, Any] = session.info.get(_TOLD, (None, None))
    return found[0] if found[1] is session.get_transaction() and session.is_active else None


@dataclass(frozen=True, slots=True)
class _Kept:
    """An answer, under which mark it was found, and until when it may be handed out."""

    mark: str
    until: float
    answer: Any

    @property
    def weight(self) -> int:
        """About how many bytes it takes."""
        if isinstance(self.answer, str):
            return _OF_EACH + sys.getsizeof(self.answer)
        return _OF_EACH + _OF_A_ROW * (len(self.answer) if isinstance(self.answer, Sized) else 1)


class _Answers:
    """Answers by their keys; many threads read and write them."""

    def __init__(self, most: int, most_bytes: int) -> None:
        self._most, self._most_bytes, self._weight = most, most_bytes, 0
        self._kept: OrderedDict[Hashable, _Kept] = OrderedDict()
        self._lock = Lock()

    def get(self, key: Hashable) -> _Kept | None:
        with self._lock:
            if key not in self._kept:
                return None
            self._kept.move_to_end(key)
            return self._kept[key]

    def put(self, key: Hashable, kept: _Kept) -> None:
        with self._lock:
            before = self._kept.pop(key, None)
            self._weight += kept.weight - (before.weight if before else 0)
            self._kept[key] = kept
            while len(self._kept) > self._most or self._weight > self._most_bytes:
                self._weight -= self._kept.popitem(last=False)[1].weight
