"""What the pages of joining show: a clerk's own group, and what somebody is about to join."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import url_for

from app import clock
from app.joining import applicants, queries
from app.joining.applicants import ShownApplicant
from app.joining.service import Invited
from app.models import MailedLink, Membership
from app.web.documents import ShownNode, shown_nodes
from app.web.filters import day, minute, summary
from app.web.paging import Page, page_of
from policies.applications import declaration
from policies.groups import GROUPS, Group, group_named
from policies.links import LIFETIMES, Purpose
from policies.membership import UNPROVEN, MembershipStage
from policies.permissions import Actor

VERIFIED, INVITED = MembershipStage.VERIFIED, MembershipStage.INVITED
# So many characters of a launch statement stand where one chooses a group.
OPENING = 220


@dataclass(frozen=True)
class GroupToJoin:
    """A group one can choose, and how its launch statement begins."""

    group: Group
    opening: str


@dataclass(frozen=True)
class ShownMember:
    """Somebody on a clerk's list. The id is for noting who was shown, and stands on no page."""

    person_id: int
    name: str
    email: str
    detail: str
    revoke_url: str
    office_url: str
    removal_url: str


@dataclass(frozen=True)
class MembersPage:
    """The own group, as its clerks see it."""

    group: Group
    waiting: Sequence[ShownApplicant]
    asked: Sequence[ShownApplicant]
    active: Sequence[ShownMember]
    listed: Page
    invited: Sequence[ShownMember]
    not_shown: str = ""
    """What is left off these lists, in a sentence."""


@dataclass(frozen=True)
class ProvingPage:
    """What is joined by the button behind a link."""

    group: Group
    is_invitation: bool
    is_clerk: bool
    is_vouched: bool
    declared: str
    """What an applicant declared, in the very words; empty for who was invited, and declares it now."""


def groups_to_join() -> list[GroupToJoin]:
    """Every group; one query."""
    openings = queries.openings()
    return [GroupToJoin(group, _opening(openings.get(group.key, ""))) for group in GROUPS]


def launch_statement(group: Group) -> tuple[ShownNode, ...]:
    """What a group says of itself, to be read beside the form; nothing where it has said nothing yet."""
    found = queries.statement(group)
    return shown_nodes(found.units, found.rendered) if found else ()


def members_page(actor: Actor, number: int) -> MembersPage:
    """Who waits, who is a member, who was invited."""
    listed = page_of(queries.active(actor.group), number)
    proven = applicants.shown(queries.waiting(actor.group), actor)
    invited = [_shown(one, _invited(one)) for one in queries.invited(actor.group)]
    return MembersPage(
        group=group_named(actor.group or ""),
        waiting=[one for one in proven if not one.is_awaited],
        asked=[one for one in proven if one.is_awaited],
        active=[_shown(one, _since(one), actor) for one in listed.rows],
        listed=listed,
        invited=invited,
        not_shown=_not_shown(actor.group) if queries.LONGEST in {len(proven), len(invited)} else "",
    )


def _not_shown(group: str | None) -> str:
    waiting, invited = (queries.how_many(group, stage) for stage in (VERIFIED, INVITED))
    return (
        f"{waiting} wait and {invited} are invited. The {queries.LONGEST} who have waited longest, and the"
        f" {queries.LONGEST} invited last, stand here; the others come up as these are decided."
    )


def proving_page(link: MailedLink) -> ProvingPage:
    """What the button behind an application's or invitation's link does."""
    membership = link.membership
    assert membership is not None
    group, number = membership.the_group, membership.declared_words
    return ProvingPage(
        group,
        is_invitation=link.purpose is Purpose.INVITATION,
        is_clerk=membership.is_clerk,
        is_vouched=membership.is_vouched,
        declared=declaration(group.party, number) if number else "",
    )


def known_name(link: MailedLink) -> str:
    """The name given when applying."""
    return link.membership.name if link.membership else ""


def invited_words(address: str, invited: Invited | None) -> str:
    """What came of inviting one address."""
    if invited is None:
        return f"{address} is a member of your group, or about to be one, already."
    if invited.secret is None:
        return f"{address} was invited several times within the hour, so no further letter is sent."
    return f"{address} is invited. The letter is on its way."


def _opening(statement: str) -> str:
    """The first words of a statement's first paragraph; its headings are passed over."""
    return summary(next((block for block in statement.split("\n\n") if not block.startswith("#")), ""), OPENING)


def _shown(membership: Membership, detail: str, actor: Actor | None = None) -> ShownMember:
    person, key = membership.person, membership.key
    return ShownMember(
        person.id,
        membership.name or person.name if membership.stage not in UNPROVEN else "No name yet",
        person.email or "",
        detail,
        url_for("joining.revoke", key=key),
        url_for("offices.propose", key=key) if not membership.is_clerk else "",
        "" if actor and actor.person_id == membership.person_id else url_for("membership.propose_removal", key=key),
    )


def _since(membership: Membership) -> str:
    return f"{'Clerk' if membership.is_clerk else 'Member'} since {day(membership.active_since)}"


def _invited(membership: Membership) -> str:
    if membership.asked_at is None:
        return "Invited"
    until = membership.asked_at + LIFETIMES[Purpose.INVITATION]
    state = f"the link works until {minute(until)}" if clock.now() < until else "the link has run out"
    return f"Invited on {day(membership.asked_at)}, as a member; not answered yet, {state}"
