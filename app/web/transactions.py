"""One transaction a request: services change things, the request commits them or nothing."""

import logging
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager

from flask import Flask, Response, g, request

from app.extensions import about_to_read, about_to_write, db

log = logging.getLogger(__name__)

READS = frozenset({"GET", "HEAD", "OPTIONS"})


def init_app(app: Flask) -> None:
    """Commit a changing request that succeeded; roll everything else back. A GET never commits what it did.

    Apart from that, a page that shows an officer a member's record is noted before it goes out (decision 11).
    """

    @app.before_request
    def begin() -> None:
        g.meant = ExitStack()
        g.meant.enter_context(about_to_read() if request.method in READS else about_to_write())

    @app.after_request
    def commit_or_roll_back(response: Response) -> Response:
        if request.method in READS or (response.status_code >= 400 and not g.pop("keeps_changes", False)):
            g.pop("after_commit", None)
            db.session.rollback()
            _write_apart()
            return response
        db.session.commit()
        _follow_up()
        _write_apart()
        return response

    @app.teardown_request
    def end(_error: BaseException | None) -> None:
        meant = g.pop("meant", None)
        if meant is not None:
            meant.close()


def _follow_up() -> None:
    """Do what was put off until the commit. A fault is logged: what was asked for is done, and must not look undone."""
    for follow_up in g.pop("after_commit", []):
        try:
            follow_up()
        except Exception:
            log.exception("Something that follows a change failed.")


def _write_apart() -> None:
    """A fault here is a fault of the page: what cannot be noted is not shown."""
    for write in g.pop("written_apart", []):
        with transaction():
            write()


def write_apart(write: Callable[[], object]) -> None:
    """Have this written once the request's own transaction has ended, either way: for notes of what was shown."""
    g.setdefault("written_apart", []).append(write)


def keep_changes() -> None:
    """Commit this request even though it is refused: for what has to be counted, such as wrong answers."""
    g.keeps_changes = True


def after_commit(follow_up: Callable[[], object]) -> None:
    """Run `follow_up` once this transaction's changes are committed, in transactions of its own."""
    g.setdefault("after_commit", []).append(follow_up)


@contextmanager
def transaction() -> Iterator[None]:
    """A changing transaction outside a request: for commands and the clock's work."""
    with about_to_write():
        try:
            yield
            db.session.commit()
        except BaseException:
            g.pop("after_commit", None)
            db.session.rollback()
            raise
        finally:
            db.session.remove()
    _follow_up()
