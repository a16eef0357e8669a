"""Long files are made once, and anew after every change of what is public."""

import os
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import IO

import pytest
import sqlalchemy as sa
from flask import Flask

from app import clock
from app.extensions import db
from app.models import Theme
from app.web.kept_files import KeptFiles
from app.web.transactions import transaction
from tests import builders


@pytest.fixture
def files(bare_app: Flask) -> Iterator[KeptFiles]:
    """Where files are kept of a service for real people."""
    with bare_app.app_context():
        builders.theme("Housing", "housing")
        yield KeptFiles()


def writing(words: list[bytes]) -> Callable[[IO[bytes]], str]:
    """Writes the next of these words."""

    def write(file: IO[bytes]) -> str:
        file.write(words.pop(0))
        return str(len(words))

    return write


def test_a_file_is_made_once_until_something_public_changes_or_its_time_is_over(files: KeptFiles) -> None:
    write = writing([b"one", b"two", b"three"])
    first = files.get("all", write)
    assert files.get("all", write) is first
    assert (b"".join(first.chunks()), first.length, first.etag) == (b"one", 3, "2")
    with transaction():
        db.session.scalars(sa.select(Theme)).one().name = "Homes"
    second = files.get("all", write)
    assert b"".join(second.chunks()) == b"two"
    assert b"".join(first.chunks()) == b"one", "who still reads the older one reads it to its end"
    second.until = (clock.now() - timedelta(seconds=1)).timestamp()
    assert b"".join(files.get("all", write).chunks()) == b"three"


def test_a_file_that_nobody_holds_any_more_is_gone(files: KeptFiles) -> None:
    kept = files.get("all", writing([b"one"]))
    place = kept.place
    files._files.clear()
    del kept
    with pytest.raises(OSError, match="Bad file descriptor"):
        os.fstat(place)
