"""What its mover withdrew, and for how long one of its seconders can take it over."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Model, Moment, group_type


class Withdrawal(Model):
    """A plank, or one amendment, was withdrawn in some stage; a seconder can take it over until a moment."""

    __tablename__ = "withdrawals"
    __table_args__ = (
        CheckConstraint(
            "(amendment_id IS NULL AND stage_before IN ('seeking_seconders', 'checking', 'open'))"
            " OR (amendment_id IS NOT NULL AND stage_before IN ('submitted', 'open'))",
            name="was_before_the_members",
        ),
        CheckConstraint("until >= withdrawn_at", name="waits_forward"),
        CheckConstraint("(taken_over_at IS NULL) = (taker_group IS NULL)", name="taker_has_group"),
        Index("ix_withdrawals_plank_id_amendment_id", "plank_id", "amendment_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    plank_id: Mapped[int] = mapped_column(ForeignKey("planks.id"))
    amendment_id: Mapped[int | None] = mapped_column(ForeignKey("amendments.id"), index=True)
    stage_before: Mapped[str] = mapped_column(String(32))
    withdrawn_at: Mapped[datetime] = mapped_column(Moment)
    until: Mapped[datetime] = mapped_column(Moment)
    taken_over_at: Mapped[datetime | None] = mapped_column(Moment)
    taker_group: Mapped[str | None] = mapped_column(group_type("withdrawal_taker_group"))
