"""Editions: a numbered, dated, signed snapshot of the agreed planks, which clerks of all groups publish together.

One clerk proposes it, and a clerk of each other group says yes; the last yes publishes. What is published is what all
of them read: where anything in it has moved in the meantime, nothing is published.
"""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta
from enum import StrEnum

from policies.edition_changes import Changed, Entry
from policies.errors import RuleBroken

ANSWERED_WITHIN = timedelta(days=14)
REASON_CHARACTERS = 1_000


class EditionStage(StrEnum):
    """Where a proposed edition stands. The values are stored."""

    OPEN = "open"
    PUBLISHED = "published"
    REFUSED = "refused"
    TAKEN_BACK = "taken_back"
    LAPSED = "lapsed"
    VOID = "void"


class EditionStep(StrEnum):
    """What can happen to it; the values complete "You cannot … a proposed edition"."""

    PUBLISH = "publish"
    REFUSE = "refuse"
    TAKE_BACK = "take back"
    LAPSE = "end"
    VOID = "void"


EDITION_WORDS: dict[EditionStage, str] = {
    EditionStage.OPEN: "waiting for clerks",
    EditionStage.PUBLISHED: "published",
    EditionStage.REFUSED: "refused",
    EditionStage.TAKEN_BACK: "taken back",
    EditionStage.LAPSED: "ended without the word of every group",
    EditionStage.VOID: "void, since the platform has moved on",
}

NEXT_EDITION: dict[tuple[EditionStage, EditionStep], EditionStage] = {
    (EditionStage.OPEN, EditionStep.PUBLISH): EditionStage.PUBLISHED,
    (EditionStage.OPEN, EditionStep.REFUSE): EditionStage.REFUSED,
    (EditionStage.OPEN, EditionStep.TAKE_BACK): EditionStage.TAKEN_BACK,
    (EditionStage.OPEN, EditionStep.LAPSE): EditionStage.LAPSED,
    (EditionStage.OPEN, EditionStep.VOID): EditionStage.VOID,
}

NO_KEY = (
    "This installation has no key to sign an edition with, so it is not published yet and your yes is not recorded."
    " Ask whoever runs the service to set EDITIONS_KEY_FILE and to run “flask editions keygen”; then answer again."
    " The proposal waits unchanged."
)


def next_edition(stage: EditionStage, step: EditionStep) -> EditionStage:
    """Return where `step` takes a proposed edition, or refuse."""
    try:
        return NEXT_EDITION[stage, step]
    except KeyError:
        raise RuleBroken(
            f"You cannot {step} a proposed edition that is {EDITION_WORDS[stage]}. The clerk’s desk has what waits."
        ) from None


def require_can_be_proposed(entries: Sequence[Entry], before: Sequence[Entry] | None, *, open_ones: int) -> None:
    """One proposal at a time, of at least one agreed plank, and never the same edition twice."""
    if open_ones:
        raise RuleBroken("A proposed edition waits already. Answer that one first.")
    if not entries:
        raise RuleBroken("No plank is agreed by all groups now, so an edition would be empty. Wait until one is.")
    if before is not None and tuple(entries) == tuple(before):
        raise RuleBroken("Nothing has changed since the newest edition. Cite that one.")


def outcome_of(answers: Mapping[str, bool], groups: Collection[str], moved: Sequence[Changed]) -> EditionStep | None:
    """A no of any group refuses it; what has moved since voids it; a yes of every group publishes it; else it waits."""
    if not all(answers.values()):
        return EditionStep.REFUSE
    if moved:
        return EditionStep.VOID
    return EditionStep.PUBLISH if set(groups) <= set(answers) else None


def is_over(proposed_at: datetime, now: datetime) -> bool:
    """A proposal without the word of every group ends after 14 days; silence publishes nothing."""
    return now >= proposed_at + ANSWERED_WITHIN


def require_reason(*, says_yes: bool, reason: str) -> None:
    """A no says why, in a few lines."""
    if not says_yes and not reason.strip():
        raise RuleBroken("Say why not, so that the other clerks know what to mend.")
    if len(reason) > REASON_CHARACTERS:
        raise RuleBroken(f"Shorten the reason to {REASON_CHARACTERS:,} characters; it has {len(reason):,}.")
