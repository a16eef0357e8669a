"""Arguments: one reason for and one against that a member gives on each text, until a round opens.

An argument belongs to the words it was written about. One about a plank belongs to a version of it, so it never stands
beside words its author did not have in mind; once a round has opened it stays as it is for good, and a newer text is
argued anew.
"""

from enum import StrEnum

from policies.amendments import LIVE_STAGES, AmendmentStage
from policies.errors import RuleBroken
from policies.planks import ENDED_STAGES, Stage

ARGUMENT_CHARACTERS = 1_000
ARGUMENT_WORDS_ADVISED = 100


class Side(StrEnum):
    """Which way an argument speaks. The values are stored and stand in addresses."""

    FOR = "for"
    AGAINST = "against"


class About(StrEnum):
    """What kind of thing an argument is about. The values are stored."""

    VERSION = "version"
    AMENDMENT = "amendment"


def why_closed(stage: Stage, *, is_working: bool, had_round: bool) -> str:
    """Why nobody can write, change or withdraw an argument about a version of a plank now; nothing while they can.

    `had_round`: a round of ballots has opened on the plank since the version was written.
    """
    if stage is Stage.DRAFT:
        return "This plank is a draft. It can be argued about once it is submitted."
    if stage in ENDED_STAGES:
        return f"This plank is {stage.words}, so the arguments stay as they are."
    if stage is Stage.BALLOTING:
        return "A round of ballots has opened on this plank, so the arguments stay as they were at its opening."
    if not is_working:
        return "The text has moved on, so the arguments about this version stay as they were. A newer text has its own."
    if had_round:
        return (
            "A round of ballots has been held since this text was written, so the arguments about it stay as they were."
            " A newer text can be argued about anew."
        )
    return ""


def why_closed_on_amendment(stage: AmendmentStage, plank_stage: Stage) -> str:
    """The same of an amendment: its arguments are closed once its round opens, or when it or its plank has ended."""
    if stage is AmendmentStage.DRAFT:
        return "This amendment is a draft. It can be argued about once it is submitted."
    if plank_stage in ENDED_STAGES:
        return f"Its plank is {plank_stage.words}, so the arguments stay as they are."
    if stage is AmendmentStage.BALLOTING:
        return "A round of ballots has opened on this amendment, so the arguments stay as they were at its opening."
    return "" if stage in LIVE_STAGES else f"This amendment is {stage.words}, so the arguments stay as they are."


def require_open(why: str) -> None:
    """Refuse to touch arguments that are closed; `why` is what the two functions above say."""
    if why:
        raise RuleBroken(why)


def require_argument_fits(words: str) -> None:
    """An argument says something, shortly."""
    if not words.strip():
        raise RuleBroken("Write your reason, in a few sentences.")
    if len(words) > ARGUMENT_CHARACTERS:
        raise RuleBroken(f"Shorten your argument to {ARGUMENT_CHARACTERS:,} characters; it has {len(words):,}.")


def require_not_hidden(is_hidden: bool) -> None:
    """Nothing more is done to an argument that clerks have hidden; its author cannot put another in its place."""
    if is_hidden:
        raise RuleBroken(
            "Clerks have hidden this argument. You can appeal against that for 14 days, on the page of its case."
        )
