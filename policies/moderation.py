"""Moderation: what anybody can report, how clerks of two groups decide, and how a decision is looked at once more.

A hidden text keeps its place and its number; its words are kept apart from everything that is read. What groups decided
about it stays a fact.
"""

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from policies.errors import RuleBroken

REPORT_CHARACTERS = 500
HIDING_REASON_CHARACTERS = 500
APPEAL_CHARACTERS = 1_000
PAGE_CHARACTERS = 200

GROUPS_TO_DECIDE = 2
# What one clerk has hidden at once is shown again unless a clerk of another group confirms it in this time.
CONFIRMED_WITHIN = timedelta(hours=72)
APPEALED_WITHIN = timedelta(days=14)
# The address of somebody who reported something is kept for so long after the decision, for questions about it.
CONTACT_KEPT = timedelta(days=30)
# The words of reports, and of appeals, are kept for so long after they were decided on.
WORDS_KEPT = timedelta(days=365)
# So many reports of one text are kept until clerks have decided; further ones are counted, up to a thousand.
REPORTS_KEPT = 5
MOST_REPORTS_COUNTED = 1_000


class Kind(StrEnum):
    """What kind of text a case is about. The values are stored and stand in addresses."""

    VERSION = "version"
    REASON = "reason"
    AMENDMENT = "amendment"
    OBJECTION = "objection"
    ARGUMENT = "argument"
    OFFER = "offer"
    STATEMENT = "statement"
    OFFICE = "office"
    RESERVATION = "reservation"
    PAUSE = "pause"
    RULING = "ruling"
    APPEAL = "appeal"
    ANSWER = "answer"
    POSITION = "position"
    ROUND = "round"
    ORDERS = "orders"
    PAGE = "page"

    @property
    def words(self) -> str:
        """The kind as a sentence has it: "a plank’s text"."""
        return KIND_WORDS[self]


KIND_WORDS: dict[Kind, str] = {
    Kind.VERSION: "a plank’s text",
    Kind.REASON: "a mover’s reason",
    Kind.AMENDMENT: "an amendment",
    Kind.OBJECTION: "an objection",
    Kind.ARGUMENT: "an argument",
    Kind.OFFER: "an offered wording",
    Kind.STATEMENT: "a group’s launch statement",
    Kind.OFFICE: "the address of a group’s clerks",
    Kind.RESERVATION: "a group’s reservation",
    Kind.PAUSE: "the reason of a pause",
    Kind.RULING: "the reason of a ruling",
    Kind.APPEAL: "the reason of an appeal",
    Kind.ANSWER: "a mover’s answer",
    Kind.POSITION: "an MP’s words",
    Kind.ROUND: "the reasons given in a round",
    Kind.ORDERS: "the reason of a change of standing orders",
    Kind.PAGE: "something else on a page",
}


class Wrong(StrEnum):
    """What a report says is wrong with a text. The values are stored."""

    ILLEGAL = "illegal"
    PERSONAL = "personal"
    ABUSE = "abuse"
    SPAM = "spam"
    OTHER = "other"

    @property
    def is_urgent(self) -> bool:
        """Whether waiting for a second group can do harm, so that one clerk may hide the text at once."""
        return self in URGENT


URGENT = frozenset({Wrong.ILLEGAL, Wrong.PERSONAL})

WRONG_WORDS: dict[Wrong, str] = {
    Wrong.ILLEGAL: "It may break the law",
    Wrong.PERSONAL: "It tells something private about a person",
    Wrong.ABUSE: "It insults or threatens somebody",
    Wrong.SPAM: "It is spam, or has nothing to do with the text",
    Wrong.OTHER: "Something else",
}


class Verdict(StrEnum):
    """What a clerk says of a text, for the own group. The values are stored."""

    HIDE = "hide"
    LEAVE = "leave"


class CaseStage(StrEnum):
    """Where a case stands. The values are stored."""

    WAITING = "waiting"
    HELD = "held"
    HIDDEN = "hidden"
    LEFT = "left"
    GONE = "gone"

    @property
    def words(self) -> str:
        """The stage as a sentence has it: "a case that is …"."""
        return CASE_WORDS[self]


CASE_WORDS: dict[CaseStage, str] = {
    CaseStage.WAITING: "waiting for clerks",
    CaseStage.HELD: "hidden by one clerk for now",
    CaseStage.HIDDEN: "decided: the text is hidden",
    CaseStage.LEFT: "decided: the text stays",
    CaseStage.GONE: "over: its author took the text back",
}


class CaseStep(StrEnum):
    """What can happen to a case; the values complete "You cannot … in a case"."""

    REPORT = "report the text"
    HOLD = "hide the text at once"
    HIDE = "hide the text"
    LEAVE = "leave the text"
    EXPIRE = "let the time run out"
    END = "end it with the text"


# On appeal the same two words are said again: hiding what was left, leaving what was hidden, or either as it is.
NEXT_CASE_STAGE: dict[tuple[CaseStage, CaseStep], CaseStage] = {
    (CaseStage.WAITING, CaseStep.REPORT): CaseStage.WAITING,
    (CaseStage.HELD, CaseStep.REPORT): CaseStage.HELD,
    (CaseStage.LEFT, CaseStep.REPORT): CaseStage.WAITING,
    # Its author has written it anew.
    (CaseStage.GONE, CaseStep.REPORT): CaseStage.WAITING,
    (CaseStage.WAITING, CaseStep.HOLD): CaseStage.HELD,
    (CaseStage.WAITING, CaseStep.HIDE): CaseStage.HIDDEN,
    (CaseStage.HELD, CaseStep.HIDE): CaseStage.HIDDEN,
    (CaseStage.HIDDEN, CaseStep.HIDE): CaseStage.HIDDEN,
    (CaseStage.LEFT, CaseStep.HIDE): CaseStage.HIDDEN,
    (CaseStage.WAITING, CaseStep.LEAVE): CaseStage.LEFT,
    (CaseStage.HELD, CaseStep.LEAVE): CaseStage.LEFT,
    (CaseStage.HIDDEN, CaseStep.LEAVE): CaseStage.LEFT,
    (CaseStage.LEFT, CaseStep.LEAVE): CaseStage.LEFT,
    (CaseStage.HELD, CaseStep.EXPIRE): CaseStage.WAITING,
    (CaseStage.WAITING, CaseStep.END): CaseStage.GONE,
    (CaseStage.LEFT, CaseStep.END): CaseStage.GONE,
}

NOT_READ = frozenset({CaseStage.HELD, CaseStage.HIDDEN})
"""The stages in which nobody reads the words but their author and the clerks."""


def next_case_stage(stage: CaseStage, step: CaseStep) -> CaseStage:
    """Return where `step` takes a case in `stage`, or refuse in words the person can act on."""
    try:
        return NEXT_CASE_STAGE[stage, step]
    except KeyError:
        raise RuleBroken(f"You cannot {step} in a case that is {stage.words}. Its page says more.") from None


@dataclass(frozen=True)
class Said:
    """A clerk's word in a case: for which group, by whom, and of which words."""

    group: str
    clerk_id: int
    verdict: Verdict
    fingerprint: str


def decision(said: Iterable[Said], fingerprint: str) -> Verdict | None:
    """What clerks of two groups agree on about the words as they are now: a clerk's act counts once for the group."""
    of_these = {one.group: one.verdict for one in said if one.fingerprint == fingerprint}
    for verdict in Verdict:
        if sum(one is verdict for one in of_these.values()) >= GROUPS_TO_DECIDE:
            return verdict
    return None


def require_reportable(stage: CaseStage | None) -> None:
    """A text that clerks have hidden already is not reported again."""
    if stage is CaseStage.HIDDEN:
        raise RuleBroken("Clerks of two groups have hidden this text already, so nobody can read it any more.")


def require_same_words(read: str, fingerprint: str) -> None:
    """A clerk decides on the words they read: refused where the author has changed them since."""
    if read != fingerprint:
        raise RuleBroken("The text has changed since you opened the page. Read it again, then decide.")


def require_no_author(is_author: bool) -> None:
    """Nobody decides about the own words."""
    if is_author:
        raise RuleBroken("You wrote this, so other clerks decide about it. You can appeal against their decision.")


def require_fresh(decided: Collection[int], person: int | None, *, on_appeal: bool) -> None:
    """An appeal is decided by clerks who have had no word in the case before."""
    if on_appeal and person in decided:
        raise RuleBroken("You have had a word in this case before the appeal. Clerks who have not decide about it.")


def require_urgent(wrongs: Collection[Wrong], stage: CaseStage, *, was_held: bool) -> None:
    """One clerk hides a text at once only where a report says that it breaks the law or tells something private.

    A text that was held once and shown again waits for clerks of two groups.
    """
    next_case_stage(stage, CaseStep.HOLD)
    if was_held:
        raise RuleBroken("This text was hidden at once before and shown again. Now clerks of two groups decide.")
    if not any(one.is_urgent for one in wrongs):
        raise RuleBroken(
            "A text is hidden at once only where a report says that it may break the law, or tells something private."
            " Give your word instead: clerks of two groups decide."
        )


def require_names_a_text(kind: Kind, verdict: Verdict) -> None:
    """A whole page is not hidden: its texts are, each by itself."""
    if kind is Kind.PAGE and verdict is Verdict.HIDE:
        raise RuleBroken("This report names no single text. Open the page, report the text itself, and decide on that.")


def require_no_ballot(is_voted_on: bool, wrongs: Collection[Wrong], *, at_once: bool) -> None:
    """While groups vote on words, no clerk alone takes them away, and those of two groups only where waiting does harm.

    Then nobody can vote until the words are shown again; the round closes at its time and is published, unless clerks
    of all groups annul it. An amendment that stays hidden falls. One clerk alone must not be able to stop a vote.
    """
    if is_voted_on and at_once:
        raise RuleBroken(
            "The groups are voting on these words, so no clerk hides them alone. Give your group’s word instead: once"
            " a clerk of another group says the same, they are hidden."
        )
    if is_voted_on and not any(one.is_urgent for one in wrongs):
        raise RuleBroken(
            "The groups are voting on these words, so they are not hidden now. Decide once the result is published."
            " Only where a report says that they break the law or tell something private can they be hidden before."
        )


def is_still_held(held_at: datetime, now: datetime) -> bool:
    """Whether what one clerk has hidden at once is still hidden without a second group's word."""
    return now < held_at + CONFIRMED_WITHIN


class Side(StrEnum):
    """Who appeals: the author of what was hidden, or whoever reported what was left. The values are stored."""

    AUTHOR = "author"
    REPORTER = "reporter"


DECIDED_AGAINST: dict[Side, CaseStage] = {Side.AUTHOR: CaseStage.HIDDEN, Side.REPORTER: CaseStage.LEFT}


def why_no_appeal(
    side: Side, stage: CaseStage, decided_at: datetime | None, now: datetime, *, had_appeal: bool, on_appeal: bool
) -> str:
    """Why this side cannot appeal now, in a sentence; nothing where it can: once, in 14 days from the decision."""
    if on_appeal:
        return "There is an appeal in this case already. Clerks who had no word in it before decide."
    if decided_at is None or stage is not DECIDED_AGAINST[side]:
        return "There is no decision here to appeal against."
    if had_appeal:
        return "This was decided on appeal, and one appeal is all there is."
    if now >= decided_at + APPEALED_WITHIN:
        return "The 14 days in which this could be appealed against are over."
    return ""


def require_may_appeal(why: str) -> None:
    """Refuse an appeal; `why` is what the function above says."""
    if why:
        raise RuleBroken(why)


def is_kept(reports_waiting: int) -> bool:
    """Whether one more report of a text is kept; else it is only counted, so that nobody fills the disk."""
    return reports_waiting < REPORTS_KEPT


def counted_on(reports: int) -> int:
    """One more report that was only counted."""
    return min(reports + 1, MOST_REPORTS_COUNTED)


NOTED = ("Hidden by a clerk on ", "Hidden by clerks of two groups on ")
"""With what the note in the place of hidden words begins."""
_CASE_NOTED = re.compile(r"\bCase ([a-z][a-z0-9]{11})\.")


def tombstone(stage: CaseStage, on: str, reason: str, number: str) -> str:
    """What stands in the place of words that are not read: by whom they are hidden, since when, why, in which case."""
    if stage is CaseStage.HELD:
        return f"Hidden by a clerk on {on}, until clerks of two groups have decided. Case {number}."
    return f"Hidden by clerks of two groups on {on} because: {reason} Case {number}."


def is_tombstone(words: str) -> bool:
    """Whether words read like what stands in the place of hidden ones: only then has anybody to look further."""
    return words.startswith(NOTED)


def cases_noted(words: str) -> list[str]:
    """The keys of the cases that notes in these words name."""
    return _CASE_NOTED.findall(words) if any(noted in words for noted in NOTED) else []


HIDDEN_TITLE = "Text hidden by clerks"
WORDS_HIDDEN = (
    "Clerks have hidden these words, so nothing is decided, changed or built on them now."
    " A note in their place says why, and in which case."
)


def require_words_shown(is_hidden: bool) -> None:
    """Nothing is voted on, amended, adopted or taken from words that nobody can read."""
    if is_hidden:
        raise RuleBroken(WORDS_HIDDEN)


def said_by_group(said: Iterable[Said]) -> Mapping[str, int]:
    """Who spoke for each group."""
    return {one.group: one.clerk_id for one in said}
