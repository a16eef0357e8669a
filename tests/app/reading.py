"""Reading a page in a test: its main part, and how many queries it cost."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import event
from werkzeug.test import TestResponse

from app.extensions import db


def main_of(answer: TestResponse) -> str:
    """What stands between <main> and </main>."""
    text = answer.text
    return text[text.index("<main") : text.index("</main>")]


@contextmanager
def counted() -> Iterator[list[str]]:
    """The statements sent to the database inside."""
    statements: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        statements.append(statement)

    event.listen(db.engine, "before_cursor_execute", note)
    try:
        yield statements
    finally:
        event.remove(db.engine, "before_cursor_execute", note)
