"""How long a membership lasts: twelve months at a time, renewed by the member with one click."""

from datetime import datetime, timedelta

from policies.errors import RuleBroken
from policies.membership import MembershipStage

# As long as a year of membership of most associations, so that rolls hold those who still take part. One figure for
# all groups: a roll is part of a quorum, and no group is to shrink or swell its own by another figure.
LASTS = timedelta(days=365)
# How many days before the end a member, or a clerk whose term ends, is reminded; from the first on one can renew.
REMINDED_DAYS = (30, 7)
TIME_TO_RENEW = timedelta(days=max(REMINDED_DAYS))
# For so long after it lapsed a membership can be renewed; then what is known of it goes.
RENEWABLE_AFTER = timedelta(days=365)


def runs_until(begins: datetime) -> datetime:
    """When a membership that begins, or is renewed, at a moment lapses."""
    return begins + LASTS


def is_over(until: datetime | None, now: datetime) -> bool:
    """Whether its time is over; a membership without an end never is."""
    return until is not None and now >= until


def can_be_renewed(stage: MembershipStage, until: datetime | None, now: datetime) -> bool:
    """An active membership can be renewed in its last thirty days, a lapsed one for twelve months."""
    if until is None:
        return False
    if stage is MembershipStage.ACTIVE:
        return now >= until - TIME_TO_RENEW
    return stage is MembershipStage.LAPSED and now < until + RENEWABLE_AFTER


def require_can_be_renewed(stage: MembershipStage, until: datetime | None, now: datetime) -> None:
    """Refuse a renewal that comes too early or too late, and say what to do."""
    if can_be_renewed(stage, until, now):
        return
    if stage is MembershipStage.ACTIVE:
        raise RuleBroken("This membership need not be renewed now. Your account’s page says how long it lasts.")
    if stage is MembershipStage.LAPSED:
        raise RuleBroken(
            "This membership lapsed more than a year ago and can no longer be renewed. Join the group again."
        )
    raise RuleBroken(f"A membership that is {stage.words} cannot be renewed. Your account’s page says more.")


def keeps_qualifying_days(stage: MembershipStage) -> bool:
    """Who renews while active goes on as before; who renews after a lapse waits again before the first vote."""
    return stage is MembershipStage.ACTIVE


def reminder_due(until: datetime, now: datetime) -> int | None:
    """Which reminder is due now, by its number of days: after an outage only the latest, and none after the end."""
    due = [days for days in REMINDED_DAYS if until - timedelta(days=days) <= now < until]
    return min(due, default=None)
