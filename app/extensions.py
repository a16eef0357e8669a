"""The libraries the service stands on, made once and bound to the application in `create_app`."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from sqlite3 import Connection as SqliteConnection
from typing import Any

from flask_login import LoginManager
from flask_mailman import Mail
from flask_sqlalchemy import SQLAlchemy
from flask_wtf.csrf import CSRFProtect
from sqlalchemy import Connection, Dialect, Engine, MetaData, event
from sqlalchemy.exc import InvalidatePoolError
from sqlalchemy.orm import DeclarativeBase
from sqlalchemy.pool import Pool

from app.late import late


class Base(DeclarativeBase):
    """The root of all tables; constraints get the same names on every database."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        }
    )


db = SQLAlchemy(model_class=Base)
csrf = CSRFProtect()
login_manager = LoginManager()
mailman = Mail()
postgres = late("app.postgres")

# How long a writer on SQLite waits for its turn, in milliseconds.
SQLITE_PATIENCE = 20_000

# Whether the transaction about to begin will write. SQLite has one writer at a time: one that starts as a reader and
# writes later can be refused half-way, so writers take their place at the beginning.
_writes: ContextVar[bool] = ContextVar("writes", default=False)
# Whether it will only read, for one page. PostgreSQL then has it see one moment, as SQLite does: else a page would say
# some of what became public while it was made and not the rest, and what is kept under the mark it read would be wrong.
_reads: ContextVar[bool] = ContextVar("reads", default=False)


@contextmanager
def about_to_write() -> Iterator[None]:
    """Transactions that begin in here are going to write."""
    token = _writes.set(True)
    try:
        yield
    finally:
        _writes.reset(token)


def sees_one_moment() -> bool:
    """Whether whoever asks only reads, all of it as of one moment."""
    return _reads.get() and not _writes.get()


@contextmanager
def about_to_read() -> Iterator[None]:
    """Transactions that begin in here read for one page, all of it as of one moment."""
    token = _reads.set(True)
    try:
        yield
    finally:
        _reads.reset(token)


@event.listens_for(Engine, "do_connect")
def _connect_steadily(dialect: Dialect, _record: Any, where: Any, how: Any) -> Any:
    return postgres.connect(*where, **how) if dialect.name == "postgresql" else None


@event.listens_for(Pool, "checkout")
def _take_no_ended_one(connection: Any, _record: Any, _taken: Any) -> None:
    if isinstance(connection, SqliteConnection):
        return
    if connection.has_been_ended():
        raise InvalidatePoolError("The database has been started anew.")


@event.listens_for(Engine, "connect")
def _prepare_sqlite(connection: Any, _record: Any) -> None:
    if not isinstance(connection, SqliteConnection):
        return
    connection.isolation_level = None
    for pragma in (
        "foreign_keys=ON",
        "journal_mode=WAL",
        f"busy_timeout={SQLITE_PATIENCE}",
        "synchronous=NORMAL",
        "secure_delete=ON",
    ):
        connection.execute(f"PRAGMA {pragma}")


@event.listens_for(Engine, "begin")
def _begin_sqlite(connection: Connection) -> None:
    if (
        connection.dialect.name == "sqlite"
        and connection.get_execution_options().get("isolation_level") != "AUTOCOMMIT"
    ):
        connection.exec_driver_sql("BEGIN IMMEDIATE" if _writes.get() else "BEGIN")


@event.listens_for(Engine, "begin")
def _begin_postgres(connection: Connection) -> None:
    if connection.dialect.name == "postgresql":
        driver: Any = connection.connection.dbapi_connection
        driver.see_one_moment(sees_one_moment())
