"""Who waits to become a member, who is one, and who was invited: each clerk sees the own group alone."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Select, exists, func, or_, select
from sqlalchemy.orm import aliased, joinedload

from app.extensions import db
from app.models import Delegacy, Membership, Person
from policies.errors import NotThere
from policies.membership import LASTING, UNPROVEN, UNPROVEN_KEPT, MembershipStage
from policies.permissions import Actor

LONGEST = 600


def of_own_group(actor: Actor, key: str) -> Membership:
    """A membership of the clerk's own group; raises `NotThere` for any other."""
    query = _memberships(actor.group).where(Membership.key == key)
    found = db.session.scalars(query).unique().one_or_none() if actor.is_clerk else None
    if found is None:
        raise NotThere("There is no such person in your group. Look at the list of members.")
    return found


def waiting(group: str | None) -> Sequence[Membership]:
    """Those who proved their address and wait for a clerk, the longest waiting first."""
    query = _memberships(group).where(Membership.stage == MembershipStage.VERIFIED)
    return db.session.scalars(query.order_by(Membership.verified_at).limit(LONGEST)).unique().all()


def count_waiting(group: str | None) -> int:
    """How many they are."""
    query = select(func.count()).where(Membership.group == group, Membership.stage == MembershipStage.VERIFIED)
    return db.session.scalar(query) or 0


def invited(group: str | None) -> Sequence[Membership]:
    """Those who have not answered their invitation, newest first."""
    query = _memberships(group).where(Membership.stage == MembershipStage.INVITED)
    return db.session.scalars(query.order_by(Membership.asked_at.desc()).limit(LONGEST)).unique().all()


def active(group: str | None) -> Select[Membership]:
    """The members of a group, clerks first, then by name."""
    query = _memberships(group).where(Membership.stage == MembershipStage.ACTIVE)
    return query.order_by(Membership.is_clerk.desc(), func.lower(Person.name), Membership.id)


def lasting(person: Person, group: str) -> Membership | None:
    """The one membership of a person in a group that is, or may become, active."""
    query = select(Membership).where(
        Membership.person_id == person.id, Membership.group == group, Membership.stage.in_(LASTING)
    )
    return db.session.scalars(query).one_or_none()


def to_forget(now: datetime) -> Sequence[int]:
    """The ids of applications and invitations whose address was not proven in time."""
    query = select(Membership.id).where(Membership.stage.in_(UNPROVEN), Membership.asked_at <= now - UNPROVEN_KEPT)
    return db.session.scalars(query.order_by(Membership.id)).all()


def is_known_by_nothing_else(person: Person) -> bool:
    """Whether all we know of somebody is applications and invitations that came to nothing."""
    other = aliased(Membership)
    kept = exists().where(other.person_id == person.id, other.stage != MembershipStage.ERASED)
    drafts = exists().where(Delegacy.person_id == person.id, Delegacy.ended_at.is_(None))
    return not db.session.scalar(select(or_(kept, drafts)))


def _memberships(group: str | None) -> Select[Membership]:
    return (
        select(Membership)
        .join(Person, Person.id == Membership.person_id)
        .options(joinedload(Membership.person))
        .where(Membership.group == group)
    )
