"""Counting a ballot: each group decides by its own vote, under its own standing orders."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from fractions import Fraction
from math import ceil

from policies.errors import RuleBroken
from policies.standing_orders import QuorumMode, StandingOrders

# Fewer votes than this decide nothing: a handful of papers would also give the voters away.
FEWEST_VOTES = 5


class Choice(StrEnum):
    """What a paper can say. Nothing is preselected."""

    YES = "yes"
    NO = "no"
    ABSTAIN = "abstain"


class Outcome(StrEnum):
    """What one group's count says."""

    CARRIED = "carried"
    NOT_CARRIED = "not_carried"
    NO_QUORUM = "no_quorum"


class RoundKind(StrEnum):
    """What a round asks: to back a text, or to change it."""

    ENDORSEMENT = "endorsement"
    AMENDMENTS = "amendments"


class RoundStage(StrEnum):
    """Where a round stands. The values are stored."""

    PREPARED = "prepared"
    OPEN = "open"
    CLOSED = "closed"
    PUBLISHED = "published"
    CANCELLED = "cancelled"
    ANNULLED = "annulled"


class RoundStep(StrEnum):
    """What can happen to a round; the values complete "You cannot … a round"."""

    OPEN = "open"
    CLOSE = "close"
    PUBLISH = "publish"
    CANCEL = "cancel"
    ANNUL = "annul"


NEXT_STAGE: dict[tuple[RoundStage, RoundStep], RoundStage] = {
    (RoundStage.PREPARED, RoundStep.OPEN): RoundStage.OPEN,
    (RoundStage.OPEN, RoundStep.CLOSE): RoundStage.CLOSED,
    (RoundStage.CLOSED, RoundStep.PUBLISH): RoundStage.PUBLISHED,
    (RoundStage.PREPARED, RoundStep.CANCEL): RoundStage.CANCELLED,
    (RoundStage.OPEN, RoundStep.ANNUL): RoundStage.ANNULLED,
    (RoundStage.CLOSED, RoundStep.ANNUL): RoundStage.ANNULLED,
}

# Clerks of this many groups agree before a round's notice begins to run.
GROUPS_TO_OPEN = 2
# A ballot that opens later than this after its minute was held up, and no member is to lose days by that.
LATE_OPENING = timedelta(hours=1)


def next_stage(stage: RoundStage, step: RoundStep) -> RoundStage:
    """Return where `step` takes a round in `stage`, or refuse."""
    try:
        return NEXT_STAGE[stage, step]
    except KeyError:
        raise RuleBroken(f"You cannot {step} a round that is {stage}. See its page for where it stands.") from None


@dataclass(frozen=True)
class Tally:
    """One group's papers on one question, counted."""

    yes: int = 0
    no: int = 0
    abstain: int = 0

    @property
    def cast(self) -> int:
        """All papers, abstentions too."""
        return self.yes + self.no + self.abstain

    @staticmethod
    def of(choices: Iterable[Choice]) -> "Tally":
        """Count papers."""
        papers = list(choices)
        return Tally(papers.count(Choice.YES), papers.count(Choice.NO), papers.count(Choice.ABSTAIN))


@dataclass(frozen=True)
class CountingRules:
    """The part of the standing orders a count needs, as a ballot keeps it."""

    quorum_mode: QuorumMode
    quorum: Fraction
    threshold: Fraction
    threshold_is_strict: bool
    minority: Fraction

    @staticmethod
    def of(orders: StandingOrders) -> "CountingRules":
        """The counting rules in `orders`."""
        return CountingRules(
            orders.quorum_mode, orders.quorum, orders.threshold, orders.threshold_is_strict, orders.minority
        )


def yes_needed(roll: int, rules: CountingRules) -> int:
    """How many yes votes an approval quorum asks of this roll; 0 where the quorum counts votes cast."""
    return ceil(rules.quorum * roll) if rules.quorum_mode is QuorumMode.APPROVAL else 0


def holds_quorum(tally: Tally, roll: int, rules: CountingRules) -> bool:
    """Yes votes, or votes cast, reach the share of the roll; and at least five papers were cast."""
    counted = tally.yes if rules.quorum_mode is QuorumMode.APPROVAL else tally.cast
    return tally.cast >= FEWEST_VOTES and counted >= rules.quorum * roll


def passes_threshold(tally: Tally, rules: CountingRules) -> bool:
    """Yes as an exact share of yes and no. Neither zero votes nor a tie carries; abstentions do not count."""
    if tally.yes <= tally.no:
        return False
    needed = rules.threshold * (tally.yes + tally.no)
    return tally.yes > needed if rules.threshold_is_strict else tally.yes >= needed


def outcome(tally: Tally, roll: int, rules: CountingRules) -> Outcome:
    """What the group decided: without a quorum nothing, with one whether yes passes the threshold."""
    if not holds_quorum(tally, roll, rules):
        # More yes votes can only help: with the approval quorum a low yes is "no quorum" although many voted no.
        return Outcome.NO_QUORUM
    return Outcome.CARRIED if passes_threshold(tally, rules) else Outcome.NOT_CARRIED


def is_minority_position(tally: Tally, rules: CountingRules) -> bool:
    """A failed amendment with this share of yes in a group that voted is kept beside the text."""
    decided = tally.yes + tally.no
    return tally.cast >= FEWEST_VOTES and decided > 0 and tally.yes >= rules.minority * decided


def opening_times(now: datetime, orders: Collection[StandingOrders]) -> tuple[datetime, datetime]:
    """When a round agreed now opens and closes: the longest notice and the longest ballot of the groups."""
    opens = now + max(order.notice for order in orders)
    return opens, opens + max(order.ballot_period for order in orders)


def rerun_times(published: datetime, orders: Collection[StandingOrders]) -> tuple[datetime, datetime]:
    """When the one automatic re-run opens and closes for the groups that lacked their quorum: the longest of theirs."""
    opens = published + max(order.rerun_after for order in orders)
    return opens, opens + max(order.ballot_period for order in orders)


def times_at_opening(now: datetime, opens: datetime, closes: datetime) -> tuple[datetime, datetime]:
    """The announced times; where the service was down at the opening, full ballot days from the moment it can open."""
    if now - opens <= LATE_OPENING:
        return opens, closes
    return now, now + (closes - opens)


def is_on_the_roll(active_since: datetime, opens: datetime, qualifying_period: timedelta) -> bool:
    """A member votes who has been active for the group's qualifying period when the roll is frozen."""
    return active_since + qualifying_period <= opens


def require_round_can_be_prepared(plank_is_open: bool, other_rounds: int) -> None:
    """One round at a time, on an open plank."""
    if not plank_is_open:
        raise RuleBroken("A round can be prepared only on an open plank. See the plank's page for where it stands.")
    if other_rounds:
        raise RuleBroken("A round on this plank is already prepared. Open or cancel that one first.")


def require_open_for_votes(stage: RoundStage, now: datetime, closes_at: datetime) -> None:
    """By the server's clock: a vote that arrives late is refused."""
    if stage is RoundStage.PREPARED:
        raise RuleBroken("This ballot has not opened yet. Its page says when it will.")
    if stage is RoundStage.CANCELLED:
        raise RuleBroken("This ballot was cancelled before it opened. The plank's page shows where the plank stands.")
    if stage is RoundStage.ANNULLED:
        raise RuleBroken("This round was annulled, so no vote in it counts. The plank's page shows what follows.")
    if stage is not RoundStage.OPEN or now >= closes_at:
        raise RuleBroken(
            "This ballot has closed, so your vote was not counted. The result appears on the round's page."
        )


def require_complete_paper(questions: Collection[str], choices: Mapping[str, Choice]) -> None:
    """A paper answers every question of the ballot, and no other."""
    if set(questions) != set(choices):
        raise RuleBroken("Choose yes, no or abstain for each question. Nothing has been cast yet.")
