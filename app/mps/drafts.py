"""A delegate drafts a position; the MP alone makes it one. Nobody outside that office ever sees a draft."""

from app import clock
from app.audit import service as audit
from app.extensions import db
from app.models import Position, PositionDraft, Version, locked
from app.mps import delegates, offices, service
from policies import positions as rules
from policies.delegates import require_as_seen
from policies.permissions import Actor
from policies.positions import PositionKind


def draft(version: Version, kind: PositionKind, statement: str, *, by: Actor) -> PositionDraft:
    """Draft a position for the MP, or change what is drafted on these words. The same said twice is said once."""
    plank = version.plank
    locked(plank)
    mp = offices.mp_of_delegate(by)
    rules.require_sound(kind, statement)
    rules.require_recordable(plank.stage, version.id, plank.agreed_version_id, plank.working_version_id)
    row = offices.draft_on(mp.id, version)
    if row is not None and (row.kind, row.statement) == (kind, statement):
        return row
    if row is None:
        row = PositionDraft(mp_id=mp.id, version_id=version.id, sitting=0)
        db.session.add(row)
    row.kind, row.statement, row.sitting = kind, statement, row.sitting + 1
    row.drafted_by_id, row.drafted_at = by.person_id or 0, clock.now()
    audit.record("position drafted", row, by=by, mp=mp.id, version=version.id, kind=kind)
    return row


def confirm(drafted: PositionDraft, seen: str, *, by: Actor) -> Position:
    """Make a draft the MP's own position, public from now on. `seen` marks the draft that was on the page."""
    version = drafted.version
    locked(version.plank)
    locked(drafted)
    require_as_seen(seen, drafted.sitting)
    kind, statement = drafted.kind, drafted.statement
    audit.record("position draft confirmed", drafted, by=by, mp=drafted.mp_id, version=version.id)
    return service.record(version, kind, statement, by=by)


def discard(drafted: PositionDraft, *, by: Actor) -> None:
    """Throw it away, as the MP or as a delegate."""
    locked(drafted)
    delegates.discard(drafted, by=by)
