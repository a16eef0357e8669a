"""Files that take a while to make: how many at once, how long they are kept, and when a maker is given up."""

from datetime import datetime, timedelta
from enum import StrEnum

from policies.errors import RuleBroken

FILES_AT_ONCE = 10
"""So many files wait or are being made at most; each takes the worker some seconds, a long one a minute."""
KEPT_FOR = timedelta(hours=6)
"""A file that nobody has fetched for so long since it was asked for is made anew when it is wanted again."""
GIVEN_UP_AFTER = timedelta(minutes=15)
"""A maker that has said nothing for so long is gone; somebody else begins anew."""
OVERLOOKED_AFTER = timedelta(seconds=30)
"""A file that waits for so long was overlooked: the clock asks the worker again."""
MOST_PLANKS = 1_000
"""The most planks in one file."""
MOST_TRIES = 3
"""A file that ended its maker so often is not begun again by itself."""


class Carried(StrEnum):
    """What is made in the background."""

    PLATFORM = "platform"
    """Every public plank, in one document."""
    MEETING = "meeting"
    """The open amendments of one plank, for a meeting."""


class FileStage(StrEnum):
    """Where a file stands."""

    WAITING = "waiting"
    MAKING = "making"
    READY = "ready"
    FAILED = "failed"


def require_room(unfinished: int) -> None:
    """No more than so many files at once; raises `RuleBroken`."""
    if unfinished >= FILES_AT_ONCE:
        raise RuleBroken("Many files are being made just now. Wait a minute, then ask for this one again.")


def require_fits(planks: int) -> None:
    """No more planks than one file holds; raises `RuleBroken`."""
    if planks > MOST_PLANKS:
        raise RuleBroken(f"There are more than {MOST_PLANKS:,} planks, too many for one file. Take each from its page.")


def is_given_up(claimed_at: datetime | None, now: datetime) -> bool:
    """Whether the maker of a file has said nothing for too long."""
    return claimed_at is not None and claimed_at <= now - GIVEN_UP_AFTER


def stage_when_given_up(tries: int) -> FileStage:
    """Back to waiting, unless it has ended several makers already."""
    return FileStage.WAITING if tries < MOST_TRIES else FileStage.FAILED


def progress_in_words(stage: FileStage, done: int, total: int, parts: str) -> str:
    """Where a file stands, in a sentence: "Your file is being made: 12 of 35 planks"."""
    if stage is FileStage.WAITING:
        return "Your file waits for its turn. Most wait for less than a minute."
    if stage is FileStage.READY:
        return "Your file is ready."
    if stage is FileStage.FAILED:
        return "Your file could not be made. Ask for it again; if that fails too, take another form."
    if total and done >= total:
        return f"Your file is being made: all {total} {parts} are in, and it is being laid out."
    return f"Your file is being made: {done} of {total} {parts}." if total else "Your file is being made."
