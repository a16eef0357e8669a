"""What people do to a demonstration: move its clock, and have its made-up voters vote."""

from datetime import datetime, timedelta

from app import clock
from app.audit import service as audit
from app.ballots import queries as ballots
from app.extensions import db
from app.models import Demonstration, locked
from policies.errors import RuleBroken

STEPS: dict[str, timedelta] = {"hour": timedelta(hours=1), "day": timedelta(days=1)}
FURTHEST = timedelta(days=3650)


def next_moments() -> list[datetime]:
    """When rounds next open or close, soonest first, at most five."""
    return ballots.next_moments(clock.now())[:5]


def move_clock(step: str) -> None:
    """Move the service's clock forward: an hour, a day, or to the next opening or closing of a round."""
    demonstration = db.session.get(Demonstration, 1)
    if demonstration is None:
        raise RuleBroken("Only a demonstration's clock can be moved.")
    locked(demonstration)
    offset = timedelta(seconds=demonstration.clock_offset) + _length(step)
    if offset > FURTHEST:
        raise RuleBroken("The clock is ten years ahead already. Start afresh with: make reset")
    demonstration.clock_offset = round(offset.total_seconds())
    clock.forget()
    audit.record("clock moved", demonstration, by=None, step=step, offset=demonstration.clock_offset)


def _length(step: str) -> timedelta:
    if step in STEPS:
        return STEPS[step]
    if step != "next":
        raise RuleBroken("The clock moves by an hour, by a day, or to the next opening or close. Choose one of those.")
    moments = next_moments()
    if not moments:
        raise RuleBroken("No round waits to open or to close. Prepare one first, or move the clock by a day.")
    return moments[0] - clock.now() + timedelta(seconds=1)
