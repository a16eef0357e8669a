"""What the clock forgets beside what each part of the service forgets of its own: `policies.privacy` says how long."""

from datetime import UTC, datetime

from sqlalchemy import delete

from app import clock
from app.extensions import db
from app.models import DataExport, Dormancy, Person, RecordRead, SignIn
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


def forget_old() -> None:
    """Delete archives nobody fetched, officers' reads of long ago, and sessions that have ended."""
    now = clock.now()
    db.session.execute(delete(DataExport).where(DataExport.asked_at <= forgotten_until(Kept.EXPORTS, now)))
    db.session.execute(delete(RecordRead).where(RecordRead.day <= forgotten_until(Kept.READS, now).date()))
    # By the machine's time, as sessions are: to move a demonstration's clock signs nobody out.
    db.session.execute(delete(SignIn).where(SignIn.ends_at <= datetime.now(UTC)))
