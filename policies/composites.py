"""A composite: a new plank put together from clauses of others, and when an original ends in it."""

from collections.abc import Collection, Sequence
from enum import StrEnum

from policies.drafts import KEPT_TEXT
from policies.errors import RuleBroken
from policies.planks import NEXT_STAGE, Stage, Step

FEWEST_PLANKS = 2
MOST_PLANKS = 6
LAST_PLACE = 999


class Answer(StrEnum):
    """What the mover of an original said to the composite. Who says nothing has no answer, and nothing ends by that."""

    ACCEPTED = "accepted"
    REFUSED = "refused"


# While a composite stands before the members it can be answered.
ANSWERABLE_STAGES = frozenset({Stage.SEEKING_SECONDERS, Stage.CHECKING, Stage.OPEN, Stage.BALLOTING})
# In these it is public and on its way: only now can an original end in it.
STANDING_STAGES = frozenset({Stage.OPEN, Stage.BALLOTING})


def require_combinable(stages: Sequence[Stage]) -> None:
    """Two planks or more are combined, not too many, and every one of them is open."""
    if any(stage is not Stage.OPEN for stage in stages):
        raise RuleBroken("Only planks that are open can be combined. The page of each plank says where it stands.")
    if len(stages) < FEWEST_PLANKS:
        raise RuleBroken("Tick at least one other plank to combine this one with.")
    if len(stages) > MOST_PLANKS:
        raise RuleBroken(f"Combine at most {MOST_PLANKS} planks; these are {len(stages)}. Untick some of them.")


def require_clauses_of_two(planks: Collection[int]) -> None:
    """A composite takes something from two planks at least; `planks` are those something was taken from."""
    if len(set(planks)) < FEWEST_PLANKS:
        raise RuleBroken("Tick units of at least two planks.")


def require_room(text: str) -> None:
    """What is put together must fit into a draft."""
    if len(text) > KEPT_TEXT:
        raise RuleBroken(f"Tick fewer units: a draft keeps {KEPT_TEXT:,} characters, and these have {len(text):,}.")


def require_place(typed: str) -> None:
    """The number that says where a clause stands: a whole one; none is as good as the first."""
    number = typed.strip()
    if number and not (number.isascii() and number.isdigit() and int(number[:6]) <= LAST_PLACE):
        raise RuleBroken(f"Give a whole number from 0 to {LAST_PLACE}.")


def require_some_left(planks: Collection[int]) -> None:
    """However a composite was edited, words of two originals are left in it; `planks` are those they came from."""
    if len(set(planks)) < FEWEST_PLANKS:
        raise RuleBroken(
            "Too little is left of the planks you combined: keep units of at least two of them,"
            " or propose your text as a plank of its own."
        )


def require_answerable(original: Stage, composite: Stage, *, had_round: bool) -> None:
    """The mover of an original may answer while both stand, until a round has opened on the original."""
    if composite not in ANSWERABLE_STAGES:
        raise RuleBroken("This composite no longer stands, so there is nothing to answer.")
    if had_round or original is Stage.BALLOTING:
        raise RuleBroken(
            "A round of ballots has opened on your plank, so it cannot end in a composite. Its groups decide it now."
        )
    if (original, Step.COMPOSITE) not in NEXT_STAGE:
        raise RuleBroken(f"Your plank is {original.words}, so there is nothing to answer any more.")


def can_be_answered(original: Stage, composite: Stage, *, had_round: bool) -> bool:
    """The same as a question."""
    try:
        require_answerable(original, composite, had_round=had_round)
    except RuleBroken:
        return False
    return True


def takes_effect(answer: Answer | None, original: Stage, composite: Stage, *, had_round: bool) -> bool:
    """Whether an original ends in a composite now: its mover accepted, the composite is public, no round was held."""
    if answer is not Answer.ACCEPTED or composite not in STANDING_STAGES:
        return False
    return can_be_answered(original, composite, had_round=had_round)
