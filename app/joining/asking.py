"""Questions to an applicant: a clerk of the group asks, the applicant answers by a mailed link or signed in.

What was asked and answered is read by that group's clerks and the applicant alone. It is erased when the applicant
becomes a member, and otherwise with all else that is kept of an application.
"""

from sqlalchemy import delete, select

from app import clock
from app.audit import service as audit
from app.extensions import db
from app.joining import queries
from app.mail import letters
from app.mail import service as mail
from app.models import Enquiry, Membership, locked
from app.notices import audiences
from app.notices import service as notices
from app.notices.service import About
from app.people.secrets import digest_of, new_secret
from app.web.addresses import whole_url
from app.web.filters import span
from policies.applications import (
    ANSWERED_WITHIN,
    is_awaited,
    require_answer,
    require_answerable,
    require_link_works,
    require_may_ask,
    require_question,
)
from policies.errors import RuleBroken
from policies.links import is_right_address, require_same_address
from policies.membership import MembershipStage
from policies.notices import NoticeKind
from policies.permissions import Actor

LETTER = "question"
DECIDED = "Somebody has decided on this already. The list shows how it stands."


def ask(membership: Membership, question: str, *, by: Actor) -> Enquiry:
    """Ask somebody who wants to join the own group something, by mail."""
    _lock(membership)
    if membership.stage is not MembershipStage.VERIFIED:
        raise RuleBroken(DECIDED)
    require_question(question)
    before = queries.enquiries([membership])
    require_may_ask(len(before), any(is_awaited(one.facts, clock.now()) for one in before))
    secret = new_secret()
    enquiry = Enquiry(
        membership=membership,
        number=len(before) + 1,
        digest=digest_of(secret),
        address=membership.person.email or "",
        question=question,
        asked_by=by.person_id or 0,
        asked_at=clock.now(),
    )
    db.session.add(enquiry)
    audit.record("applicant asked", membership, by=by, group=membership.group, number=enquiry.number)
    _send(enquiry, secret)
    return enquiry


def opened(secret: str) -> Enquiry:
    """The question that a mailed link opens; raises `NotThere` or `RuleBroken`, saying what to do."""
    enquiry = db.session.scalars(select(Enquiry).where(Enquiry.digest == digest_of(secret))).one_or_none()
    require_link_works(enquiry.facts if enquiry else None, clock.now())
    assert enquiry is not None
    require_same_address(enquiry.address, enquiry.membership.person.email)
    return enquiry


def answer_by_link(enquiry: Enquiry, answer: str, typed: str | None) -> bool:
    """Answer behind a mailed link. `typed` is the address named, None for whoever is signed in with it.

    False, and counted, where the address is a wrong one.
    """
    _lock_question(enquiry)
    require_link_works(enquiry.facts, clock.now())
    if typed is not None and not is_right_address(enquiry.address, typed):
        enquiry.wrong_addresses += 1
        return False
    _take(enquiry, answer)
    return True


def answer(enquiry: Enquiry, answer: str) -> None:
    """Answer on one's account's page."""
    _lock_question(enquiry)
    require_answerable(enquiry.facts)
    _take(enquiry, answer)


def erase(membership: Membership) -> None:
    """Erase what was asked and answered."""
    db.session.execute(delete(Enquiry).where(Enquiry.membership_id == membership.id))


def _take(enquiry: Enquiry, answer: str) -> None:
    require_answer(answer)
    membership = enquiry.membership
    enquiry.answer, enquiry.answered_at = answer, clock.now()
    audit.record("applicant answered", membership, by=None, group=membership.group, number=enquiry.number)
    about = About(f"membership {membership.id} answer {enquiry.number}")
    notices.tell(NoticeKind.MEMBER_WAITS, audiences.clerks(membership.group), about)


def _send(enquiry: Enquiry, secret: str) -> None:
    letter = letters.written(
        LETTER,
        group=enquiry.membership.the_group,
        question=enquiry.question,
        url=whole_url("joining.answer_by_link", secret=secret),
        works_for=span(ANSWERED_WITHIN),
    )
    ends = enquiry.asked_at + ANSWERED_WITHIN
    mail.queue(letter, enquiry.address, person_id=enquiry.membership.person_id, useless_after=ends)


def _lock_question(enquiry: Enquiry) -> None:
    _lock(enquiry.membership)
    locked(enquiry)


def _lock(membership: Membership) -> None:
    """The person first, as wherever a membership changes."""
    locked(membership.person)
    locked(membership)
