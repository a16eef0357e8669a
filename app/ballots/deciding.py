"""What a counted round on amendments decides: which are adopted, which fall, which are kept as minority positions."""

from collections.abc import Sequence

from app import drawer
from app.amendments import fitting
from app.amendments import service as amendments
from app.ballots import service
from app.ballots.outcomes import count_of
from app.models import Revision, Round
from policies import amendments as rules
from policies import ballots
from policies.amendments import AmendmentStep, Contender

ACTS: dict[AmendmentStep, str] = {
    AmendmentStep.CARRY: "amendment carried",
    AmendmentStep.FALL: "amendment fell",
    AmendmentStep.KEEP_AS_MINORITY: "amendment kept as minority position",
    AmendmentStep.LACK_QUORUM: "amendment undecided",
    AmendmentStep.NOT_CARRY: "amendment not carried",
}


def decide_amendments(of_round: Round) -> None:
    """Settle all amendments of a counted paper: adopt those carried in each group, end the others."""
    asked = service.revision_numbers(of_round)
    # What clerks have hidden since cannot become part of a text that everybody reads.
    hidden = {number for number, revision in asked.items() if drawer.is_hidden(revision)}
    revisions = {number: revision for number, revision in asked.items() if number not in hidden}
    contenders = [_contender(of_round, number, revision) for number, revision in revisions.items()]
    rivals = fitting.rivals(of_round.version, list(revisions.values()))

    def fit(numbers: Sequence[int]) -> bool:
        return fitting.fit_together(of_round.version, [revisions[number] for number in numbers])

    steps = rules.settle(contenders, rivals, fit)
    carried = [revisions[number].amendment for number in rules.carried_numbers(steps)]
    if carried:
        amendments.adopt(of_round.plank, carried)
    for number, step in sorted({**steps, **dict.fromkeys(hidden, AmendmentStep.FALL)}.items()):
        amendments.end(asked[number].amendment, step, ACTS[step], by=None)


def _contender(of_round: Round, number: int, revision: Revision) -> Contender:
    counts = [(ballot, count_of(ballot, f"A{number}")) for ballot in of_round.ballots]
    return Contender(
        number=number,
        changed_tokens=revision.changed_tokens,
        outcomes=tuple(count.outcome for _, count in counts),
        minority=any(ballots.is_minority_position(count.tally, ballot.rules) for ballot, count in counts),
    )
