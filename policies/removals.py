"""Removing a member: two clerks and a reason, fourteen days to appeal, and the other groups' clerks decide."""

from collections.abc import Collection, Mapping
from datetime import datetime, timedelta
from enum import StrEnum

from policies.errors import RuleBroken

REASON_CHARACTERS = 1_000
APPEAL_CHARACTERS = 4_000
# For so long a proposal waits for a second clerk, a member can appeal, and the other groups' clerks can answer.
WAITS = timedelta(days=14)
# So long after its end a removal, with its reason, its appeal and what was said of that, is kept.
KEPT = timedelta(days=365)


class RemovalStage(StrEnum):
    """Where a removal stands. The values are stored."""

    PROPOSED = "proposed"
    DROPPED = "dropped"
    CONFIRMED = "confirmed"
    APPEALED = "appealed"
    UPHELD = "upheld"
    OVERTURNED = "overturned"

    @property
    def words(self) -> str:
        """The stage as a sentence has it: "a removal that is …"."""
        return REMOVAL_WORDS[self]


REMOVAL_WORDS: dict[RemovalStage, str] = {
    RemovalStage.PROPOSED: "proposed by one clerk",
    RemovalStage.DROPPED: "given up",
    RemovalStage.CONFIRMED: "confirmed by two clerks",
    RemovalStage.APPEALED: "appealed against",
    RemovalStage.UPHELD: "final",
    RemovalStage.OVERTURNED: "overturned",
}


class RemovalStep(StrEnum):
    """What can happen to a removal; the values complete "You cannot … a removal"."""

    DROP = "give up"
    CONFIRM = "confirm"
    APPEAL = "appeal against"
    UPHOLD = "uphold"
    OVERTURN = "overturn"


# While a removal is confirmed or appealed against, the membership is suspended: no rights, and the place kept. It is
# proposed at the word of one clerk, which takes nothing from anybody.
NEXT_REMOVAL_STAGE: dict[tuple[RemovalStage, RemovalStep], RemovalStage] = {
    (RemovalStage.PROPOSED, RemovalStep.DROP): RemovalStage.DROPPED,
    (RemovalStage.PROPOSED, RemovalStep.CONFIRM): RemovalStage.CONFIRMED,
    (RemovalStage.CONFIRMED, RemovalStep.APPEAL): RemovalStage.APPEALED,
    (RemovalStage.CONFIRMED, RemovalStep.UPHOLD): RemovalStage.UPHELD,
    (RemovalStage.CONFIRMED, RemovalStep.DROP): RemovalStage.DROPPED,
    (RemovalStage.APPEALED, RemovalStep.UPHOLD): RemovalStage.UPHELD,
    (RemovalStage.APPEALED, RemovalStep.OVERTURN): RemovalStage.OVERTURNED,
    (RemovalStage.APPEALED, RemovalStep.DROP): RemovalStage.DROPPED,
}
# Still to end.
RUNNING = frozenset({RemovalStage.PROPOSED, RemovalStage.CONFIRMED, RemovalStage.APPEALED})
# The member has been told of it.
TOLD = frozenset(RemovalStage) - {RemovalStage.PROPOSED, RemovalStage.DROPPED}


class AppealWord(StrEnum):
    """What a clerk says for another group of a removal appealed against. The values are stored."""

    UPHOLD = "uphold"
    OVERTURN = "overturn"


def next_removal_stage(stage: RemovalStage, step: RemovalStep) -> RemovalStage:
    """Where `step` takes a removal in `stage`; raises `RuleBroken` in words the person can act on."""
    try:
        return NEXT_REMOVAL_STAGE[stage, step]
    except KeyError:
        raise RuleBroken(f"You cannot {step} a removal that is {stage.words}. Look at its page again.") from None


def ends_at(since: datetime) -> datetime:
    """When the time for the next word ends: to confirm, to appeal, or to answer an appeal."""
    return since + WAITS


def step_due(
    stage: RemovalStage, since: datetime, words: Mapping[str, AppealWord], others: Collection[str], now: datetime
) -> RemovalStep | None:
    """What has to happen to a removal that is in `stage` since a moment, or nothing.

    Unconfirmed it is given up, without an appeal it is final. On appeal one other group upholds it, and so does
    silence; it is overturned only if clerks of all other groups say so.
    """
    is_late = now >= ends_at(since)
    if stage is RemovalStage.PROPOSED:
        return RemovalStep.DROP if is_late else None
    if stage is RemovalStage.CONFIRMED:
        return RemovalStep.UPHOLD if is_late else None
    if stage is not RemovalStage.APPEALED:
        return None
    if AppealWord.UPHOLD in words.values():
        return RemovalStep.UPHOLD
    if others and all(words.get(group) is AppealWord.OVERTURN for group in others):
        return RemovalStep.OVERTURN
    return RemovalStep.UPHOLD if is_late else None


def require_can_be_appealed(stage: RemovalStage, since: datetime, now: datetime) -> None:
    """A removal can be appealed against once, in the fourteen days after it was confirmed."""
    next_removal_stage(stage, RemovalStep.APPEAL)
    if now >= ends_at(since):
        raise RuleBroken("The fourteen days to appeal are over, so the removal is final.")


def require_no_own_matter(person: int | None, about: int, *removed_by: int | None) -> None:
    """Nobody decides on an appeal of their own, or against what they have proposed or confirmed themselves."""
    if person is not None and person in {about, *removed_by}:
        raise RuleBroken("You have had a part in this removal, so another clerk of your group decides on the appeal.")


def require_not_oneself(person: int | None, about: int) -> None:
    """Nobody proposes the own removal: a member leaves."""
    if person == about:
        raise RuleBroken("To end your own membership, leave the group on your account’s page.")


def require_reason(reason: str) -> None:
    """Nobody is removed, and no appeal decided, without a reason that the member reads."""
    if not reason.strip():
        raise RuleBroken("Write the reason. The member reads it.")
    if len(reason) > REASON_CHARACTERS:
        raise RuleBroken(f"Shorten the reason to {REASON_CHARACTERS:,} characters; it has {len(reason):,}.")


def require_appeal(words: str) -> None:
    """An appeal says in words why."""
    if not words.strip():
        raise RuleBroken("Write why the removal should be overturned.")
    if len(words) > APPEAL_CHARACTERS:
        raise RuleBroken(f"Shorten this to {APPEAL_CHARACTERS:,} characters; it has {len(words):,}.")
