"""Long files that everybody is given alike are made once and kept on disk until something public changes.

They are kept as pages are (`app.web.kept`): shown only under the mark that the database has now, never past a moment at
which what they say changes by time alone. The mark is asked for in the request's own transaction and before anything
else, so that a file never holds less than its mark promises.
"""

import os
import weakref
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from tempfile import TemporaryFile
from typing import IO

from flask import Flask, current_app
from sqlalchemy import select

from app import clock
from app.config import Settings
from app.extensions import db
from app.models import PublicMark
from app.web.keeping import Turns
from app.web.kept import turns
from policies.keeping import WITHOUT_THE_TIME, good_until

CHUNK = 64_000


@dataclass(eq=False)
class KeptFile:
    """A file without a name: by which mark its content is known, how long it is, and until when it may be shown."""

    place: int
    etag: str
    length: int
    mark: str | None
    until: float
    _end: object = field(init=False)

    def __post_init__(self) -> None:
        """The file goes with whoever holds it last."""
        self._end = weakref.finalize(self, os.close, self.place)

    def is_good(self, mark: str | None) -> bool:
        """Whether this is what would be made now."""
        return mark is not None and self.mark == mark and clock.now().timestamp() < self.until

    def chunks(self) -> Iterator[bytes]:
        """Its bytes; any number of readers read at once, each from the beginning."""
        at = 0
        while chunk := os.pread(self.place, CHUNK, at):
            at += len(chunk)
            yield chunk


class KeptFiles:
    """The files of one worker, by name."""

    def __init__(self) -> None:
        """Nothing is kept yet."""
        self._files: dict[str, KeptFile] = {}
        self._turns = Turns()

    def get(self, name: str, write: Callable[[IO[bytes]], str]) -> KeptFile:
        """The file as it is kept, or made now by `write`, which returns by what its content is known."""
        mark = db.session.scalar(select(PublicMark.mark))
        with self._turns.of((name,)):
            kept = self._files.get(name)
            if kept is None or not kept.is_good(mark):
                kept = self._files[name] = _made(write, mark)
            return kept


def init_app(app: Flask) -> None:
    """Have files kept, unless nothing is."""
    settings: Settings = app.config["SETTINGS"]
    if settings.kept_pages == "on":
        app.extensions["kept files"] = KeptFiles()


def file_of(name: str, write: Callable[[IO[bytes]], str]) -> KeptFile:
    """The file of this name. In a demonstration, whose clock is moved by hand, it is made anew each time."""
    kept: KeptFiles | None = current_app.extensions.get("kept files")
    if kept is None or clock.is_demonstration():
        return _made(write, None)
    return kept.get(name, write)


def _made(write: Callable[[IO[bytes]], str], mark: str | None) -> KeptFile:
    now = clock.now()
    until = good_until(now, turns(), longest=WITHOUT_THE_TIME)
    with TemporaryFile() as file:
        etag = write(file)
        file.flush()
        return KeptFile(os.dup(file.fileno()), etag, os.fstat(file.fileno()).st_size, mark, until.timestamp())
