"""Finding offers: each is seen by the one who made it and by the mover it was made to, and by nobody else."""

from collections.abc import Sequence
from datetime import datetime
from functools import cache

from sqlalchemy import ColumnElement, Select, false, func, or_, select
from sqlalchemy.orm import contains_eager, joinedload

from app.amendments import queries as amendments
from app.extensions import db
from app.models import Amendment, Offer, Plank
from policies.amendments import LIVE_STAGES
from policies.errors import NotThere
from policies.offers import WAITING_STAGES, OfferStage
from policies.permissions import Actor
from policies.planks import Stage

LONGEST = 20


def shown_to(actor: Actor) -> ColumnElement[bool]:
    """Which offers `actor` may read: `Permission.OFFER_READ` said in SQL; a test holds the two together."""
    if not actor.is_member:
        return false()
    return or_(Offer.offerer_id == actor.person_id, Amendment.mover_id == actor.person_id)


def visible(actor: Actor, key: str) -> Offer:
    """The offer with this key; raises `NotThere` whether absent or not to be seen."""
    found = db.session.scalars(_full().where(Offer.key == key, shown_to(actor))).unique().one_or_none()
    if found is None:
        raise NotThere("There is no offer at this address. The amendment’s page says what was offered to it.")
    return found


def of_amendment(amendment: Amendment, actor: Actor) -> Sequence[Offer]:
    """The offers to an amendment that `actor` may read, open ones first, then the newest."""
    query = _full().where(Offer.amendment_id == amendment.id, shown_to(actor))
    query = query.order_by(Offer.stage != OfferStage.OPEN, Offer.id.desc())
    return db.session.scalars(query.limit(LONGEST)).unique().all()


def awaiting_answer_of(actor: Actor) -> Sequence[Offer]:
    """The open offers to the person's own amendments that can be accepted now, oldest first."""
    query = _full().where(Amendment.mover_id == actor.person_id, Offer.stage == OfferStage.OPEN, _stands())
    return db.session.scalars(query.where(Plank.stage == Stage.OPEN).order_by(Offer.id).limit(LONGEST)).unique().all()


def without_ground(_now: datetime) -> Sequence[int]:
    """The ids of open offers that have lapsed: `policies.offers.why_lapsed` said in SQL; a test holds them together."""
    query = select(Offer.id).join(Offer.amendment).join(Amendment.plank)
    return db.session.scalars(query.where(Offer.stage == OfferStage.OPEN, ~_stands()).order_by(Offer.id)).all()


def same_words(amendment: Amendment, sha256: str, actor: Actor) -> Offer | None:
    """The open offer in which the person offers just these words already."""
    query = select(Offer).where(Offer.amendment_id == amendment.id, Offer.offerer_id == actor.person_id)
    return db.session.scalars(query.where(Offer.stage == OfferStage.OPEN, Offer.sha256 == sha256)).one_or_none()


def counted(amendment: Amendment, actor: Actor) -> dict[str, int]:
    """How many offers to an amendment are open, how many of those this person made, and how many in all."""
    is_open, is_own = Offer.stage == OfferStage.OPEN, Offer.offerer_id == actor.person_id
    counts = [func.count().filter(*which) for which in ((is_open,), (is_own, is_open), (is_own,))]
    row = db.session.execute(select(*counts).where(Offer.amendment_id == amendment.id)).one()
    return {"open_ones": row[0], "own_open": row[1], "own": row[2]}


def behind(amendment: Amendment) -> Offer | None:
    """The accepted offer whose words an amendment says."""
    query = _full().where(Offer.became_id == amendment.id)
    return db.session.scalars(query).unique().one_or_none()


def successor(amendment: Amendment, actor: Actor) -> Amendment | None:
    """The amendment that took the place of this one when its mover accepted other words, if `actor` may see it."""
    query = select(Amendment).join(Offer, Offer.became_id == Amendment.id).where(Offer.amendment_id == amendment.id)
    return db.session.scalars(query.where(amendments.shown_to(actor))).unique().one_or_none()


@cache
def _stands() -> ColumnElement[bool]:
    return (
        Amendment.stage.in_(LIVE_STAGES)
        & Plank.stage.in_(WAITING_STAGES)
        & (Offer.revision_id == Amendment.revision_id)
        & (Offer.base_id == Plank.working_version_id)
    )


@cache
def _full() -> Select[Offer]:
    return (
        select(Offer)
        .join(Offer.amendment)
        .join(Amendment.plank)
        .options(
            contains_eager(Offer.amendment).contains_eager(Amendment.plank).joinedload(Plank.working_version),
            joinedload(Offer.revision),
            joinedload(Offer.base),
        )
    )
