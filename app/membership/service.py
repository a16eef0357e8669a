"""What becomes of a membership by its member's act or by the clock: renewed, lapsed, exchanged for another group's."""

from app import clock
from app.audit import service as audit
from app.extensions import db
from app.joining import queries as joining_queries
from app.joining import service as joining
from app.membership import telling
from app.models import Membership, locked
from app.notices import audiences
from app.notices import service as notices
from app.notices.service import About
from app.people import queries as people
from app.people import reminding
from app.people import service as persons
from policies import lapsing as rules
from policies.applications import require_not_refused
from policies.errors import RuleBroken
from policies.groups import Group
from policies.membership import MAY_STILL_VOTE, MembershipStage, MembershipStep, next_membership_stage
from policies.notices import NoticeKind
from policies.permissions import Actor

ELSEWHERE = "You are a member of another group now, and nobody can be a member of two. Leave that one first."


def renew(membership: Membership, *, by: Actor) -> None:
    """Renew a membership for another year, in its last days or after it has lapsed.

    Who renews after a lapse has to wait again before the first vote.
    """
    lock(membership)
    rules.require_can_be_renewed(membership.stage, membership.runs_until, clock.now())
    active = membership.person.membership
    if active is not None and active.id != membership.id:
        raise RuleBroken(ELSEWHERE)
    before, membership.stage = membership.stage, next_membership_stage(membership.stage, MembershipStep.RENEW)
    if not rules.keeps_qualifying_days(before):
        membership.active_since = clock.now()
    membership.runs_until = rules.runs_until(clock.now())
    _record("membership renewed", membership, before, by=by)


def lapse(membership: Membership) -> None:
    """End the time of a membership that was not renewed, with every office."""
    persons.lock_clerks(membership.group)
    lock(membership)
    stays = membership.is_clerk and not people.other_clerks(membership)
    is_over = rules.is_over(membership.runs_until, clock.now())
    if membership.stage is not MembershipStage.ACTIVE or not is_over or stays:
        return
    before, membership.stage = membership.stage, next_membership_stage(membership.stage, MembershipStep.LAPSE)
    persons.end_offices(membership, "lapsed", by=None)
    _record("membership lapsed", membership, before, by=None)
    telling.tell_lapsed(membership)


def remind(membership: Membership) -> None:
    """Remind a member that the membership ends soon."""
    lock(membership)
    if membership.stage is not MembershipStage.ACTIVE:
        return
    if reminding.take(membership, membership.runs_until, is_of_office=False) is not None:
        telling.tell_ending(membership)


def move(membership: Membership, group: Group, *, by: Actor) -> Membership:
    """Leave the own group and ask to join another one. The address is proven, so a clerk's check is all that lacks.

    What the old group is told is that somebody left; the new one, that somebody applies.
    """
    persons.lock_clerks(membership.group)
    lock(membership)
    _require_can_move(membership, group)
    persons.leave(membership, by=by)
    new = Membership(
        person_id=membership.person_id,
        person=membership.person,
        group=group.key,
        stage=MembershipStage.APPLIED,
        asked_at=clock.now(),
        name=membership.person.name,
    )
    joining.declare(new)
    db.session.add(new)
    audit.record("membership applied for", new, by=None, group=group.key)
    new.stage = next_membership_stage(new.stage, MembershipStep.PROVE_ADDRESS)
    new.verified_at = clock.now()
    audit.record("address proven", new, by=None, group=group.key)
    notices.tell(NoticeKind.MEMBER_WAITS, audiences.clerks(group.key), About(f"membership {new.id}"))
    return new


def lock(membership: Membership) -> None:
    """The person first, as wherever somebody becomes a member."""
    locked(membership.person)
    locked(membership)
    db.session.refresh(membership.person, ["memberships"])


def _require_can_move(membership: Membership, group: Group) -> None:
    if membership.stage not in MAY_STILL_VOTE:
        raise RuleBroken(f"You cannot move with a membership that is {membership.stage.words}. Join the group instead.")
    if group.key == membership.group:
        raise RuleBroken("This is your own group. Choose another one, or stay.")
    if joining_queries.lasting(membership.person, group.key) is not None:
        raise RuleBroken("You have asked to join that group already. Your account’s page says how that stands.")
    require_not_refused(
        [one.refused_at for one in membership.person.memberships if one.group == group.key], clock.now()
    )


def _record(act: str, membership: Membership, before: MembershipStage, *, by: Actor | None) -> None:
    moments = {"runs_until": membership.runs_until, "active_since": membership.active_since}
    dates = {name: moment.isoformat() for name, moment in moments.items() if moment is not None}
    audit.record(act, membership, by=by, group=membership.group, before=before, after=membership.stage, **dates)
