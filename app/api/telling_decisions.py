"""Rounds and what groups decided in them, as answers have them; nothing before publication, figures as far as shown."""

from collections.abc import Sequence

from app.api import naming
from app.api.naming import Told, moment
from app.models import Ballot, Count, Round
from app.results.register import asked_in_words, decision_in_words
from policies.ballots import RoundStage

Counted = Sequence[tuple[Count, Ballot]]


def rounds(found: Sequence[Round]) -> list[Told]:
    """Rounds without their results."""
    return [_round(one) for one in found]


def round_with_results(found: Round, counted: Counted) -> Told:
    """A round with the results, which are there once it is published."""
    is_published = found.stage is RoundStage.PUBLISHED
    file = naming.url_of("results.file", number=found.number) if is_published else None
    return {**_round(found), "results": [result(*one) for one in counted] if is_published else [], "file": file}


def decisions(found: Counted) -> list[Told]:
    """Lines of the register of decisions."""
    return [
        {
            **result(count, ballot),
            "round": naming.round_of(ballot.round),
            "plank": naming.plank(ballot.round.plank),
            "version": naming.version(ballot.round.version, ballot.round.plank),
            "published_at": moment(ballot.round.published_at),
        }
        for count, ballot in found
    ]


def result(count: Count, ballot: Ballot) -> Told:
    """One group's result on one question: what may be shown of it is decided in one place."""
    shown = ballot.shown[count.question]
    exact = shown.exact
    return {
        "group": naming.group(ballot.group),
        "question": count.question,
        "asked": asked_in_words(count, ballot),
        "outcome": shown.outcome.value,
        "decision": decision_in_words(count, ballot),
        "said": shown.sentence,
        "band": None if shown.band is None else shown.band.value,
        "figures": None if exact is None else {"yes": exact.yes, "no": exact.no, "abstain": exact.abstain},
        "roll": ballot.roll_size,
        "standing_orders": ballot.orders_version,
        "is_advice": ballot.advises,
    }


def _round(found: Round) -> Told:
    return {
        **naming.round_of(found),
        "plank": naming.plank(found.plank),
        "version": naming.version(found.version, found.plank),
        "kind": found.kind.value,
        "state": found.stage.value,
        "groups": [naming.group(key) for key in found.groups],
        "opens_at": moment(found.opens_at),
        "closes_at": moment(found.closes_at),
        "published_at": moment(found.published_at),
        "ended_reason": found.ended_reason,
        "is_rerun": found.is_rerun,
    }
