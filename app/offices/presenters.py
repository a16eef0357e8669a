"""What the page of a group's offices shows: its clerks and their terms, what is proposed, and what a clerk can do."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import url_for

from app import clock
from app.models import Membership, OfficeProposal
from app.offices import queries
from app.offices.forms import EndForm, ProposalForm
from app.people import queries as people
from app.web.filters import day
from policies.groups import Group, group_named
from policies.offices import FIRST_CLERKS, WAITS, OfficeChange, ProposalStage, can_ask_for_next_term
from policies.permissions import Actor


@dataclass(frozen=True)
class ShownClerk:
    """A clerk of the own group, with the term; an empty address is not offered."""

    name: str
    term: str
    end_url: str


@dataclass(frozen=True)
class ShownProposal:
    """What waits: for whom it is, why, and which buttons this clerk has."""

    title: str
    detail: str
    reason: str
    confirm_url: str
    give_up_url: str


@dataclass(frozen=True)
class OfficesPage:
    """The offices of the own group, and what other groups that have no second clerk ask for."""

    group: Group
    clerks: Sequence[ShownClerk]
    own_term: str
    can_ask: bool
    can_step_down: bool
    proposals: Sequence[ShownProposal]
    elsewhere: Sequence[ShownProposal]
    wants_more: bool
    named: Sequence[int]
    """Whose name the page shows."""


@dataclass(frozen=True)
class OfferPage:
    """An office that is offered to oneself, or how the offer ended."""

    key: str
    group: Group
    is_open: bool
    stands: str
    until: str


def offices_page(actor: Actor) -> OfficesPage:
    """Who is a clerk, for how long, and what is proposed."""
    clerks, own, proposed = queries.clerks(actor.group), queries.own(actor), queries.of_own_group(actor)
    asked = queries.waiting_about(own)
    return OfficesPage(
        group=group_named(actor.group or ""),
        clerks=[_clerk(one, actor) for one in clerks],
        own_term=_term(own),
        can_ask=can_ask_for_next_term(own.clerk_until, clock.now()) and asked is None,
        can_step_down=people.other_clerks(own) > 0,
        proposals=[_proposal(one, actor) for one in proposed],
        elsewhere=[_proposal(one, actor) for one in queries.to_confirm(actor) if one.group != actor.group],
        wants_more=len(clerks) < FIRST_CLERKS,
        named=[one.person_id for one in (*clerks, *(proposal.membership for proposal in proposed))],
    )


def offer_page(proposal: OfficeProposal) -> OfferPage:
    """What a member is asked."""
    is_open = proposal.stage is ProposalStage.CONFIRMED
    stands = "" if is_open else f"This offer is {proposal.stage.words}."
    return OfferPage(proposal.key, group_named(proposal.group), is_open, stands, day(proposal.since + WAITS))


def form_for(membership: Membership) -> ProposalForm | EndForm:
    """The form for what can be proposed of this member: of a clerk, that the office end."""
    return EndForm() if membership.is_clerk else ProposalForm()


def change_for(membership: Membership) -> OfficeChange:
    """What can be proposed of this member."""
    return OfficeChange.END if membership.is_clerk else OfficeChange.APPOINT


def _clerk(membership: Membership, actor: Actor) -> ShownClerk:
    is_own = membership.person_id == actor.person_id
    name = f"{membership.person.name} (you)" if is_own else membership.person.name
    return ShownClerk(name, _term(membership), "" if is_own else url_for("offices.propose", key=membership.key))


def _term(membership: Membership) -> str:
    until = membership.clerk_until
    if until is None:
        return "Term without an end"
    if until <= clock.now():
        return f"Term over since {day(until)}; it runs on until the group has another clerk"
    return f"Term until {day(until)}"


def _proposal(proposal: OfficeProposal, actor: Actor) -> ShownProposal:
    is_own_group = proposal.group == actor.group
    who = proposal.membership.person.name if is_own_group else f"in the {group_named(proposal.group).title}"
    confirms = queries.may_be_confirmed_by(proposal, actor)
    return ShownProposal(
        title=f"{proposal.change.words}: {who}" if is_own_group else f"{proposal.change.words} {who}",
        detail=_detail(proposal, actor),
        reason=proposal.reason,
        confirm_url=url_for("offices.confirm", key=proposal.key) if confirms else "",
        give_up_url=url_for("offices.give_up", key=proposal.key) if is_own_group else "",
    )


def _detail(proposal: OfficeProposal, actor: Actor) -> str:
    until = day(proposal.since + WAITS)
    if proposal.stage is ProposalStage.CONFIRMED:
        return f"Confirmed by a second person. It counts once the member accepts, by {until}."
    whose = "you" if proposal.proposed_by_id == actor.person_id else "a clerk of the group"
    if queries.matter_of(proposal).second_clerks:
        return f"Proposed by {whose} on {day(proposal.proposed_at)}. Another clerk of the group confirms it by {until}."
    return (
        f"Proposed by {whose} on {day(proposal.proposed_at)}. The group has no second clerk, so a clerk of another"
        f" group, or whoever runs the service, confirms it by {until}."
    )
