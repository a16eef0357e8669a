"""Finding cases and reports: by reference, by text, what waits for clerks, and what is due."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, Select, exists, func, or_, select
from sqlalchemy.orm import joinedload, selectinload

from app.extensions import db
from app.models import Case, CaseWord, Report
from app.moderation.texts import found
from policies.errors import NotThere
from policies.moderation import (
    APPEALED_WITHIN,
    CONFIRMED_WITHIN,
    CONTACT_KEPT,
    NOT_READ,
    CaseStage,
    Kind,
    Said,
    Side,
    why_no_appeal,
)
from policies.permissions import Actor

ENDED = (CaseStage.HIDDEN, CaseStage.LEFT, CaseStage.GONE)


def report_named(_actor: Actor, key: str) -> Report:
    """The report with this reference; raises `NotThere`."""
    query = select(Report).options(joinedload(Report.case)).where(Report.key == key)
    report = db.session.scalars(query).one_or_none()
    if report is None:
        raise NotThere("There is no report with this reference. Check it for a slip.")
    return report


def case_named(actor: Actor, key: str) -> Case:
    """The case with this key, for those who may see its text, once it is hidden; for clerks and its author always.

    Raises `NotThere` whether absent or not to be seen: a hidden draft leaves no trace.
    """
    case = db.session.scalars(select(Case).where(Case.key == key)).one_or_none()
    text = found(case.subject) if case is not None else None
    is_clerk = actor.is_member and actor.is_clerk
    if case is not None:
        is_own = case.author_id is not None and case.author_id == actor.person_id
        is_shown = text is not None and text.is_seen_by(actor) and case.stage in NOT_READ
        if is_clerk or is_shown or (is_own and case.decided_at is not None):
            return case
    raise NotThere("There is no such case here. If a text is shown again, its own page says all there is to say.")


def case_for_clerks(_actor: Actor, key: str) -> Case:
    """Any case; raises `NotThere`. The permission sees to it that a clerk asks."""
    case = db.session.scalars(select(Case).where(Case.key == key)).one_or_none()
    if case is None:
        raise NotThere("There is no such case. The list of reports shows what waits.")
    return case


def case_of(subject: str) -> Case | None:
    """The case about a text, if it was ever reported."""
    return db.session.scalars(select(Case).where(Case.subject == subject)).one_or_none()


def open_reports(case: Case) -> Sequence[Report]:
    """The reports of a case that no decision has settled, the oldest first."""
    query = select(Report).where(Report.case_id == case.id, Report.settled_at.is_(None)).order_by(Report.id)
    return db.session.scalars(query).all()


def said(case: Case, *, sitting: int | None = None) -> list[Said]:
    """What clerks have said in one sitting, or in all of them."""
    query = select(CaseWord).where(CaseWord.case_id == case.id).order_by(CaseWord.said_at)
    rows = db.session.scalars(query if sitting is None else query.where(CaseWord.sitting == sitting))
    return [Said(row.group, row.clerk_id, row.verdict, row.fingerprint) for row in rows]


def waiting() -> Select[Case]:
    """The cases that wait for clerks: those that one clerk has hidden first, then the longest waiting."""
    first = (Case.stage == CaseStage.HELD).desc()
    query = select(Case).where(Case.queued_since.is_not(None)).order_by(first, Case.queued_since, Case.id)
    return query.options(selectinload(Case.reports), selectinload(Case.words), selectinload(Case.appeals))


def how_many_wait() -> int:
    """How many cases wait for clerks."""
    return db.session.scalar(select(func.count()).where(Case.queued_since.is_not(None))) or 0


def how_many_wait_for(actor: Actor) -> int:
    """How many of them this person can decide on, and no clerk of the own group has."""
    spoken = exists().where(
        CaseWord.case_id == Case.id, CaseWord.sitting == Case.sitting, CaseWord.group == actor.group
    )
    before = exists().where(CaseWord.case_id == Case.id, CaseWord.clerk_id == actor.person_id)
    own = Case.author_id.is_not(None) & (Case.author_id == actor.person_id)
    query = select(func.count()).where(Case.queued_since.is_not(None), ~own, ~spoken)
    return db.session.scalar(query.where(~Case.on_appeal | ~before)) or 0


def hidden_of(actor: Actor, now: datetime) -> Sequence[Case]:
    """What clerks have hidden of this person's texts, or of the own group's for its clerks, while one can appeal."""
    query = select(Case).where(Case.stage == CaseStage.HIDDEN, Case.decided_at > now - APPEALED_WITHIN)
    query = query.where(_is_of(actor), ~Case.on_appeal, ~Case.had_appeal).order_by(Case.decided_at)
    return db.session.scalars(query).all()


def why_no_appeal_now(case: Case, side: Side, now: datetime) -> str:
    """Why this side cannot appeal in this case now, in a sentence; nothing where it can."""
    if case.kind is Kind.PAGE:
        return "This case is about no single text. Report the text itself."
    return why_no_appeal(side, case.stage, case.decided_at, now, had_appeal=case.had_appeal, on_appeal=case.on_appeal)


def unconfirmed(now: datetime) -> Sequence[int]:
    """The cases that one clerk has hidden at once and no second group has confirmed in time."""
    held = select(Case.id).where(Case.stage == CaseStage.HELD, Case.hidden_at <= now - CONFIRMED_WITHIN)
    return db.session.scalars(held.order_by(Case.id)).all()


def without_text(_now: datetime) -> Sequence[int]:
    """The cases that wait though their author has taken the text back."""
    query = select(Case).where(Case.queued_since.is_not(None), Case.kind != Kind.PAGE, Case.stage.not_in(NOT_READ))
    return [case.id for case in db.session.scalars(query.order_by(Case.id)) if found(case.subject) is None]


def contacts_to_forget(now: datetime) -> Sequence[int]:
    """The reports whose address has been kept long enough after their end."""
    query = select(Report.id).join(Case).where(Report.contact != "", Report.settled_at <= now - CONTACT_KEPT)
    return db.session.scalars(query.where(~Case.on_appeal).order_by(Report.id)).all()


def _is_of(actor: Actor) -> ColumnElement[bool]:
    own = Case.author_id == actor.person_id
    return or_(own, Case.voice == actor.group) if actor.is_clerk and actor.group else own
