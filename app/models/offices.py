"""What clerks propose about the office of a clerk, and who was reminded of an end that comes near."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.models.base import Model, Moment, key_column, one_of
from app.models.people import Membership
from policies.membership import REASON_CHARACTERS
from policies.offices import OfficeChange, ProposalStage
from policies.permissions import Actor, MembershipFacts

_WAITS = "ended_at IS NULL"


class OfficeProposal(Model):
    """A clerk proposes that a member become, stay or cease to be a clerk; a second person confirms."""

    __tablename__ = "office_proposals"
    __table_args__ = (
        Index(
            "uq_office_proposals_one_waits",
            "membership_id",
            unique=True,
            sqlite_where=text(_WAITS),
            postgresql_where=text(_WAITS),
        ),
        CheckConstraint("change <> 'end' OR reason <> ''", name="end_has_reason"),
        CheckConstraint("confirmed_by_id <> proposed_by_id", name="by_two_persons"),
        CheckConstraint("confirmed_by_id IS NULL OR confirmed_at IS NOT NULL", name="confirmed_has_moment"),
        CheckConstraint(
            "stage IN ('proposed', 'dropped') OR confirmed_at IS NOT NULL", name="confirmed_before_it_counts"
        ),
        CheckConstraint("(stage IN ('proposed', 'confirmed')) = (ended_at IS NULL)", name="ended_has_moment"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = key_column()
    membership_id: Mapped[int] = mapped_column(ForeignKey("memberships.id"), index=True)
    change: Mapped[OfficeChange] = mapped_column(one_of(OfficeChange, "office_change"))
    stage: Mapped[ProposalStage] = mapped_column(
        one_of(ProposalStage, "proposal_stage"), default=ProposalStage.PROPOSED
    )
    reason: Mapped[str] = mapped_column(String(REASON_CHARACTERS), default="")
    """Why an office is to end."""
    proposed_by_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    proposed_at: Mapped[datetime] = mapped_column(Moment)
    confirmed_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    """None where whoever runs the service confirmed it."""
    confirmed_at: Mapped[datetime | None] = mapped_column(Moment)
    ended_at: Mapped[datetime | None] = mapped_column(Moment)

    membership: Mapped[Membership] = relationship(lazy="joined", innerjoin=True)

    @property
    def since(self) -> datetime:
        """Since when it waits for its next word."""
        return self.confirmed_at or self.proposed_at

    @property
    def group(self) -> str:
        """The group whose office it is."""
        return self.membership.group

    def facts_for(self, _actor: Actor) -> MembershipFacts:
        """The facts are those of the membership."""
        return MembershipFacts(self.group, self.membership.person_id)


class Reminder(Model):
    """Somebody was reminded, so many days before, that a membership or an office ends. Once each."""

    __tablename__ = "reminders"
    __table_args__ = (CheckConstraint("days > 0", name="before_the_end"),)

    membership_id: Mapped[int] = mapped_column(ForeignKey("memberships.id"), primary_key=True)
    is_of_office: Mapped[bool] = mapped_column(primary_key=True)
    ends_at: Mapped[datetime] = mapped_column(Moment, primary_key=True)
    days: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
