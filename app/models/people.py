"""People and the groups they belong to."""

from datetime import datetime
from typing import TYPE_CHECKING

from flask_login import UserMixin
from sqlalchemy import CheckConstraint, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.models.base import Model, Moment, group_type, one_of
from policies.groups import Group, group_named
from policies.membership import MembershipStage
from policies.permissions import Actor

if TYPE_CHECKING:
    from app.models.mps import Mp


class Person(UserMixin, Model):
    """Somebody who can sign in. The name is shown to that person alone."""

    __tablename__ = "people"
    __table_args__ = (CheckConstraint("is_demonstration OR NOT is_offered", name="only_the_made_up_are_offered"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(80))
    is_demonstration: Mapped[bool] = mapped_column(default=False)
    is_offered: Mapped[bool] = mapped_column(default=False)
    """Whether the sign-in page of a demonstration offers this made-up person; the others only fill the rolls."""
    created_at: Mapped[datetime] = mapped_column(Moment)

    memberships: Mapped[list["Membership"]] = relationship(back_populates="person", lazy="selectin")
    mp: Mapped["Mp | None"] = relationship(back_populates="person", lazy="joined")

    @property
    def membership(self) -> "Membership | None":
        """The one active membership, if there is one."""
        active = [one for one in self.memberships if one.stage is MembershipStage.ACTIVE]
        return active[0] if active else None

    @property
    def actor(self) -> Actor:
        """This person as the rulebook sees one."""
        membership = self.membership
        mp_id = self.mp.id if self.mp is not None and self.mp.is_sitting else None
        if membership is None:
            return Actor(person_id=self.id, mp_id=mp_id)
        return Actor(person_id=self.id, group=membership.group, is_clerk=membership.is_clerk, mp_id=mp_id)


class Membership(Model):
    """A person's membership of one group. The database allows one active membership a person."""

    __tablename__ = "memberships"
    __table_args__ = (
        Index(
            "uq_memberships_one_active",
            "person_id",
            unique=True,
            sqlite_where=text("stage = 'active'"),
            postgresql_where=text("stage = 'active'"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    group: Mapped[str] = mapped_column("group_key", group_type("membership_group"), index=True)
    stage: Mapped[MembershipStage] = mapped_column(one_of(MembershipStage, "membership_stage"))
    is_clerk: Mapped[bool] = mapped_column(default=False)
    active_since: Mapped[datetime | None] = mapped_column(Moment)

    person: Mapped[Person] = relationship(back_populates="memberships")

    @property
    def the_group(self) -> Group:
        """The group with its names."""
        return group_named(self.group)
