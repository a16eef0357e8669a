"""Editorial changes: mended words that clerks propose for a text, and what a clerk of each group says of them."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.models.base import Model, Moment, group_type, key_column, one_of
from app.models.planks import Plank, Version
from policies.mending import EditorialStage
from policies.permissions import Actor, PlankFacts
from policies.planks import REASON_CHARACTERS, TITLE_CHARACTERS

OPEN = text("stage = 'open'")


class EditorialChange(Model):
    """A title and text with mended punctuation, proposed for one version; once made, it is that version's successor."""

    __tablename__ = "editorial_changes"
    __table_args__ = (
        CheckConstraint("(stage = 'open') = (ended_at IS NULL)", name="ended_has_moment"),
        CheckConstraint("(stage = 'made') = (made_id IS NOT NULL)", name="made_has_version"),
        CheckConstraint("length(sha256) = 64", name="whole_hash"),
        Index("uq_editorial_changes_one_open", "plank_id", unique=True, sqlite_where=OPEN, postgresql_where=OPEN),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = key_column()
    plank_id: Mapped[int] = mapped_column(ForeignKey("planks.id"), index=True)
    base_id: Mapped[int] = mapped_column(ForeignKey("versions.id"))
    title: Mapped[str] = mapped_column(String(TITLE_CHARACTERS))
    text: Mapped[str] = mapped_column(Text)
    sha256: Mapped[str] = mapped_column(String(64))
    group: Mapped[str] = mapped_column("group_key", group_type("editorial_group"))
    proposed_by_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    proposed_at: Mapped[datetime] = mapped_column(Moment)
    stage: Mapped[EditorialStage] = mapped_column(
        one_of(EditorialStage, "editorial_stage"), default=EditorialStage.OPEN
    )
    ended_at: Mapped[datetime | None] = mapped_column(Moment)
    made_id: Mapped[int | None] = mapped_column(ForeignKey("versions.id"), unique=True)

    plank: Mapped[Plank] = relationship(lazy="joined", innerjoin=True)
    base: Mapped[Version] = relationship(foreign_keys=[base_id])
    answers: Mapped[list["EditorialAnswer"]] = relationship(lazy="selectin", order_by="EditorialAnswer.group")

    def facts_for(self, actor: Actor) -> PlankFacts:
        """The facts are those of the plank."""
        return self.plank.facts_for(actor)


class EditorialAnswer(Model):
    """A clerk's yes or no. It counts once for the group, however many clerks the group has."""

    __tablename__ = "editorial_answers"
    __table_args__ = (CheckConstraint("says_yes OR reason <> ''", name="refusal_has_reason"),)

    change_id: Mapped[int] = mapped_column(ForeignKey("editorial_changes.id"), primary_key=True)
    group: Mapped[str] = mapped_column("group_key", group_type("editorial_answer_group"), primary_key=True)
    says_yes: Mapped[bool]
    reason: Mapped[str] = mapped_column(String(REASON_CHARACTERS), default="")
    clerk_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    answered_at: Mapped[datetime] = mapped_column(Moment)
