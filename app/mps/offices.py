"""An MP's office: the MP who acts, those whom the MP let draft positions, and what waits there to be confirmed."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import contains_eager, joinedload, load_only

from app.extensions import db
from app.models import Delegacy, Mp, Plank, PositionDraft, Version, locked
from app.people.secrets import digest_of
from policies.delegates import INVITATIONS_WITHIN, require_acceptable
from policies.errors import NotThere, RuleBroken
from policies.permissions import Actor

# So many drafts stand on a brief; a delegate who drafted more sees the others once some are confirmed.
MOST_DRAFTS = 50


def sitting_mp(by: Actor) -> Mp:
    """The MP who acts, kept from acting twice at once; raises `RuleBroken` for somebody without a seat."""
    return _sitting(by.mp_id, "Only somebody who sits in the Commons can do that. Sign in as an MP.")


def mp_of_delegate(by: Actor) -> Mp:
    """The MP for whom a delegate acts; raises `RuleBroken` where the MP has left or has no such delegate now."""
    return _sitting(by.delegate_of, "Only a delegate of somebody who sits in the Commons can do that.")


def delegacies_of(mp: Mp) -> Sequence[Delegacy]:
    """The delegates of an MP and the invitations that wait, the oldest first."""
    query = select(Delegacy).where(Delegacy.mp_id == mp.id, Delegacy.ended_at.is_(None)).order_by(Delegacy.id)
    return db.session.scalars(query).unique().all()


def sent_lately(mp: Mp, now: datetime) -> int:
    """How many invitations an MP has sent within a day, those taken back included."""
    query = select(func.count()).select_from(Delegacy).where(Delegacy.mp_id == mp.id)
    return db.session.scalar(query.where(Delegacy.invited_at > now - INVITATIONS_WITHIN)) or 0


def expired(now: datetime) -> Sequence[int]:
    """The ids of invitations that nobody accepted in time."""
    waits = (Delegacy.accepted_at.is_(None), Delegacy.ended_at.is_(None), Delegacy.expires_at <= now)
    return db.session.scalars(select(Delegacy.id).where(*waits).order_by(Delegacy.id)).all()


def in_own_office(actor: Actor, number: int) -> Delegacy:
    """A delegate or an invitation of the MP who asks; raises `NotThere` for any other, and once it has ended."""
    found = db.session.get(Delegacy, number)
    if found is None or actor.mp_id is None or found.mp_id != actor.mp_id or found.ended_at is not None:
        raise NotThere("You have no such delegate or invitation. The list shows those you have.")
    return found


def opened(secret: str, now: datetime) -> Delegacy:
    """The invitation behind a mailed link; raises `NotThere` or `RuleBroken`, saying what to do."""
    found = db.session.scalars(select(Delegacy).where(Delegacy.digest == digest_of(secret))).unique().one_or_none()
    require_acceptable(found.facts if found else None, now, mp_sits=found is not None and found.mp.is_sitting)
    assert found is not None
    return found


def draft_in_office(actor: Actor, number: int) -> PositionDraft:
    """A draft of the office of the person asking; raises `NotThere` for all others."""
    found = db.session.get(PositionDraft, number)
    if found is None or actor.office is None or found.mp_id != actor.office:
        raise NotThere("There is no such draft. It may be confirmed or thrown away; the brief shows what there is.")
    return found


def draft_on(mp_id: int | None, version: Version) -> PositionDraft | None:
    """What was drafted for an MP on one version."""
    query = select(PositionDraft).where(PositionDraft.mp_id == mp_id, PositionDraft.version_id == version.id)
    return db.session.scalars(query).one_or_none()


def drafts_of(mp: Mp, limit: int = MOST_DRAFTS) -> Sequence[PositionDraft]:
    """What waits for an MP's word, the oldest first, with the names of the planks."""
    name = load_only(Version.number, Version.minor, Version.title, Version.plank_id)
    query = select(PositionDraft).join(PositionDraft.version).where(PositionDraft.mp_id == mp.id)
    words = contains_eager(PositionDraft.version).options(name, joinedload(Version.plank).load_only(*_POINTERS))
    return db.session.scalars(query.options(words).order_by(PositionDraft.id).limit(limit)).all()


_POINTERS = (Plank.key, Plank.number, Plank.stage, Plank.agreed_version_id, Plank.working_version_id)


def _sitting(mp_id: int | None, otherwise: str) -> Mp:
    mp = db.session.get(Mp, mp_id) if mp_id is not None else None
    if mp is not None:
        locked(mp)
    if mp is None or not mp.is_sitting:
        raise RuleBroken(otherwise)
    return mp
