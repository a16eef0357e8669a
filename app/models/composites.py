"""Which clauses of which planks a composite was put together from, and what the movers of those planks said to it."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.models.base import Model, Moment, one_of
from app.models.planks import Plank, Version
from policies.composites import Answer

# A plank ends once.
ENDED = text("took_effect_at IS NOT NULL")


class CompositeOriginal(Model):
    """A plank of which clauses went into a composite: in which version, and the answer of its mover if there is one."""

    __tablename__ = "composite_originals"
    __table_args__ = (
        UniqueConstraint("composite_id", "version_id"),
        CheckConstraint("composite_id <> plank_id", name="not_of_itself"),
        CheckConstraint("(answer IS NULL) = (answered_at IS NULL)", name="answer_has_moment"),
        CheckConstraint(
            "took_effect_at IS NULL OR (answer IS NOT NULL AND answer = 'accepted')", name="ends_by_consent"
        ),
        Index("uq_composite_originals_end", "plank_id", unique=True, sqlite_where=ENDED, postgresql_where=ENDED),
    )

    composite_id: Mapped[int] = mapped_column(ForeignKey("planks.id"), primary_key=True)
    plank_id: Mapped[int] = mapped_column(ForeignKey("planks.id"), primary_key=True, index=True)
    version_id: Mapped[int] = mapped_column(ForeignKey("versions.id"))
    answer: Mapped[Answer | None] = mapped_column(one_of(Answer, "composite_answer"))
    answered_at: Mapped[datetime | None] = mapped_column(Moment)
    took_effect_at: Mapped[datetime | None] = mapped_column(Moment)
    """When the original ended in this composite."""

    composite: Mapped[Plank] = relationship(foreign_keys=[composite_id])
    plank: Mapped[Plank] = relationship(foreign_keys=[plank_id])
    version: Mapped[Version] = relationship(foreign_keys=[version_id])


class CompositePart(Model):
    """A unit of an original that went into a composite, by its id there and by the id it was given here."""

    __tablename__ = "composite_parts"
    __table_args__ = (
        UniqueConstraint("composite_id", "unit_id"),
        UniqueConstraint("composite_id", "version_id", "source_unit_id"),
        ForeignKeyConstraint(
            ["composite_id", "version_id"], ["composite_originals.composite_id", "composite_originals.version_id"]
        ),
        CheckConstraint("place >= 1", name="counts_from_one"),
    )

    composite_id: Mapped[int] = mapped_column(primary_key=True)
    place: Mapped[int] = mapped_column(primary_key=True)
    version_id: Mapped[int]
    source_unit_id: Mapped[str] = mapped_column(String(40))
    unit_id: Mapped[str] = mapped_column(String(40))
