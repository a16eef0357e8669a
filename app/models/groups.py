"""What a group says of itself: its launch statement in every version, and where its clerks are reached."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Model, Moment, group_type
from app.models.units import UnitList
from policies.statements import OFFICE_CHARACTERS, STATEMENT_CHARACTERS
from policies.text.units import Document, Unit


class GroupPage(Model):
    """One group's page. Whoever changes anything of it locks this row, so that two clerks take their turns."""

    __tablename__ = "group_pages"
    __table_args__ = (CheckConstraint("office_changes >= 0", name="changes_counted"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    group: Mapped[str] = mapped_column("group_key", group_type("page_group"), unique=True)
    office: Mapped[str] = mapped_column(String(OFFICE_CHARACTERS), default="")
    """Where the clerks are reached, in words. Earlier addresses are not kept."""
    office_changes: Mapped[int] = mapped_column(default=0)
    """How often that was changed: a clerk who saves has to have seen the newest."""


class LaunchStatement(Model):
    """One version of a group's launch statement. It is never changed; a newer one follows it."""

    __tablename__ = "launch_statements"
    __table_args__ = (
        UniqueConstraint("group_key", "number"),
        CheckConstraint("number >= 1", name="counts_from_one"),
        CheckConstraint(f"length(text) BETWEEN 1 AND {STATEMENT_CHARACTERS}", name="text_fits"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    group: Mapped[str] = mapped_column("group_key", group_type("statement_group"))
    number: Mapped[int]
    text: Mapped[str] = mapped_column(Text)
    units: Mapped[tuple[Unit, ...]] = mapped_column(UnitList)
    rendered: Mapped[dict[str, Any]] = mapped_column(JSON)
    """Sanitised inline HTML by unit id, made when the statement was published."""
    engine: Mapped[int]
    published_at: Mapped[datetime] = mapped_column(Moment)
    published_by: Mapped[int] = mapped_column(ForeignKey("people.id"))
    """The clerk, whom no page names: a statement is the group's."""

    @property
    def document(self) -> Document:
        """The text as the text engine reads it; a statement has no title."""
        return Document("", self.text, self.units)
