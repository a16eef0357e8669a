"""What people do in a negotiation: read their temperature, and release where a text stands to the public."""

from sqlalchemy.exc import IntegrityError

from app import clock
from app.audit import service as audit
from app.extensions import db
from app.models import BracketRelease, TemperatureReading, locked
from app.negotiation import queries
from app.negotiation.queries import Negotiated
from policies import negotiation as rules
from policies.errors import RuleBroken
from policies.groups import GROUP_KEYS
from policies.negotiation import Reading
from policies.permissions import Actor
from policies.speaking import require_own_voice


def give_reading(negotiated: Negotiated, reading: Reading, seen: str, *, by: Actor) -> None:
    """Say how warm one is towards the text that was read, named by `seen`; saying it again replaces it."""
    locked(negotiated.plank)
    rules.require_readable(negotiated.plank.stage)
    _require_seen(negotiated, seen)
    known = db.session.get(TemperatureReading, (negotiated.version.id, by.person_id))
    if known is None:
        known = TemperatureReading(version_id=negotiated.version.id, person_id=by.person_id)
        db.session.add(known)
    elif known.reading is reading and known.group == by.group:
        return
    known.group, known.reading, known.read_at = by.group or "", reading, clock.now()
    # That somebody took part, never what they said: it is theirs to change and nobody's to read.
    audit.record("temperature read", negotiated.plank, by=by, version=negotiated.version.id)


def release(negotiated: Negotiated, seen: str, *, by: Actor) -> bool:
    """Agree for the own group that the public sees where this text stands; returns whether all groups now have."""
    locked(negotiated.plank)
    _require_seen(negotiated, seen)
    if by.group in negotiated.released_by:
        return negotiated.is_released
    said = {one.group: one.clerk_id for one in queries.releases_of(negotiated.version)}
    require_own_voice(said, by.group, by.person_id)
    row = BracketRelease(version_id=negotiated.version.id, group=by.group, clerk_id=by.person_id)
    row.released_at = clock.now()
    try:
        with db.session.begin_nested():
            db.session.add(row)
    except IntegrityError:
        return negotiated.is_released
    audit.record("brackets released", negotiated.plank, by=by, version=negotiated.version.id)
    return rules.is_released({*negotiated.released_by, by.group or ""}, GROUP_KEYS)


def take_back_release(negotiated: Negotiated, *, by: Actor) -> None:
    """Take the own group's release back: from now on members alone see where the text stands."""
    locked(negotiated.plank)
    row = db.session.get(BracketRelease, (negotiated.version.id, by.group))
    if row is not None:
        db.session.delete(row)
        audit.record("brackets closed", negotiated.plank, by=by, version=negotiated.version.id)


def _require_seen(negotiated: Negotiated, seen: str) -> None:
    if seen != negotiated.version.name:
        raise RuleBroken("The text has moved since you read it. Read the newer words below, then say it again.")
