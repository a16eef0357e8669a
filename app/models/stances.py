"""What each group decided on each exact version."""

from datetime import datetime

from sqlalchemy import JSON, CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.models.base import Model, Moment, group_type, one_of
from app.models.planks import Version
from policies.endorsements import STATEMENT_CHARACTERS, StanceKind


class Stance(Model):
    """A group's decision on one version, which came from a published round. At most one for each."""

    __tablename__ = "stances"
    __table_args__ = (
        UniqueConstraint("plank_id", "group_key", "version_id"),
        CheckConstraint("(kind = 'reservation') = (statement <> '')", name="reservation_has_statement"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    plank_id: Mapped[int] = mapped_column(ForeignKey("planks.id"))
    group: Mapped[str] = mapped_column("group_key", group_type("stance_group"))
    version_id: Mapped[int] = mapped_column(ForeignKey("versions.id"), index=True)
    kind: Mapped[StanceKind] = mapped_column(one_of(StanceKind, "stance_kind"))
    statement: Mapped[str] = mapped_column(String(STATEMENT_CHARACTERS), default="")
    units: Mapped[list[str]] = mapped_column(JSON, default=list)
    round_id: Mapped[int] = mapped_column(ForeignKey("rounds.id"))
    decided_at: Mapped[datetime] = mapped_column(Moment)

    version: Mapped[Version] = relationship()
