"""Finding rounds for clerks and for the clock."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, Select, and_, exists, false, func, not_, or_, select
from sqlalchemy.orm import aliased

from app import drawer
from app.ballots.queries import LIVE_STAGES, full
from app.extensions import db
from app.models import Ballot, JointWord, Person, Plank, RollEntry, Round, RoundOpening, SeparateVote, Stance, Version
from app.models.bearing import bears_on
from app.rulings import queries as rulings
from policies.ballots import RoundStage
from policies.endorsements import StanceKind
from policies.planks import Stage
from policies.rounds import ANNULLABLE, JointAct

LONGEST = 20
_said = aliased(JointWord)


def live_on(plank: Plank) -> Round | None:
    """The one round being prepared, open or uncounted on a plank."""
    query = full().where(Round.plank_id == plank.id, Round.stage.in_(LIVE_STAGES))
    return db.session.scalars(query).unique().one_or_none()


def repeated_by(rerun: Round) -> Round | None:
    """The round that lacked a quorum, where this one repeats it."""
    return None if rerun.rerun_of_id is None else db.session.get(Round, rerun.rerun_of_id)


def rerun_of(of_round: Round) -> Round | None:
    """The round that repeats this one, where there is one."""
    return db.session.scalars(select(Round).where(Round.rerun_of_id == of_round.id)).unique().one_or_none()


def due_to_open(now: datetime) -> Sequence[int]:
    """The ids of prepared rounds whose notice has run out."""
    query = select(Round.id).where(Round.stage == RoundStage.PREPARED, Round.opens_at <= now)
    return db.session.scalars(query.order_by(Round.opens_at, Round.id)).all()


def stance_on(version_id: int, group: str) -> StanceKind | None:
    """The stance of a group on a version, where it has one."""
    return db.session.scalar(select(Stance.kind).where(bears_on(version_id), Stance.group == group))


def joint_words(of_round: Round, act: JointAct) -> Sequence[JointWord]:
    """What clerks have said so far of extending or annulling a round, at most one of each group, the first first."""
    query = select(JointWord).where(JointWord.round_id == of_round.id, JointWord.act == act)
    return db.session.scalars(query.order_by(JointWord.said_at, JointWord.group)).all()


def separate_votes(of_round: Round, group: str) -> Sequence[SeparateVote]:
    """The parts that a group votes on by themselves, in the order of the paper."""
    query = select(SeparateVote).where(SeparateVote.round_id == of_round.id, SeparateVote.group == group)
    return db.session.scalars(query.order_by(SeparateVote.place)).all()


def left_behind(_now: datetime) -> Sequence[int]:
    """The ids of rounds that have not opened and can no longer be held. A re-run's plank is on the ballot already."""
    is_shown = or_(Round.version_id == Plank.working_version_id, Round.version_id == Plank.agreed_version_id)
    has_moved = not_(func.coalesce(is_shown, false()))
    is_hidden = drawer.hidden_rows(Version, Round.version_id)
    query = (
        select(Round.id)
        .join(Plank, Plank.id == Round.plank_id)
        .where(Round.stage == RoundStage.PREPARED, Round.rerun_of_id.is_(None))
        .where(or_(Plank.stage != Stage.OPEN, has_moved, is_hidden, rulings.is_referred_now()))
    )
    return db.session.scalars(query.order_by(Round.id)).all()


def roll_of(ballot: Ballot) -> Select[Person]:
    """The members on the frozen roll of a ballot, by name: never who of them has voted."""
    on_it = select(RollEntry.person_id).where(RollEntry.ballot_id == ballot.id)
    return select(Person).where(Person.id.in_(on_it)).order_by(Person.name, Person.id)


def joint_awaited(group: str | None, now: datetime) -> Sequence[Round]:
    """Open rounds that a clerk of another group wants extended or annulled, where this group has not said so yet."""
    own = exists().where(JointWord.round_id == _said.round_id, JointWord.act == _said.act, JointWord.group == group)
    return _with_joint_words(now, ~own)


def joint_said(group: str | None, now: datetime) -> Sequence[Round]:
    """Open rounds that this group wants extended or annulled, while others have not said so."""
    return _with_joint_words(now, _said.group == group)


def agreed_by(group: str | None) -> Sequence[Round]:
    """Rounds to which a clerk of this group has agreed and whose notice has not begun, the longest waiting first."""
    agreed = exists().where(RoundOpening.round_id == Round.id, RoundOpening.group == group)
    query = full().where(Round.stage == RoundStage.PREPARED, Round.opens_at.is_(None), agreed)
    return db.session.scalars(query.order_by(Round.number).limit(LONGEST)).unique().all()


def _with_joint_words(now: datetime, whose: ColumnElement[bool]) -> Sequence[Round]:
    """Rounds of which something is asked that can still be done: not an extension that is made, or comes too late."""
    can_be_annulled = and_(_said.act == JointAct.ANNUL, Round.stage.in_(ANNULLABLE))
    is_open = and_(Round.stage == RoundStage.OPEN, Round.closes_at > now)
    can_be_extended = and_(_said.act == JointAct.EXTEND, is_open, _said.closes_at > Round.closes_at)
    asked = select(_said.round_id).join(Round, Round.id == _said.round_id).where(or_(can_be_annulled, can_be_extended))
    query = full().where(Round.id.in_(asked.where(whose).correlate(None)))
    return db.session.scalars(query.order_by(Round.closes_at, Round.id).limit(LONGEST)).unique().all()
