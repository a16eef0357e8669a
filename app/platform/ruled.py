"""What clerks and seconders did to a plank besides its texts and rounds, as steps of its history."""

from collections.abc import Sequence
from datetime import datetime

from app.models import Plank, ReferenceBack, RegisteredRuling, Withdrawal
from app.platform.history import Step
from app.rulings import queries as rulings
from app.rulings.presenters import by_whom, shown
from app.takeovers import queries as takeovers
from app.web.filters import day
from policies.groups import group_named
from policies.rulings import ReferenceEnd, Verdict

ENDS = {
    ReferenceEnd.VERSION: "Its text is another: it is with its drafters no more",
    ReferenceEnd.ANSWER: "Its mover answered: it is with its drafters no more",
    ReferenceEnd.ENDED: "It is with its drafters no more",
}


def ruled_steps(plank: Plank, registered: Sequence[RegisteredRuling]) -> list[tuple[datetime, Step]]:
    """What was ruled but that it is in order, what came of appeals, references back and takeovers."""
    found = [step for ruling in registered for step in _of_ruling(ruling, plank)]
    if any(ruling.verdict is Verdict.REFERRED for ruling in registered):
        found += [step for reference in rulings.references_of(plank) for step in _of_end(reference)]
    return found + _taken_over(takeovers.taken_over(plank))


def _of_ruling(ruling: RegisteredRuling, plank: Plank) -> list[tuple[datetime, Step]]:
    url, appeal = shown(ruling).url, ruling.appeal
    steps = []
    # How it ended is said once, with the reason that its page shows.
    if ruling.verdict is not Verdict.IN_ORDER and ruling.ruled_at != plank.ended_at:
        what = f"{ruling.verdict.words}, by {by_whom(ruling)[0].lower()}{by_whom(ruling)[1:]}"
        steps.append((ruling.ruled_at, Step(day(ruling.ruled_at), what, url, ruling.reason)))
    if appeal is not None and appeal.opened_at is not None and appeal.ended_at is not None:
        what = f"Appeal against the ruling of {day(ruling.ruled_at)}"
        steps.append((appeal.ended_at, Step(day(appeal.ended_at), what, url, shown(ruling).appeal)))
    return steps


def _of_end(reference: ReferenceBack) -> list[tuple[datetime, Step]]:
    if reference.ended_at is None or reference.ended_by is None:
        return []
    return [(reference.ended_at, Step(day(reference.ended_at), ENDS[reference.ended_by], detail=reference.answer))]


def _taken_over(withdrawals: Sequence[Withdrawal]) -> list[tuple[datetime, Step]]:
    return [
        (
            one.taken_over_at,
            Step(
                day(one.taken_over_at),
                f"Taken over by a member of the {group_named(one.taker_group).title}",
                detail=f"Its mover had withdrawn it on {day(one.withdrawn_at)}; a seconder goes on with it.",
            ),
        )
        for one in withdrawals
        if one.taken_over_at is not None and one.taker_group is not None
    ]
