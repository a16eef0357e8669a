"""What people do about the office of a clerk: propose, confirm, accept, step down; and how a term ends by itself."""

from app import clock
from app.audit import service as audit
from app.extensions import db
from app.models import Membership, OfficeProposal, locked
from app.offices import queries, telling
from app.people import queries as people
from app.people import reminding
from app.people import service as persons
from policies import offices as rules
from policies.errors import RuleBroken
from policies.membership import REASON_CHARACTERS, MembershipStage
from policies.offices import OfficeChange, ProposalStage, ProposalStep
from policies.permissions import Actor
from policies.two_persons import require_may_confirm

ALREADY = "Something is proposed about this member already. Decide on that first: the page “Offices” shows it."


def require_can_be_proposed(membership: Membership, change: OfficeChange, *, by: Actor) -> None:
    """Refuse what makes no sense of this member, is not this clerk's to ask, or waits already."""
    rules.require_no_operator(is_operator=membership.person.is_operator)
    rules.require_asker(change, by.person_id, membership.person_id)
    rules.require_can_be_proposed(change, membership.stage, is_clerk=membership.is_clerk)
    if change is OfficeChange.NEXT_TERM:
        rules.require_can_ask_for_next_term(membership.clerk_until, clock.now())
    if queries.waiting_about(membership) is not None:
        raise RuleBroken(ALREADY)


def propose(membership: Membership, change: OfficeChange, reason: str, *, by: Actor) -> OfficeProposal:
    """Propose that a member become, stay or cease to be a clerk. Nothing changes until a second person confirms it."""
    locked(membership)
    require_can_be_proposed(membership, change, by=by)
    rules.require_reason(change, reason, REASON_CHARACTERS)
    proposal = OfficeProposal(membership=membership, change=change, stage=ProposalStage.PROPOSED, reason=reason)
    proposal.proposed_by_id, proposal.proposed_at = by.person_id or 0, clock.now()
    db.session.add(proposal)
    _record("office proposed", proposal, None, by=by)
    telling.tell_second_person(proposal, queries.matter_of(proposal))
    return proposal


def confirm(proposal: OfficeProposal, *, by: Actor | None) -> None:
    """Confirm it as the second person; `by` is None for whoever runs the service.

    A new office then waits for the member to accept it; a next term, and an end, count at once.
    """
    _lock(proposal)
    rules.next_proposal_stage(proposal.stage, ProposalStep.CONFIRM)
    require_may_confirm(queries.matter_of(proposal), by.group if by else None, by.person_id if by else None)
    membership = proposal.membership
    rules.require_can_be_proposed(proposal.change, membership.stage, is_clerk=membership.is_clerk)
    proposal.confirmed_by_id, proposal.confirmed_at = by.person_id if by else None, clock.now()
    _move(proposal, ProposalStep.CONFIRM, "office proposal confirmed", by=by)
    if rules.wants_acceptance(proposal.change):
        telling.tell_offered(proposal)
    else:
        _carry_out(proposal, by=by)


def give_up(proposal: OfficeProposal, *, by: Actor) -> None:
    """Give up what is proposed and not done, at the word of any clerk of the group: it gives nobody a right."""
    _lock(proposal)
    if by.group != proposal.group:
        raise RuleBroken("The clerks of that group can give it up. If you do not agree, do not confirm it.")
    _move(proposal, ProposalStep.DROP, "office proposal given up", by=by)


def accept(proposal: OfficeProposal, *, by: Actor) -> None:
    """Accept the office: from this moment one is a clerk."""
    _lock(proposal)
    rules.next_proposal_stage(proposal.stage, ProposalStep.ACCEPT)
    membership = proposal.membership
    rules.require_no_operator(is_operator=membership.person.is_operator)
    rules.require_can_be_proposed(proposal.change, membership.stage, is_clerk=membership.is_clerk)
    _carry_out(proposal, by=by)


def refuse(proposal: OfficeProposal, *, by: Actor) -> None:
    """Refuse the office. It can be offered again."""
    _lock(proposal)
    _move(proposal, ProposalStep.REFUSE, "office refused", by=by)


def step_down(membership: Membership, *, by: Actor) -> None:
    """End one's own office, where another clerk stays; one remains a member."""
    persons.lock_clerks(membership.group)
    locked(membership)
    if not membership.is_clerk:
        raise RuleBroken("You are no clerk of your group any more.")
    rules.require_a_clerk_stays(membership.is_clerk, people.other_clerks(membership))
    persons.end_offices(membership, "stepped_down", by=by)


def end_term(membership: Membership) -> None:
    """End an office whose term is over, unless the group would have no clerk left."""
    persons.lock_clerks(membership.group)
    locked(membership)
    until = membership.clerk_until
    is_over = until is not None and clock.now() >= until
    if membership.is_clerk and is_over and people.other_clerks(membership):
        persons.end_offices(membership, "term_over", by=None)
        telling.tell_term_over(membership)


def remind(membership: Membership) -> None:
    """Remind a clerk that the term ends soon."""
    locked(membership)
    if membership.stage is not MembershipStage.ACTIVE or not membership.is_clerk:
        return
    if reminding.take(membership, membership.clerk_until, is_of_office=True) is not None:
        telling.tell_term_ending(membership)


def give_up_late(proposal: OfficeProposal) -> None:
    """Give up, by the clock, what has waited too long or is about somebody who is gone."""
    _lock(proposal)
    is_gone = proposal.membership.stage is not MembershipStage.ACTIVE
    if proposal.ended_at is None and (is_gone or rules.is_dropped(proposal.since, clock.now())):
        _move(proposal, ProposalStep.DROP, "office proposal given up", by=None)


def _carry_out(proposal: OfficeProposal, *, by: Actor | None) -> None:
    membership = proposal.membership
    if proposal.change is OfficeChange.END:
        rules.require_a_clerk_stays(membership.is_clerk, people.other_clerks(membership))
        _end(proposal, ProposalStep.ACCEPT)
        persons.end_offices(membership, "ended_by_two", by=by)
        telling.tell_office_ended(proposal)
        return
    _end(proposal, ProposalStep.ACCEPT)
    act = "clerk appointed" if proposal.change is OfficeChange.APPOINT else "office prolonged"
    membership.clerk_until = rules.next_term_ends(membership.clerk_until, clock.now())
    membership.is_clerk, membership.is_deputy = True, False
    details = {"proposal": proposal.id, "clerk_until": membership.clerk_until.isoformat()}
    audit.record(act, membership, by=by, group=membership.group, **details)


def _lock(proposal: OfficeProposal) -> None:
    """The group's clerks, the membership, then the proposal."""
    persons.lock_clerks(proposal.group)
    locked(proposal.membership)
    locked(proposal)


def _move(proposal: OfficeProposal, step: ProposalStep, act: str, *, by: Actor | None) -> None:
    before = _end(proposal, step)
    _record(act, proposal, before, by=by)


def _end(proposal: OfficeProposal, step: ProposalStep) -> ProposalStage:
    before, proposal.stage = proposal.stage, rules.next_proposal_stage(proposal.stage, step)
    if proposal.stage not in rules.WAITING:
        proposal.ended_at = clock.now()
    return before


def _record(act: str, proposal: OfficeProposal, before: ProposalStage | None, *, by: Actor | None) -> None:
    db.session.flush()
    details = {"proposal": proposal.id, "change": proposal.change, "before": before, "after": proposal.stage}
    audit.record(act, proposal.membership, by=by, group=proposal.group, **details)
