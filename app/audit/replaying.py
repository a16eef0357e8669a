"""Replaying the record: rebuilding where everything stands from its rows alone, and comparing with what is stored."""

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import raiseload

from app.extensions import db
from app.models import Amendment, AuditRow, Model, Plank, Position, Round, Stance
from policies.replay import Entry, Facts, Key, Rebuilt, differences, replay

AT_ONCE = 1_000


def rebuild() -> Rebuilt:
    """Where everything stands, by the record."""
    return replay(_entries())


def faults() -> list[str]:
    """Where the record contradicts itself or what is stored, in sentences; none where all is well."""
    rebuilt = rebuild()
    return rebuilt.faults + differences(rebuilt.facts, stored())


def stored() -> dict[Key, Facts]:
    """Where everything stands, as it is stored."""
    found: dict[Key, Facts] = {}
    for kind, facts in FACTS_OF.items():
        rows = db.session.scalars(select(kind).options(raiseload("*")).execution_options(yield_per=AT_ONCE))
        found.update({(kind.__tablename__, row.id): facts(row) for row in rows})  # type: ignore[attr-defined]
    return found


def _entries() -> Iterator[Entry]:
    columns = select(AuditRow.act, AuditRow.subject, AuditRow.subject_id, AuditRow.details).order_by(AuditRow.id)
    for act, subject, subject_id, details in db.session.execute(columns.execution_options(yield_per=AT_ONCE)):
        yield Entry(act, subject, subject_id, details)


def _plank(row: Plank) -> Facts:
    return {
        "stage": row.stage,
        "number": row.number,
        "working_version": row.working_version_id,
        "agreed_version": row.agreed_version_id,
    }


def _amendment(row: Amendment) -> Facts:
    return {"stage": row.stage, "number": row.number, "plank": row.plank_id, "revision": row.revision_id}


def _round(row: Round) -> Facts:
    return {
        "stage": row.stage,
        "plank": row.plank_id,
        "version": row.version_id,
        "kind": row.kind,
        "groups": list(row.groups),
        "opens_at": _moment(row.opens_at),
        "closes_at": _moment(row.closes_at),
    }


def _stance(row: Stance) -> Facts:
    return {
        "kind": row.kind,
        "plank": row.plank_id,
        "group": row.group,
        "version": row.version_id,
        "round": row.round_id,
    }


def _position(row: Position) -> Facts:
    return {"state": row.state, "mp": row.mp_id, "version": row.version_id, "kind": row.kind}


def _moment(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None


FACTS_OF: dict[type[Model], Callable[[Any], Facts]] = {
    Plank: _plank,
    Amendment: _amendment,
    Round: _round,
    Stance: _stance,
    Position: _position,
}
