"""A mark that is another after every change of what the public may see: pages kept under an older one are stale.

It is written by the change's own transaction, last of all, so that nobody waits for anybody: who sees the change sees
the new mark, and who does not see the one sees not the other. It is random: a restored backup brings back the mark of
what was true then, and no later mark is ever the same by chance.
"""

import secrets
from typing import Any

from sqlalchemy import CheckConstraint, Connection, Engine, Integer, String, event, inspect, text
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Model

# Tables of which nothing is ever shown to the public: a change of these alone leaves all pages as they are. Whatever is
# not named here gives a new mark, so that a table that was forgotten costs time and no truth. To cast a vote changes
# nothing else: were votes to give marks, the moments of votes could be told from outside, and voting would be slow.
WITHOUT_PUBLIC_EFFECT = frozenset(
    {
        "account_links",
        "data_exports",
        "dormancies",
        "follows",
        "known_browsers",
        "mail_stops",
        "mailed_links",
        "mails",
        "notice_choices",
        "notices",
        "open_papers",
        "participations",
        "passkey_challenges",
        "passkeys",
        "public_marks",
        "record_reads",
        "reminders",
        "sign_ins",
    }
)
# First words of statements in plain SQL that change no row.
CHANGE_NOTHING = frozenset(
    {
        "ANALYZE",
        "BEGIN",
        "COMMIT",
        "EXPLAIN",
        "LOCK",
        "PRAGMA",
        "RELEASE",
        "ROLLBACK",
        "SAVEPOINT",
        "SELECT",
        "SET",
        "SHOW",
        "VACUUM",
    }
)
MARK_LENGTH = 32
# On a connection's notes: that this transaction changed what the public may see; that the schema itself is moving.
_CHANGED = "changed what is public"
MIGRATES = "migrates"
_WRITE = text(
    "INSERT INTO public_marks (id, mark) VALUES (1, :mark) ON CONFLICT (id) DO UPDATE SET mark = excluded.mark"
)


class PublicMark(Model):
    """One row: the mark of what the public may see now."""

    __tablename__ = "public_marks"
    __table_args__ = (CheckConstraint("id = 1", name="only_one"),)

    id: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False, default=1)
    mark: Mapped[str] = mapped_column(String(MARK_LENGTH))


def new_mark() -> str:
    """A mark that there has never been."""
    return secrets.token_hex(MARK_LENGTH // 2)


def watch(engine: Engine) -> None:
    """Have every transaction of this engine that changes what is public leave a new mark, whoever wrote it and how."""
    event.listen(engine, "begin", _forget)
    event.listen(engine, "after_cursor_execute", _note)
    event.listen(engine, "commit", _leave_mark)


def has_changed(connection: Connection) -> bool:
    """Whether this transaction has changed what is public, so that the mark it can read is no longer that of now."""
    return bool(connection.info.get(_CHANGED))


def _forget(connection: Connection) -> None:
    connection.info.pop(_CHANGED, None)


def _note(
    connection: Connection, _cursor: Any, statement: str, _parameters: Any, context: Any, _executemany: bool
) -> None:
    if _changes_what_is_public(statement, context):
        connection.info[_CHANGED] = True


def _changes_what_is_public(statement: str, context: Any) -> bool:
    if context.compiled is None or context.is_text or context.isddl:
        return statement.split(None, 1)[0].upper() not in CHANGE_NOTHING
    if context.isinsert or context.isupdate or context.isdelete:
        table = context.compiled.statement.table
        return getattr(table, "name", "") not in WITHOUT_PUBLIC_EFFECT
    return False


def _leave_mark(connection: Connection) -> None:
    if not connection.info.pop(_CHANGED, False):
        return
    if connection.info.get(MIGRATES) and not inspect(connection).has_table(PublicMark.__tablename__):
        return
    connection.execute(_WRITE, {"mark": new_mark()})
    connection.info.pop(_CHANGED, None)
