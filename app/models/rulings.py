"""What clerks ruled together, appeals against it, planks referred back, and who was named a deputy."""

from datetime import datetime

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.models.amendments import Amendment
from app.models.base import Model, Moment, group_type, key_column, one_of
from app.models.planks import Plank, Version
from policies.permissions import Actor, RulingFacts
from policies.planks import REASON_CHARACTERS
from policies.rulings import Answer, AppealStage, ReferenceEnd, Verdict

_HOLDS = "ended_at IS NULL"


class RegisteredRuling(Model):
    """Clerks of enough groups said the same of a plank or of an amendment. A row of the register; it never changes."""

    __tablename__ = "registered_rulings"
    __table_args__ = (
        CheckConstraint("verdict = 'in_order' OR reason <> ''", name="refusal_has_reason"),
        CheckConstraint("amendment_id IS NULL OR verdict = 'out_of_order'", name="amendments_are_only_ruled_out"),
        CheckConstraint(
            "stage_before IS NULL OR stage_before IN ('submitted', 'open')", name="amendment_was_before_the_members"
        ),
        CheckConstraint("(amendment_id IS NULL) = (stage_before IS NULL)", name="amendment_was_in_a_stage"),
        Index("ix_registered_rulings_ruled_at", "ruled_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = key_column()
    verdict: Mapped[Verdict] = mapped_column(one_of(Verdict, "registered_verdict"))
    plank_id: Mapped[int] = mapped_column(ForeignKey("planks.id"), index=True)
    amendment_id: Mapped[int | None] = mapped_column(ForeignKey("amendments.id"), index=True)
    version_id: Mapped[int] = mapped_column(ForeignKey("versions.id"))
    """The working text of the plank when it was ruled."""
    groups: Mapped[list[str]] = mapped_column(JSON)
    """Keys of the groups whose clerks said so."""
    deputies: Mapped[list[str]] = mapped_column(JSON, default=list)
    """Those of them for which a deputy spoke."""
    reason: Mapped[str] = mapped_column(String(REASON_CHARACTERS), default="")
    stage_before: Mapped[str | None] = mapped_column(String(16))
    """Where an amendment stood when it was ruled out, to be taken up again there."""
    ruled_at: Mapped[datetime] = mapped_column(Moment)

    plank: Mapped[Plank] = relationship(lazy="joined", innerjoin=True)
    amendment: Mapped[Amendment | None] = relationship(lazy="joined")
    version: Mapped[Version] = relationship()
    appeal: Mapped["Appeal | None"] = relationship(back_populates="ruling", lazy="joined", uselist=False)

    def facts_for(self, _actor: Actor) -> RulingFacts:
        """A ruling is read by those who may read what it is about."""
        about = self.plank if self.amendment is None else self.amendment
        return RulingFacts(is_numbered=about.number is not None, mover_id=about.mover_id)


class Appeal(Model):
    """Members, or a clerk, ask that clerks of all groups look at a ruling again. One a ruling."""

    __tablename__ = "appeals"
    __table_args__ = (
        CheckConstraint("(stage IN ('gathering', 'lapsed')) = (opened_at IS NULL)", name="before_clerks_since"),
        CheckConstraint("(stage IN ('gathering', 'open')) = (ended_at IS NULL)", name="decided_has_moment"),
    )

    ruling_id: Mapped[int] = mapped_column(ForeignKey("registered_rulings.id"), primary_key=True)
    stage: Mapped[AppealStage] = mapped_column(one_of(AppealStage, "appeal_stage"), default=AppealStage.GATHERING)
    begun_at: Mapped[datetime] = mapped_column(Moment)
    opened_at: Mapped[datetime | None] = mapped_column(Moment)
    ended_at: Mapped[datetime | None] = mapped_column(Moment)

    ruling: Mapped[RegisteredRuling] = relationship(back_populates="appeal", lazy="joined", innerjoin=True)
    voices: Mapped[list["AppealVoice"]] = relationship(order_by="AppealVoice.raised_at")
    answers: Mapped[list["AppealAnswer"]] = relationship(order_by="AppealAnswer.answered_at")

    @property
    def id(self) -> int:
        """What the record calls it: the ruling's."""
        return self.ruling_id


class AppealVoice(Model):
    """One person appeals, with a reason. Nobody is ever told who, but of a clerk of which group."""

    __tablename__ = "appeal_voices"
    __table_args__ = (CheckConstraint("reason <> ''", name="has_reason"),)

    ruling_id: Mapped[int] = mapped_column(ForeignKey("appeals.ruling_id"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), primary_key=True, index=True)
    group: Mapped[str] = mapped_column("group_key", group_type("appeal_voice_group"))
    is_clerk: Mapped[bool]
    reason: Mapped[str] = mapped_column(String(REASON_CHARACTERS))
    raised_at: Mapped[datetime] = mapped_column(Moment)


class AppealAnswer(Model):
    """What a clerk says of a ruling that was appealed against, for the group."""

    __tablename__ = "appeal_answers"
    __table_args__ = (CheckConstraint("answer = 'uphold' OR reason <> ''", name="overturning_has_reason"),)

    ruling_id: Mapped[int] = mapped_column(ForeignKey("appeals.ruling_id"), primary_key=True)
    group: Mapped[str] = mapped_column("group_key", group_type("appeal_answer_group"), primary_key=True)
    answer: Mapped[Answer] = mapped_column(one_of(Answer, "appeal_answer"))
    reason: Mapped[str] = mapped_column(String(REASON_CHARACTERS), default="")
    clerk_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    answered_at: Mapped[datetime] = mapped_column(Moment)


class AmendmentRuling(Model):
    """A clerk's word, for the group, that an amendment in these words is out of order."""

    __tablename__ = "amendment_rulings"
    __table_args__ = (CheckConstraint("reason <> ''", name="has_reason"),)

    amendment_id: Mapped[int] = mapped_column(ForeignKey("amendments.id"), primary_key=True)
    group: Mapped[str] = mapped_column("group_key", group_type("amendment_ruling_group"), primary_key=True)
    words_id: Mapped[int] = mapped_column(ForeignKey("revisions.id"))
    """Which words it is about; of other words it says nothing."""
    reason: Mapped[str] = mapped_column(String(REASON_CHARACTERS))
    clerk_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    ruled_at: Mapped[datetime] = mapped_column(Moment)


class ReferenceWord(Model):
    """A clerk's word, for the group, that a plank in this text goes back to its drafters."""

    __tablename__ = "reference_words"
    __table_args__ = (CheckConstraint("reason <> ''", name="has_reason"),)

    plank_id: Mapped[int] = mapped_column(ForeignKey("planks.id"), primary_key=True)
    group: Mapped[str] = mapped_column("group_key", group_type("reference_word_group"), primary_key=True)
    version_id: Mapped[int] = mapped_column(ForeignKey("versions.id"))
    reason: Mapped[str] = mapped_column(String(REASON_CHARACTERS))
    clerk_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    said_at: Mapped[datetime] = mapped_column(Moment)


class ReferenceBack(Model):
    """A plank is with its drafters, by a ruling, until its text is another or its mover has answered."""

    __tablename__ = "references_back"
    __table_args__ = (
        Index(
            "uq_references_back_one", "plank_id", unique=True, sqlite_where=text(_HOLDS), postgresql_where=text(_HOLDS)
        ),
        CheckConstraint("(ended_at IS NULL) = (ended_by IS NULL)", name="ended_by_something"),
        CheckConstraint("(answer <> '') = (coalesce(ended_by, '') = 'answer')", name="answer_ends_it"),
    )

    ruling_id: Mapped[int] = mapped_column(ForeignKey("registered_rulings.id"), primary_key=True)
    plank_id: Mapped[int] = mapped_column(ForeignKey("planks.id"))
    version_id: Mapped[int] = mapped_column(ForeignKey("versions.id"))
    answer: Mapped[str] = mapped_column(String(REASON_CHARACTERS), default="")
    ended_by: Mapped[ReferenceEnd | None] = mapped_column(one_of(ReferenceEnd, "reference_end"))
    ended_at: Mapped[datetime | None] = mapped_column(Moment)

    ruling: Mapped[RegisteredRuling] = relationship(lazy="joined", innerjoin=True)
    plank: Mapped[Plank] = relationship(lazy="joined", innerjoin=True)

    @property
    def id(self) -> int:
        """What the record calls it: the ruling's."""
        return self.ruling_id


class DeputyNaming(Model):
    """A clerk's word that a member of the group is to be its deputy. Two make one."""

    __tablename__ = "deputy_namings"

    membership_id: Mapped[int] = mapped_column(ForeignKey("memberships.id"), primary_key=True)
    clerk_id: Mapped[int] = mapped_column(ForeignKey("people.id"), primary_key=True)
    named_at: Mapped[datetime] = mapped_column(Moment)
