"""Reading the record: is the chain whole, and what happened to one thing."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from app import drawer
from app.audit.service import facts_of
from app.extensions import db
from app.models import AuditRow, AuditSeal, Model, Revision, Version
from policies.audit import FIRST_SEAL, row_digest, seal
from policies.errors import RuleBroken
from policies.text.canonical import digest
from policies.text.operations import apply_operations


@dataclass(frozen=True)
class Verification:
    """What checking the chain found: how much was checked, and the first fault in words."""

    seals: int
    rows: int
    unsealed: int
    fault: str


def unsealed() -> int:
    """How many rows no seal covers yet."""
    return db.session.scalar(select(func.count()).where(AuditRow.seal_id.is_(None))) or 0


def verify() -> Verification:
    """Recompute every seal from its rows, oldest first."""
    previous, seals, rows = FIRST_SEAL, 0, 0
    left = unsealed()
    for stored in db.session.scalars(select(AuditSeal).order_by(AuditSeal.id)):
        covered = list(_rows_under(stored))
        fault = _fault(stored, previous, covered, expected_id=seals + 1)
        if fault:
            return Verification(seals, rows, left, fault)
        previous, seals, rows = stored.seal, seals + 1, rows + len(covered)
    return Verification(seals, rows, left, "")


def altered_text() -> str:
    """The first version or revision whose words no longer have the hash that was recorded, in words; else nothing."""
    for kind, name in ((Version, "version"), (Revision, "revision")):
        hidden = drawer.true_words(kind)
        for row_id, title, text, sha256 in db.session.execute(select(kind.id, kind.title, kind.text, kind.sha256)):
            kept = hidden.get(row_id, {})
            if digest(kept.get("title", title), kept.get("text", text)) != sha256:
                return f"The words of {name} {row_id} are not those its hash was made of."
    return _altered_operations()


def _altered_operations() -> str:
    for revision in db.session.scalars(select(Revision).options(joinedload(Revision.base))):
        if revision.operations and not _gives_its_words(revision):
            return f"What revision {revision.id} does to its text does not give its words."
    return ""


def _gives_its_words(revision: Revision) -> bool:
    try:
        return apply_operations(revision.base.document, revision.operations or {}) == revision.document
    except RuleBroken:
        return False


def of_subject(subject: Model) -> Sequence[AuditRow]:
    """All rows about one thing, oldest first."""
    query = select(AuditRow).where(
        AuditRow.subject == subject.__tablename__,
        AuditRow.subject_id == subject.id,  # type: ignore[attr-defined]
    )
    return db.session.scalars(query.order_by(AuditRow.id)).all()


def _rows_under(stored: AuditSeal) -> Iterator[AuditRow]:
    yield from db.session.scalars(select(AuditRow).where(AuditRow.seal_id == stored.id).order_by(AuditRow.id))


def _fault(stored: AuditSeal, previous: str, covered: list[AuditRow], expected_id: int) -> str:
    if stored.id != expected_id:
        return f"Seal {expected_id} is missing."
    if stored.previous != previous:
        return f"Seal {stored.id} does not stand on the seal before it."
    if len(covered) != stored.rows:
        return f"Seal {stored.id} covers {stored.rows} rows, but {len(covered)} are there."
    if stored.seal != seal(previous, [row_digest(facts_of(row)) for row in covered]):
        return f"A row under seal {stored.id} was changed after sealing."
    return ""
