"""Recounts of published rounds, which clerks of two groups ask for."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Model, Moment, group_type, one_of
from policies.results import RecountAnswer

WAITING = text("answer IS NULL")


class Recount(Model):
    """A clerk asks that a round be counted again from its papers; one of another group agrees, and it is done."""

    __tablename__ = "recounts"
    __table_args__ = (
        Index("uq_recounts_one_waiting", "round_id", unique=True, sqlite_where=WAITING, postgresql_where=WAITING),
        CheckConstraint("confirmed_group IS NULL OR confirmed_group <> asked_group", name="two_groups"),
        CheckConstraint(
            "(answer IS NULL) = (confirmed_at IS NULL) AND (answer IS NULL) = (confirmed_group IS NULL)"
            " AND (answer IS NULL) = (confirmed_by_id IS NULL)",
            name="answered_when_confirmed",
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("rounds.id"), index=True)
    asked_at: Mapped[datetime] = mapped_column(Moment)
    asked_by_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    asked_group: Mapped[str] = mapped_column(group_type("recount_asked_group"))
    confirmed_at: Mapped[datetime | None] = mapped_column(Moment)
    confirmed_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    confirmed_group: Mapped[str | None] = mapped_column(group_type("recount_confirmed_group"))
    answer: Mapped[RecountAnswer | None] = mapped_column(one_of(RecountAnswer, "recount_answer"))
