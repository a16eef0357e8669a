"""What people do with complaints: send one, say how far it is, answer it; and what the clock does."""

from sqlalchemy import select

from app import clock
from app.audit import service as audit
from app.extensions import db
from app.mail import service as mail
from app.mail.letters import written
from app.models import Complaint, ComplaintAnswer, Membership, Person, locked
from app.web.addresses import whole_url
from policies import complaints as rules
from policies.complaints import ComplaintStage, ComplaintStep
from policies.membership import MembershipStage
from policies.permissions import Actor


def complain(words: str, contact: str = "") -> Complaint:
    """Take a complaint in, and acknowledge it at once: by its page, and by mail where there is an address."""
    rules.require_words(words)
    complaint = Complaint(words=words, contact=contact, received_at=clock.now())
    db.session.add(complaint)
    audit.record("complaint received", complaint, by=None, after=ComplaintStage.RECEIVED)
    _write("complaint_received", complaint)
    return complaint


def progress(complaint: Complaint, words: str, *, by: Actor) -> None:
    """Say how far it is; whoever complained reads it on the complaint's page, and by mail where there is an address."""
    _say(complaint, words, ComplaintStep.PROGRESS, "complaint progressed", by=by)


def answer(complaint: Complaint, words: str, *, by: Actor) -> None:
    """Say the outcome, which ends it."""
    _say(complaint, words, ComplaintStep.ANSWER, "complaint answered", by=by)


def remind(complaint: Complaint) -> None:
    """Tell every clerk by mail that somebody waits too long for a word."""
    locked(complaint)
    if not rules.is_overdue(complaint.received_at, complaint.spoken_at, clock.now()):
        return
    complaint.reminded_at = clock.now()
    audit.record("complaint overdue", complaint, by=None)
    clerks = (
        select(Person)
        .join(Membership, Membership.person_id == Person.id)
        .where(Membership.stage == MembershipStage.ACTIVE, Membership.is_clerk, Person.email.is_not(None))
    )
    for person in db.session.scalars(clerks.order_by(Person.id)):
        letter = written("complaint_overdue", url=whole_url("complaints.listed"))
        mail.queue(letter, person.email or "", person_id=person.id, asks_for_delivery=False)


def forget_contact(complaint: Complaint) -> None:
    """Erase the address left with a complaint, a year after its end."""
    locked(complaint)
    complaint.contact = ""
    audit.record("contact erased", complaint, by=None)


def _say(complaint: Complaint, words: str, step: ComplaintStep, act: str, *, by: Actor) -> None:
    locked(complaint)
    before, complaint.stage = complaint.stage, rules.next_complaint_stage(complaint.stage, step)
    is_outcome = complaint.stage is ComplaintStage.ANSWERED
    complaint.spoken_at = clock.now()
    complaint.ended_at = clock.now() if is_outcome else None
    complaint.answers.append(
        ComplaintAnswer(
            place=len(complaint.answers) + 1,
            words=words,
            is_outcome=is_outcome,
            said_by_id=by.person_id or 0,
            said_at=clock.now(),
        )
    )
    audit.record(act, complaint, by=by, before=before, after=complaint.stage)
    _write("complaint_answered" if is_outcome else "complaint_progressed", complaint)


def _write(letter: str, complaint: Complaint) -> None:
    if complaint.contact:
        url = whole_url("complaints.follow", key=complaint.key)
        mail.queue(written(letter, url=url, reference=complaint.key), complaint.contact)
