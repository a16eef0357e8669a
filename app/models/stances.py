"""What each group decided on each exact version."""

from datetime import date, datetime

from sqlalchemy import JSON, CheckConstraint, Date, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.models.base import Model, Moment, group_type, one_of
from app.models.planks import Version
from policies.endorsements import STATEMENT_CHARACTERS, StanceKind
from policies.planks import TEXT_CHARACTERS, TITLE_CHARACTERS
from policies.suspensions import REASON_CHARACTERS


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
    suspension: Mapped["Suspension | None"] = relationship(back_populates="stance", lazy="joined")
    condition: Mapped["StanceCondition | None"] = relationship(lazy="joined")
    condition_end: Mapped["ConditionEnd | None"] = relationship(
        lazy="joined", foreign_keys="ConditionEnd.stance_id", viewonly=True
    )


class StanceCondition(Model):
    """The one other text that a group will back, of a conditional stance, and the last day for it to be adopted."""

    __tablename__ = "stance_conditions"
    __table_args__ = (CheckConstraint("length(sha256) = 64", name="whole_hash"),)

    stance_id: Mapped[int] = mapped_column(ForeignKey("stances.id"), primary_key=True)
    title: Mapped[str] = mapped_column(String(TITLE_CHARACTERS))
    text: Mapped[str] = mapped_column(String(TEXT_CHARACTERS), deferred=True)
    sha256: Mapped[str] = mapped_column(String(64), index=True)
    by_date: Mapped[date] = mapped_column(Date)


class ConditionEnd(Model):
    """What became of a conditional stance: the stance that it turned into, or none where its date has passed."""

    __tablename__ = "condition_ends"

    stance_id: Mapped[int] = mapped_column(ForeignKey("stances.id"), primary_key=True)
    ended_at: Mapped[datetime] = mapped_column(Moment)
    became_id: Mapped[int | None] = mapped_column(ForeignKey("stances.id"))


class Suspension(Model):
    """A group's pause of one stance: asked for by one officer, and running once another has confirmed it.

    One for each stance, ever. Whether it runs at a moment `policies.suspensions` says; `ended_at` marks what is over.
    """

    __tablename__ = "suspensions"
    __table_args__ = (
        CheckConstraint("days BETWEEN 1 AND 14", name="days_of_a_pause"),
        CheckConstraint("reason <> ''", name="has_reason"),
        CheckConstraint("confirmed_by_id IS NULL OR confirmed_by_id <> asked_by_id", name="two_officers"),
        CheckConstraint(
            "(confirmed_by_id IS NULL) = (starts_at IS NULL) AND (starts_at IS NULL) = (until IS NULL)",
            name="confirmed_has_times",
        ),
        CheckConstraint("until IS NULL OR until > starts_at", name="ends_after_start"),
        CheckConstraint("ended_at IS NULL OR starts_at IS NOT NULL", name="ended_had_started"),
        # Each database reckons with moments in its own way.
        CheckConstraint(
            "until IS NULL OR julianday(until) <= julianday(starts_at, '+14 days')", name="at_most_14_days"
        ).ddl_if(dialect="sqlite"),
        CheckConstraint("until IS NULL OR until <= starts_at + INTERVAL '14 days'", name="at_most_14_days").ddl_if(
            dialect="postgresql"
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    stance_id: Mapped[int] = mapped_column(ForeignKey("stances.id"), unique=True)
    days: Mapped[int]
    reason: Mapped[str] = mapped_column(String(REASON_CHARACTERS))
    asked_by_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    asked_at: Mapped[datetime] = mapped_column(Moment)
    confirmed_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    starts_at: Mapped[datetime | None] = mapped_column(Moment)
    until: Mapped[datetime | None] = mapped_column(Moment, index=True)
    ended_at: Mapped[datetime | None] = mapped_column(Moment)

    stance: Mapped[Stance] = relationship(back_populates="suspension")
