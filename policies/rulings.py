"""Clerks' rulings: what is in order and what is not, appeals against a ruling, reference back, and deputies.

A clerk's word counts once for the group. Nothing is ever published, and nothing is ever ruled out, by silence.
"""

from collections.abc import Collection, Mapping
from datetime import datetime, timedelta
from enum import StrEnum

from policies.amendments import AmendmentStage
from policies.errors import RuleBroken
from policies.groups import GROUP_KEYS
from policies.planks import REASON_CHARACTERS, Stage

GROUPS_TO_RULE = 2
GROUPS_TO_REFER = 2
APPEAL_PERIOD = timedelta(days=7)
# For so long clerks of all groups have time to uphold a ruling that was appealed against; else it is overturned.
UPHOLDING_PERIOD = timedelta(days=7)
MEMBERS_TO_APPEAL = 10
CLERKS_TO_NAME_A_DEPUTY = 2


class Verdict(StrEnum):
    """What clerks of several groups did together, as the register keeps it. The values are stored."""

    IN_ORDER = "in_order"
    OUT_OF_ORDER = "out_of_order"
    ARCHIVED = "archive"
    REFERRED = "refer"

    @property
    def words(self) -> str:
        """The ruling in a word or two."""
        return VERDICT_WORDS[self]


VERDICT_WORDS: dict[Verdict, str] = {
    Verdict.IN_ORDER: "In order",
    Verdict.OUT_OF_ORDER: "Out of order",
    Verdict.ARCHIVED: "Archived",
    Verdict.REFERRED: "Referred back",
}


class AppealStage(StrEnum):
    """Where an appeal stands. The values are stored."""

    GATHERING = "gathering"
    OPEN = "open"
    UPHELD = "upheld"
    OVERTURNED = "overturned"
    LAPSED = "lapsed"

    @property
    def words(self) -> str:
        """The stage as a sentence has it: "an appeal that is …"."""
        return APPEAL_WORDS[self]


APPEAL_WORDS: dict[AppealStage, str] = {
    AppealStage.GATHERING: "seeking members",
    AppealStage.OPEN: "before the clerks",
    AppealStage.UPHELD: "decided: the ruling is upheld",
    AppealStage.OVERTURNED: "decided: the ruling is overturned",
    AppealStage.LAPSED: "lapsed",
}


class AppealStep(StrEnum):
    """What can happen to an appeal; the values complete "You cannot … an appeal"."""

    STAND = "put before the clerks"
    UPHOLD = "uphold the ruling in"
    OVERTURN = "overturn the ruling in"
    LAPSE = "let lapse"


NEXT_APPEAL_STAGE: dict[tuple[AppealStage, AppealStep], AppealStage] = {
    (AppealStage.GATHERING, AppealStep.STAND): AppealStage.OPEN,
    (AppealStage.GATHERING, AppealStep.LAPSE): AppealStage.LAPSED,
    (AppealStage.OPEN, AppealStep.UPHOLD): AppealStage.UPHELD,
    (AppealStage.OPEN, AppealStep.OVERTURN): AppealStage.OVERTURNED,
}


class Answer(StrEnum):
    """What a clerk says of a ruling that was appealed against, for the own group. The values are stored."""

    UPHOLD = "uphold"
    OVERTURN = "overturn"


class ReferenceEnd(StrEnum):
    """What ended a reference back. The values are stored."""

    VERSION = "version"
    ANSWER = "answer"
    ENDED = "ended"


def next_appeal_stage(stage: AppealStage, step: AppealStep) -> AppealStage:
    """Return where `step` takes an appeal in `stage`, or refuse in words the person can act on."""
    try:
        return NEXT_APPEAL_STAGE[stage, step]
    except KeyError:
        raise RuleBroken(f"You cannot {step} an appeal that is {stage.words}. The ruling’s page says more.") from None


def groups_to_rule_out(*, was_overturned: bool) -> int:
    """Clerks of two groups rule out; of all groups, once such a ruling was overturned: else two could undo that."""
    return len(GROUP_KEYS) if was_overturned else GROUPS_TO_RULE


def groups_needed(verdict: Verdict, *, was_overturned: bool = False) -> int:
    """Of how many groups clerks have to say the same."""
    if verdict is Verdict.ARCHIVED:
        return len(GROUP_KEYS)
    return groups_to_rule_out(was_overturned=was_overturned) if verdict is Verdict.OUT_OF_ORDER else GROUPS_TO_RULE


def require_may_rule_now(*, is_clerk: bool, is_flagged: bool) -> None:
    """A deputy acts only once the queue is flagged; a clerk at any time."""
    if not is_clerk and not is_flagged:
        raise RuleBroken("Deputies rule once a plank has waited seven days. Until then it is for the clerks.")


def require_reason(reason: str) -> None:
    """Whoever rules against something, appeals, or overturns says why, shortly."""
    if not reason.strip():
        raise RuleBroken("Say why, in a sentence or two.")
    if len(reason) > REASON_CHARACTERS:
        raise RuleBroken(f"Shorten the reason to {REASON_CHARACTERS:,} characters; it has {len(reason):,}.")


def require_amendment_can_be_ruled_out(stage: AmendmentStage, plank_stage: Stage) -> None:
    """An amendment is ruled out while it seeks a seconder or is open, and not while the groups vote."""
    if AmendmentStage.BALLOTING is stage or plank_stage is Stage.BALLOTING:
        raise RuleBroken("The groups are voting, so nothing is ruled out now. Wait until the round is published.")
    if stage not in {AmendmentStage.SUBMITTED, AmendmentStage.OPEN}:
        raise RuleBroken(f"This amendment is {stage.words}, so there is nothing to rule out.")


def can_be_appealed(verdict: Verdict, ruled_at: datetime, now: datetime) -> bool:
    """Only a ruling that something is out of order can be appealed against, within seven days."""
    return verdict is Verdict.OUT_OF_ORDER and now < ruled_at + APPEAL_PERIOD


def require_can_be_appealed(verdict: Verdict, ruled_at: datetime, now: datetime, stage: AppealStage | None) -> None:
    """Refuse an appeal that comes too late, or against what cannot be appealed against: each ruling has one appeal."""
    if verdict is not Verdict.OUT_OF_ORDER:
        raise RuleBroken("Only a ruling that something is out of order can be appealed against.")
    if stage is AppealStage.OPEN:
        raise RuleBroken("The appeal is before the clerks already; it needs nobody more.")
    if stage is not None and stage is not AppealStage.GATHERING:
        raise RuleBroken(f"The appeal is {stage.words}, so there is nothing more to appeal against.")
    if not can_be_appealed(verdict, ruled_at, now):
        raise RuleBroken("The seven days in which this ruling could be appealed against have passed.")


def require_appeal_can_be_taken_back(stage: AppealStage) -> None:
    """An appeal is taken back while members are still being gathered; before the clerks it goes on to its end."""
    if stage is not AppealStage.GATHERING:
        raise RuleBroken(f"The appeal is {stage.words}, so your part in it can no longer be taken back.")


def appeal_stands(*, members: int, clerks: int) -> bool:
    """An appeal goes before the clerks once ten members, of whichever groups, or one clerk of any group want it."""
    return clerks >= 1 or members >= MEMBERS_TO_APPEAL


def appeal_step(answers: Mapping[str, Answer], opened_at: datetime, now: datetime) -> AppealStep | None:
    """Upheld only if clerks of all groups uphold it; one that overturns, or seven days without all, overturn it."""
    if Answer.OVERTURN in answers.values():
        return AppealStep.OVERTURN
    if all(answers.get(key) is Answer.UPHOLD for key in GROUP_KEYS):
        return AppealStep.UPHOLD
    return AppealStep.OVERTURN if now >= opened_at + UPHOLDING_PERIOD else None


def require_referable(stage: Stage, *, is_referred: bool) -> None:
    """A plank is referred back while it is open, once at a time."""
    if is_referred:
        raise RuleBroken("This plank is referred back to its drafters already. A new text or an answer ends that.")
    if stage is not Stage.OPEN:
        raise RuleBroken(f"Only an open plank is referred back to its drafters; this one is {stage.words}.")


def is_referred(referred_version: int, working_version: int | None, stage: Stage) -> bool:
    """A reference back holds for the text it was made on, while the plank is open."""
    return stage is Stage.OPEN and referred_version == working_version


def require_not_referred(*, is_referred: bool) -> None:
    """No round is prepared, agreed to or opened on a plank that is with its drafters."""
    if is_referred:
        raise RuleBroken(
            "This plank is referred back to its drafters, so no round is held on it now."
            " A new text or its mover’s answer ends that."
        )


def is_named_deputy(clerks: Collection[int]) -> bool:
    """A deputy is named by two clerks of the group."""
    return len(set(clerks)) >= CLERKS_TO_NAME_A_DEPUTY
