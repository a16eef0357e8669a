"""Reading the mark of what is public at this moment, by the shortest way: a connection of its own, one short statement.

A page that was kept is answered after this one question alone, so that it must cost less than everything else.
"""

import sqlite3
from collections import deque
from typing import Any, Protocol

from sqlalchemy import Engine, event, make_url

from app.late import late

_ASK = "SELECT mark FROM public_marks WHERE id = 1"
_NAME = b"mark"
# Not wanted on SQLite.
pq = late("psycopg.pq")
# How long a connection may take to be made (seconds), and how long an answer (milliseconds).
_TO_CONNECT, _TO_ANSWER = 2, 2000


class Connection(Protocol):
    """A connection that is asked nothing else."""

    def ask(self) -> str:
        """The mark; raises an error of any kind where there is none to be had."""

    def close(self) -> None:
        """End it."""


class Marks:
    """The marks of one database, asked by many threads: each takes a connection that is free, or makes one."""

    def __init__(self, engine: Engine) -> None:
        """Nothing is connected before the first question."""
        url = make_url(engine.url)
        self._is_sqlite = url.get_backend_name() == "sqlite"
        self._where = url.set(drivername="postgresql").render_as_string(hide_password=False)
        self._file = url.database or ""
        self._free: deque[Connection] = deque()
        event.listen(engine, "engine_disposed", self._close_all)

    def read(self) -> str | None:
        """The mark of this moment; none where the database does not tell, and then nothing kept may be shown."""
        try:
            connection = self._free.pop() if self._free else self._connect()
        except Exception:
            return None
        try:
            mark = connection.ask()
        except Exception:
            connection.close()
            return None
        self._free.append(connection)
        return mark

    def _connect(self) -> Connection:
        return _OfSqlite(self._file) if self._is_sqlite else _OfPostgres(self._where)

    def _close_all(self, _engine: Any) -> None:
        while self._free:
            self._free.pop().close()


class _OfSqlite:
    def __init__(self, file: str) -> None:
        self._connection = sqlite3.connect(file, timeout=_TO_CONNECT, isolation_level=None, check_same_thread=False)

    def ask(self) -> str:
        return str(self._connection.execute(_ASK).fetchone()[0])

    def close(self) -> None:
        self._connection.close()


class _OfPostgres:
    """The driver's innermost layer: what lies above it costs as much as the question itself."""

    def __init__(self, where: str) -> None:
        timeouts = (
            f"connect_timeout={_TO_CONNECT}&tcp_user_timeout={_TO_ANSWER}"
            f"&options=-c%20statement_timeout%3D{_TO_ANSWER}%20-c%20lock_timeout%3D{_TO_ANSWER}"
        )
        joint = "&" if "?" in where else "?"
        self._connection = pq.PGconn.connect(f"{where}{joint}{timeouts}".encode())
        if self._connection.status != pq.ConnStatus.OK:
            raise ConnectionError("The database does not take another connection.")
        self._connection.prepare(_NAME, _ASK.encode())

    def ask(self) -> str:
        found = self._connection.exec_prepared(_NAME, [])
        if found.status != pq.ExecStatus.TUPLES_OK or found.ntuples != 1:
            raise ConnectionError("The database does not tell the mark.")
        return (found.get_value(0, 0) or b"").decode()

    def close(self) -> None:
        self._connection.finish()
