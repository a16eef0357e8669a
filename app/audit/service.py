"""Writing the record, and sealing it in batches."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import insert, select

from app import clock
from app.extensions import db
from app.models import AuditRow, AuditSeal, Model
from policies.acts import ACTS
from policies.audit import FIRST_SEAL, row_digest, seal
from policies.permissions import Actor

BATCH = 500


def record(act: str, subject: Model, *, by: Actor | None, **details: Any) -> None:
    """Write one row about `subject`, in the transaction of the change itself. `details` are ids and states only.

    Raises `LookupError` for an act that `policies.acts` does not name: who may read of it has to be said first.
    """
    db.session.flush()
    db.session.add(AuditRow(**_row(act, subject, details, by=by)))


def record_each(act: str, subjects: Sequence[tuple[Model, Mapping[str, Any]]], *, by: Actor | None) -> None:
    """Write a row about each of these, to which the same happened at once, in one statement."""
    db.session.flush()
    if subjects:
        db.session.execute(insert(AuditRow), [_row(act, subject, details, by=by) for subject, details in subjects])


def _row(act: str, subject: Model, details: Mapping[str, Any], *, by: Actor | None) -> dict[str, Any]:
    if act not in ACTS:
        raise LookupError(f"“{act}” is no act the record knows. Name it in policies/acts.py.")
    return {
        "at": clock.now(),
        "act": act,
        "subject": subject.__tablename__,
        "subject_id": subject.id,  # type: ignore[attr-defined]
        "by_person": by.person_id if by else None,
        "by_group": by.group if by else None,
        "details": dict(details),
    }


def seal_batch() -> int:
    """Seal up to `BATCH` rows that no seal covers yet, in the order of their ids; returns how many."""
    rows = db.session.scalars(
        select(AuditRow).where(AuditRow.seal_id.is_(None)).order_by(AuditRow.id).limit(BATCH).with_for_update()
    ).all()
    if not rows:
        return 0
    last = db.session.scalar(select(AuditSeal).order_by(AuditSeal.id.desc()).limit(1))
    previous = last.seal if last else FIRST_SEAL
    new = AuditSeal(
        id=(last.id if last else 0) + 1,
        sealed_at=clock.now(),
        rows=len(rows),
        previous=previous,
        seal=seal(previous, [row_digest(facts_of(row)) for row in rows]),
    )
    db.session.add(new)
    db.session.flush()
    for row in rows:
        row.seal_id = new.id
    return len(rows)


def facts_of(row: AuditRow) -> dict[str, Any]:
    """What of a row the seal covers: all of it but the seal."""
    return {
        "id": row.id,
        "at": row.at.isoformat(),
        "act": row.act,
        "subject": row.subject,
        "subject_id": row.subject_id,
        "by_person": row.by_person,
        "by_group": row.by_group,
        "details": row.details,
    }
