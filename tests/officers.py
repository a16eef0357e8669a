"""Removals and offices in the stages that a test needs, brought about by two clerks of their own."""

from app import clock
from app.extensions import db
from app.membership import removals
from app.models import Membership, Removal
from app.offices import service as offices
from app.web.transactions import transaction
from policies.membership import MembershipStage
from policies.offices import OfficeChange
from policies.permissions import Actor
from tests import builders


def removal(member: Actor, stage: str) -> str:
    """A removal of a member that is proposed, confirmed or appealed against; returns its key."""
    first, second = (builders.clerk(member.group or "") for _ in range(2))
    with transaction():
        made = removals.propose(membership_of(member), "They stood for another list.", by=first)
        if stage != "proposed":
            removals.confirm(made, by=second)
        if stage == "appealed":
            removals.appeal(made, "I stood down the day after.", by=member)
        return made.key


def removed_from(group: str, person: Actor) -> str:
    """Another group has ended a membership of this person; returns the key of the membership."""
    first, second = (builders.clerk(group) for _ in range(2))
    with transaction():
        membership = Membership(person_id=person.person_id, group=group, stage=MembershipStage.SUSPENDED)
        membership.active_since = clock.now()
        db.session.add(membership)
        db.session.flush()
        made = Removal(membership=membership, stage="confirmed", reason="They stood for another list.", appeal="")
        made.proposed_by_id, made.confirmed_by_id = first.person_id or 0, second.person_id
        made.proposed_at = made.confirmed_at = clock.now()
        db.session.add(made)
        return membership.key


def office(member: Actor, stage: str) -> str:
    """A member proposed as a clerk by one or by two; returns the key of the proposal."""
    first, second = (builders.clerk(member.group or "") for _ in range(2))
    with transaction():
        made = offices.propose(membership_of(member), OfficeChange.APPOINT, "", by=first)
        if stage != "proposed":
            offices.confirm(made, by=second)
        return made.key


def membership_of(member: Actor) -> Membership:
    """The active membership of somebody."""
    query = db.session.query(Membership).filter_by(person_id=member.person_id, stage=MembershipStage.ACTIVE)
    return query.one()
