"""Complaints about how personal data is used, and every word of answer to them."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.models.base import Model, Moment, key_column, one_of
from policies.complaints import ANSWER_CHARACTERS, COMPLAINT_CHARACTERS, ComplaintStage
from policies.mail import ADDRESS_CHARACTERS
from policies.permissions import Actor, ServiceFacts


class Complaint(Model):
    """Somebody says that personal data was used wrongly. An address is kept only for the answer, and for a year."""

    __tablename__ = "complaints"
    __table_args__ = (
        CheckConstraint("words <> ''", name="says_something"),
        CheckConstraint("(stage = 'answered') = (ended_at IS NOT NULL)", name="answered_has_moment"),
        CheckConstraint("(stage = 'received') = (spoken_at IS NULL)", name="looked_into_is_said"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = key_column()
    words: Mapped[str] = mapped_column(String(COMPLAINT_CHARACTERS))
    contact: Mapped[str] = mapped_column(String(ADDRESS_CHARACTERS), default="")
    stage: Mapped[ComplaintStage] = mapped_column(
        one_of(ComplaintStage, "complaint_stage"), default=ComplaintStage.RECEIVED
    )
    received_at: Mapped[datetime] = mapped_column(Moment, index=True)
    """It is acknowledged in the same moment: by the page with the reference, and by mail where there is an address."""
    spoken_at: Mapped[datetime | None] = mapped_column(Moment)
    """When whoever complained last heard something beyond that."""
    ended_at: Mapped[datetime | None] = mapped_column(Moment)
    reminded_at: Mapped[datetime | None] = mapped_column(Moment)
    """When those who answer were last reminded that a word is overdue."""

    answers: Mapped[list["ComplaintAnswer"]] = relationship(order_by="ComplaintAnswer.place")

    def facts_for(self, _actor: Actor) -> ServiceFacts:
        """Whoever knows its random reference may ask how it stands."""
        return ServiceFacts()


class ComplaintAnswer(Model):
    """A word of progress, or the outcome, as whoever complained reads it."""

    __tablename__ = "complaint_answers"
    __table_args__ = (CheckConstraint("words <> ''", name="says_something"),)

    complaint_id: Mapped[int] = mapped_column(ForeignKey("complaints.id"), primary_key=True)
    place: Mapped[int] = mapped_column(primary_key=True)
    words: Mapped[str] = mapped_column(String(ANSWER_CHARACTERS))
    is_outcome: Mapped[bool]
    said_by_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    said_at: Mapped[datetime] = mapped_column(Moment)
