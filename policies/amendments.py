"""The life of an amendment: one edit of one text, from draft to adoption or not."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from policies.ballots import Outcome
from policies.errors import RuleBroken
from policies.planks import Second, Stage

REASON_CHARACTERS = 1_000
OBJECTION_PERIOD = timedelta(hours=72)
TAKEOVER_PERIOD = timedelta(hours=48)


class AmendmentStage(StrEnum):
    """Where an amendment stands. The values are stored."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    OPEN = "open"
    BALLOTING = "balloting"
    CARRIED = "carried"
    NOT_CARRIED = "not_carried"
    MINORITY_POSITION = "minority_position"
    NO_QUORUM = "no_quorum"
    WITHDRAWN = "withdrawn"
    SUPERSEDED = "superseded"
    FALLEN = "fallen"
    RULED_OUT = "ruled_out"

    @property
    def words(self) -> str:
        """The stage as a sentence has it: "an amendment that is …"."""
        return STAGE_WORDS[self]


STAGE_WORDS: dict[AmendmentStage, str] = {
    AmendmentStage.DRAFT: "a draft",
    AmendmentStage.SUBMITTED: "seeking a seconder",
    AmendmentStage.OPEN: "open",
    AmendmentStage.BALLOTING: "on the ballot",
    AmendmentStage.CARRIED: "carried",
    AmendmentStage.NOT_CARRIED: "not carried",
    AmendmentStage.MINORITY_POSITION: "kept as a minority position",
    AmendmentStage.NO_QUORUM: "undecided, for want of a quorum",
    AmendmentStage.WITHDRAWN: "withdrawn",
    AmendmentStage.SUPERSEDED: "superseded",
    AmendmentStage.FALLEN: "fallen",
    AmendmentStage.RULED_OUT: "ruled out of order",
}


class AmendmentStep(StrEnum):
    """What can happen to an amendment; the values complete "You cannot … an amendment"."""

    SUBMIT = "submit"
    SECOND = "finish seconding"
    RESUBMIT = "submit anew"
    AGREE = "adopt by agreement"
    OPEN_ROUND = "open a round on"
    ANNUL_ROUND = "annul a round on"
    CARRY = "carry"
    NOT_CARRY = "record as not carried"
    KEEP_AS_MINORITY = "keep as a minority position"
    LACK_QUORUM = "leave undecided"
    WITHDRAW = "withdraw"
    SUPERSEDE = "supersede"
    FALL = "let fall"
    RULE_OUT = "rule out"
    REINSTATE = "take up again"
    TAKE_OVER = "take over"


_S = AmendmentStage
_T = AmendmentStep
NEXT_STAGE: dict[tuple[AmendmentStage, AmendmentStep], AmendmentStage] = {
    (_S.DRAFT, _T.SUBMIT): _S.SUBMITTED,
    (_S.SUBMITTED, _T.SECOND): _S.OPEN,
    (_S.SUBMITTED, _T.RESUBMIT): _S.SUBMITTED,
    (_S.OPEN, _T.RESUBMIT): _S.SUBMITTED,
    (_S.OPEN, _T.AGREE): _S.CARRIED,
    (_S.OPEN, _T.OPEN_ROUND): _S.BALLOTING,
    (_S.BALLOTING, _T.ANNUL_ROUND): _S.OPEN,
    (_S.BALLOTING, _T.CARRY): _S.CARRIED,
    (_S.BALLOTING, _T.NOT_CARRY): _S.NOT_CARRIED,
    (_S.BALLOTING, _T.KEEP_AS_MINORITY): _S.MINORITY_POSITION,
    (_S.BALLOTING, _T.LACK_QUORUM): _S.NO_QUORUM,
    (_S.BALLOTING, _T.FALL): _S.FALLEN,
    (_S.SUBMITTED, _T.WITHDRAW): _S.WITHDRAWN,
    (_S.OPEN, _T.WITHDRAW): _S.WITHDRAWN,
    (_S.SUBMITTED, _T.SUPERSEDE): _S.SUPERSEDED,
    (_S.OPEN, _T.SUPERSEDE): _S.SUPERSEDED,
    (_S.SUBMITTED, _T.FALL): _S.FALLEN,
    (_S.OPEN, _T.FALL): _S.FALLEN,
    (_S.SUBMITTED, _T.RULE_OUT): _S.RULED_OUT,
    (_S.OPEN, _T.RULE_OUT): _S.RULED_OUT,
}
# Where an amendment goes on when the ruling against it is overturned: where it was. Taking over is in takeovers.py.
REINSTATED: dict[AmendmentStage, AmendmentStage] = {_S.SUBMITTED: _S.SUBMITTED, _S.OPEN: _S.OPEN}
# How a live amendment ends when its plank has: a composite says its words, else they have nothing left to stand on.
ENDS_WITH_ITS_PLANK: dict[Stage, AmendmentStep] = {
    Stage.COMPOSITED: _T.SUPERSEDE,
    Stage.ARCHIVED: _T.FALL,
    Stage.WITHDRAWN: _T.FALL,
    Stage.RULED_OUT: _T.FALL,
    Stage.LAPSED: _T.FALL,
}

# Still waiting for a decision: these can need a rebase when the text moves.
LIVE_STAGES = frozenset({_S.SUBMITTED, _S.OPEN})
# What everybody may read by its stage alone: the other ends can be reached without ever having been open.
PUBLIC_STAGES = frozenset({_S.OPEN, _S.BALLOTING, _S.CARRIED, _S.NOT_CARRIED, _S.MINORITY_POSITION, _S.NO_QUORUM})


def next_stage(stage: AmendmentStage, step: AmendmentStep) -> AmendmentStage:
    """Return where `step` takes an amendment in `stage`, or refuse in words the person can act on."""
    try:
        return NEXT_STAGE[stage, step]
    except KeyError:
        raise RuleBroken(
            f"You cannot {step} an amendment that is {stage.words}. See its page for where it stands."
        ) from None


def amendment_is_seconded(mover_group: str, seconds: Collection[Second]) -> bool:
    """One member of a group other than the mover's has seconded it."""
    return any(second.group != mover_group for second in seconds)


def agreed_without_a_round(
    opened_at: datetime,
    now: datetime,
    *,
    objections: int,
    stances_on_base: int,
    base_moved: bool,
    notice_runs: bool = False,
) -> bool:
    """Adoption by agreement: 72 hours without an objection, and no group has decided on the text it would replace.

    While the notice of a round on the plank runs it waits: what members were told they will vote on does not change.
    """
    if objections or stances_on_base or base_moved or notice_runs:
        return False
    return now >= opened_at + OBJECTION_PERIOD


@dataclass(frozen=True)
class Contender:
    """An amendment at the count: its number on the plank, how much it changes, and each group's outcome."""

    number: int
    changed_tokens: int
    outcomes: tuple[Outcome, ...]
    minority: bool

    @property
    def carried_in_each_group(self) -> bool:
        """Every group must carry it in its own vote."""
        return bool(self.outcomes) and all(outcome is Outcome.CARRIED for outcome in self.outcomes)


Fit = Callable[[Sequence[int]], bool]


def _always_fit(_numbers: Sequence[int]) -> bool:
    return True


def settle(
    contenders: Collection[Contender], rivals: Collection[frozenset[int]], fit: Fit = _always_fit
) -> dict[int, AmendmentStep]:
    """Decide all amendments of one paper: what every group carries wins, the largest change first, and its rivals fall.

    `rivals` holds pairs of numbers that conflict on the base. Contenders are taken by number of changed tokens, most
    first, then by number; the first carried in every group wins and its rivals fall (domain.md, section 5). `fit` says
    whether some numbers, in ascending order, can all be put into one text: what was carried, but does not fit into what
    has won already, falls as a rival does. Returns the step each number takes.
    """
    steps = _settled(contenders, rivals, _always_fit)
    return steps if fit(carried_numbers(steps)) else _settled(contenders, rivals, fit)


def _settled(
    contenders: Collection[Contender], rivals: Collection[frozenset[int]], fit: Fit
) -> dict[int, AmendmentStep]:
    steps: dict[int, AmendmentStep] = {}
    winners: list[int] = []
    for contender in sorted(contenders, key=lambda contender: (-contender.changed_tokens, contender.number)):
        number = contender.number
        if any(frozenset({number, winner}) in rivals for winner in winners):
            steps[number] = AmendmentStep.FALL
        elif not contender.carried_in_each_group:
            steps[number] = _step_of_an_uncarried(contender)
        elif fit(sorted([*winners, number])):
            winners.append(number)
            steps[number] = AmendmentStep.CARRY
        else:
            steps[number] = AmendmentStep.FALL
    return steps


def _step_of_an_uncarried(contender: Contender) -> AmendmentStep:
    if Outcome.NOT_CARRIED not in contender.outcomes:
        # Want of a quorum is no rejection, so an amendment that no group voted down has not failed.
        return AmendmentStep.LACK_QUORUM
    return AmendmentStep.KEEP_AS_MINORITY if contender.minority else AmendmentStep.NOT_CARRY


def require_some_change(changed: bool) -> None:
    """An amendment that changes nothing cannot be moved."""
    if not changed:
        raise RuleBroken("Your amendment leaves the text as it is. Change some words, or leave this page.")


def carried_numbers(steps: dict[int, AmendmentStep]) -> Sequence[int]:
    """The numbers that were carried, in ascending order."""
    return sorted(number for number, step in steps.items() if step is AmendmentStep.CARRY)
