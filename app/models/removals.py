"""Removals of members by their group, appeals against them, and what the other groups' clerks say of an appeal."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.models.base import Model, Moment, group_type, key_column, one_of
from app.models.people import Membership
from policies.permissions import Actor, MembershipFacts
from policies.removals import APPEAL_CHARACTERS, REASON_CHARACTERS, AppealWord, RemovalStage

_RUNS = "ended_at IS NULL"


class Removal(Model):
    """Two clerks end a membership with a reason. It is shown to the member and the clerks who have to decide, alone."""

    __tablename__ = "removals"
    __table_args__ = (
        Index(
            "uq_removals_one_runs", "membership_id", unique=True, sqlite_where=text(_RUNS), postgresql_where=text(_RUNS)
        ),
        CheckConstraint("reason <> ''", name="has_reason"),
        CheckConstraint("confirmed_by_id <> proposed_by_id", name="by_two_persons"),
        CheckConstraint("(confirmed_at IS NULL) = (confirmed_by_id IS NULL)", name="confirmed_by_somebody"),
        CheckConstraint(
            "stage IN ('proposed', 'dropped') OR confirmed_at IS NOT NULL", name="confirmed_before_it_counts"
        ),
        CheckConstraint("(appealed_at IS NULL) = (appeal = '')", name="appeal_has_words"),
        CheckConstraint(
            "stage NOT IN ('appealed', 'overturned') OR appealed_at IS NOT NULL", name="appealed_at_some_time"
        ),
        CheckConstraint(
            "(stage IN ('proposed', 'confirmed', 'appealed')) = (ended_at IS NULL)", name="ended_has_moment"
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = key_column()
    membership_id: Mapped[int] = mapped_column(ForeignKey("memberships.id"), index=True)
    stage: Mapped[RemovalStage] = mapped_column(one_of(RemovalStage, "removal_stage"), default=RemovalStage.PROPOSED)
    reason: Mapped[str] = mapped_column(String(REASON_CHARACTERS))
    proposed_by_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    proposed_at: Mapped[datetime] = mapped_column(Moment)
    confirmed_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    confirmed_at: Mapped[datetime | None] = mapped_column(Moment)
    appeal: Mapped[str] = mapped_column(String(APPEAL_CHARACTERS), default="")
    appealed_at: Mapped[datetime | None] = mapped_column(Moment)
    ended_at: Mapped[datetime | None] = mapped_column(Moment)

    membership: Mapped[Membership] = relationship(lazy="joined", innerjoin=True)
    words: Mapped[list["RemovalWord"]] = relationship(order_by="RemovalWord.said_at")

    @property
    def since(self) -> datetime:
        """Since when it stands where it stands: the next word is due fourteen days later."""
        return self.appealed_at or self.confirmed_at or self.proposed_at

    @property
    def group(self) -> str:
        """The group that removes."""
        return self.membership.group

    def facts_for(self, _actor: Actor) -> MembershipFacts:
        """The facts are those of the membership."""
        return MembershipFacts(self.group, self.membership.person_id)


class RemovalWord(Model):
    """What a clerk says, for another group, of a removal that was appealed against. The member reads the reason."""

    __tablename__ = "removal_words"
    __table_args__ = (CheckConstraint("reason <> ''", name="has_reason"),)

    removal_id: Mapped[int] = mapped_column(ForeignKey("removals.id"), primary_key=True)
    group: Mapped[str] = mapped_column("group_key", group_type("removal_word_group"), primary_key=True)
    word: Mapped[AppealWord] = mapped_column(one_of(AppealWord, "removal_word"))
    reason: Mapped[str] = mapped_column(String(REASON_CHARACTERS))
    clerk_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    said_at: Mapped[datetime] = mapped_column(Moment)
