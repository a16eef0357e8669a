"""Editions: what clerks propose and say of it, and what is published then and never changes again."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.models.base import Model, Moment, group_type, key_column, one_of
from app.models.planks import Plank, Version
from policies.editions import REASON_CHARACTERS, EditionStage
from policies.endorsements import STATEMENT_CHARACTERS
from policies.permissions import Actor, ServiceFacts

OPEN = text("stage = 'open'")


class EditionProposal(Model):
    """What a clerk proposes to publish: the planks with their hashes and stances, and no words."""

    __tablename__ = "edition_proposals"
    __table_args__ = (
        CheckConstraint("(stage = 'open') = (ended_at IS NULL)", name="ended_has_moment"),
        CheckConstraint("(stage = 'published') = (edition_id IS NOT NULL)", name="published_has_edition"),
        Index("uq_edition_proposals_one_open", "stage", unique=True, sqlite_where=OPEN, postgresql_where=OPEN),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = key_column()
    contents: Mapped[str] = mapped_column(Text)
    group: Mapped[str] = mapped_column("group_key", group_type("edition_group"))
    proposed_by_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    proposed_at: Mapped[datetime] = mapped_column(Moment)
    stage: Mapped[EditionStage] = mapped_column(one_of(EditionStage, "edition_stage"), default=EditionStage.OPEN)
    ended_at: Mapped[datetime | None] = mapped_column(Moment)
    moved: Mapped[str] = mapped_column(Text, default="")
    """What had changed since, a line a change, where it is void for that."""
    edition_id: Mapped[int | None] = mapped_column(ForeignKey("editions.id"), unique=True)

    edition: Mapped["Edition | None"] = relationship()
    answers: Mapped[list["EditionAnswer"]] = relationship(lazy="selectin", order_by="EditionAnswer.group")

    def facts_for(self, _actor: Actor) -> ServiceFacts:
        """It is about the whole platform."""
        return ServiceFacts()


class EditionAnswer(Model):
    """A clerk's yes or no to a proposed edition. It counts once for the group, however many clerks the group has."""

    __tablename__ = "edition_answers"
    __table_args__ = (CheckConstraint("says_yes OR reason <> ''", name="refusal_has_reason"),)

    proposal_id: Mapped[int] = mapped_column(ForeignKey("edition_proposals.id"), primary_key=True)
    group: Mapped[str] = mapped_column("group_key", group_type("edition_answer_group"), primary_key=True)
    says_yes: Mapped[bool]
    reason: Mapped[str] = mapped_column(String(REASON_CHARACTERS), default="")
    clerk_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    answered_at: Mapped[datetime] = mapped_column(Moment)


class Edition(Model):
    """A published edition; its id is its number. Triggers keep it from being changed or deleted."""

    __tablename__ = "editions"
    __table_args__ = (
        CheckConstraint("id >= 1", name="counts_from_one"),
        CheckConstraint("length(sha256) = 64 AND length(fingerprint) = 64", name="whole_hashes"),
        CheckConstraint("length(public_key) = 64 AND length(signature) = 128", name="whole_signature"),
        CheckConstraint("(id = 1) = (before_id IS NULL)", name="follows_another"),
    )

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    published_at: Mapped[datetime] = mapped_column(Moment)
    manifest: Mapped[str] = mapped_column(Text)
    """What was signed, byte for byte."""
    sha256: Mapped[str] = mapped_column(String(64), unique=True)
    before_id: Mapped[int | None] = mapped_column(ForeignKey("editions.id"), unique=True)
    public_key: Mapped[str] = mapped_column(String(64))
    fingerprint: Mapped[str] = mapped_column(String(64))
    signature: Mapped[str] = mapped_column(String(128))

    def facts_for(self, _actor: Actor) -> ServiceFacts:
        """Everybody reads what is published."""
        return ServiceFacts()


class EditionPlank(Model):
    """The exact version of a plank that an edition holds; the words stand with the version alone."""

    __tablename__ = "edition_planks"

    edition_id: Mapped[int] = mapped_column(ForeignKey("editions.id"), primary_key=True)
    plank_id: Mapped[int] = mapped_column(ForeignKey("planks.id"), primary_key=True)
    version_id: Mapped[int] = mapped_column(ForeignKey("versions.id"))

    plank: Mapped[Plank] = relationship(lazy="raise")
    version: Mapped[Version] = relationship(lazy="raise")


class EditionReservation(Model):
    """The words of a reservation as they stood when the edition was published: the group may word it anew later."""

    __tablename__ = "edition_reservations"
    __table_args__ = (CheckConstraint("statement <> ''", name="has_words"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    edition_id: Mapped[int] = mapped_column(ForeignKey("editions.id"), index=True)
    plank_id: Mapped[int] = mapped_column(ForeignKey("planks.id"))
    group: Mapped[str] = mapped_column("group_key", group_type("edition_reservation_group"))
    statement: Mapped[str] = mapped_column(String(STATEMENT_CHARACTERS))


class EditionPaper(Model):
    """The PDF of an edition, made once. `covered` names what of its words was hidden then; empty where nothing was."""

    __tablename__ = "edition_papers"
    __table_args__ = (CheckConstraint("length(sha256) = 64", name="whole_hash"),)

    edition_id: Mapped[int] = mapped_column(ForeignKey("editions.id"), primary_key=True)
    covered: Mapped[str] = mapped_column(String(64), primary_key=True)
    pdf: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)
    sha256: Mapped[str] = mapped_column(String(64))
    made_at: Mapped[datetime] = mapped_column(Moment)
