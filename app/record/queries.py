"""Reading the record: rows about what the reader may see, the newest first, and the seals over all of it."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import joinedload, load_only

from app.extensions import db
from app.models import (
    Amendment,
    AuditRow,
    AuditSeal,
    Edition,
    Membership,
    Model,
    Mp,
    Plank,
    Position,
    Round,
    Stance,
    Version,
)
from policies.acts import Audience, acts_read_by
from policies.amendments import AmendmentStage
from policies.ballots import RoundStage
from policies.permissions import Actor
from policies.planks import Stage
from policies.positions import PUBLIC_STATES

HAS_OPENED = (RoundStage.OPEN, RoundStage.CLOSED, RoundStage.PUBLISHED)
# What these are about can be read by everybody at all times.
ALWAYS_PUBLIC = ("stances", "mps", "themes", "register_imports", "launch_statements", "group_pages", "editions")


@dataclass(frozen=True)
class Subjects:
    """What the rows of one page are about, by kind of thing and id."""

    found: Mapping[str, Mapping[int, Model]]

    def of(self, row: AuditRow) -> Model | None:
        """What a row is about, if it is one of the things a page links to."""
        return self.found.get(row.subject, {}).get(row.subject_id)


def public_rows(subject: str | None = None) -> Select[AuditRow]:
    """What everybody may read of, the newest first; of one kind of thing, if asked."""
    readable = AuditRow.act.in_(acts_read_by(Audience.EVERYBODY)) & _about_something_public()
    return _narrowed(select(AuditRow).where(readable), subject)


def rows_for_clerk(actor: Actor, subject: str | None = None) -> Select[AuditRow]:
    """The same, and besides what members of all groups may see, and who came to and left the clerk's own group."""
    shared = AuditRow.act.in_(acts_read_by(Audience.EVERYBODY, Audience.CLERKS)) & _about_something_shared()
    own = and_(
        AuditRow.act.in_(acts_read_by(Audience.OWN_CLERKS)),
        AuditRow.subject == Membership.__tablename__,
        AuditRow.subject_id.in_(select(Membership.id).where(Membership.group == actor.group)),
    )
    return _narrowed(select(AuditRow).where(or_(shared, own)), subject)


def subjects_of(rows: Iterable[AuditRow]) -> Subjects:
    """What these rows are about; one query for each kind of thing."""
    ids: dict[str, set[int]] = defaultdict(set)
    for row in rows:
        ids[row.subject].add(row.subject_id)
    found = {}
    for kind, query in _READ.items():
        asked = ids.get(kind.__tablename__)
        if asked:
            things = db.session.scalars(query.where(kind.id.in_(asked))).unique()  # type: ignore[attr-defined]
            found[kind.__tablename__] = {thing.id: thing for thing in things}  # type: ignore[attr-defined]
    return Subjects(found)


def last_seals_of_days() -> Select[AuditSeal]:
    """The last seal of each day, the newest first: a day's seal covers all that went before it."""
    last = select(func.max(AuditSeal.id)).group_by(func.date(AuditSeal.sealed_at))
    return select(AuditSeal).where(AuditSeal.id.in_(last)).order_by(AuditSeal.id.desc())


def _narrowed(query: Select[AuditRow], subject: str | None) -> Select[AuditRow]:
    if subject is not None:
        query = query.where(AuditRow.subject == subject)
    return query.order_by(AuditRow.id.desc())


def _about_something_public() -> ColumnElement[bool]:
    public = select(Plank.id).where(Plank.number.is_not(None))
    return or_(
        AuditRow.subject.in_(ALWAYS_PUBLIC),
        _about(Plank, public),
        _about(Version, select(Version.id).where(Version.plank_id.in_(public))),
        _about(Amendment, select(Amendment.id).where(Amendment.number.is_not(None))),
        _about(Round, select(Round.id).where(Round.stage.in_(HAS_OPENED))),
        _about(Position, select(Position.id).where(Position.state.in_(PUBLIC_STATES))),
    )


def _about_something_shared() -> ColumnElement[bool]:
    submitted = select(Plank.id).where(Plank.stage != Stage.DRAFT)
    return or_(
        _about_something_public(),
        _about(Plank, submitted),
        _about(Version, select(Version.id).where(Version.plank_id.in_(submitted))),
        _about(Amendment, select(Amendment.id).where(Amendment.stage != AmendmentStage.DRAFT)),
        AuditRow.subject == Round.__tablename__,
    )


def _about(kind: type[Model], ids: Select[int]) -> ColumnElement[bool]:
    return and_(AuditRow.subject == kind.__tablename__, AuditRow.subject_id.in_(ids))


_NAMED_PLANK = load_only(Plank.key, Plank.number, raiseload=True)
_NAMED_VERSION = load_only(Version.number, Version.minor, Version.title, raiseload=True)
_READ: dict[type[Model], Select[Model]] = {
    Plank: select(Plank).options(
        joinedload(Plank.working_version).options(_NAMED_VERSION),
        joinedload(Plank.agreed_version).options(_NAMED_VERSION),
    ),
    Version: select(Version).options(_NAMED_VERSION, joinedload(Version.plank).options(_NAMED_PLANK)),
    Amendment: select(Amendment).options(joinedload(Amendment.plank).options(_NAMED_PLANK)),
    Round: select(Round).options(load_only(Round.number, raiseload=True)),
    Stance: select(Stance).options(
        joinedload(Stance.version).options(_NAMED_VERSION, joinedload(Version.plank).options(_NAMED_PLANK))
    ),
    Position: select(Position).options(
        joinedload(Position.mp).options(load_only(Mp.name, raiseload=True)),
        joinedload(Position.version).options(_NAMED_VERSION, joinedload(Version.plank).options(_NAMED_PLANK)),
    ),
    Edition: select(Edition).options(load_only(Edition.id, raiseload=True)),
    Mp: select(Mp).options(load_only(Mp.name, raiseload=True)),
}
