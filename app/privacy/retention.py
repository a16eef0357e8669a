"""What the clock forgets beside what each part of the service forgets of its own: `policies.privacy` says how long."""

from datetime import UTC, datetime

from sqlalchemy import delete

from app import clock
from app.audit import service as audit
from app.extensions import db
from app.models import (
    CaseAppeal,
    DataExport,
    Dormancy,
    OfficeProposal,
    Person,
    RecordRead,
    Removal,
    RemovalWord,
    Report,
    SignIn,
    locked,
)
from app.privacy import service
from policies.privacy import Kept, belongs_nowhere, forgotten_until


def note_dormant(person: Person) -> None:
    """Note that somebody belongs nowhere from now on."""
    if belongs_nowhere([membership.stage for membership in person.memberships]):
        db.session.add(Dormancy(person_id=person.id, since=clock.now()))


def note_awake(dormancy: Dormancy) -> None:
    """Somebody belongs somewhere again: what was noted goes."""
    db.session.delete(dormancy)


def erase_dormant(person: Person) -> None:
    """Erase an account whose last membership ended long ago, unless it was renewed at this moment."""
    if belongs_nowhere([membership.stage for membership in person.memberships]):
        service.erase(person, by=None)


def erase_removal(removal: Removal) -> None:
    """Erase a removal that ended long ago, with its reason, its appeal and what clerks said of that."""
    locked(removal)
    audit.record("removal erased", removal, by=None)
    db.session.execute(delete(RemovalWord).where(RemovalWord.removal_id == removal.id))
    db.session.delete(removal)


def erase_proposal(proposal: OfficeProposal) -> None:
    """Erase a proposal about an office that ended long ago; the office itself stands in the membership."""
    locked(proposal)
    audit.record("office proposal erased", proposal, by=None)
    db.session.delete(proposal)


def erase_report(filed: Report) -> None:
    """Erase a report that clerks decided on long ago; what they decided stays with the text."""
    locked(filed)
    audit.record("report erased", filed, by=None)
    db.session.delete(filed)


def erase_appeal(appeal: CaseAppeal) -> None:
    """The same of an appeal."""
    locked(appeal)
    audit.record("case appeal erased", appeal, by=None)
    db.session.delete(appeal)


def forget_old() -> None:
    """Delete archives nobody fetched, officers' reads of long ago, and sessions that have ended."""
    now = clock.now()
    db.session.execute(delete(DataExport).where(DataExport.asked_at <= forgotten_until(Kept.EXPORTS, now)))
    db.session.execute(delete(RecordRead).where(RecordRead.day <= forgotten_until(Kept.READS, now).date()))
    # By the machine's time, as sessions are: to move a demonstration's clock signs nobody out.
    db.session.execute(delete(SignIn).where(SignIn.ends_at <= datetime.now(UTC)))
