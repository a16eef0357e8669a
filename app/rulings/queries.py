"""Finding rulings, within what the person asking may see, and what clerks have said so far."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, Select, and_, exists, func, or_, select
from sqlalchemy.orm import contains_eager, joinedload, lazyload, load_only, selectinload

from app.amendments import queries as amendments
from app.extensions import db
from app.models import (
    Amendment,
    AmendmentRuling,
    Appeal,
    AppealAnswer,
    AppealVoice,
    Notice,
    Plank,
    ReferenceBack,
    ReferenceWord,
    RegisteredRuling,
    Version,
)
from app.planks import queries as planks
from policies.errors import NotThere
from policies.notices import NoticeKind
from policies.permissions import Actor
from policies.planks import QUEUE_FLAGGED_AFTER, Stage
from policies.rulings import APPEAL_PERIOD, UPHOLDING_PERIOD, AppealStage, Verdict, is_referred

LONGEST = 20


def shown_to(actor: Actor) -> ColumnElement[bool]:
    """Which rulings `actor` may read, with their planks and amendments joined: `Permission.RULING_READ` in SQL."""
    of_plank = and_(RegisteredRuling.amendment_id.is_(None), planks.shown_to(actor))
    of_amendment = and_(RegisteredRuling.amendment_id.is_not(None), amendments.shown_to(actor))
    return or_(of_plank, of_amendment)


def visible(actor: Actor, key: str) -> RegisteredRuling:
    """The ruling with this key; raises `NotThere` whether it is absent or not to be seen."""
    query = _full().where(RegisteredRuling.key == key, shown_to(actor))
    found = db.session.scalars(query).unique().one_or_none()
    if found is None:
        raise NotThere("There is no ruling at this address. The register lists the rulings there are.")
    return found


def registered(actor: Actor) -> Select[RegisteredRuling]:
    """The register as `actor` may see it, the newest first."""
    return _full().where(shown_to(actor)).order_by(RegisteredRuling.ruled_at.desc(), RegisteredRuling.id.desc())


def first_of(query: Select[RegisteredRuling], most: int) -> Sequence[RegisteredRuling]:
    """The first few of these rulings."""
    return db.session.scalars(query.limit(most)).unique().all()


def on_plank(plank: Plank) -> Sequence[RegisteredRuling]:
    """What clerks ruled on a plank itself, oldest first; whoever may read the plank may read these."""
    query = select(RegisteredRuling).where(
        RegisteredRuling.plank_id == plank.id, RegisteredRuling.amendment_id.is_(None)
    )
    return db.session.scalars(query.order_by(RegisteredRuling.ruled_at, RegisteredRuling.id)).unique().all()


def on_amendment(amendment: Amendment) -> Sequence[RegisteredRuling]:
    """The same of an amendment."""
    query = select(RegisteredRuling).where(RegisteredRuling.amendment_id == amendment.id)
    return db.session.scalars(query.order_by(RegisteredRuling.ruled_at, RegisteredRuling.id)).unique().all()


def was_overturned(plank: Plank, amendment: Amendment | None = None) -> bool:
    """Whether a ruling that this is out of order was ever overturned."""
    about = RegisteredRuling.amendment_id == amendment.id if amendment else RegisteredRuling.amendment_id.is_(None)
    overturned = (Appeal.ruling_id == RegisteredRuling.id) & (Appeal.stage == AppealStage.OVERTURNED)
    query = select(exists().where(overturned, RegisteredRuling.plank_id == plank.id, about))
    return bool(db.session.scalar(query))


def words_on(amendment: Amendment) -> Sequence[AmendmentRuling]:
    """What clerks have said against an amendment in the words it has now, oldest first."""
    if amendment.revision is None:
        return []
    query = select(AmendmentRuling).where(
        AmendmentRuling.amendment_id == amendment.id, AmendmentRuling.words_id == amendment.revision.words_id
    )
    return db.session.scalars(query.order_by(AmendmentRuling.ruled_at, AmendmentRuling.group)).all()


def words_to_refer(plank: Plank) -> Sequence[ReferenceWord]:
    """What clerks have said for referring a plank back in the text it has now, oldest first."""
    query = select(ReferenceWord).where(
        ReferenceWord.plank_id == plank.id, ReferenceWord.version_id == plank.working_version_id
    )
    return db.session.scalars(query.order_by(ReferenceWord.said_at, ReferenceWord.group)).all()


def reference_of(plank: Plank) -> ReferenceBack | None:
    """The reference back that holds for a plank now."""
    query = select(ReferenceBack).where(ReferenceBack.plank_id == plank.id, ReferenceBack.ended_at.is_(None))
    found = db.session.scalars(query).unique().one_or_none()
    holds = found is not None and is_referred(found.version_id, plank.working_version_id, plank.stage)
    return found if holds else None


def references_of(plank: Plank) -> Sequence[ReferenceBack]:
    """All references back of a plank, oldest first."""
    query = select(ReferenceBack).where(ReferenceBack.plank_id == plank.id).order_by(ReferenceBack.ruling_id)
    return db.session.scalars(query).unique().all()


def references_named(ruling_ids: Collection[int]) -> dict[int, ReferenceBack]:
    """These references back, by the id of the ruling, with their planks."""
    if not ruling_ids:
        return {}
    found = db.session.scalars(select(ReferenceBack).where(ReferenceBack.ruling_id.in_(ruling_ids))).unique()
    return {one.ruling_id: one for one in found}


def referred(plank_ids: Collection[int]) -> set[int]:
    """Which of these planks are with their drafters now."""
    return set(db.session.scalars(select(Plank.id).where(Plank.id.in_(plank_ids), is_referred_now())))


def is_referred_now() -> ColumnElement[bool]:
    """Which planks are with their drafters: `policies.rulings.is_referred` said in SQL."""
    held = (ReferenceBack.ended_at.is_(None), ReferenceBack.version_id == Plank.working_version_id)
    return and_(Plank.stage == Stage.OPEN, exists().where(ReferenceBack.plank_id == Plank.id, *held))


def voice_of(actor: Actor, ruling: RegisteredRuling) -> AppealVoice | None:
    """This person's own appeal against a ruling."""
    return db.session.get(AppealVoice, (ruling.id, actor.person_id)) if actor.person_id else None


def appeals_before_clerks(limit: int = LONGEST) -> Sequence[RegisteredRuling]:
    """Rulings whose appeals wait for clerks, the longest waiting first."""
    query = _full().where(Appeal.stage == AppealStage.OPEN)
    query = query.options(selectinload(RegisteredRuling.appeal, Appeal.answers))
    return db.session.scalars(query.order_by(Appeal.opened_at, Appeal.ruling_id).limit(limit)).unique().all()


def appeals_awaiting(actor: Actor) -> int:
    """How many of them want the word of this person's group."""
    said = exists().where(AppealAnswer.ruling_id == Appeal.ruling_id, AppealAnswer.group == actor.group)
    return db.session.scalar(select(func.count()).where(Appeal.stage == AppealStage.OPEN, ~said)) or 0


def to_settle(now: datetime) -> Sequence[int]:
    """The ids of rulings whose appeal has run out of time: to gather members for it, or for clerks to uphold them."""
    is_over = and_(Appeal.stage == AppealStage.GATHERING, RegisteredRuling.ruled_at <= now - APPEAL_PERIOD)
    is_late = and_(Appeal.stage == AppealStage.OPEN, Appeal.opened_at <= now - UPHOLDING_PERIOD)
    query = select(RegisteredRuling.id).join(Appeal, Appeal.ruling_id == RegisteredRuling.id)
    return db.session.scalars(query.where(or_(is_over, is_late)).order_by(RegisteredRuling.id)).all()


def references_to_end(_now: datetime) -> Sequence[int]:
    """The ids of rulings whose reference back holds no longer, because the text is another or the plank has ended."""
    query = select(ReferenceBack.ruling_id).join(Plank, Plank.id == ReferenceBack.plank_id)
    gone = or_(
        ReferenceBack.version_id != Plank.working_version_id, Plank.stage.in_((Stage.ARCHIVED, Stage.COMPOSITED))
    )
    return db.session.scalars(
        query.where(ReferenceBack.ended_at.is_(None), gone).order_by(ReferenceBack.ruling_id)
    ).all()


def to_flag(now: datetime) -> Sequence[int]:
    """The ids of planks that have waited so long for a ruling that deputies may act, and of which nobody was told."""
    told = exists().where(
        Notice.kind == NoticeKind.CLERK_WANTED, Notice.plank_id == Plank.id, Notice.told_at >= Plank.checking_since
    )
    query = select(Plank.id).where(Plank.stage == Stage.CHECKING, Plank.checking_since <= now - QUEUE_FLAGGED_AFTER)
    return db.session.scalars(query.where(~told).order_by(Plank.checking_since, Plank.id)).all()


def by_verdict(query: Select[RegisteredRuling], verdict: Verdict) -> Select[RegisteredRuling]:
    """The rulings of one kind."""
    return query.where(RegisteredRuling.verdict == verdict)


def appealed(query: Select[RegisteredRuling], stages: Collection[AppealStage]) -> Select[RegisteredRuling]:
    """The rulings whose appeal is in one of these stages."""
    return query.where(Appeal.stage.in_(stages))


def _full() -> Select[RegisteredRuling]:
    title = load_only(Version.number, Version.minor, Version.title, raiseload=True)
    return (
        select(RegisteredRuling)
        .join(RegisteredRuling.plank)
        .outerjoin(RegisteredRuling.amendment)
        .outerjoin(Appeal, Appeal.ruling_id == RegisteredRuling.id)
        .options(
            contains_eager(RegisteredRuling.plank).options(
                joinedload(Plank.working_version).options(title), joinedload(Plank.agreed_version).options(title)
            ),
            # Its plank is the ruling's, which is loaded; to join it again would leave out what is about no amendment.
            contains_eager(RegisteredRuling.amendment).options(lazyload(Amendment.plank), lazyload(Amendment.revision)),
            contains_eager(RegisteredRuling.appeal),
        )
    )
