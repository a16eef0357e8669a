"""What is withdrawn and waits for somebody to take it over, and whether the person asking has seconded it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import aliased, joinedload

from app.amendments import queries as amendments
from app.extensions import db
from app.models import Amendment, AmendmentSecond, Plank, PlankSecond, Revision, Withdrawal
from app.planks import queries as planks
from policies.amendments import AmendmentStage
from policies.permissions import Actor, TakeoverFacts
from policies.planks import ENDED_STAGES, Stage

LONGEST = 20


@dataclass(frozen=True)
class WithdrawnPlank:
    """A plank as somebody sees it who may want to take it over."""

    plank: Plank
    asker_has_seconded: bool

    def facts_for(self, _actor: Actor) -> TakeoverFacts:
        """What the permissions need to know."""
        return TakeoverFacts(self.asker_has_seconded)


@dataclass(frozen=True)
class WithdrawnAmendment:
    """The same of an amendment."""

    amendment: Amendment
    asker_has_seconded: bool

    def facts_for(self, _actor: Actor) -> TakeoverFacts:
        """What the permissions need to know."""
        return TakeoverFacts(self.asker_has_seconded)


def visible_plank(actor: Actor, ref: str) -> WithdrawnPlank:
    """The plank at an address, withdrawn or not; raises `NotThere` whether it is absent or not to be seen."""
    plank = planks.visible(actor, ref)
    return WithdrawnPlank(plank, planks.has_seconded(actor, plank))


def visible_amendment(actor: Actor, ref: str) -> WithdrawnAmendment:
    """The same of an amendment."""
    amendment = amendments.visible(actor, ref)
    return WithdrawnAmendment(amendment, amendments.has_seconded(actor, amendment))


def of_plank(plank: Plank) -> Withdrawal | None:
    """The withdrawal from which a plank has not been taken over."""
    return _latest(plank, None) if plank.stage is Stage.WITHDRAWN else None


def of_amendment(amendment: Amendment) -> Withdrawal | None:
    """The same of an amendment."""
    return _latest(amendment.plank, amendment) if amendment.stage is AmendmentStage.WITHDRAWN else None


def taken_over(plank: Plank) -> Sequence[Withdrawal]:
    """When and for which groups a plank itself was taken over, oldest first."""
    query = select(Withdrawal).where(Withdrawal.plank_id == plank.id, Withdrawal.amendment_id.is_(None))
    return db.session.scalars(query.where(Withdrawal.taken_over_at.is_not(None)).order_by(Withdrawal.id)).all()


def planks_waiting_for(actor: Actor, now: datetime) -> Sequence[tuple[Plank, datetime]]:
    """Withdrawn planks that this person has seconded and can take over, the first to end first."""
    query = (
        select(Plank, Withdrawal.until)
        .join(Withdrawal, Withdrawal.plank_id == Plank.id)
        .join(PlankSecond, (PlankSecond.plank_id == Plank.id) & (PlankSecond.person_id == actor.person_id))
        .where(Plank.stage == Stage.WITHDRAWN, Withdrawal.amendment_id.is_(None))
        .where(Withdrawal.taken_over_at.is_(None), Withdrawal.until > now)
        .options(joinedload(Plank.working_version), joinedload(Plank.agreed_version))
    )
    rows = db.session.execute(query.order_by(Withdrawal.until, Plank.id).limit(LONGEST))
    return [(row[0], row[1]) for row in rows]


def amendments_waiting_for(actor: Actor, now: datetime) -> Sequence[tuple[Amendment, datetime]]:
    """The same of amendments, on planks that go on."""
    given = aliased(Revision)
    seconded = (
        select(AmendmentSecond.person_id)
        .join(given, given.id == AmendmentSecond.revision_id)
        .where(AmendmentSecond.person_id == actor.person_id, given.amendment_id == Amendment.id)
        .where(given.words_id == Revision.words_id)
        .exists()
    )
    query = (
        select(Amendment, Withdrawal.until)
        .join(Amendment.plank)
        .join(Revision, Revision.id == Amendment.revision_id)
        .join(Withdrawal, Withdrawal.amendment_id == Amendment.id)
        .where(Amendment.stage == AmendmentStage.WITHDRAWN, Plank.stage.not_in(ENDED_STAGES), seconded)
        .where(Withdrawal.taken_over_at.is_(None), Withdrawal.until > now)
        .options(
            joinedload(Amendment.plank).options(joinedload(Plank.working_version), joinedload(Plank.agreed_version))
        )
    )
    rows = db.session.execute(query.order_by(Withdrawal.until, Amendment.id).limit(LONGEST)).unique()
    return [(row[0], row[1]) for row in rows]


def _latest(plank: Plank, amendment: Amendment | None) -> Withdrawal | None:
    about = Withdrawal.amendment_id.is_(None) if amendment is None else Withdrawal.amendment_id == amendment.id
    query = select(Withdrawal).where(Withdrawal.plank_id == plank.id, about, Withdrawal.taken_over_at.is_(None))
    return db.session.scalars(query.order_by(Withdrawal.id.desc()).limit(1)).one_or_none()
