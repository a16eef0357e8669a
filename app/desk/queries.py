"""What waits for a member or a clerk: bounded lists, in as many queries on a large platform as on a small one."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache

from sqlalchemy import ColumnElement, Select, and_, exists, func, or_, select
from sqlalchemy.orm import contains_eager, joinedload

from app.extensions import db
from app.models import Amendment, Plank, PlankSecond, Revision, Round, RoundOpening, Ruling
from policies.amendments import LIVE_STAGES, AmendmentStage
from policies.ballots import RoundKind, RoundStage
from policies.endorsements import FormKind
from policies.permissions import Actor
from policies.planks import Stage

LONGEST = 20
LIVE_ROUNDS = (RoundStage.PREPARED, RoundStage.OPEN, RoundStage.CLOSED)


@dataclass(frozen=True)
class QueuedPlank:
    """A plank that clerks check, and what clerks of each group have said so far, by group key."""

    plank: Plank
    verdicts: dict[str, str]
    reasons: dict[str, str]
    """Why, where a clerk said why."""


@dataclass(frozen=True)
class WaitingAmendments:
    """An open plank and how many of its amendments wait for a round, the longest since when."""

    plank: Plank
    number: int
    since: datetime


def planks_moved_by(actor: Actor, *, drafts: bool) -> Sequence[Plank]:
    """The person's own drafts, or the planks they have put before the members, the newest first."""
    stage = Plank.stage == Stage.DRAFT if drafts else Plank.stage != Stage.DRAFT
    query = _planks().where(Plank.mover_id == actor.person_id, stage).order_by(Plank.id.desc())
    return db.session.scalars(query.limit(LONGEST)).all()


def amendments_moved_by(actor: Actor, *, drafts: bool) -> Sequence[Amendment]:
    """The same of amendments; those to be brought up to date are apart."""
    stage = Amendment.stage == AmendmentStage.DRAFT if drafts else Amendment.stage != AmendmentStage.DRAFT
    query = _amendments().where(Amendment.mover_id == actor.person_id, stage, ~_has_moved())
    return db.session.scalars(query.order_by(Amendment.id.desc()).limit(LONGEST)).unique().all()


def amendments_to_bring_up_to_date(actor: Actor) -> Sequence[Amendment]:
    """The person's own amendments whose text has moved under them, on planks that take amendments."""
    query = _amendments().where(Amendment.mover_id == actor.person_id, _has_moved(), Plank.stage == Stage.OPEN)
    return db.session.scalars(query.order_by(Amendment.id).limit(LONGEST)).unique().all()


def planks_to_second(actor: Actor) -> Sequence[Plank]:
    """Planks that want a second which this person can give, the longest waiting first."""
    own = exists().where(PlankSecond.plank_id == Plank.id, PlankSecond.group == Plank.group)
    other = exists().where(PlankSecond.plank_id == Plank.id, PlankSecond.group != Plank.group)
    wanted = or_(and_(Plank.group == actor.group, ~own), and_(Plank.group != actor.group, ~other))
    query = _planks().where(Plank.stage == Stage.SEEKING_SECONDERS, Plank.mover_id != actor.person_id, wanted)
    return db.session.scalars(query.order_by(Plank.submitted_at, Plank.id).limit(LONGEST)).all()


def amendments_to_second(actor: Actor) -> Sequence[Amendment]:
    """Amendments of other groups that want a second, the longest waiting first."""
    query = _amendments().where(
        Amendment.stage == AmendmentStage.SUBMITTED,
        Amendment.group != actor.group,
        Amendment.mover_id != actor.person_id,
        Plank.stage == Stage.OPEN,
        ~_has_moved(),
    )
    return db.session.scalars(query.order_by(Amendment.id).limit(LONGEST)).unique().all()


def order_queue() -> list[QueuedPlank]:
    """Planks that clerks check, the longest waiting first, with what was said of each."""
    query = _planks().where(Plank.stage == Stage.CHECKING).order_by(Plank.checking_since, Plank.id).limit(LONGEST)
    planks = db.session.scalars(query).all()
    said: dict[int, dict[str, str]] = {plank.id: {} for plank in planks}
    why: dict[int, dict[str, str]] = {plank.id: {} for plank in planks}
    rulings = select(Ruling).where(Ruling.plank_id.in_(list(said)), Ruling.question == "order")
    for ruling in db.session.scalars(rulings):
        said[ruling.plank_id][ruling.group] = ruling.verdict
        why[ruling.plank_id][ruling.group] = ruling.reason
    return [QueuedPlank(plank, said[plank.id], why[plank.id]) for plank in planks]


def rounds_being_prepared() -> Sequence[Round]:
    """Rounds whose notice has not begun, the longest waiting first."""
    query = _rounds().where(Round.stage == RoundStage.PREPARED, Round.opens_at.is_(None)).order_by(Round.number)
    return db.session.scalars(query.limit(LONGEST)).unique().all()


def rounds_awaiting_agreement_of(actor: Actor) -> Sequence[Round]:
    """Those of them to which no clerk of this person's group has agreed."""
    agreed = exists().where(RoundOpening.round_id == Round.id, RoundOpening.group == actor.group)
    query = _rounds().where(Round.stage == RoundStage.PREPARED, Round.opens_at.is_(None), ~agreed)
    return db.session.scalars(query.order_by(Round.number).limit(LONGEST)).unique().all()


def rounds_whose_question_awaits(actor: Actor) -> Sequence[Round]:
    """Rounds in their notice in which no clerk of this person's group has chosen what the group is asked."""
    chosen = exists().where(RoundOpening.round_id == Round.id, RoundOpening.group == actor.group)
    waiting = (Round.kind == RoundKind.ENDORSEMENT, Round.rerun_of_id.is_(None), Round.opens_at.is_not(None), ~chosen)
    query = _rounds().where(Round.stage == RoundStage.PREPARED, *waiting)
    return db.session.scalars(query.order_by(Round.opens_at).limit(LONGEST)).unique().all()


def rounds_asking_on_a_condition(actor: Actor) -> Sequence[Round]:
    """Rounds that have not opened in which this person's group is to be asked about another text by a day."""
    asks = exists().where(
        RoundOpening.round_id == Round.id,
        RoundOpening.group == actor.group,
        RoundOpening.form == FormKind.CONDITIONAL,
    )
    query = _rounds().where(Round.stage == RoundStage.PREPARED, asks).order_by(Round.id)
    return db.session.scalars(query.limit(LONGEST)).unique().all()


def rounds_running_their_notice() -> Sequence[Round]:
    """Rounds that open by themselves, the next one first."""
    query = _rounds().where(Round.stage == RoundStage.PREPARED, Round.opens_at.is_not(None)).order_by(Round.opens_at)
    return db.session.scalars(query.limit(LONGEST)).unique().all()


def open_rounds() -> Sequence[Round]:
    """Rounds in which members vote, the next to close first."""
    query = _rounds().where(Round.stage == RoundStage.OPEN).order_by(Round.closes_at)
    return db.session.scalars(query.limit(LONGEST)).unique().all()


def amendments_awaiting_a_round(opened_before: datetime) -> list[WaitingAmendments]:
    """Open planks without a round whose amendments have been open since before a moment, the longest waiting first."""
    longest = func.min(Amendment.opened_at)
    live = exists().where(Round.plank_id == Plank.id, Round.stage.in_(LIVE_ROUNDS))
    waiting = (
        select(Plank.id, func.count(), longest)
        .join(Amendment, Amendment.plank_id == Plank.id)
        .join(Revision, Revision.id == Amendment.revision_id)
        .where(Plank.stage == Stage.OPEN, Amendment.stage == AmendmentStage.OPEN, ~live)
        .where(Revision.base_id == Plank.working_version_id, Amendment.opened_at <= opened_before)
        .group_by(Plank.id)
        .order_by(longest, Plank.id)
        .limit(LONGEST)
    )
    rows = db.session.execute(waiting).all()
    planks = {plank.id: plank for plank in db.session.scalars(_planks().where(Plank.id.in_([row[0] for row in rows])))}
    return [WaitingAmendments(planks[plank_id], number, since) for plank_id, number, since in rows if since]


@cache
def _has_moved() -> ColumnElement[bool]:
    """The text is another than the one a live amendment was written for: `Amendment.needs_rebase` said in SQL."""
    return and_(Amendment.stage.in_(LIVE_STAGES), Revision.base_id != Plank.working_version_id)


@cache
def _planks() -> Select[Plank]:
    return select(Plank).options(joinedload(Plank.working_version), joinedload(Plank.agreed_version))


@cache
def _amendments() -> Select[Amendment]:
    return (
        select(Amendment)
        .join(Amendment.plank)
        .outerjoin(Revision, Revision.id == Amendment.revision_id)
        .options(
            contains_eager(Amendment.plank).options(
                joinedload(Plank.working_version), joinedload(Plank.agreed_version), joinedload(Plank.theme)
            ),
            contains_eager(Amendment.revision),
        )
    )


@cache
def _rounds() -> Select[Round]:
    return select(Round).options(joinedload(Round.plank).joinedload(Plank.working_version))
