"""What is the same for everybody until something public changes: asked of the database once, then kept by a worker.

It is kept under the mark of what is public (`app.models.marks`), and handed out under the mark alone that the request's
own transaction has read before: whatever the database would say now, it would say the same. Only answers that depend
neither on who asks nor on the time may be kept. Where a request has changed something itself, or does not know the
mark, the database is asked.
"""

from collections import OrderedDict
from collections.abc import Callable, Hashable, Mapping
from threading import Lock
from typing import Any, TypeVar

from flask import Flask, current_app
from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from app.extensions import db, is_about_to_write
from app.models.base import Model
from app.models.marks import PublicMark, has_changed

# How many answers a worker keeps, those unread longest given up first: some 10 MB.
MOST = 1024
_TOLD, _KEPT = "the mark of what is public", "unchanged answers"

Answer = TypeVar("Answer")
Row = TypeVar("Row", bound=Model)


def init_app(app: Flask) -> None:
    """Nothing is kept yet."""
    app.extensions[_KEPT] = _Answers(MOST)


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
    kept = answers.get(key)
    if kept is None or kept[0] != mark:
        kept = mark, ask()
        answers.put(key, kept)
    found: Answer = kept[1]
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
    # Who writes may have waited for another's change since the mark was read.
    if found is None or is_about_to_write():
        return None
    if session.new or session.dirty or session.deleted or has_changed(session.connection()):
        return None
    return found


def _told() -> str | None:
    session = db.session()
    found: tuple[str | None, Any] = session.info.get(_TOLD, (None, None))
    return found[0] if found[1] is session.get_transaction() and session.is_active else None


class _Answers:
    """Answers by their keys, each with its mark; many threads read and write them."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._kept: OrderedDict[Hashable, tuple[str, Any]] = OrderedDict()
        self._lock = Lock()

    def get(self, key: Hashable) -> tuple[str, Any] | None:
        with self._lock:
            if key not in self._kept:
                return None
            self._kept.move_to_end(key)
            return self._kept[key]

    def put(self, key: Hashable, kept: tuple[str, Any]) -> None:
        with self._lock:
            self._kept[key] = kept
            self._kept.move_to_end(key)
            if len(self._kept) > self._most:
                self._kept.popitem(last=False)
