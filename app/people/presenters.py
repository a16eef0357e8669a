"""The demonstration members as the sign-in page offers them, by group, and what one's own account shows."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from flask import url_for

from app import clock
from app.models import Membership, Person, SignIn
from app.orders import queries as orders
from app.people import queries, sessions
from app.web.filters import day, minute
from policies.groups import GROUPS, Group
from policies.lapsing import can_be_renewed
from policies.membership import LASTING, PENDING, UNPROVEN, MembershipStage
from policies.permissions import Actor


@dataclass(frozen=True)
class OfferedMember:
    """One button of the sign-in page."""

    id: int
    name: str


@dataclass(frozen=True)
class OfferedGroup:
    """A group with the people one can sign in as."""

    group: Group
    clerks: Sequence[OfferedMember]
    members: Sequence[OfferedMember]


def offered(people: Sequence[Person]) -> list[OfferedGroup]:
    """The people on offer, by group in the list's own order; groups with nobody are left out."""
    found = []
    for group in GROUPS:
        of_group = [one for one in people if one.last_membership and one.last_membership.group == group.key]
        if of_group:
            found.append(
                OfferedGroup(
                    group,
                    clerks=[_offer(person) for person in of_group if person.actor.is_clerk],
                    members=[_offer(person) for person in of_group if not person.actor.is_clerk],
                )
            )
    return found


@dataclass(frozen=True)
class OfferedMp:
    """One made-up MP, with the party that tells them apart."""

    id: int
    name: str
    party: str


def offered_mps(people: Sequence[Person]) -> list[OfferedMp]:
    """The MPs on offer, in their own order."""
    return [OfferedMp(person.id, person.name, person.mp.party) for person in people if person.mp is not None]


def offered_delegates(people: Sequence[Person]) -> list[OfferedMember]:
    """The delegates on offer, in their own order."""
    return [_offer(person) for person in people if person.actor.is_delegate]


def _offer(person: Person) -> OfferedMember:
    return OfferedMember(person.id, person.name)


@dataclass(frozen=True)
class ShownSession:
    """One browser somebody is signed in with."""

    number: int
    browser: str
    since: str
    is_this_one: bool


@dataclass(frozen=True)
class ShownMembership:
    """What one belongs to, or asked to belong to, in a sentence; the address for leaving, where there is a way out."""

    title: str
    stands: str
    leave_url: str
    leave_words: str
    renew_url: str = ""
    move_url: str = ""
    removal_url: str = ""
    """The one page that says why the group has ended it, and where that stands."""
    answer_url: str = ""
    """Where to answer what a clerk asks about the application, if one does."""


@dataclass(frozen=True)
class AccountPage:
    """What the account's page shows."""

    name: str
    email: str
    can_be_renamed: bool
    """Made-up people and MPs keep the names they have."""
    memberships: Sequence[ShownMembership]
    sessions: Sequence[ShownSession]


def account_page(actor: Actor, person: Person) -> AccountPage:
    """The own account."""
    return AccountPage(
        name=person.name,
        email=person.email or "",
        can_be_renamed=not person.is_offered and person.mp is None,
        memberships=[_membership(one) for one in queries.own_memberships(actor)],
        sessions=[
            _session(one, is_this_one=sessions.is_this_one(one, person.session_key))
            for one in sessions.of_person(actor.person_id)
        ],
    )


def _session(session: SignIn, *, is_this_one: bool) -> ShownSession:
    return ShownSession(session.id, session.browser or "A browser", minute(session.started_at), is_this_one)


def votes_from(group: str, active_since: datetime | None) -> str:
    """From when on somebody can vote, under the standing orders of the group."""
    if active_since is None:
        return ""
    first = active_since + orders.current()[group].qualifying_period
    return f"Votes in ballots that open from {day(first)}." if first > clock.now() else ""


def _membership(membership: Membership) -> ShownMembership:
    stage, key = membership.stage, membership.key
    leaves = stage in LASTING and stage not in UNPROVEN and not _was_removed(membership)
    is_renewable = can_be_renewed(stage, membership.runs_until, clock.now())
    return ShownMembership(
        membership.the_group.full_title,
        _stands(membership),
        url_for("people.leave", key=key) if leaves else "",
        "Take back your application" if stage in PENDING else "Leave this group",
        renew_url=url_for("membership.renew", key=key) if is_renewable else "",
        move_url=url_for("membership.move", key=key) if stage is MembershipStage.ACTIVE else "",
        removal_url=url_for("membership.own_removal", key=key) if _was_removed(membership) else "",
        answer_url=url_for("joining.answer", key=key) if queries.is_asked(membership) else "",
    )


def _was_removed(membership: Membership) -> bool:
    """Whether the group has ended what was a membership once: an applicant who was refused reads why beside it."""
    ended = membership.stage in {MembershipStage.SUSPENDED, MembershipStage.REMOVED}
    return ended and membership.active_since is not None


def _stands(membership: Membership) -> str:
    if membership.stage is MembershipStage.ACTIVE:
        since = f"{'Clerk' if membership.is_clerk else 'Member'} since {day(membership.active_since)}"
        votes = votes_from(membership.group, membership.active_since)
        until = f"Runs until {day(membership.runs_until)}." if membership.runs_until else ""
        return " ".join(words for words in (f"{since}.", votes, until) if words)
    if membership.stage is MembershipStage.LAPSED:
        return f"Lapsed on {day(membership.runs_until)}. In ballots whose roll you are on you can still vote."
    if _was_removed(membership):
        return "Ended by the group."
    words = membership.stage.words
    reason = f" It said: {membership.reason}" if membership.reason else ""
    return f"{words[0].upper()}{words[1:]}.{reason}"
