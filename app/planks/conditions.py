"""Conditional backing: the very text that a group named becomes the working text in time, and the group backs it."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, Select, select

from app import clock
from app.audit import service as audit
from app.extensions import db
from app.models import ConditionEnd, Plank, Stance, StanceCondition, Version
from app.models.bearing import bears_on, is_last_word
from app.notices import audiences
from app.notices import service as notices
from app.notices.service import About
from policies.conditions import Adopted, Promise, comes_true, has_lapsed
from policies.endorsements import StanceKind
from policies.notices import BACKED, NoticeKind


def fulfil(plank: Plank, version: Version) -> dict[str, StanceKind]:
    """Have every group back a new working text that named just this text, before its date; the plank is locked.

    Nothing of it counted before. A decision that the group has taken since on the same words stands instead. Returns
    the stances taken, by group key.
    """
    taken: dict[str, StanceKind] = {}
    adopted = Adopted(plank.id, version.sha256, clock.now().date())
    for stance in _promises(plank, version):
        condition = stance.condition
        if condition is None or not comes_true(Promise(plank.id, condition.sha256, condition.by_date), adopted):
            continue
        became = _backs(stance, version)
        db.session.add(ConditionEnd(stance_id=stance.id, ended_at=clock.now(), became_id=became))
        db.session.flush()
        if became is not None:
            taken[stance.group] = StanceKind.ENDORSED
    return taken


def overdue(now: datetime) -> Sequence[int]:
    """The ids of conditional stances whose date has passed, and of which that has not been noted."""
    query = _open_conditions().where(StanceCondition.by_date < now.date())
    return db.session.scalars(query.with_only_columns(Stance.id).order_by(Stance.id)).all()


def lapse(stance: Stance) -> None:
    """Note that a condition has not come true; the stance stays as it is, to be read as lapsed."""
    condition = stance.condition
    if condition is None or stance.condition_end is not None:
        return
    if has_lapsed(Promise(stance.plank_id, condition.sha256, condition.by_date), clock.now().date()):
        db.session.add(ConditionEnd(stance_id=stance.id, ended_at=clock.now()))
        version, by_date = stance.version_id, condition.by_date.isoformat()
        audit.record("condition lapsed", stance, by=None, group=stance.group, version=version, by_date=by_date)


def _promises(plank: Plank, version: Version) -> Sequence[Stance]:
    """The conditional stances on a plank that name this text and are open, the newest first.

    One that its group has decided over, on the same words with mended punctuation, promises nothing any more.
    """
    named = (Stance.plank_id == plank.id, StanceCondition.sha256 == version.sha256, is_last_word())
    query = _open_conditions().where(*named).order_by(Stance.decided_at.desc(), Stance.id.desc())
    return db.session.scalars(query).all()


def _backs(promise: Stance, version: Version) -> int | None:
    held = select(Stance).where(bears_on(version.id), Stance.group == promise.group)
    now = db.session.scalars(held).one_or_none()
    if now is not None and (now.version_id == version.id or now.decided_at > promise.decided_at):
        return None
    stance = Stance(
        plank_id=promise.plank_id,
        group=promise.group,
        version_id=version.id,
        kind=StanceKind.ENDORSED,
        round_id=promise.round_id,
        decided_at=clock.now(),
    )
    db.session.add(stance)
    audit.record(
        "stance taken",
        stance,
        by=None,
        plank=stance.plank_id,
        group=stance.group,
        version=version.id,
        round=stance.round_id,
        before=None,
        after=stance.kind,
        condition_of=promise.id,
        sha256=version.sha256,
    )
    about = About.plank(version.plank, f"{BACKED} {version.name}")
    notices.tell(NoticeKind.FOLLOWED_TEXT, audiences.followers_of_group(promise.plank_id, promise.group), about)
    return stance.id


def _open_conditions() -> Select[Stance]:
    query = select(Stance).join(StanceCondition, StanceCondition.stance_id == Stance.id)
    return query.where(Stance.kind == StanceKind.CONDITIONAL, ~_has_ended())


def _has_ended() -> ColumnElement[bool]:
    return select(ConditionEnd.stance_id).where(ConditionEnd.stance_id == Stance.id).correlate(Stance).exists()
