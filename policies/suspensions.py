"""A group pauses its backing of a text: two of its officers, a reason, at most fourteen days, once for each version."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from policies.endorsements import COUNTING, StanceKind
from policies.errors import RuleBroken

LONGEST_DAYS = 14
REASON_CHARACTERS = 1_000


@dataclass(frozen=True)
class Pause:
    """A pause that two officers have set, and the close of a ballot on withdrawing that was open when its days ended.

    `withdrawal_decided_at` is when that ballot's result was published: until then nobody knows what becomes of the
    backing, so that it stays paused. `ended_at` is set once the pause is over for good.
    """

    starts_at: datetime
    until: datetime
    ended_at: datetime | None = None
    withdrawal_closes_at: datetime | None = None
    withdrawal_decided_at: datetime | None = None


def require_can_be_asked(kind: StanceKind | None, *, is_used: bool) -> None:
    """What can be paused is backing, once a version."""
    if kind not in COUNTING:
        raise RuleBroken("Your group does not back this version, so there is nothing to pause.")
    if is_used:
        raise RuleBroken(
            "Your group has used its pause on this version. To take back its backing, prepare a round on that."
        )


def require_sound_pause(days: int, reason: str) -> None:
    """A pause has an end and a reason, which everybody reads."""
    if not 1 <= days <= LONGEST_DAYS:
        raise RuleBroken(f"Choose a number of days from 1 to {LONGEST_DAYS}.")
    if not reason.strip():
        raise RuleBroken("Write the reason. Everybody can read it.")
    if len(reason) > REASON_CHARACTERS:
        raise RuleBroken(f"Shorten the reason to {REASON_CHARACTERS:,} characters; it has {len(reason):,}.")


def require_second_officer(asked_by: int, confirmed_by: int) -> None:
    """Two different persons set a pause."""
    if asked_by == confirmed_by:
        raise RuleBroken("You asked for this pause, so another clerk of your group has to confirm it.")


def ends_at(starts_at: datetime, days: int) -> datetime:
    """The moment at which the backing returns by itself."""
    return starts_at + timedelta(days=days)


def paused_until(pause: Pause, now: datetime) -> datetime | None:
    """Until when a stance is paused at this moment, or nothing. It returns by itself, unless a ballot of that group on
    withdrawing it is open then: so long the pause lasts."""
    if pause.ended_at is not None or now < pause.starts_at:
        return None
    if now < pause.until:
        return pause.until
    return pause.withdrawal_closes_at


def ended(pause: Pause, noted_at: datetime) -> datetime:
    """When a pause ended that is noted to be over: with its days, or with the result of the ballot on withdrawing
    that held it, which is as long as it was shown.

    The service may have been down at that moment, and a group that decides anew ends a pause that still runs.
    """
    return min(noted_at, max(pause.until, pause.withdrawal_decided_at or pause.until))


def holds_on(opened_at: datetime, until: datetime) -> bool:
    """A ballot on withdrawing prolongs a pause that ran when it opened; one that is over does not come back."""
    return opened_at <= until
