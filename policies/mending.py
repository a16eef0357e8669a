"""Editorial changes: punctuation mended with a yes of every group, under which each group's backing of the words stays.

A text so mended is version n.1. The stances stay on version n and count for n.1 too, since its words are the same. So
in doubt a change is none: whatever could change a word, a letter, a digit or the value of a number is material.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from difflib import SequenceMatcher
from enum import StrEnum

from policies.agreement import TAKEN_BACK
from policies.endorsements import StanceKind
from policies.errors import RuleBroken
from policies.planks import Stage
from policies.text.editorial import is_editorial, material_words
from policies.text.words import words

# A proposal that no clerk has answered for so long is flagged on the clerks' desk.
ANSWERED_WITHIN = timedelta(days=7)
MOST_NAMED = 6


class EditorialStage(StrEnum):
    """Where a proposed editorial change stands. The values are stored."""

    OPEN = "open"
    MADE = "made"
    REFUSED = "refused"
    TAKEN_BACK = "taken_back"
    LAPSED = "lapsed"


class EditorialStep(StrEnum):
    """What can happen to it; the values complete "You cannot … an editorial change"."""

    MAKE = "make"
    REFUSE = "refuse"
    TAKE_BACK = "take back"
    LAPSE = "end"


EDITORIAL_WORDS: dict[EditorialStage, str] = {
    EditorialStage.OPEN: "waiting for clerks",
    EditorialStage.MADE: "made",
    EditorialStage.REFUSED: "refused",
    EditorialStage.TAKEN_BACK: "taken back",
    EditorialStage.LAPSED: "without ground, since the text has moved",
}

NEXT_EDITORIAL: dict[tuple[EditorialStage, EditorialStep], EditorialStage] = {
    (EditorialStage.OPEN, EditorialStep.MAKE): EditorialStage.MADE,
    (EditorialStage.OPEN, EditorialStep.REFUSE): EditorialStage.REFUSED,
    (EditorialStage.OPEN, EditorialStep.TAKE_BACK): EditorialStage.TAKEN_BACK,
    (EditorialStage.OPEN, EditorialStep.LAPSE): EditorialStage.LAPSED,
}


def next_editorial(stage: EditorialStage, step: EditorialStep) -> EditorialStage:
    """Return where `step` takes an editorial change, or refuse."""
    try:
        return NEXT_EDITORIAL[stage, step]
    except KeyError:
        raise RuleBroken(
            f"You cannot {step} an editorial change that is {EDITORIAL_WORDS[stage]}. The plank’s page has its text."
        ) from None


@dataclass(frozen=True)
class Classified:
    """What a change is: the words that differ, if any, and the words that differ in capitals alone, to look at."""

    changed: tuple[str, ...] = ()
    capitals: tuple[tuple[str, str], ...] = ()
    is_same: bool = False
    is_material: bool = False

    @property
    def is_editorial(self) -> bool:
        """Whether it changes something, and nothing but punctuation."""
        return not self.is_material and not self.is_same


def classify(old: tuple[str, str], new: tuple[str, str]) -> Classified:
    """Compare two versions, each a title and a text. Not a word, letter, digit or number may differ."""
    if old == new:
        return Classified(is_same=True)
    if is_editorial(*old, *new):
        return Classified(capitals=_capitals(old, new))
    return Classified(changed=_changed(material_words(*old), material_words(*new)), is_material=True)


def require_editorial(found: Classified) -> None:
    """Only punctuation, capitals, quotation marks, dashes and spacing may differ, and something must."""
    if found.is_same:
        raise RuleBroken("The text is as it was. Mend something, or go back to the plank.")
    if found.is_material:
        named = _listed(found.changed) or "the order of the text, its emphasis, its links or its lists"
        raise RuleBroken(
            f"This is no editorial change, because it changes words, letters or digits: {named}."
            " Put these back, or move an amendment instead."
        )


def require_can_be_mended(stage: Stage, version_id: int, pointers: Collection[int | None], open_ones: int) -> None:
    """One change at a time, on the working or the agreed text of an open plank; never while groups vote on it."""
    if stage is Stage.BALLOTING:
        raise RuleBroken("Groups vote on this plank now, so its text stays as it is. Wait for the result.")
    if stage is not Stage.OPEN:
        raise RuleBroken(f"This plank is {stage.words}. Only the text of an open plank can be mended.")
    if version_id not in pointers:
        raise RuleBroken("These words are an earlier text. Mend the working text or the agreed text.")
    if open_ones:
        raise RuleBroken("An editorial change of this plank waits already. Answer that one first.")


def outcome_of(answers: Mapping[str, bool], groups: Collection[str]) -> EditorialStep | None:
    """A no of any group refuses it; a yes of a clerk of every group makes it; else it waits."""
    if not all(answers.values()):
        return EditorialStep.REFUSE
    return EditorialStep.MAKE if set(groups) <= set(answers) else None


def is_late(proposed_at: datetime, now: datetime) -> bool:
    """Whether a change has waited so long that the desk flags it; silence makes none."""
    return now >= proposed_at + ANSWERED_WITHIN


@dataclass(frozen=True, order=True)
class Place:
    """A version's place among those of its plank: 2.1 is the second text, mended once."""

    number: int
    minor: int = 0


def counts_for(taken_on: Place, shown: Place) -> bool:
    """A stance counts for the words it was taken on, and for the same words with mended punctuation; never for older
    ones."""
    return taken_on.number == shown.number and taken_on.minor <= shown.minor


def place_of_stance(taken: Mapping[Place, StanceKind], shown: Place) -> Place | None:
    """Of one group's stances on a plank the one that counts for the words shown: the newest that does.

    A group that no longer backs the newest of the same words backs none of them, so that its last no stands for all.
    """
    same_words = [place for place in taken if place.number == shown.number]
    newest = max(same_words, default=None)
    if newest is not None and taken[newest] in TAKEN_BACK:
        return newest
    return max((place for place in same_words if counts_for(place, shown)), default=None)


def _capitals(old: tuple[str, str], new: tuple[str, str]) -> tuple[tuple[str, str], ...]:
    pairs = zip(_written(old), _written(new), strict=False)
    return tuple(dict.fromkeys(pair for pair in pairs if pair[0] != pair[1] and _same_letters(*pair)))[:MOST_NAMED]


def _written(version: tuple[str, str]) -> list[str]:
    title, text = version
    return [*words(title), *words(text)]


def _same_letters(one: str, other: str) -> bool:
    return one.casefold() == other.casefold()


def _changed(old: list[str], new: list[str]) -> tuple[str, ...]:
    said = []
    for change, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        before, after = _readable(old[a:b]), _readable(new[c:d])
        if change != "equal" and (before or after):
            said.append(f"{_quoted(before)} became {_quoted(after)}" if before and after else _one_sided(before, after))
    return tuple(said)


def _one_sided(before: str, after: str) -> str:
    return f"{_quoted(before)} is gone" if before else f"{_quoted(after)} is new"


def _readable(marks: list[str]) -> str:
    """The words alone: the places of units and marks of emphasis say nothing to a reader."""
    return " ".join(mark for mark in marks if " " not in mark)[:60]


def _quoted(text: str) -> str:
    return f"“{text}”"


def _listed(named: tuple[str, ...]) -> str:
    more = len(named) - MOST_NAMED
    return "; ".join(named[:MOST_NAMED]) + (f"; and {more} more" if more > 0 else "")
