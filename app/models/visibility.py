"""Whose name is shown to whom: what each member chose for single things, and in general."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Model, Moment, one_of
from policies.visibility import Choice, Reach, Role


class NameChoice(Model):
    """What somebody chose for the own name on one thing. Without a row the clerks of the own group alone may know."""

    __tablename__ = "name_choices"
    __table_args__ = (
        UniqueConstraint("role", "thing_id", "person_id", name="uq_name_choices_one_a_thing"),
        CheckConstraint("(plank_id IS NOT NULL) = (role IN ('plank', 'plank-second'))", name="plank_named"),
        CheckConstraint(
            "(amendment_id IS NOT NULL) = (role IN ('amendment', 'amendment-second'))", name="amendment_named"
        ),
        CheckConstraint("(argument_id IS NOT NULL) = (role = 'argument')", name="argument_named"),
        CheckConstraint("(offer_id IS NOT NULL) = (role = 'offer')", name="offer_named"),
        CheckConstraint(
            "thing_id = coalesce(plank_id, amendment_id, argument_id, offer_id)", name="about_what_is_named"
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    role: Mapped[Role] = mapped_column(one_of(Role, "name_role"))
    thing_id: Mapped[int]
    """The id of the thing: with `role` it names it in columns that are never empty."""
    plank_id: Mapped[int | None] = mapped_column(ForeignKey("planks.id"))
    amendment_id: Mapped[int | None] = mapped_column(ForeignKey("amendments.id"))
    argument_id: Mapped[int | None] = mapped_column(ForeignKey("arguments.id"))
    offer_id: Mapped[int | None] = mapped_column(ForeignKey("offers.id"))
    choice: Mapped[Choice] = mapped_column(one_of(Choice, "name_choice"))
    chosen_at: Mapped[datetime] = mapped_column(Moment)


class GeneralReach(Model):
    """How far somebody's name goes on the things for which that person chose "as in general"."""

    __tablename__ = "general_reaches"
    __table_args__ = (CheckConstraint("reach <> 'nobody'", name="clerks_may_know"),)

    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), primary_key=True)
    reach: Mapped[Reach] = mapped_column(one_of(Reach, "general_reach"))
    chosen_at: Mapped[datetime] = mapped_column(Moment)
