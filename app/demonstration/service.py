"""What people do to a demonstration: move its clock, and have its made-up voters vote."""

from collections.abc import Mapping
from datetime import timedelta

from app import clock
from app.audit import service as audit
from app.demonstration import queries, story
from app.demonstration.members import VOTERS
from app.extensions import db
from app.models import Demonstration, locked
from app.people import queries as people
from policies.errors import RuleBroken

LEANS: dict[str, story.Lean] = {"yes": story.FOR, "no": story.AGAINST}
STEPS: dict[str, timedelta] = {"hour": timedelta(hours=1), "day": timedelta(days=1)}
FURTHEST = timedelta(days=3650)


def move_clock(step: str) -> None:
    """Move the service's clock forward: an hour, a day, or to the next opening or closing of a round."""
    demonstration = db.session.get(Demonstration, 1)
    if demonstration is None:
        raise RuleBroken("Only a demonstration's clock can be moved.")
    locked(demonstration)
    clock.forget()
    offset = timedelta(seconds=demonstration.clock_offset) + _length(step)
    if offset > FURTHEST:
        raise RuleBroken("The clock is ten years ahead already. Start afresh with: make reset")
    demonstration.clock_offset = round(offset.total_seconds())
    clock.forget()
    audit.record("clock moved", demonstration, by=None, step=step, offset=demonstration.clock_offset)


def have_voters_vote(round_number: str, leans: Mapping[str, str]) -> int:
    """Have the made-up voters that nobody signs in as cast their papers in an open round; returns how many did.

    `leans` says for each group's key whether its voters lean to "yes" or to "no"; for any other word they stay away.
    """
    found = next((one for one in queries.rounds_to_vote_in() if str(one.number) == round_number), None)
    if found is None:
        raise RuleBroken("That round is not open. Choose one of the open rounds on the clock’s page.")
    cast = 0
    for group in found.groups:
        lean = LEANS.get(leans.get(group, ""))
        for place, voter in enumerate(people.voters_in_the_background(group, VOTERS) if lean else []):
            cast += story.cast_paper(found, voter.actor, place, lean or story.FOR)
    return cast


def _length(step: str) -> timedelta:
    if step in STEPS:
        return STEPS[step]
    if step != "next":
        raise RuleBroken("The clock moves by an hour, by a day, or to the next opening or close. Choose one of those.")
    turns = queries.next_turns()
    if not turns:
        raise RuleBroken("No round waits to open or to close. Prepare one first, or move the clock by a day.")
    return turns[0].at - clock.now() + timedelta(seconds=1)
