"""Arguments: one reason for and one against that a member gives on each text, until a round opens; what clerks hide.

An argument belongs to the words it was written about. One about a plank belongs to a version of it, so it never stands
beside words its author did not have in mind; once a round has opened it stays as it is for good, and a newer text is
argued anew.
"""

from collections.abc import Mapping
from enum import StrEnum

from policies.amendments import LIVE_STAGES, AmendmentStage
from policies.errors import RuleBroken
from policies.planks import ENDED_STAGES, Stage

ARGUMENT_CHARACTERS = 1_000
ARGUMENT_WORDS_ADVISED = 100
COMPLAINT_CHARACTERS = 500
HIDING_REASON_CHARACTERS = 500

GROUPS_TO_DECIDE = 2
# So many reports of one argument are kept until clerks have decided; further ones are counted, up to a thousand.
REPORTS_KEPT = 5
MOST_REPORTS_COUNTED = 1_000


class Side(StrEnum):
    """Which way an argument speaks. The values are stored and stand in addresses."""

    FOR = "for"
    AGAINST = "against"


class About(StrEnum):
    """What kind of thing an argument is about. The values are stored."""

    VERSION = "version"
    AMENDMENT = "amendment"


class Complaint(StrEnum):
    """What a report says is wrong with an argument. The values are stored."""

    PERSONAL = "personal"
    ABUSE = "abuse"
    LAW = "law"
    OFF_TOPIC = "off_topic"
    OTHER = "other"


COMPLAINT_WORDS: dict[Complaint, str] = {
    Complaint.PERSONAL: "It tells something private about a person",
    Complaint.ABUSE: "It insults or threatens somebody",
    Complaint.LAW: "It may break the law",
    Complaint.OFF_TOPIC: "It has nothing to do with the text",
    Complaint.OTHER: "Something else",
}


class Verdict(StrEnum):
    """What a clerk says of an argument, for the own group. The values are stored."""

    HIDE = "hide"
    LEAVE = "leave"


class Settlement(StrEnum):
    """How a report ended. The values are stored."""

    HIDDEN = "hidden"
    LEFT = "left"
    WITHDRAWN = "withdrawn"


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
            "Clerks of two groups have hidden this argument. Ask a clerk of any group to look at it again."
        )


def require_same_words(sitting_read: str, sitting: int) -> None:
    """A clerk decides on the words they read: refused where the author has changed them since."""
    if sitting_read != str(sitting):
        raise RuleBroken("The argument has changed since you opened the page. Read it again, then decide.")


def decision(verdicts: Mapping[str, Verdict]) -> Verdict | None:
    """What clerks of two groups agree on, by group: a clerk's act counts once for the group."""
    for verdict in Verdict:
        if sum(said is verdict for said in verdicts.values()) >= GROUPS_TO_DECIDE:
            return verdict
    return None


def is_kept(reports_waiting: int) -> bool:
    """Whether one more report of an argument is kept; else it is only counted, so that nobody fills the disk."""
    return reports_waiting < REPORTS_KEPT


def counted_on(reports: int) -> int:
    """One more report that was only counted."""
    return min(reports + 1, MOST_REPORTS_COUNTED)
