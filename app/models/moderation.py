"""What anybody reported of a text, what clerks said of it, appeals, and the words of what is hidden."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.models.base import Model, Moment, group_type, key_column, one_of
from policies.mail import ADDRESS_CHARACTERS
from policies.moderation import (
    APPEAL_CHARACTERS,
    HIDING_REASON_CHARACTERS,
    PAGE_CHARACTERS,
    REPORT_CHARACTERS,
    CaseStage,
    Kind,
    Side,
    Verdict,
    Wrong,
)
from policies.permissions import Actor, ServiceFacts

SUBJECT_CHARACTERS = PAGE_CHARACTERS + 20
ROW_CHARACTERS = 80
_KEPT = text("words IS NOT NULL")


class Case(Model):
    """One text before the clerks. There is one case a text, however often it is reported."""

    __tablename__ = "moderation_cases"
    __table_args__ = (
        CheckConstraint("(stage = 'hidden') = (reason <> '')", name="hidden_has_reason"),
        CheckConstraint("(stage IN ('held', 'hidden')) = (hidden_at IS NOT NULL)", name="hidden_has_moment"),
        CheckConstraint("(stage IN ('hidden', 'left')) = (decided_at IS NOT NULL)", name="decided_has_moment"),
        CheckConstraint("stage <> 'gone' OR queued_since IS NULL", name="gone_waits_for_nobody"),
        CheckConstraint("NOT on_appeal OR queued_since IS NOT NULL", name="appeal_waits"),
        CheckConstraint("sitting >= 1 AND reports_beyond >= 0", name="counts"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = key_column()
    kind: Mapped[Kind] = mapped_column(one_of(Kind, "case_kind"))
    subject: Mapped[str] = mapped_column(String(SUBJECT_CHARACTERS), unique=True)
    """Which row it is about: the table and the row's key; of a whole page its address."""
    page: Mapped[str] = mapped_column(String(PAGE_CHARACTERS))
    """Where the text was read when it was first reported."""
    stage: Mapped[CaseStage] = mapped_column(one_of(CaseStage, "case_stage"), default=CaseStage.WAITING)
    sitting: Mapped[int] = mapped_column(default=1)
    """Counted up with every decision and appeal: what clerks said before no longer counts."""
    on_appeal: Mapped[bool] = mapped_column(default=False)
    had_appeal: Mapped[bool] = mapped_column(default=False)
    """Whether the decision that stands was made on appeal, and so is the last."""
    reason: Mapped[str] = mapped_column(String(HIDING_REASON_CHARACTERS), default="")
    author_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"), index=True)
    """Who wrote it, and so is told and may appeal; nobody where a group speaks, or no person is known."""
    voice: Mapped[str | None] = mapped_column(group_type("case_voice"))
    """The group that speaks in it: any of its clerks may appeal."""
    opened_at: Mapped[datetime] = mapped_column(Moment)
    queued_since: Mapped[datetime | None] = mapped_column(Moment, index=True)
    hidden_at: Mapped[datetime | None] = mapped_column(Moment)
    decided_at: Mapped[datetime | None] = mapped_column(Moment, index=True)
    reports_beyond: Mapped[int] = mapped_column(default=0)
    """How many reports came while as many as are kept were waiting."""

    reports: Mapped[list["Report"]] = relationship(back_populates="case", order_by="Report.id")
    words: Mapped[list["CaseWord"]] = relationship(order_by="CaseWord.said_at")
    appeals: Mapped[list["CaseAppeal"]] = relationship(order_by="CaseAppeal.id")

    def facts_for(self, _actor: Actor) -> ServiceFacts:
        """Whoever may see its text may see that it is hidden; the loading sees to that."""
        return ServiceFacts()


class Report(Model):
    """Somebody's word that a text should not stand. It names nobody; an address is kept only for the answer."""

    __tablename__ = "reports"
    __table_args__ = (
        CheckConstraint("(settled_at IS NULL) = (settlement IS NULL)", name="settled_has_outcome"),
        CheckConstraint("wrong <> 'other' OR words <> ''", name="other_is_said"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = key_column()
    case_id: Mapped[int] = mapped_column(ForeignKey("moderation_cases.id"), index=True)
    wrong: Mapped[Wrong] = mapped_column(one_of(Wrong, "report_wrong"))
    words: Mapped[str] = mapped_column(String(REPORT_CHARACTERS), default="")
    contact: Mapped[str] = mapped_column(String(ADDRESS_CHARACTERS), default="")
    """Where the answer goes, if anywhere; erased 30 days after it."""
    filed_at: Mapped[datetime] = mapped_column(Moment)
    settled_at: Mapped[datetime | None] = mapped_column(Moment)
    settlement: Mapped[CaseStage | None] = mapped_column(one_of(CaseStage, "report_settlement"))

    case: Mapped[Case] = relationship(back_populates="reports")

    def facts_for(self, _actor: Actor) -> ServiceFacts:
        """Whoever knows its random reference may ask how it ended; nothing else is said of it."""
        return ServiceFacts()


class CaseWord(Model):
    """A clerk's word on a text as it was then. It counts once for the group."""

    __tablename__ = "case_words"
    __table_args__ = (
        CheckConstraint("verdict = 'leave' OR reason <> ''", name="hiding_has_reason"),
        CheckConstraint("length(fingerprint) = 64", name="whole_hash"),
    )

    case_id: Mapped[int] = mapped_column(ForeignKey("moderation_cases.id"), primary_key=True)
    sitting: Mapped[int] = mapped_column(primary_key=True)
    group: Mapped[str] = mapped_column("group_key", group_type("case_word_group"), primary_key=True)
    verdict: Mapped[Verdict] = mapped_column(one_of(Verdict, "case_verdict"))
    reason: Mapped[str] = mapped_column(String(HIDING_REASON_CHARACTERS), default="")
    fingerprint: Mapped[str] = mapped_column(String(64))
    """The hash of the words that the clerk has read; of other words it says nothing."""
    at_once: Mapped[bool] = mapped_column(default=False)
    """Whether it hid the text before a second group had spoken."""
    clerk_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    said_at: Mapped[datetime] = mapped_column(Moment)


class CaseAppeal(Model):
    """The author, or somebody who reported, asks that clerks who had no word yet look again. It names nobody."""

    __tablename__ = "case_appeals"
    __table_args__ = (UniqueConstraint("case_id", "sitting"), CheckConstraint("reason <> ''", name="has_reason"))

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("moderation_cases.id"))
    sitting: Mapped[int]
    """The sitting in which it is decided."""
    side: Mapped[Side] = mapped_column(one_of(Side, "appeal_side"))
    reason: Mapped[str] = mapped_column(String(APPEAL_CHARACTERS))
    filed_at: Mapped[datetime] = mapped_column(Moment)
    decided_at: Mapped[datetime | None] = mapped_column(Moment)


class HiddenWords(Model):
    """Words that are kept apart from the row they belong to, which has others in their place while they are hidden.

    Where two cases hide one row, one of the two rows here has the words and the other none.
    """

    __tablename__ = "hidden_words"
    __table_args__ = (
        UniqueConstraint("table_name", "row_key", "case_id"),
        Index(
            "uq_hidden_words_one_keeps",
            "table_name",
            "row_key",
            unique=True,
            sqlite_where=_KEPT,
            postgresql_where=_KEPT,
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    table_name: Mapped[str] = mapped_column(String(40))
    row_key: Mapped[str] = mapped_column(String(ROW_CHARACTERS))
    case_id: Mapped[int] = mapped_column(ForeignKey("moderation_cases.id"), index=True)
    words: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    """By the name of the column, as the database stores them."""
    instead: Mapped[dict[str, Any]] = mapped_column(JSON)
    """What stands in their place."""
