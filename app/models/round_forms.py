"""What a group is asked beyond the form's kind: the other text it depends on, the parts voted on by themselves."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Model, Moment, group_type, one_of
from policies.endorsements import Condition
from policies.planks import REASON_CHARACTERS, TEXT_CHARACTERS, TITLE_CHARACTERS
from policies.rounds import JointAct

UNIT_CHARACTERS = 40


class FormCondition(Model):
    """The other text on which a group's backing is to depend, by its hash, and the day by which it is to be adopted."""

    __tablename__ = "form_conditions"
    __table_args__ = (CheckConstraint("length(sha256) = 64", name="whole_hash"),)

    round_id: Mapped[int] = mapped_column(ForeignKey("rounds.id"), primary_key=True)
    group: Mapped[str] = mapped_column("group_key", group_type("condition_group"), primary_key=True)
    title: Mapped[str] = mapped_column(String(TITLE_CHARACTERS))
    text: Mapped[str] = mapped_column(String(TEXT_CHARACTERS))
    sha256: Mapped[str] = mapped_column(String(64))
    by_date: Mapped[date]

    @property
    def condition(self) -> Condition:
        """The condition as the rules read it."""
        return Condition(self.title, self.text, self.sha256, self.by_date)


class SeparateVote(Model):
    """A unit that a group votes on by itself before the whole; its place is that of its question on the paper."""

    __tablename__ = "separate_votes"
    __table_args__ = (
        UniqueConstraint("round_id", "group_key", "place"),
        CheckConstraint("place >= 1", name="places_from_one"),
    )

    round_id: Mapped[int] = mapped_column(ForeignKey("rounds.id"), primary_key=True)
    group: Mapped[str] = mapped_column("group_key", group_type("separate_vote_group"), primary_key=True)
    unit_id: Mapped[str] = mapped_column(String(UNIT_CHARACTERS), primary_key=True)
    place: Mapped[int]

    @property
    def question(self) -> str:
        """ "U1": what the paper calls it."""
        return f"U{self.place}"


class JointWord(Model):
    """A clerk says for the own group that an open round is to be extended to a new close, or annulled for a reason."""

    __tablename__ = "joint_words"
    __table_args__ = (
        CheckConstraint("(act = 'extend') = (closes_at IS NOT NULL)", name="extension_names_close"),
        CheckConstraint("(act = 'annul') = (reason <> '')", name="annulment_has_reason"),
    )

    round_id: Mapped[int] = mapped_column(ForeignKey("rounds.id"), primary_key=True)
    act: Mapped[JointAct] = mapped_column(one_of(JointAct, "joint_act"), primary_key=True)
    group: Mapped[str] = mapped_column("group_key", group_type("joint_group"), primary_key=True)
    clerk_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    said_at: Mapped[datetime] = mapped_column(Moment)
    closes_at: Mapped[datetime | None] = mapped_column(Moment)
    reason: Mapped[str] = mapped_column(String(REASON_CHARACTERS), default="")
