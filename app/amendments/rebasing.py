"""What becomes of the open amendments of a plank when its text moves: those elsewhere follow it, the others wait.

An amendment follows silently only where the text has changed in other units: what its mover, its seconders and those
who objected had before their eyes is then word for word the same. Everything else waits for its mover.
"""

from collections.abc import Collection, Mapping
from typing import Any

from sqlalchemy import insert, select, update
from sqlalchemy.orm import joinedload

from app import clock, drawer
from app.audit import service as audit
from app.extensions import db
from app.models import Amendment, Plank, Revision, Settlement, Version
from app.notices import service as notices
from app.notices.service import About
from app.web.markup import rendered
from policies.amendments import LIVE_STAGES, AmendmentStage
from policies.errors import RuleBroken
from policies.notices import NOTHING_LEFT, NoticeKind
from policies.permissions import Actor
from policies.planks import require_text_fits
from policies.text import ENGINE_VERSION
from policies.text.canonical import digest, word_count
from policies.text.diff import changed_tokens
from policies.text.merge import Merge, Verdict, merge
from policies.text.operations import operations
from policies.text.outcome import Conflict
from policies.text.settling import Settled, fingerprint, words_for
from policies.text.units import Document


def written(amendment: Amendment, number: int, base: Version, document: Document, reason: str) -> Revision:
    """A revision as its mover wrote it: the words, and what they do to the base."""
    return Revision(
        amendment_id=amendment.id,
        number=number,
        base_id=base.id,
        title=document.title,
        text=document.text,
        sha256=digest(document.title, document.text),
        units=document.units,
        rendered=rendered(document.units),
        engine=ENGINE_VERSION,
        changed_tokens=changed_tokens(base.units, document.units),
        reason=reason,
        created_at=clock.now(),
        operations=operations(base.document, document),
    )


def rebase(plank: Plank, replaced: Version, carried: Collection[int] = ()) -> None:
    """Have every live amendment of the version just replaced follow the new text, or wait for its mover.

    The plank is locked; `carried` are the amendments that moved the text. As many statements for two hundred as for
    two. One that waited already goes on waiting: its mover has been told.
    """
    base = plank.working_version
    if base is None or base.id == replaced.id:
        return
    followed: dict[Amendment, dict[str, Any]] = {}
    waiting: list[tuple[Amendment, str]] = []
    for amendment, revision in _live_on(plank, replaced, carried):
        merged = merge(replaced.document, base.document, revision.document)
        if merged.document is not None and follows(merged):
            followed[amendment] = _carried_over(revision, base, merged.document)
        else:
            waiting.append((amendment, NOTHING_LEFT if leaves_nothing(merged, base) else ""))
    _follow(followed, base)
    told = [(amendment.mover_id, About.amendment(amendment, word)) for amendment, word in waiting]
    notices.tell_each(NoticeKind.AMENDMENT_NEEDS_ME, told)


def give_time_to_object(plank: Plank) -> None:
    """Once a vote on a plank is over, have the 72 hours of its open amendments run anew.

    While the groups vote, or have decided on the text, nothing is adopted by agreement and nobody is asked to object,
    so that those hours are none in which anybody could have agreed by silence.
    """
    waiting = select(Amendment).where(Amendment.plank_id == plank.id, Amendment.stage == AmendmentStage.OPEN)
    found = db.session.scalars(waiting.order_by(Amendment.id).with_for_update(of=Amendment)).unique().all()
    for amendment in found:
        amendment.opened_at = clock.now()
    audit.record_each("time to object given anew", [(amendment, {}) for amendment in found], by=None)


def remember(amendment: Amendment, conflict: Conflict, settled: Settled, *, by: Actor) -> None:
    """Keep how a mover settled a place of conflict, to be offered again; the latest counts."""
    key = fingerprint(conflict)
    known = select(Settlement).where(Settlement.amendment_id == amendment.id, Settlement.fingerprint == key)
    row = db.session.scalars(known).one_or_none()
    if row is None:
        row = Settlement(amendment_id=amendment.id, fingerprint=key)
        db.session.add(row)
    row.engine, row.choice, row.words = ENGINE_VERSION, settled.choice, words_for(conflict, settled)
    row.person_id, row.settled_at = by.person_id or 0, clock.now()
    audit.record("conflict settled", amendment, by=by, choice=settled.choice)


def follows(merged: Merge) -> bool:
    """Whether an amendment may follow the text without its mover: other units alone have changed, and it still fits."""
    return merged.verdict is Verdict.UNTOUCHED and merged.document is not None and fits(merged.document)


def fits(document: Document) -> bool:
    """Whether a text is as short as a plank has to be."""
    try:
        require_text_fits(document.title, word_count(document.text), len(document.text))
    except RuleBroken:
        return False
    return True


def leaves_nothing(merged: Merge, now: Version) -> bool:
    """Whether the text says already all that an amendment would have it say."""
    document = merged.document
    return document is not None and (document.title, document.text) == (now.title, now.text)


def _live_on(plank: Plank, base: Version, carried: Collection[int]) -> list[tuple[Amendment, Revision]]:
    query = (
        select(Amendment)
        .join(Revision, Revision.id == Amendment.revision_id)
        .where(Amendment.plank_id == plank.id, Amendment.stage.in_(LIVE_STAGES), Revision.base_id == base.id)
        .where(~drawer.hidden_rows(Revision, Revision.id))
        .options(joinedload(Amendment.revision))
        .order_by(Amendment.id)
        .with_for_update(of=Amendment)
    )
    found = db.session.scalars(query, execution_options={"populate_existing": True}).unique().all()
    return [(one, one.revision) for one in found if one.revision is not None and one.id not in carried]


def _carried_over(revision: Revision, base: Version, document: Document) -> dict[str, Any]:
    """The same changes on the new text, as a row. Of its units only those are rendered that nobody has rendered yet."""
    known = {(unit.unit_id, unit.markdown): revision.rendered[unit.unit_id] for unit in revision.units}
    known |= {(unit.unit_id, unit.markdown): base.rendered[unit.unit_id] for unit in base.units}
    html = rendered(unit for unit in document.units if (unit.unit_id, unit.markdown) not in known)
    return {
        "amendment_id": revision.amendment_id,
        "number": revision.number + 1,
        "base_id": base.id,
        "title": document.title,
        "text": document.text,
        "sha256": digest(document.title, document.text),
        "units": document.units,
        "rendered": {
            unit.unit_id: known.get((unit.unit_id, unit.markdown)) or html[unit.unit_id] for unit in document.units
        },
        "engine": ENGINE_VERSION,
        "changed_tokens": revision.changed_tokens,
        "reason": revision.reason,
        "created_at": clock.now(),
        "operations": operations(base.document, document),
        "carried_from_id": revision.words_id,
    }


def _follow(followed: Mapping[Amendment, dict[str, Any]], base: Version) -> None:
    """Add these revisions and have their amendments stand on them: one statement each, however many there are."""
    if not followed:
        return
    db.session.execute(insert(Revision), list(followed.values()))
    new = select(Revision.amendment_id, Revision.id).where(
        Revision.base_id == base.id, Revision.amendment_id.in_([amendment.id for amendment in followed])
    )
    ids = {row.amendment_id: row.id for row in db.session.execute(new)}
    rows = [{"id": amendment.id, "revision_id": ids[amendment.id]} for amendment in followed]
    db.session.execute(update(Amendment), rows)
    for amendment in followed:
        db.session.expire(amendment, ["revision_id", "revision"])
    names = ("base_id", "sha256", "carried_from_id")
    told = [
        (amendment, {"revision": ids[amendment.id], **{name: row[name] for name in names}})
        for amendment, row in followed.items()
    ]
    audit.record_each("amendment carried over", told, by=None)
