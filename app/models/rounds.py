"""Rounds, the ballots of each group in them, rolls, and papers that nothing joins to a person."""

import secrets
from datetime import datetime
from fractions import Fraction

from sqlalchemy import (
    JSON,
    CheckConstraint,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    String,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.models.amendments import Revision
from app.models.base import Model, Moment, group_type, one_of
from app.models.orders import RoundOrders
from app.models.planks import Plank, Version
from app.models.round_forms import SeparateVote
from policies.ballots import Choice, CountingRules, Outcome, RoundKind, RoundStage, Tally, yes_needed
from policies.endorsements import STATEMENT_CHARACTERS, FormKind
from policies.planks import REASON_CHARACTERS
from policies.small_cells import ShownResult, shown_results
from policies.standing_orders import Effect, QuorumMode

LIVE = "stage IN ('prepared', 'open', 'closed')"
# Rows of these tables have no hidden row number: on disk they lie in the order of their random keys.
UNORDERED = {"sqlite_with_rowid": False}


def new_receipt() -> str:
    """A random receipt of 26 characters a voter can write down (130 bits; letters that are not mistaken)."""
    return "".join(secrets.choice("abcdefghjkmnpqrstuvwxyz0123456789") for _ in range(26))


class Round(Model):
    """One question put to one or more groups at the same time, about one exact version."""

    __tablename__ = "rounds"
    __table_args__ = (
        Index("uq_rounds_one_live", "plank_id", unique=True, sqlite_where=text(LIVE), postgresql_where=text(LIVE)),
        CheckConstraint("(opens_at IS NULL) = (closes_at IS NULL)", name="both_times"),
        CheckConstraint("closes_at IS NULL OR closes_at > opens_at", name="closes_after_opening"),
        CheckConstraint("stage IN ('prepared', 'cancelled') OR opens_at IS NOT NULL", name="open_has_times"),
        CheckConstraint("(stage = 'published') = (published_at IS NOT NULL)", name="published_has_moment"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(unique=True)
    plank_id: Mapped[int] = mapped_column(ForeignKey("planks.id"), index=True)
    version_id: Mapped[int] = mapped_column(ForeignKey("versions.id"))
    kind: Mapped[RoundKind] = mapped_column(one_of(RoundKind, "round_kind"))
    groups: Mapped[list[str]] = mapped_column(JSON)
    """Keys of the groups that vote: all of them, or in a re-run those that lacked their quorum."""
    stage: Mapped[RoundStage] = mapped_column(one_of(RoundStage, "round_stage"), default=RoundStage.PREPARED)
    prepared_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    prepared_group: Mapped[str | None] = mapped_column(group_type("round_group"))
    prepared_at: Mapped[datetime] = mapped_column(Moment)
    opens_at: Mapped[datetime | None] = mapped_column(Moment, index=True)
    closes_at: Mapped[datetime | None] = mapped_column(Moment, index=True)
    reminded_at: Mapped[datetime | None] = mapped_column(Moment)
    """When the whole roll was told that the close is near."""
    published_at: Mapped[datetime | None] = mapped_column(Moment, index=True)
    ended_reason: Mapped[str] = mapped_column(String(REASON_CHARACTERS), default="")
    rerun_of_id: Mapped[int | None] = mapped_column(ForeignKey("rounds.id"))

    plank: Mapped[Plank] = relationship(lazy="joined", innerjoin=True)
    version: Mapped[Version] = relationship(lazy="joined", innerjoin=True)
    ballots: Mapped[list["Ballot"]] = relationship(back_populates="round", lazy="selectin", order_by="Ballot.id")
    openings: Mapped[list["RoundOpening"]] = relationship(lazy="selectin")
    questions: Mapped[list["RoundQuestion"]] = relationship(lazy="selectin")

    @property
    def name(self) -> str:
        """ "R7"."""
        return f"R{self.number}"

    @property
    def is_rerun(self) -> bool:
        """Whether this repeats a round for groups that lacked their quorum."""
        return self.rerun_of_id is not None


class RoundOpening(Model):
    """A clerk agrees, for the own group, that the round opens, and fixes the form put to that group."""

    __tablename__ = "round_openings"

    round_id: Mapped[int] = mapped_column(ForeignKey("rounds.id"), primary_key=True)
    group: Mapped[str] = mapped_column("group_key", group_type("opening_group"), primary_key=True)
    clerk_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    agreed_at: Mapped[datetime] = mapped_column(Moment)
    form: Mapped[FormKind] = mapped_column(one_of(FormKind, "opening_form"), default=FormKind.ENDORSE)
    statement: Mapped[str] = mapped_column(String(STATEMENT_CHARACTERS), default="")
    units: Mapped[list[str]] = mapped_column(JSON, default=list)


class RoundQuestion(Model):
    """An amendment on the paper of a round of kind amendments, in the words it had when the round opened."""

    __tablename__ = "round_questions"

    round_id: Mapped[int] = mapped_column(ForeignKey("rounds.id"), primary_key=True)
    revision_id: Mapped[int] = mapped_column(ForeignKey("revisions.id"), primary_key=True)

    revision: Mapped[Revision] = relationship(lazy="joined", innerjoin=True)


class Ballot(Model):
    """The secret vote of one group in a round, with the rules it runs under, frozen at opening."""

    __tablename__ = "ballots"
    __table_args__ = (UniqueConstraint("round_id", "group_key"), UniqueConstraint("id", "round_id"))

    id: Mapped[int] = mapped_column(primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("rounds.id"), index=True)
    group: Mapped[str] = mapped_column("group_key", group_type("ballot_group"))
    form: Mapped[FormKind] = mapped_column(one_of(FormKind, "ballot_form"))
    statement: Mapped[str] = mapped_column(String(STATEMENT_CHARACTERS), default="")
    units: Mapped[list[str]] = mapped_column(JSON, default=list)
    orders_version: Mapped[int]
    quorum_mode: Mapped[QuorumMode] = mapped_column(one_of(QuorumMode, "ballot_quorum_mode"))
    quorum: Mapped[str] = mapped_column(String(20))
    threshold: Mapped[str] = mapped_column(String(20))
    threshold_is_strict: Mapped[bool]
    minority: Mapped[str] = mapped_column(String(20))
    roll_size: Mapped[int]

    round: Mapped[Round] = relationship(back_populates="ballots")
    counts: Mapped[list["Count"]] = relationship(lazy="selectin")
    separate_votes: Mapped[list[SeparateVote]] = relationship(
        primaryjoin=(
            "and_(Ballot.round_id == foreign(SeparateVote.round_id), Ballot.group == foreign(SeparateVote.group))"
        ),
        order_by=SeparateVote.place,
        viewonly=True,
    )
    """The parts its members vote on by themselves, in the order of the paper."""
    orders: Mapped[RoundOrders | None] = relationship(
        primaryjoin=(
            "and_(Ballot.round_id == foreign(RoundOrders.round_id), Ballot.group == foreign(RoundOrders.group))"
        ),
        viewonly=True,
        lazy="joined",
        uselist=False,
    )
    """The whole standing orders it runs under; none for a round that was prepared before rounds kept them."""

    @property
    def advises(self) -> bool:
        """Whether it advises the group and decides nothing."""
        return self.orders is not None and self.orders.effect is Effect.CONSULTATIVE

    @property
    def rules(self) -> CountingRules:
        """The counting rules this ballot runs under, in exact fractions."""
        return CountingRules(
            self.quorum_mode,
            Fraction(self.quorum),
            Fraction(self.threshold),
            self.threshold_is_strict,
            Fraction(self.minority),
        )

    @property
    def yes_needed(self) -> int:
        """How many yes votes its quorum asks for; 0 where that counts votes cast."""
        return yes_needed(self.roll_size, self.rules)

    @property
    def shown(self) -> dict[str, ShownResult]:
        """What may be shown of its counts, by question. Whatever shows a result anywhere asks this."""
        counts = {count.question: (count.outcome, count.tally) for count in self.counts}
        return shown_results(counts, yes_needed=self.yes_needed)


class RollEntry(Model):
    """A member on the frozen roll of a ballot. Nobody stands on two rolls of one round."""

    __tablename__ = "roll_entries"
    __table_args__ = (
        UniqueConstraint("round_id", "person_id"),
        ForeignKeyConstraint(["ballot_id", "round_id"], ["ballots.id", "ballots.round_id"]),
    )

    ballot_id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), primary_key=True, index=True)
    round_id: Mapped[int]


class Participation(Model):
    """That a member on the roll has voted. No time, no choice; only that member ever sees it."""

    __tablename__ = "participations"
    __table_args__ = (
        ForeignKeyConstraint(["ballot_id", "person_id"], ["roll_entries.ballot_id", "roll_entries.person_id"]),
        UNORDERED,
    )

    ballot_id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(primary_key=True)


class OpenPaper(Model):
    """A paper in a ballot that is still open: choices by question and a random receipt. No member, time or sequence."""

    __tablename__ = "open_papers"
    __table_args__ = (UNORDERED,)

    receipt: Mapped[str] = mapped_column(String(26), primary_key=True, default=new_receipt)
    ballot_id: Mapped[int] = mapped_column(ForeignKey("ballots.id"), index=True)
    choices: Mapped[dict[str, str]] = mapped_column(JSON)


class CountedPaper(Model):
    """One choice on one question, after the count: shuffled, under a fresh random mark, apart from receipts."""

    __tablename__ = "counted_papers"
    __table_args__ = (UNORDERED,)

    mark: Mapped[str] = mapped_column(String(26), primary_key=True, default=new_receipt)
    ballot_id: Mapped[int] = mapped_column(ForeignKey("ballots.id"), index=True)
    question: Mapped[str] = mapped_column(String(20))
    choice: Mapped[Choice] = mapped_column(one_of(Choice, "paper_choice"))


class CountedReceipt(Model):
    """A receipt whose paper was counted; it no longer leads to a choice."""

    __tablename__ = "counted_receipts"
    __table_args__ = (UNORDERED,)

    receipt: Mapped[str] = mapped_column(String(26), primary_key=True)
    ballot_id: Mapped[int] = mapped_column(ForeignKey("ballots.id"), index=True)


class Count(Model):
    """A group's tally on one question and what it decided, written when the round is counted."""

    __tablename__ = "counts"
    __table_args__ = (CheckConstraint("yes >= 0 AND no >= 0 AND abstain >= 0", name="no_negative_votes"),)

    ballot_id: Mapped[int] = mapped_column(ForeignKey("ballots.id"), primary_key=True)
    question: Mapped[str] = mapped_column(String(20), primary_key=True)
    yes: Mapped[int]
    no: Mapped[int]
    abstain: Mapped[int]
    outcome: Mapped[Outcome] = mapped_column(one_of(Outcome, "count_outcome"))

    @property
    def tally(self) -> Tally:
        """The figures, as the rules read them. What of them is shown, `policies.small_cells` decides."""
        return Tally(self.yes, self.no, self.abstain)
