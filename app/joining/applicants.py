"""Those who wait for a clerk's check, as the own group's clerks see them, and the list by which they are known."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import url_for

from app import clock
from app.joining import address_lists, queries
from app.models import AddressList, Enquiry, Membership
from app.web.filters import day
from policies.address_lists import MOST_ADDRESSES, forgotten_at
from policies.applications import ANSWERED_WITHIN, MOST_QUESTIONS, declaration, is_awaited
from policies.groups import Group, group_named
from policies.permissions import Actor


@dataclass(frozen=True)
class ShownEnquiry:
    """A question, when it was asked, and its answer or that there is none."""

    question: str
    asked: str
    answer: str
    answered: str


@dataclass(frozen=True)
class ShownApplicant:
    """Somebody who wants to join: the words declared, what is known, what was asked, and what a clerk can do."""

    person_id: int
    name: str
    email: str
    detail: str
    declared: str
    mark: str
    """That the address is on the group's list, of which day; empty otherwise."""
    enquiries: Sequence[ShownEnquiry]
    is_awaited: bool
    may_be_asked: bool
    approve_url: str
    ask_url: str
    refuse_url: str


@dataclass(frozen=True)
class AskedPage:
    """A question as its applicant sees it."""

    group: Group
    question: str
    asked: str


@dataclass(frozen=True)
class ListPage:
    """The own group's list: how long it is and until when it is kept; nothing of what is on it."""

    group: Group
    stands: str
    most: int


def shown(memberships: Sequence[Membership], actor: Actor) -> list[ShownApplicant]:
    """These applicants, of the actor's own group; three queries, however many they are."""
    kept = address_lists.of_group(actor.group)
    listed = address_lists.found_on(kept, [one.person.email for one in memberships if one.person.email])
    asked = queries.enquiries(memberships)
    return [
        _applicant(
            one,
            [enquiry for enquiry in asked if enquiry.membership_id == one.id],
            f"On the list of {day(kept.uploaded_at)}" if kept and one.person.email in listed else "",
        )
        for one in memberships
    ]


def asked(enquiry: Enquiry) -> AskedPage:
    """A question to its applicant, or to whoever was sent the letter."""
    return AskedPage(enquiry.membership.the_group, enquiry.question, day(enquiry.asked_at))


def list_page(actor: Actor) -> ListPage:
    """The list that the own group has now, if any."""
    kept = address_lists.of_group(actor.group)
    stands = ""
    if kept is not None:
        stands = (
            f"{_addresses(kept.number)}, of {day(kept.uploaded_at)}. Erased on {day(forgotten_at(kept.uploaded_at))}."
        )
    return ListPage(group_named(actor.group or ""), stands, MOST_ADDRESSES)


def uploaded_words(kept: AddressList) -> str:
    """What came of an upload."""
    return f"{_addresses(kept.number)} kept until {day(forgotten_at(kept.uploaded_at))}, as digests."


def _applicant(membership: Membership, asked: Sequence[Enquiry], mark: str) -> ShownApplicant:
    awaited = any(is_awaited(one.facts, clock.now()) for one in asked)
    return ShownApplicant(
        membership.person_id,
        # The name given here alone: an account's may be known to another group, and to nobody else.
        name=membership.name or "No name yet",
        email=membership.person.email or "",
        detail=f"Address proven on {day(membership.verified_at)}",
        declared=_declared(membership),
        mark=mark,
        enquiries=[_enquiry(one) for one in asked],
        is_awaited=awaited,
        may_be_asked=not awaited and len(asked) < MOST_QUESTIONS,
        approve_url=url_for("joining.approve", key=membership.key),
        ask_url=url_for("joining.ask", key=membership.key),
        refuse_url=url_for("joining.refuse", key=membership.key),
    )


def _declared(membership: Membership) -> str:
    if membership.declared_words is None:
        return ""
    words = declaration(membership.the_group.party, membership.declared_words)
    return f"Declared on {day(membership.declared_at)}: “{words}”"


def _enquiry(enquiry: Enquiry) -> ShownEnquiry:
    if enquiry.answered_at is not None:
        answered = f"Answered on {day(enquiry.answered_at)}"
    elif is_awaited(enquiry.facts, clock.now()):
        answered = f"Not answered yet; the letter’s link works until {day(enquiry.asked_at + ANSWERED_WITHIN)}"
    else:
        answered = "No answer within two weeks"
    return ShownEnquiry(enquiry.question, f"Asked on {day(enquiry.asked_at)}", enquiry.answer, answered)


def _addresses(number: int) -> str:
    return "One address" if number == 1 else f"{number:,} addresses"
