"""Deputies: members whom two clerks of their group name beforehand, to rule where the clerks have not for long."""

from collections.abc import Sequence

from sqlalchemy import Select, delete, func, select
from sqlalchemy.orm import joinedload

from app import clock
from app.audit import service as audit
from app.extensions import db
from app.models import DeputyNaming, Membership, Person, locked
from policies.errors import RuleBroken
from policies.membership import MembershipStage
from policies.permissions import Actor
from policies.rulings import is_named_deputy

ALREADY = "Two clerks have named this member a deputy already."


def name_deputy(membership: Membership, *, by: Actor) -> bool:
    """Say that a member is to be the group's deputy; two clerks saying so make one. Returns whether it is one now."""
    locked(membership)
    if membership.stage is not MembershipStage.ACTIVE or membership.is_clerk:
        raise RuleBroken("Name a member of your group who is no clerk: clerks rule at any time.")
    if membership.is_deputy:
        raise RuleBroken(ALREADY)
    if db.session.get(DeputyNaming, (membership.id, by.person_id)) is None:
        db.session.add(DeputyNaming(membership_id=membership.id, clerk_id=by.person_id, named_at=clock.now()))
        audit.record("deputy named by a clerk", membership, by=by, group=membership.group)
        db.session.flush()
    if is_named_deputy(namings([membership.id]).get(membership.id, [])):
        membership.is_deputy = True
        audit.record("deputy named", membership, by=by, group=membership.group)
    return membership.is_deputy


def end_deputy(membership: Membership, *, by: Actor) -> None:
    """End it, at the word of one clerk: rights that are doubted are taken back at once."""
    locked(membership)
    db.session.execute(delete(DeputyNaming).where(DeputyNaming.membership_id == membership.id))
    membership.is_deputy = False
    audit.record("deputy ended", membership, by=by, group=membership.group)


def candidates(group: str | None) -> Select[Membership]:
    """The members of a group who are no clerks: deputies first, then by name."""
    return (
        select(Membership)
        .join(Person, Person.id == Membership.person_id)
        .options(joinedload(Membership.person))
        .where(Membership.group == group, Membership.stage == MembershipStage.ACTIVE, ~Membership.is_clerk)
        .order_by(Membership.is_deputy.desc(), func.lower(Person.name), Membership.id)
    )


def namings(membership_ids: Sequence[int]) -> dict[int, list[int]]:
    """Which clerks have named each of these members."""
    found: dict[int, list[int]] = {}
    query = select(DeputyNaming.membership_id, DeputyNaming.clerk_id).where(
        DeputyNaming.membership_id.in_(membership_ids)
    )
    for membership_id, clerk_id in db.session.execute(query.order_by(DeputyNaming.named_at)):
        found.setdefault(membership_id, []).append(clerk_id)
    return found
