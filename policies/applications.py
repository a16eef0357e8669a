"""Asking to join a group: what one declares, what its clerks may ask, and what is kept of somebody they refuse."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from policies.errors import LinkEnded, NotThere, RuleBroken
from policies.links import GONE, WRONG_ADDRESSES

QUESTION_CHARACTERS = 500
ANSWER_CHARACTERS = 1_000
MOST_QUESTIONS = 3
# So long the link to a question works, and so long an applicant is waited for.
ANSWERED_WITHIN = timedelta(days=14)
# So long the name, the address, the reason and what was asked are kept of somebody refused, so that the group can
# answer for it; so long that person cannot apply to the same group again. Then all of it is erased.
REFUSED_KEPT = timedelta(days=30)

# Every declaration that anybody ever made, oldest first. New words are added at the end; none is ever changed.
DECLARATIONS: tuple[str, ...] = (
    "I am a member or supporter of {party}, and belong to no other group of this platform.",
)


@dataclass(frozen=True)
class EnquiryFacts:
    """A question to an applicant as the rules see one: `is_undecided` while the clerks have not answered for good."""

    asked_at: datetime
    answered_at: datetime | None = None
    is_undecided: bool = True
    wrong_addresses: int = 0


def newest_declaration() -> int:
    """The number of the declaration in use now, counted from 1."""
    return len(DECLARATIONS)


def declaration(party: str, number: int | None = None) -> str:
    """The exact words with this number, for a group of members and supporters of `party`; else those in use now."""
    return DECLARATIONS[(number or newest_declaration()) - 1].format(party=party)


def require_question(question: str) -> None:
    """A clerk asks something that can be read in a letter."""
    if not question:
        raise RuleBroken("Write what you want to know, so that the person can answer.")
    if len(question) > QUESTION_CHARACTERS:
        raise RuleBroken(f"Shorten the question to {QUESTION_CHARACTERS} characters; it has {len(question)}.")


def require_answer(answer: str) -> None:
    """An applicant answers something that can be read at a glance."""
    if not answer:
        raise RuleBroken("Write your answer. The clerks of the group read it, and nobody else.")
    if len(answer) > ANSWER_CHARACTERS:
        raise RuleBroken(f"Shorten the answer to {ANSWER_CHARACTERS:,} characters; it has {len(answer):,}.")


def is_awaited(enquiry: EnquiryFacts, now: datetime) -> bool:
    """Whether an applicant is still waited for: not answered, and within two weeks."""
    return enquiry.answered_at is None and now < enquiry.asked_at + ANSWERED_WITHIN


def require_may_ask(asked: int, is_answer_awaited: bool) -> None:
    """A clerk asks one thing after the other, and three at most: an application is no examination."""
    if is_answer_awaited:
        raise RuleBroken("This person has been asked, and has two weeks to answer. Wait for the answer, or decide now.")
    if asked >= MOST_QUESTIONS:
        raise RuleBroken(f"This person has been asked {MOST_QUESTIONS} times. Approve or refuse the application now.")


def require_answerable(enquiry: EnquiryFacts | None) -> None:
    """A question is answered once, and while the clerks have not decided."""
    if enquiry is None:
        raise NotThere(GONE)
    if not enquiry.is_undecided:
        raise LinkEnded("The group’s clerks have decided on this application. Their answer came by mail.")
    if enquiry.answered_at is not None:
        raise LinkEnded("This question has been answered. Sign in to see on your account’s page how you stand.")


def require_link_works(enquiry: EnquiryFacts | None, now: datetime) -> None:
    """The mailed link to a question works once, for two weeks; signed in one can answer for longer."""
    require_answerable(enquiry)
    assert enquiry is not None
    if enquiry.wrong_addresses >= WRONG_ADDRESSES:
        raise LinkEnded("This link has been taken back. Sign in to answer on your account’s page.")
    if now >= enquiry.asked_at + ANSWERED_WITHIN:
        raise LinkEnded(f"This link has run out after {ANSWERED_WITHIN.days} days. Sign in to answer.")


def may_apply_from(refused_at: datetime) -> datetime:
    """When somebody refused may apply to the same group again, and nothing is left of the refusal."""
    return refused_at + REFUSED_KEPT


def is_refusal_over(refused_at: datetime, now: datetime) -> bool:
    """Whether what is kept of somebody refused has to be erased, and that person may apply again."""
    return now >= may_apply_from(refused_at)


def require_not_refused(refusals: Iterable[datetime | None], now: datetime) -> None:
    """Whoever moves asks a group that refused them no sooner than anybody else does."""
    if any(at is not None and not is_refusal_over(at, now) for at in refusals):
        raise RuleBroken(
            f"That group has refused you within the last {REFUSED_KEPT.days} days. Ask it after that time."
        )
