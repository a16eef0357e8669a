"""Files that were asked for, and the state of what stands in them."""

import hashlib
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Select, and_, func, or_, select

from app import clock, drawer
from app.carrying.meeting_state import rows_of_meeting
from app.endorsements.levels import in_reading_order, shown_version_id
from app.endorsements.pausing import is_paused
from app.extensions import db
from app.models import ConditionEnd, MadeFile, Plank, Stance, StanceCondition, Suspension, Version
from app.planks import queries as planks
from policies.carrying import GIVEN_UP_AFTER, KEPT_FOR, OVERLOOKED_AFTER, Carried, FileStage
from policies.errors import NotThere
from policies.permissions import Actor

UNFINISHED = (FileStage.WAITING, FileStage.MAKING)


def visible(_actor: Actor, key: str) -> MadeFile:
    """The file with this key, for whoever knows it; raises `NotThere`."""
    found = db.session.scalars(select(MadeFile).where(MadeFile.key == key)).one_or_none()
    if found is None:
        raise NotThere("There is no such file now. Files are kept for some hours; ask for it again.")
    return found


def made_of(kind: Carried, ref: str, form: str, state: str) -> MadeFile | None:
    """The file of this state, asked for by whomever."""
    query = select(MadeFile).where(MadeFile.kind == kind, MadeFile.ref == ref)
    return db.session.scalars(query.where(MadeFile.form == form, MadeFile.state == state)).one_or_none()


def unfinished() -> int:
    """How many files wait or are being made."""
    return db.session.scalar(select(func.count()).where(MadeFile.stage.in_(UNFINISHED))) or 0


def next_waiting() -> int | None:
    """The id of the file that has waited longest."""
    query = select(MadeFile.id).where(MadeFile.stage == FileStage.WAITING)
    return db.session.scalar(query.order_by(MadeFile.asked_at, MadeFile.id).limit(1))


def given_up(now: datetime) -> Sequence[int]:
    """The ids of files whose maker has said nothing for too long."""
    query = select(MadeFile.id).where(MadeFile.stage == FileStage.MAKING, MadeFile.claimed_at <= now - GIVEN_UP_AFTER)
    return db.session.scalars(query).all()


def to_forget(now: datetime) -> Sequence[int]:
    """The ids of files that have been kept long enough; what is being made is left to its maker."""
    query = select(MadeFile.id).where(MadeFile.asked_at <= now - KEPT_FOR, MadeFile.stage != FileStage.MAKING)
    return db.session.scalars(query).all()


def is_overlooked(now: datetime) -> bool:
    """Whether a file waits whose asking was lost, or whose maker is gone."""
    waits = and_(MadeFile.stage == FileStage.WAITING, MadeFile.asked_at <= now - OVERLOOKED_AFTER)
    gone = and_(MadeFile.stage == FileStage.MAKING, MadeFile.claimed_at <= now - GIVEN_UP_AFTER)
    return db.session.scalar(select(MadeFile.id).where(or_(waits, gone)).limit(1)) is not None


def state_of(kind: Carried, ref: str) -> str:
    """A hash of all that a file shows; while it is the same, so is the file. No plank's text is read for it."""
    rows = _rows_of_platform() if kind is Carried.PLATFORM else rows_of_meeting(int(ref))
    # A condition ends with a day.
    return hashlib.sha256(repr((clock.now().date(), rows)).encode()).hexdigest()


def planks_in_reading_order() -> Sequence[Plank]:
    """All public planks with the texts they show, the most agreed first."""
    return db.session.scalars(in_reading_order(planks.public())).unique().all()


def public_plank(number: str) -> Plank | None:
    """The plank with this number."""
    return db.session.scalars(select(Plank).where(Plank.number == int(number))).one_or_none()


def _rows_of_platform() -> list[tuple[Any, ...]]:
    """Every public plank with what it shows, and all that was ever decided on one."""
    of_plank = (Plank.id, Plank.number, Plank.stage, Plank.agreed_version_id)
    # Words that are hidden keep their hash.
    of_version = (Version.id, Version.title, Version.sha256, drawer.hidden_rows(Version, Version.id))
    shown = select(*of_plank, *of_version).join(Version, Version.id == shown_version_id())
    decided = _decided(select(Stance.id).join(Plank, Plank.id == Stance.plank_id).where(planks.is_public()))
    return [*_read(shown.where(planks.is_public()).order_by(Plank.id)), *decided]


def _decided(stances: Select[int]) -> list[tuple[Any, ...]]:
    columns = (Stance.id, Stance.version_id, Stance.group, Stance.kind, Stance.statement, Stance.units)
    taken = select(*columns, Stance.decided_at).where(Stance.id.in_(stances)).order_by(Stance.id)
    paused = select(Stance.id).where(Stance.id.in_(stances), is_paused()).order_by(Stance.id)
    beside = [
        select(*kind.__table__.c).where(kind.stance_id.in_(stances)).order_by(kind.stance_id)
        for kind in (Suspension, StanceCondition, ConditionEnd)
    ]
    return [row for query in (taken, paused, *beside) for row in _read(query)]


def _read(query: Any) -> list[tuple[Any, ...]]:
    return [tuple(row) for row in db.session.execute(query)]
