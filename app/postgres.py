"""Connections to PostgreSQL that keep their prepared statements when a transaction is rolled back.

Every page that is only read ends with a rollback. The driver forgets all it has prepared then, in case the transaction
had made or dropped a table: the database would plan each question of each page anew, which takes longer than to answer.
Prepared statements outlive a rollback, and tables are made by migrations alone, on connections of their own.
"""

import select
from typing import Any

from psycopg import Connection, IsolationLevel, OperationalError
from psycopg.pq import ExecStatus, TransactionStatus


class Steady(Connection[tuple[Any, ...]]):
    """A connection whose transactions end without making it forget."""

    def rollback(self) -> None:
        """Roll back; after a fault, when anything may be wrong, as the driver does it."""
        if self.pgconn.transaction_status != TransactionStatus.INTRANS:
            super().rollback()
            return
        with self.lock:
            ended = self.pgconn.exec_(b"ROLLBACK")
        if ended.status != ExecStatus.COMMAND_OK:
            raise OperationalError("The transaction could not be rolled back.")

    def see_one_moment(self, is_wanted: bool) -> None:
        """Whether the next transaction reads everything as of its first question. It costs nothing: BEGIN says it."""
        level = IsolationLevel.REPEATABLE_READ if is_wanted else None
        if self.isolation_level != level:
            self.isolation_level = level

    def has_been_ended(self) -> bool:
        """Whether the server has ended this connection, as it does when it is started anew.

        To one that waits in the pool a server says nothing but that, so that there is something to read only then; the
        server itself is asked in this case alone, not before every page.
        """
        if not _has_something_to_read(self.fileno()):
            return False
        try:
            self.execute("")
            self.rollback()
        except OperationalError:
            return True
        return False


def _has_something_to_read(number: int) -> bool:
    found = select.poll()
    found.register(number, select.POLLIN)
    return bool(found.poll(0))


def connect(*where: Any, **how: Any) -> Steady:
    """A new connection."""
    return Steady.connect(*where, **how)
