"""What members argue for and against a text, what anybody reported of that, and how clerks ruled on it."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.models.amendments import Amendment
from app.models.base import Model, Moment, group_type, key_column, one_of
from app.models.planks import Plank, Version
from policies.arguments import (
    ARGUMENT_CHARACTERS,
    COMPLAINT_CHARACTERS,
    HIDING_REASON_CHARACTERS,
    About,
    Complaint,
    Settlement,
    Side,
    Verdict,
)
from policies.permissions import Actor, ArgumentFacts, ServiceFacts


class Argument(Model):
    """One member's reason for or against one text. The row stays when it is withdrawn, its words do not."""

    __tablename__ = "arguments"
    __table_args__ = (
        UniqueConstraint("about", "about_id", "author_id", "side", name="uq_arguments_one_a_side"),
        CheckConstraint("(about = 'version') = (version_id IS NOT NULL)", name="version_named"),
        CheckConstraint("(about = 'amendment') = (amendment_id IS NOT NULL)", name="amendment_named"),
        CheckConstraint("about_id = coalesce(version_id, amendment_id)", name="about_what_is_named"),
        CheckConstraint("(withdrawn_at IS NULL) = (words <> '')", name="withdrawn_has_no_words"),
        CheckConstraint("(hidden_at IS NULL) = (hidden_reason = '')", name="hidden_has_reason"),
        CheckConstraint("hidden_at IS NULL OR withdrawn_at IS NULL", name="hidden_stays"),
        CheckConstraint(
            "queued_since IS NULL OR (hidden_at IS NULL AND withdrawn_at IS NULL)", name="queued_can_be_read"
        ),
        CheckConstraint("sitting >= 1 AND reports_beyond >= 0", name="counts"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = key_column()
    about: Mapped[About] = mapped_column(one_of(About, "argument_about"))
    about_id: Mapped[int]
    """The id of the version or the amendment: with `about` it names the thing in columns that are never empty."""
    version_id: Mapped[int | None] = mapped_column(ForeignKey("versions.id"), index=True)
    amendment_id: Mapped[int | None] = mapped_column(ForeignKey("amendments.id"))
    author_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    group: Mapped[str] = mapped_column("group_key", group_type("argument_group"))
    side: Mapped[Side] = mapped_column(one_of(Side, "argument_side"))
    words: Mapped[str] = mapped_column(String(ARGUMENT_CHARACTERS))
    sitting: Mapped[int] = mapped_column(default=1)
    """Counted up whenever the words change or clerks have decided: what clerks said before no longer counts."""
    written_at: Mapped[datetime] = mapped_column(Moment)
    changed_at: Mapped[datetime] = mapped_column(Moment)
    withdrawn_at: Mapped[datetime | None] = mapped_column(Moment)
    hidden_at: Mapped[datetime | None] = mapped_column(Moment)
    hidden_reason: Mapped[str] = mapped_column(String(HIDING_REASON_CHARACTERS), default="")
    queued_since: Mapped[datetime | None] = mapped_column(Moment, index=True)
    """Since when it waits for clerks: somebody reported it, or a clerk of one group has spoken."""
    reports_beyond: Mapped[int] = mapped_column(default=0)
    """How many reports came while as many as are kept were waiting."""

    version: Mapped[Version | None] = relationship()
    amendment: Mapped[Amendment | None] = relationship()

    @property
    def plank(self) -> Plank:
        """The plank argued about, or whose amendment is."""
        if self.amendment is not None:
            return self.amendment.plank
        assert self.version is not None
        return self.version.plank

    def facts_for(self, _actor: Actor) -> ArgumentFacts:
        """This argument as the permissions see one: it is read by those who may read what it is about."""
        thing = self.amendment or self.plank
        return ArgumentFacts(thing.number is not None, mover_id=thing.mover_id, author_id=self.author_id)


class ArgumentRuling(Model):
    """A clerk's word on the words of an argument as they were then. It counts once for the group."""

    __tablename__ = "argument_rulings"
    __table_args__ = (CheckConstraint("verdict = 'leave' OR reason <> ''", name="hiding_has_reason"),)

    argument_id: Mapped[int] = mapped_column(ForeignKey("arguments.id"), primary_key=True)
    sitting: Mapped[int] = mapped_column(primary_key=True)
    group: Mapped[str] = mapped_column("group_key", group_type("argument_ruling_group"), primary_key=True)
    verdict: Mapped[Verdict] = mapped_column(one_of(Verdict, "argument_verdict"))
    reason: Mapped[str] = mapped_column(String(HIDING_REASON_CHARACTERS), default="")
    clerk_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    ruled_at: Mapped[datetime] = mapped_column(Moment)


class Report(Model):
    """Somebody's word that an argument should not stand. It names nobody: there is no column for who sent it."""

    __tablename__ = "reports"
    __table_args__ = (
        CheckConstraint("(settled_at IS NULL) = (settlement IS NULL)", name="settled_has_outcome"),
        CheckConstraint("kind <> 'other' OR words <> ''", name="other_is_said"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = key_column()
    argument_id: Mapped[int] = mapped_column(ForeignKey("arguments.id"), index=True)
    kind: Mapped[Complaint] = mapped_column(one_of(Complaint, "report_kind"))
    words: Mapped[str] = mapped_column(String(COMPLAINT_CHARACTERS), default="")
    filed_at: Mapped[datetime] = mapped_column(Moment)
    settled_at: Mapped[datetime | None] = mapped_column(Moment)
    settlement: Mapped[Settlement | None] = mapped_column(one_of(Settlement, "report_settlement"))

    argument: Mapped[Argument] = relationship()

    def facts_for(self, _actor: Actor) -> ServiceFacts:
        """Whoever knows its random reference may ask how it ended; nothing else is said of it."""
        return ServiceFacts()
