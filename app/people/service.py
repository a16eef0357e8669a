"""What changes who somebody is to the service."""

from datetime import datetime

from app.audit import service as audit
from app.extensions import db
from app.models import Membership, Person
from policies.membership import MembershipStage
from policies.permissions import Actor


def add_demonstration_member(
    name: str, group: str, *, is_clerk: bool, active_since: datetime, can_sign_in: bool = True
) -> Person:
    """Make an active demonstration member. The name must say that it is one."""
    person = Person(name=name, is_demonstration=True, is_offered=can_sign_in, created_at=active_since)
    person.memberships.append(
        Membership(group=group, stage=MembershipStage.ACTIVE, is_clerk=is_clerk, active_since=active_since)
    )
    db.session.add(person)
    db.session.flush()
    audit.record("member joined", person, by=None, group=group, is_clerk=is_clerk)
    return person


def leave(membership: Membership, *, by: Actor) -> None:
    """End a membership at the member's own wish. A vote already cast stands; no further one can be cast."""
    membership.stage = MembershipStage.LEFT
    audit.record("member left", membership, by=by, group=membership.group)
