"""Those whom an MP lets draft positions, and what they drafted: no position until the MP confirms it."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.models.base import Model, Moment, one_of
from app.models.mps import Mp
from app.models.people import Person
from app.models.planks import Version
from policies.delegates import DelegacyEnd, DelegacyFacts
from policies.mail import ADDRESS_CHARACTERS
from policies.permissions import Actor, OfficeFacts
from policies.positions import STATEMENT_CHARACTERS, PositionKind

_ACTS = text("accepted_at IS NOT NULL AND ended_at IS NULL")


class Delegacy(Model):
    """An address that an MP invited to draft positions, and the person who accepted, until it ends."""

    __tablename__ = "delegacies"
    __table_args__ = (
        CheckConstraint("length(digest) = 64", name="whole_digest"),
        CheckConstraint("(person_id IS NULL) = (accepted_at IS NULL)", name="accepted_by_somebody"),
        CheckConstraint("(ended_at IS NULL) = (ended_by IS NULL)", name="ended_in_some_way"),
        CheckConstraint("ended_at IS NULL OR address = ''", name="ended_keeps_no_address"),
        CheckConstraint("address = lower(address)", name="address_in_small_letters"),
        CheckConstraint("wrong_addresses >= 0", name="counts"),
        Index("uq_delegacies_one_a_person", "person_id", unique=True, sqlite_where=_ACTS, postgresql_where=_ACTS),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    mp_id: Mapped[int] = mapped_column(ForeignKey("mps.id"), index=True)
    address: Mapped[str] = mapped_column(String(ADDRESS_CHARACTERS))
    """Where the invitation was sent, in canonical form; empty once it has ended."""
    digest: Mapped[str] = mapped_column(String(64), unique=True)
    """Of the key in the letter; the key itself is kept nowhere."""
    wrong_addresses: Mapped[int] = mapped_column(default=0)
    invited_at: Mapped[datetime] = mapped_column(Moment)
    expires_at: Mapped[datetime] = mapped_column(Moment)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    accepted_at: Mapped[datetime | None] = mapped_column(Moment)
    ended_at: Mapped[datetime | None] = mapped_column(Moment)
    ended_by: Mapped[DelegacyEnd | None] = mapped_column(one_of(DelegacyEnd, "delegacy_end"))

    mp: Mapped[Mp] = relationship(lazy="joined", innerjoin=True)
    person: Mapped[Person | None] = relationship(foreign_keys=[person_id])

    @property
    def is_acting(self) -> bool:
        """Whether this person drafts for that MP now: accepted, not ended, and the MP sits."""
        return self.accepted_at is not None and self.ended_at is None and self.mp.is_sitting

    @property
    def facts(self) -> DelegacyFacts:
        """This invitation as the rules see one."""
        return DelegacyFacts(self.address, self.expires_at, self.accepted_at, self.ended_at, self.wrong_addresses)

    def facts_for(self, _actor: Actor) -> OfficeFacts:
        """Its MP alone decides on it."""
        return OfficeFacts(self.mp_id)


class PositionDraft(Model):
    """What a delegate drafted for an MP on one version. It is seen in that MP's office alone."""

    __tablename__ = "position_drafts"
    __table_args__ = (
        UniqueConstraint("mp_id", "version_id", name="uq_position_drafts_one_a_version"),
        CheckConstraint("(kind = 'reservation') = (statement <> '')", name="reservation_has_statement"),
        CheckConstraint("sitting >= 1", name="counts"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    mp_id: Mapped[int] = mapped_column(ForeignKey("mps.id"))
    version_id: Mapped[int] = mapped_column(ForeignKey("versions.id"), index=True)
    kind: Mapped[PositionKind] = mapped_column(one_of(PositionKind, "position_draft_kind"))
    statement: Mapped[str] = mapped_column(String(STATEMENT_CHARACTERS), default="")
    drafted_by_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    drafted_at: Mapped[datetime] = mapped_column(Moment)
    sitting: Mapped[int] = mapped_column(default=1)
    """Counted up whenever it changes: an MP confirms the words that were on the page and no others."""

    mp: Mapped[Mp] = relationship()
    version: Mapped[Version] = relationship()

    def facts_for(self, _actor: Actor) -> OfficeFacts:
        """It belongs to its MP's office."""
        return OfficeFacts(self.mp_id)
