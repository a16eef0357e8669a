"""What clerks of all groups can do together with a round that is open: extend it once, or annul it unpublished."""

from collections.abc import Collection, Mapping
from datetime import date, datetime, timedelta
from enum import StrEnum

from policies.ballots import RoundStage, rerun_times
from policies.errors import RuleBroken
from policies.groups import GROUP_KEYS
from policies.standing_orders import StandingOrders


class JointAct(StrEnum):
    """What a clerk of every group has to say before it is so. The values are stored."""

    EXTEND = "extend"
    ANNUL = "annul"


ANNULLABLE = frozenset({RoundStage.OPEN, RoundStage.CLOSED})


def all_groups_said(groups: Collection[str]) -> bool:
    """A clerk of every group has said it, also of those that do not vote in the round: each guards its fairness."""
    return set(GROUP_KEYS) <= set(groups)


def all_groups_agree_on(closings: Mapping[str, datetime]) -> datetime | None:
    """The new close that a clerk of every group has named, where they all named the same; else none."""
    named = set(closings.values())
    return named.pop() if all_groups_said(closings) and len(named) == 1 else None


def longest_extension(opens_at: datetime, closes_at: datetime) -> int:
    """How many days longer a ballot can be at most: as many as it was announced to last."""
    return max(1, (closes_at - opens_at) // timedelta(days=1))


def require_extendable(
    stage: RoundStage, now: datetime, opens_at: datetime, closes_at: datetime, *, is_extended: bool
) -> None:
    """A ballot is extended while members vote, and once."""
    if stage is not RoundStage.OPEN or not opens_at <= now < closes_at:
        raise RuleBroken("A ballot can be extended only while it is open. Its page says where it stands.")
    if is_extended:
        raise RuleBroken("This ballot has been extended already, and that is possible once. It closes as announced.")


def extended_close(opens_at: datetime, closes_at: datetime, days: int) -> datetime:
    """The close so many whole days later, at the same minute; raises `RuleBroken` for too few or too many."""
    most = longest_extension(opens_at, closes_at)
    if not 1 <= days <= most:
        raise RuleBroken(f"Extend the ballot by at least 1 day and at most {most}, the days it was announced for.")
    return closes_at + timedelta(days=days)


def require_annullable(stage: RoundStage) -> None:
    """A round is annulled once it has opened, and only before its result is published."""
    if stage is RoundStage.PREPARED:
        raise RuleBroken("This round has not opened, so there is nothing to annul. Cancel it instead.")
    if stage not in ANNULLABLE:
        raise RuleBroken(f"A round that is {stage} stands as it is. A new round can be held.")


def latest_close(opens_at: datetime, closes_at: datetime, orders: Collection[StandingOrders]) -> datetime:
    """When the last vote on a question can be cast: extended, without a quorum, held once more, and extended again."""
    first = extended_close(opens_at, closes_at, longest_extension(opens_at, closes_at))
    again = rerun_times(first, orders)
    return extended_close(*again, longest_extension(*again))


def earliest_condition_day(last_vote: date) -> date:
    """The first day by which another text can be asked to be adopted: the one after the last vote can be cast."""
    return last_vote + timedelta(days=1)


def is_in_time(by_date: date, closes: date) -> bool:
    """Whether a text can still be adopted by its day once a ballot has closed: nobody is asked about a day gone by."""
    return by_date > closes
