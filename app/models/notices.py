"""What members were told, how they want to be told, and which planks they follow."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Model, Moment, one_of
from policies.notices import THING_CHARACTERS, WORD_CHARACTERS, Channel, NoticeKind


class Notice(Model):
    """Somebody is told of something, once. Its words are made when it is shown, so that none outlive the thing."""

    __tablename__ = "notices"
    __table_args__ = (
        UniqueConstraint("person_id", "kind", "thing"),
        CheckConstraint("channel <> 'off'", name="nobody_is_told_who_wants_not"),
        CheckConstraint("mailed_at IS NULL OR channel IN ('digest', 'at_once')", name="mailed_as_chosen"),
        Index("ix_notices_person_id_read_at", "person_id", "read_at"),
        Index("ix_notices_channel_mailed_at", "channel", "mailed_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    kind: Mapped[NoticeKind] = mapped_column(one_of(NoticeKind, "notice_kind"))
    thing: Mapped[str] = mapped_column(String(THING_CHARACTERS))
    """What is told of once a person and kind, such as a round or a plank's having reached a stage."""
    word: Mapped[str] = mapped_column(String(WORD_CHARACTERS), default="")
    """What came of it, where the thing itself may say otherwise later: a stage, or the name of a version."""
    plank_id: Mapped[int | None] = mapped_column(ForeignKey("planks.id"), index=True)
    amendment_id: Mapped[int | None] = mapped_column(ForeignKey("amendments.id"), index=True)
    round_id: Mapped[int | None] = mapped_column(ForeignKey("rounds.id"), index=True)
    channel: Mapped[Channel] = mapped_column(one_of(Channel, "notice_channel"))
    """How its person wanted to be told of such things then; the site alone, once its mail was called off."""
    told_at: Mapped[datetime] = mapped_column(Moment, index=True)
    mailed_at: Mapped[datetime | None] = mapped_column(Moment)
    read_at: Mapped[datetime | None] = mapped_column(Moment)


class NoticeChoice(Model):
    """How a person wants to be told of one kind of thing; without a row, as is usual for it."""

    __tablename__ = "notice_choices"

    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), primary_key=True)
    kind: Mapped[NoticeKind] = mapped_column(one_of(NoticeKind, "notice_choice_kind"), primary_key=True)
    channel: Mapped[Channel] = mapped_column(one_of(Channel, "notice_choice_channel"))


class Follow(Model):
    """A member wants to be told of a plank. Nobody else learns it, and nobody counts it."""

    __tablename__ = "follows"

    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), primary_key=True)
    plank_id: Mapped[int] = mapped_column(ForeignKey("planks.id"), primary_key=True, index=True)
    followed_at: Mapped[datetime] = mapped_column(Moment)


class MailStop(Model):
    """What a key in the foot of a mail ends: one person's mail of one kind, or where there is none, the digest."""

    __tablename__ = "mail_stops"
    __table_args__ = (
        CheckConstraint("length(digest) = 64", name="whole_digest"),
        CheckConstraint("length(address_digest) = 64", name="whole_address_digest"),
    )

    digest: Mapped[str] = mapped_column(String(64), primary_key=True)
    address_digest: Mapped[str] = mapped_column(String(64))
    """Of the key and the address together, so that the key dies with the address, and neither can be read here."""
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    kind: Mapped[NoticeKind | None] = mapped_column(one_of(NoticeKind, "mail_stop_kind"))
