"""The outbox: mails that wait for the worker, written in the transaction of what they tell."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Model, Moment, one_of
from policies.mail import ADDRESS_CHARACTERS, FAULT_CHARACTERS, SUBJECT_CHARACTERS, MailStage


class Mail(Model):
    """One mail to one address. Its words are erased once it is sent, since they can hold a key to an account."""

    __tablename__ = "mails"
    __table_args__ = (
        CheckConstraint("(stage = 'sending') = (claimed_at IS NOT NULL)", name="claimed_while_sending"),
        CheckConstraint("(stage = 'sent') = (sent_at IS NOT NULL)", name="sent_has_moment"),
        CheckConstraint("tries >= 0", name="tries_counted"),
        Index("ix_mails_stage_next_try_at", "stage", "next_try_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    message_id: Mapped[str] = mapped_column(String(120), unique=True)
    """The Message-ID, the same however often it is sent, so that a mail program shows it once."""
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"), index=True)
    address: Mapped[str] = mapped_column(String(ADDRESS_CHARACTERS), index=True)
    letter: Mapped[str] = mapped_column(String(40))
    """Which letter this is: the name of its template."""
    subject: Mapped[str] = mapped_column(String(SUBJECT_CHARACTERS))
    body: Mapped[str] = mapped_column(Text)
    unsubscribe_url: Mapped[str] = mapped_column(String(300), default="")
    """Where one click ends such mail (RFC 8058); empty for mail somebody asked for a minute ago."""
    stage: Mapped[MailStage] = mapped_column(one_of(MailStage, "mail_stage"), default=MailStage.QUEUED)
    tries: Mapped[int] = mapped_column(default=0)
    fault: Mapped[str] = mapped_column(String(FAULT_CHARACTERS), default="")
    created_at: Mapped[datetime] = mapped_column(Moment)
    next_try_at: Mapped[datetime] = mapped_column(Moment)
    claimed_at: Mapped[datetime | None] = mapped_column(Moment)
    useless_after: Mapped[datetime | None] = mapped_column(Moment)
    """When its link ends: from then on it is not sent, and is forgotten."""
    sent_at: Mapped[datetime | None] = mapped_column(Moment)
