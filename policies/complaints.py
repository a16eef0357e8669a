"""Data-protection complaints: acknowledged at once, answered without undue delay, and followed by a reference.

The Data (Use and Access) Act 2025 asks that a complaint is acknowledged within 30 days, that steps are taken without
undue delay, that whoever complained hears of the progress, and hears the outcome.
"""

from datetime import datetime, timedelta
from enum import StrEnum

from policies.errors import RuleBroken

COMPLAINT_CHARACTERS = 4_000
ANSWER_CHARACTERS = 2_000

ACKNOWLEDGED_WITHIN = timedelta(days=30)
# Nobody waits longer than this without a word of progress; the same again after each.
PROGRESS_WITHIN = timedelta(days=30)
ANSWERED_WITHIN = timedelta(days=90)
CONTACT_KEPT = timedelta(days=365)


class ComplaintStage(StrEnum):
    """Where a complaint stands. The values are stored."""

    RECEIVED = "received"
    LOOKED_INTO = "looked_into"
    ANSWERED = "answered"

    @property
    def words(self) -> str:
        """The stage in a word or two."""
        return STAGE_WORDS[self]


STAGE_WORDS: dict[ComplaintStage, str] = {
    ComplaintStage.RECEIVED: "Received",
    ComplaintStage.LOOKED_INTO: "Being looked into",
    ComplaintStage.ANSWERED: "Answered",
}


class ComplaintStep(StrEnum):
    """What can happen to a complaint; the values complete "You cannot … a complaint"."""

    PROGRESS = "report progress on"
    ANSWER = "answer"


NEXT_COMPLAINT_STAGE: dict[tuple[ComplaintStage, ComplaintStep], ComplaintStage] = {
    (ComplaintStage.RECEIVED, ComplaintStep.PROGRESS): ComplaintStage.LOOKED_INTO,
    (ComplaintStage.LOOKED_INTO, ComplaintStep.PROGRESS): ComplaintStage.LOOKED_INTO,
    (ComplaintStage.RECEIVED, ComplaintStep.ANSWER): ComplaintStage.ANSWERED,
    (ComplaintStage.LOOKED_INTO, ComplaintStep.ANSWER): ComplaintStage.ANSWERED,
}


def next_complaint_stage(stage: ComplaintStage, step: ComplaintStep) -> ComplaintStage:
    """Return where `step` takes a complaint in `stage`, or refuse in words the person can act on."""
    try:
        return NEXT_COMPLAINT_STAGE[stage, step]
    except KeyError:
        raise RuleBroken(f"You cannot {step} a complaint that is {stage.words.lower()}. It has its outcome.") from None


def next_word_due(received_at: datetime, spoken_at: datetime | None) -> datetime:
    """By when whoever complained has to hear something: the outcome at the latest after 90 days."""
    return min((spoken_at or received_at) + PROGRESS_WITHIN, received_at + ANSWERED_WITHIN)


def is_overdue(received_at: datetime, spoken_at: datetime | None, now: datetime) -> bool:
    """Whether that day has passed without a word."""
    return now >= next_word_due(received_at, spoken_at)


def require_words(words: str) -> None:
    """A complaint says what is wrong, shortly enough to be read."""
    if not words.strip():
        raise RuleBroken("Say what is wrong with how personal data was used, in your own words.")
    if len(words) > COMPLAINT_CHARACTERS:
        raise RuleBroken(f"Shorten this to {COMPLAINT_CHARACTERS:,} characters; it has {len(words):,}.")
