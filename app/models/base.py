"""What all tables share: the base class, moments in UTC, words from a list, keys of groups, locks."""

import enum
import secrets
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import DateTime, Dialect, Enum, String, select
from sqlalchemy.orm import Mapped, mapped_column
from sqlalchemy.types import TypeDecorator

from app.extensions import Base, db
from policies.groups import GROUP_KEYS

if TYPE_CHECKING:
    Model = Base
else:
    Model = db.Model

KEY_LENGTH = 12
_KEY_FIRST = "abcdefghijkmnpqrstuvwxyz"
_KEY_REST = _KEY_FIRST + "23456789"


class Moment(TypeDecorator[datetime]):
    """A moment in UTC. Stored without a zone, since SQLite keeps none; always aware in the program."""

    impl = DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Refuse a moment without a zone: nobody could say when it was."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("A stored moment needs a time zone.")
        return value.astimezone(UTC).replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Give the zone back."""
        return None if value is None else value.replace(tzinfo=UTC)


def one_of(words: type[enum.StrEnum], name: str) -> Enum:
    """A column type for the values of an enumeration, checked by the database under `name`."""
    return Enum(
        words,
        name=name,
        native_enum=False,
        create_constraint=True,
        length=32,
        values_callable=lambda members: [member.value for member in members],
    )


def group_type(name: str) -> Enum:
    """A column type for a group's key, checked by the database under `name`."""
    return Enum(*GROUP_KEYS, name=name, native_enum=False, create_constraint=True, length=16)


def new_key() -> str:
    """A random address for a thing that has no public number yet, so that addresses betray no drafts."""
    return secrets.choice(_KEY_FIRST) + "".join(secrets.choice(_KEY_REST) for _ in range(KEY_LENGTH - 1))


def is_key(written: str) -> bool:
    """Whether this has the shape of such an address."""
    return len(written) == KEY_LENGTH and written[0] in _KEY_FIRST and all(sign in _KEY_REST for sign in written)


def key_column() -> Mapped[str]:
    """The column that holds such an address."""
    return mapped_column(String(KEY_LENGTH), unique=True, default=new_key)


def locked(row: Any) -> None:
    """Read `row` afresh and keep others from changing it until this transaction ends.

    Planks are locked before their amendments and rounds, so that two transactions never wait for each other.
    """
    db.session.flush()
    kind = type(row)
    query = select(kind).where(kind.id == row.id).with_for_update(of=kind)
    db.session.scalars(query, execution_options={"populate_existing": True}).unique().one()
