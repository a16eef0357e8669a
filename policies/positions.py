"""An MP's position on one exact version: personal, never a group's, and never moved to other words."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from policies.errors import RuleBroken
from policies.parties import is_same_party
from policies.planks import Stage
from policies.text.editorial import is_editorial

STATEMENT_CHARACTERS = 500


class PositionKind(StrEnum):
    """What an MP says of one version. The values are stored."""

    SUPPORTS = "supports"
    RESERVATION = "reservation"
    WILL_NOT = "will_not"
    CONSIDERING = "considering"


POSITION_WORDS: dict[PositionKind, str] = {
    PositionKind.SUPPORTS: "Supports it",
    PositionKind.RESERVATION: "Supports it with a reservation",
    PositionKind.WILL_NOT: "Will not support it",
    PositionKind.CONSIDERING: "Is considering it",
}
NO_POSITION = "No position recorded"


class PositionState(StrEnum):
    """Where a position stands. The values are stored; what is only drafted is kept nowhere."""

    DRAFTED = "drafted"
    CONFIRMED = "confirmed"
    REPLACED = "replaced"
    WITHDRAWN = "withdrawn"
    HISTORICAL = "historical"


# What everybody may read. What an MP put another position in place of, or took back, is kept for that MP alone.
PUBLIC_STATES = frozenset({PositionState.CONFIRMED, PositionState.HISTORICAL})


class PositionStep(StrEnum):
    """What can happen to a position; the values complete "You cannot … a position"."""

    CONFIRM = "confirm"
    REPLACE = "replace"
    WITHDRAW = "withdraw"
    VACATE = "close"


NEXT_STATE: dict[tuple[PositionState, PositionStep], PositionState] = {
    (PositionState.DRAFTED, PositionStep.CONFIRM): PositionState.CONFIRMED,
    (PositionState.CONFIRMED, PositionStep.REPLACE): PositionState.REPLACED,
    (PositionState.CONFIRMED, PositionStep.WITHDRAW): PositionState.WITHDRAWN,
    (PositionState.CONFIRMED, PositionStep.VACATE): PositionState.HISTORICAL,
}


def next_state(state: PositionState, step: PositionStep) -> PositionState:
    """Return where `step` takes a position in `state`, or refuse in words the MP can act on."""
    try:
        return NEXT_STATE[state, step]
    except KeyError:
        raise RuleBroken(
            f"You cannot {step} a position that is {state}. Your brief shows the positions you have."
        ) from None


def require_sound(kind: PositionKind, statement: str) -> None:
    """A reservation says what it is about, and nothing else carries a statement."""
    if len(statement) > STATEMENT_CHARACTERS:
        raise RuleBroken(f"Shorten the statement to {STATEMENT_CHARACTERS} characters; it has {len(statement)}.")
    if kind is PositionKind.RESERVATION and not statement.strip():
        raise RuleBroken("Write your reservation: it is printed beside your position.")
    if kind is not PositionKind.RESERVATION and statement.strip():
        raise RuleBroken("Only a reservation has a statement. Choose it, or leave the statement empty.")


def require_recordable(stage: Stage, version_id: int, agreed_id: int | None, working_id: int | None) -> None:
    """A position is taken on words that are before the public now: the agreed or the working text of a live plank."""
    if stage not in {Stage.OPEN, Stage.BALLOTING}:
        raise RuleBroken(f"This plank is {stage.words}, so no position is recorded on it. Your brief shows the others.")
    if version_id not in {agreed_id, working_id}:
        raise RuleBroken(
            "The text has changed, and these words are no longer before anybody."
            " Read the plank as it is now, and record your position on that."
        )


class Bearing(StrEnum):
    """How the words a position was taken on stand to the words a reader sees."""

    SAME = "same"
    EDITORIAL = "editorial"
    STALE = "stale"
    NEWER = "newer"


@dataclass(frozen=True)
class Words:
    """A version reduced to what bears on positions: its place among its plank's versions, title and text."""

    place: tuple[int, int]
    title: str
    text: str


# (the position is on older words, only punctuation differs) → how it bears on the words shown.
BEARINGS: dict[tuple[bool, bool], Bearing] = {
    (True, True): Bearing.EDITORIAL,
    (True, False): Bearing.STALE,
    (False, True): Bearing.EDITORIAL,
    (False, False): Bearing.NEWER,
}


def bearing(taken_on: Words, shown: Words) -> Bearing:
    """A position stays on its words; where others differ in punctuation only it bears on them, else it does not."""
    if taken_on.place == shown.place:
        return Bearing.SAME
    only_editorial = is_editorial(taken_on.title, taken_on.text, shown.title, shown.text)
    return BEARINGS[taken_on.place < shown.place, only_editorial]


def made_as(party_then: str, party_now: str) -> str:
    """ "made as a Labour MP" where the MP's party is another now; a change of party changes the label alone."""
    if is_same_party(party_then, party_now):
        return ""
    article = "an" if party_then[:1].casefold() in set("aeiou") else "a"
    return f"made as {article} {party_then} MP"


def last_look(read_at: datetime | None, recorded: Iterable[datetime]) -> datetime | None:
    """When an MP last looked at a plank: at the whole brief, or at this plank to record a position on it."""
    return max((moment for moment in (read_at, *recorded) if moment is not None), default=None)


def looked_until(shown_at: datetime, before: datetime | None, now: datetime) -> datetime:
    """The moment up to which a brief was read: when it was shown, not when the button was pressed; it never goes back.

    What changed between the two was not on the page, so it stays news.
    """
    read = min(shown_at, now)
    return read if before is None else max(read, before)
