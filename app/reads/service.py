"""Noting that an officer read members' records. The note is written before the page goes out, or the page does not."""

from collections.abc import Collection
from datetime import date

from app import clock
from app.extensions import db
from app.models import RecordRead
from app.notices.once import insertion
from app.web.transactions import write_apart
from policies.permissions import Actor
from policies.reads import Office, Seen


def note(what: Seen, person_ids: Collection[int], *, by: Actor) -> None:
    """An officer is about to be shown this of these people; one's own record is one's own to read."""
    read = sorted(set(person_ids) - {by.person_id})
    today = clock.now().date()
    if read:
        write_apart(lambda: _count(what, read, today, by))


def _count(what: Seen, person_ids: Collection[int], today: date, by: Actor) -> None:
    """One row a person, reader, kind and day, counted up; ordered by id, so that two never block each other."""
    office = {"reader_id": by.person_id, "office": Office.CLERK, "group_key": by.group, "what": what, "day": today}
    statement = insertion(RecordRead)
    again = statement.on_conflict_do_update(
        index_elements=["person_id", "reader_id", "what", "day"], set_={"times": RecordRead.times + 1}
    )
    db.session.execute(again, [{"person_id": person_id, "times": 1, **office} for person_id in person_ids])
