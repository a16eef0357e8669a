"""What kind of installation this database is, its clock if it is a demonstration, and its running numbers."""

from sqlalchemy import CheckConstraint, Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Model


class Demonstration(Model):
    """One row, written when a database is created as a demonstration; triggers keep it from coming or going later."""

    __tablename__ = "demonstrations"
    __table_args__ = (CheckConstraint("id = 1", name="only_one"),)

    id: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False, default=1)
    clock_offset: Mapped[int] = mapped_column(default=0)
    """Seconds by which the service's clock is ahead of the machine's."""


class Counter(Model):
    """The last public number given, by kind of thing. Taking the next one locks the row."""

    __tablename__ = "counters"

    name: Mapped[str] = mapped_column(String(16), primary_key=True)
    value: Mapped[int]
