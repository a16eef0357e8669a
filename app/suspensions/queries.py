"""Finding a group's backing that can be paused, and pauses whose days are over."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from app.endorsements import queries as endorsements
from app.endorsements.pausing import is_paused
from app.extensions import db
from app.models import Plank, Stance, Suspension, Version
from app.planks import queries as planks
from policies.errors import RuleBroken
from policies.permissions import Actor, PlankFacts

LONGEST = 20


@dataclass(frozen=True)
class Backed:
    """What the own group decided on the words of a version, if anything."""

    plank: Plank
    version: Version
    stance: Stance | None

    def facts_for(self, actor: Actor) -> PlankFacts:
        """The facts are those of the plank."""
        return self.plank.facts_for(actor)


def of_own_group(actor: Actor, ref: str, name: str) -> Backed:
    """The own group's decision on the version at an address; raises `NotThere`."""
    plank = planks.visible(actor, ref)
    version = planks.version(plank, name)
    return Backed(plank, version, endorsements.on_version(version).get(actor.group or ""))


def require_stance(found: Backed) -> Stance:
    """The stance; raises `RuleBroken` where the group has decided nothing on these words."""
    if found.stance is None:
        raise RuleBroken("Your group has decided nothing on this version, so there is nothing to pause.")
    return found.stance


def awaiting(actor: Actor) -> Sequence[Suspension]:
    """Pauses that a clerk of the own group has asked for and another is to confirm."""
    query = select(Suspension).join(Suspension.stance).options(joinedload(Suspension.stance).joinedload(Stance.version))
    query = query.where(Stance.group == actor.group, Suspension.starts_at.is_(None))
    return db.session.scalars(query.order_by(Suspension.id).limit(LONGEST)).all()


def over(now: datetime) -> Sequence[int]:
    """The ids of pauses whose days are over, and which no ballot on withdrawing holds."""
    query = select(Suspension.id).join(Stance, Stance.id == Suspension.stance_id)
    query = query.where(Suspension.until <= now, Suspension.ended_at.is_(None), ~is_paused())
    return db.session.scalars(query.order_by(Suspension.id)).all()
