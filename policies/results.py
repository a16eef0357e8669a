"""Once a round is published: recounts that clerks of two groups ask for, and when it is forgotten who voted."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from policies.errors import RuleBroken

# Long enough for whoever doubts that the own vote was noted; then nobody needs to know who voted.
PARTICIPATION_KEPT = timedelta(days=90)


class RecountAnswer(StrEnum):
    """All that a recount by clerks says: a figure would undo what the small cells hide. The values are stored."""

    AGREES = "agrees"
    DIFFERS = "differs"


def require_can_be_recounted(is_published: bool) -> None:
    """A round is counted again once its result is published, so that a recount never tells a result early."""
    if not is_published:
        raise RuleBroken("A round can be counted again once its result is published. Its page says when voting closes.")


def require_another_group(asked_group: str, group: str | None) -> None:
    """One clerk asks and one of another group agrees."""
    if asked_group == group:
        raise RuleBroken("Your group has asked for this recount already. It runs as soon as a clerk of another agrees.")


@dataclass(frozen=True)
class Turn:
    """A text of a plank taking a place, the working text or the agreed one, by its number: mended words keep it."""

    number: int
    at: datetime


def votable_until(
    number: int, working: Sequence[Turn], agreed: Sequence[Turn], *, ended_at: datetime | None
) -> datetime | None:
    """From when on a version, mended or not, can no longer be voted on; nothing while it can.

    A round is held on the working text or the agreed one, of a plank that has not ended. `working` and `agreed` are
    the texts that had those places, oldest first.
    """
    places = [_left(number, turns) for turns in (working, agreed) if any(one.number == number for one in turns)]
    superseded = None if None in places or not places else max(moment for moment in places if moment is not None)
    ends = [moment for moment in (superseded, ended_at) if moment is not None]
    return min(ends, default=None)


def may_forget_participation(votable_until: datetime | None, now: datetime) -> bool:
    """Who voted is forgotten 90 days after the version could last be voted on."""
    return votable_until is not None and votable_until + PARTICIPATION_KEPT <= now


def _left(number: int, turns: Sequence[Turn]) -> datetime | None:
    last = max(place for place, turn in enumerate(turns) if turn.number == number)
    return turns[last + 1].at if last + 1 < len(turns) else None
