"""The clerks of a group and their terms, and what is proposed about them."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import Select, exists, func, or_, select
from sqlalchemy.orm import aliased, joinedload

from app.extensions import db
from app.models import Membership, OfficeProposal
from app.people import queries as people
from app.people import reminding
from policies.errors import NotThere
from policies.membership import MembershipStage
from policies.offices import WAITING, WAITS, ProposalStage
from policies.permissions import Actor
from policies.two_persons import Matter, may_confirm

LONGEST = 50

Clerks = Mapping[str, frozenset[int]]

NO_PROPOSAL = "There is no such proposal. Your to-do list shows what needs you."


def clerks(group: str | None) -> Sequence[Membership]:
    """The clerks of a group, the longest a member first."""
    query = select(Membership).options(joinedload(Membership.person)).where(Membership.group == group)
    query = query.where(Membership.is_clerk, Membership.stage == MembershipStage.ACTIVE)
    return db.session.scalars(query.order_by(Membership.active_since, Membership.id).limit(LONGEST)).unique().all()


def own(actor: Actor) -> Membership:
    """The clerk's own membership."""
    query = select(Membership).where(Membership.person_id == actor.person_id, Membership.group == actor.group)
    return db.session.scalars(query.where(Membership.stage == MembershipStage.ACTIVE)).one()


def ended(now: datetime) -> Sequence[int]:
    """The ids of memberships whose clerk's term is over. A group's only clerk stays until there is another one."""
    other = aliased(Membership)
    is_there = (other.group == Membership.group, other.is_clerk, other.stage == MembershipStage.ACTIVE)
    query = select(Membership.id).where(Membership.stage == MembershipStage.ACTIVE, Membership.is_clerk)
    query = query.where(Membership.clerk_until <= now, exists().where(other.id != Membership.id, *is_there))
    return db.session.scalars(query.order_by(Membership.clerk_until, Membership.id)).all()


def to_remind(now: datetime) -> Sequence[int]:
    """The ids of memberships whose clerk's term ends soon, and whose clerk was not reminded yet."""
    return reminding.due(Membership.clerk_until, now)


def to_give_up(now: datetime) -> Sequence[int]:
    """The ids of proposals that have waited too long for their next word, or are about somebody who is gone."""
    since = func.coalesce(OfficeProposal.confirmed_at, OfficeProposal.proposed_at)
    query = _waiting().with_only_columns(OfficeProposal.id)
    query = query.where(or_(since <= now - WAITS, Membership.stage != MembershipStage.ACTIVE))
    return db.session.scalars(query).all()


def waiting_about(membership: Membership) -> OfficeProposal | None:
    """What is proposed about a member and has not ended."""
    query = select(OfficeProposal).where(OfficeProposal.membership_id == membership.id)
    return db.session.scalars(query.where(OfficeProposal.ended_at.is_(None))).one_or_none()


def matter_of(proposal: OfficeProposal, clerks: Clerks | None = None) -> Matter:
    """Who has to do with a proposal, as the rule of two persons sees it. `clerks` are those of all groups, if read."""
    of_group = (clerks or people.clerks_by_group())[proposal.group]
    return Matter(proposal.group, proposal.proposed_by_id, proposal.membership.person_id, of_group)


def of_own_group(actor: Actor) -> Sequence[OfficeProposal]:
    """What waits in the own group, but for an end of the own office that another clerk has proposed."""
    found = db.session.scalars(_waiting().where(Membership.group == actor.group).limit(LONGEST))
    return [one for one in found if _is_of_own_group(one, actor)]


def shown_to(actor: Actor) -> set[int]:
    """Whose names the page of offices shows a clerk: the clerks of the own group, and whom something is proposed of."""
    return {one.person_id for one in clerks(actor.group)} | {one.membership.person_id for one in of_own_group(actor)}


def to_confirm(actor: Actor) -> Sequence[OfficeProposal]:
    """What waits for this clerk as the second person, also of groups that have no second clerk."""
    proposed = _waiting().where(OfficeProposal.stage == ProposalStage.PROPOSED).limit(LONGEST)
    found = db.session.scalars(proposed).all()
    # Asked in any case: how many questions a desk takes tells nothing of what other groups propose.
    clerks = people.clerks_by_group()
    return [one for one in found if may_be_confirmed_by(one, actor, clerks)]


def may_be_confirmed_by(proposal: OfficeProposal, actor: Actor, clerks: Clerks | None = None) -> bool:
    """Whether this clerk can be the second person now."""
    is_proposed = proposal.stage is ProposalStage.PROPOSED
    return is_proposed and may_confirm(matter_of(proposal, clerks), actor.group, actor.person_id)


def unconfirmed() -> Sequence[OfficeProposal]:
    """All that waits for a second person, for whoever runs the service."""
    return db.session.scalars(_waiting().where(OfficeProposal.stage == ProposalStage.PROPOSED)).all()


def with_key(key: str) -> OfficeProposal:
    """The proposal with this key; raises `NotThere`."""
    found = db.session.scalars(select(OfficeProposal).where(OfficeProposal.key == key)).one_or_none()
    if found is None:
        raise NotThere(NO_PROPOSAL)
    return found


def for_clerk(actor: Actor, key: str) -> OfficeProposal:
    """A proposal that a clerk may look at: of the own group, or one that waits for this clerk; raises `NotThere`."""
    found = with_key(key)
    if not actor.is_clerk or not (_is_of_own_group(found, actor) or may_be_confirmed_by(found, actor)):
        raise NotThere(NO_PROPOSAL)
    return found


def offered(actor: Actor, key: str) -> OfficeProposal:
    """An office that was offered to oneself by two clerks; raises `NotThere` for all else."""
    found = with_key(key)
    if found.membership.person_id != actor.person_id or found.stage is ProposalStage.PROPOSED:
        raise NotThere(NO_PROPOSAL)
    return found


def offered_to(actor: Actor) -> OfficeProposal | None:
    """The office that waits for this member to accept it."""
    confirmed = _waiting().where(OfficeProposal.stage == ProposalStage.CONFIRMED)
    return db.session.scalars(confirmed.where(Membership.person_id == actor.person_id).limit(1)).one_or_none()


def _waiting() -> Select[OfficeProposal]:
    query = select(OfficeProposal).join(Membership, Membership.id == OfficeProposal.membership_id)
    return query.where(OfficeProposal.stage.in_(WAITING)).order_by(OfficeProposal.id)


def _is_of_own_group(proposal: OfficeProposal, actor: Actor) -> bool:
    is_own_end = proposal.membership.person_id == actor.person_id and proposal.proposed_by_id != actor.person_id
    return actor.group == proposal.group and not is_own_end
