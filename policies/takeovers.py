"""Takeover: what a mover withdrew, one of its seconders can take over for a while, and it goes on where it was."""

from collections.abc import Collection
from datetime import datetime

from policies.amendments import TAKEOVER_PERIOD as AMENDMENT_PERIOD
from policies.amendments import AmendmentStage, amendment_is_seconded
from policies.errors import RuleBroken
from policies.planks import SECONDING_PERIOD, Second, Stage, plank_is_seconded
from policies.planks import TAKEOVER_PERIOD as PLANK_PERIOD

# The stage in which something was withdrawn, and that in which it goes on.
PLANK_RESUMES: dict[Stage, Stage] = {
    Stage.SEEKING_SECONDERS: Stage.SEEKING_SECONDERS,
    Stage.CHECKING: Stage.CHECKING,
    Stage.OPEN: Stage.OPEN,
}
AMENDMENT_RESUMES: dict[AmendmentStage, AmendmentStage] = {
    AmendmentStage.SUBMITTED: AmendmentStage.SUBMITTED,
    AmendmentStage.OPEN: AmendmentStage.OPEN,
}


def plank_waits_until(before: Stage, withdrawn_at: datetime, submitted_at: datetime | None) -> datetime:
    """A plank waits seven days for whoever takes it over; one without its seconders not beyond their sixty days."""
    until = withdrawn_at + PLANK_PERIOD
    if before is Stage.SEEKING_SECONDERS and submitted_at is not None:
        return min(until, submitted_at + SECONDING_PERIOD)
    return until


def amendment_waits_until(withdrawn_at: datetime) -> datetime:
    """An amendment waits 48 hours."""
    return withdrawn_at + AMENDMENT_PERIOD


def require_waits(*, is_withdrawn: bool, until: datetime | None, now: datetime) -> None:
    """Refuse what comes too late: somebody has taken it over, or nobody did in time."""
    if not is_withdrawn or until is None:
        raise RuleBroken("This is not withdrawn now, so it cannot be taken over. Its page says where it stands.")
    if now >= until:
        raise RuleBroken("The time in which this could be taken over has passed. You can propose its words anew.")


def plank_resumes(before: Stage, group: str, seconds_left: Collection[Second]) -> Stage:
    """A plank goes on in the stage in which it was withdrawn, with its seconds but the taker's own.

    While it seeks seconders they are counted anew for the taker's group: it may have all it wants by that. Once it has
    had them, two groups have found it worth considering, and that stands.
    """
    stage = PLANK_RESUMES[before]
    if stage is Stage.SEEKING_SECONDERS and plank_is_seconded(group, seconds_left):
        return Stage.CHECKING
    return stage


def amendment_resumes(before: AmendmentStage, group: str, seconds_left: Collection[Second]) -> AmendmentStage:
    """An open amendment stays open if a group other than the taker's is still behind it; else it seeks one anew.

    Silence can make an open amendment part of the text, so members of two groups have to want it considered.
    """
    stage = AMENDMENT_RESUMES[before]
    if stage is AmendmentStage.OPEN and not amendment_is_seconded(group, seconds_left):
        return AmendmentStage.SUBMITTED
    return stage
