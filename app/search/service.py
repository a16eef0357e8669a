"""Keeping the search index true to the database: what waits is told, and a lost index is made anew."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from sqlalchemy import delete

from app import jobs
from app.extensions import db
from app.late import late
from app.models import SearchChange
from app.search import queries, texts
from app.search.documents import Document
from app.search.engine import Engine
from app.search.outbox import INDEX
from app.web.transactions import transaction

BATCH = 100
# One of the two is used in one installation.
in_postgres, in_whoosh = late("app.search.in_postgres"), late("app.search.in_whoosh")


def engine_in(folder: Path) -> Engine:
    """The engine of this installation: PostgreSQL's own where that is the database, else Whoosh in a folder."""
    engine: Engine = (
        in_postgres.PostgresEngine() if db.engine.dialect.name == "postgresql" else in_whoosh.WhooshEngine(folder)
    )
    return engine


def drain(folder: Path) -> int:
    """Tell the index what has changed, or make it where it is missing or broken; returns how many texts were written.

    A note is deleted only once the index has what it tells of: whoever is killed in between leaves it to be done again.
    """
    engine = engine_in(folder)
    if not engine.is_ready():
        return rebuild(folder)
    written = 0
    while queries.something_waits():
        written += _drain_batch(engine)
    db.session.remove()
    return written


def tend(folder: Path) -> None:
    """Have the worker see to the index where something waits or the index is gone."""
    if queries.something_waits() or not engine_in(folder).is_ready():
        jobs.ask_for(INDEX)


def rebuild(folder: Path) -> int:
    """Make the index anew from the database; returns how many texts are in it."""
    # What changes while it is made waits behind these, however its note is numbered.
    told = queries.all_waiting()
    count = engine_in(folder).rebuild(_everything())
    for start in range(0, len(told), BATCH):
        _forget(told[start : start + BATCH])
    return count


def _everything() -> Iterator[Document]:
    for batch in queries.batches(queries.all_entries()):
        yield from texts.documents(batch)


def _drain_batch(engine: Engine) -> int:
    """One batch. It is read once nobody else can write, so that nothing older is ever written over it."""
    # What was read before has to be read anew.
    db.session.remove()
    with engine.writing() as writer:
        changes = queries.waiting(BATCH)
        done, subjects = [change.id for change in changes], {change.subject for change in changes}
        found = texts.documents(queries.entries_of(subjects))
        writer.replace(subjects, found)
    _forget(done)
    return len(found)


def _forget(ids: Sequence[int]) -> None:
    # A transaction that has read cannot write on SQLite once somebody else has written.
    db.session.remove()
    with transaction():
        db.session.execute(delete(SearchChange).where(SearchChange.id.in_(ids)))
