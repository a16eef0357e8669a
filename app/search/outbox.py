"""Noting, in the transaction of a change, that something which can be found has changed.

It hangs on the database session and not on the verbs, so that none can forget it: whatever adds, changes or deletes a
row whose words can be found leaves a note, or takes it back with everything else.
"""

from collections.abc import Iterable
from typing import Any

from flask import Flask, g, has_request_context
from sqlalchemy import event, insert, select
from sqlalchemy.orm import Session

from app import jobs
from app.extensions import db
from app.models import Amendment, LaunchStatement, Plank, Revision, SearchChange, Version
from app.search.documents import subject_of_group, subject_of_plank
from app.web.transactions import after_commit

INDEX = "index_search"


def init_app(app: Flask) -> None:
    """Watch the sessions of the service; once, however many applications there are."""
    if not event.contains(db.session.session_factory, "after_flush", _note):
        event.listen(db.session.session_factory, "after_flush", _note)


def _note(session: Session, _context: Any) -> None:
    changed = [*session.new, *session.deleted, *(row for row in session.dirty if session.is_modified(row))]
    subjects = {subject for row in changed for subject in _subjects_of(row)}
    # A new revision comes with its amendment. One whose words clerks hide or show changes by itself.
    words = {row.amendment_id for row in session.dirty if isinstance(row, Revision)}
    if words:
        planks = session.scalars(select(Amendment.plank_id).where(Amendment.id.in_(words)))
        subjects |= {subject_of_plank(plank_id) for plank_id in planks}
    if not subjects:
        return
    session.execute(insert(SearchChange), [{"subject": subject} for subject in sorted(subjects)])
    # A page asks the worker at once. Whatever else changes something is found by the clock, seconds later.
    if has_request_context() and not g.get("asked_to_index"):
        g.asked_to_index = True
        after_commit(lambda: jobs.ask_for(INDEX))


def _subjects_of(row: object) -> Iterable[str]:
    """What has to be read again. A draft is nobody's business, and what it leaves here is nothing."""
    match row:
        case Plank(working_version_id=int()):
            return [subject_of_plank(row.id)]
        case Version():
            return [subject_of_plank(row.plank_id)]
        case Amendment(revision_id=int()):
            return [subject_of_plank(row.plank_id)]
        case LaunchStatement():
            return [subject_of_group(row.group)]
    return []
