"""What people and clerks do until somebody is a member.

Nobody but the person learns which other group knows an address.
"""

from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import delete
from sqlalchemy.exc import IntegrityError

from app import clock
from app.audit import service as audit
from app.extensions import db
from app.joining import queries
from app.mail import letters
from app.mail import queries as mails
from app.mail import service as mail
from app.models import Mail, MailedLink, Membership, Person, locked
from app.notices import audiences
from app.notices import service as notices
from app.notices.service import About
from app.people import links, sessions
from app.people import queries as people
from app.web.addresses import whole_url
from policies.errors import RuleBroken
from policies.groups import Group
from policies.lapsing import runs_until
from policies.links import LIFETIMES, OF_PEOPLE, STRANGERS_TOLD_EVERY, Purpose, lifetime_in_words
from policies.mail import MailStage
from policies.membership import (
    UNPROVEN,
    MembershipStage,
    MembershipStep,
    is_forgotten,
    next_membership_stage,
    require_name,
    require_reason,
)
from policies.notices import NoticeKind
from policies.offices import require_first_clerks, term_ends
from policies.permissions import Actor

DECIDED = "Somebody has decided on this already. The list shows how it stands."


@dataclass(frozen=True)
class Invited:
    """What came of inviting an address: the membership, and the link's secret where a letter was sent."""

    membership: Membership
    secret: str | None


def apply(group: Group, name: str, address: str, *, browser: str = "") -> None:
    """Ask to join a group. Whoever asks is told the same whatever is known of the address; the letter says the rest.

    `browser` is what the asking browser remembers.
    """
    person = _locked_person(address)
    if person.membership is not None:
        _tell_person(person, "already_member")
        return
    membership = queries.lasting(person, group.key) or _new_membership(person, group.key, MembershipStage.APPLIED)
    if membership.stage not in UNPROVEN:
        _tell_person(person, "already_asked")
    elif membership.stage is MembershipStage.INVITED:
        # Somebody else may be asking, so the clerk's invitation is neither changed nor used up by it.
        _tell_person(person, "already_invited")
    else:
        membership.name = name
        _send_link(membership, browser)


def invite(
    group: str, address: str, *, by: Actor | None, is_clerk: bool = False, is_vouched: bool = False
) -> Invited | None:
    """Invite an address into a group; again, if it was invited before. None where the person is a member of it already.

    `is_vouched`: whoever runs the service answers for the person, so that no clerk has to check.
    """
    if is_vouched:
        require_first_clerks(people.count_clerks(group))
    person = _locked_person(address)
    membership = queries.lasting(person, group) or _new_membership(person, group, MembershipStage.INVITED)
    if membership.stage not in UNPROVEN:
        return None
    membership.stage, membership.asked_at = MembershipStage.INVITED, clock.now()
    # A clerk's invitation takes nothing from one by whoever runs the service.
    membership.is_clerk = membership.is_clerk or is_clerk
    membership.is_vouched = membership.is_vouched or is_vouched
    audit.record("member invited", membership, by=by, group=group, is_clerk=membership.is_clerk)
    secret = _send_link(membership)
    if secret is not None:
        links.revoke(membership, but=secret)
    return Invited(membership, secret)


def appoint(group: str, address: str) -> bool:
    """Make a member of a group its clerk, at the word of whoever runs the service; False where there is none.

    Raises `RuleBroken` where the group has clerks enough to do so themselves.
    """
    person = people.with_address(address)
    membership = person.membership if person else None
    if membership is None or membership.group != group or membership.is_clerk:
        return False
    locked(membership)
    require_first_clerks(people.count_clerks(group))
    membership.is_clerk, membership.clerk_until = True, term_ends(clock.now())
    audit.record("clerk appointed", membership, by=None, group=group)
    return True


def prove(link: MailedLink, purpose: Purpose, name: str, typed: str | None) -> bool:
    """Confirm the address of an application or accept an invitation; False where the address named is a wrong one."""
    membership = _of(link)
    _lock(membership)
    stage = next_membership_stage(membership.stage, MembershipStep.PROVE_ADDRESS)
    require_name(name)
    if not links.redeem(link, purpose, typed):
        return False
    _require_no_other_group(membership)
    membership.name, membership.stage, membership.verified_at = name, stage, clock.now()
    audit.record("address proven", membership, by=None, group=membership.group)
    if membership.is_vouched:
        _activate(membership, by=None)
    else:
        notices.tell(NoticeKind.MEMBER_WAITS, audiences.clerks(membership.group), About(f"membership {membership.id}"))
    return True


def approve(membership: Membership, *, by: Actor) -> None:
    """Make somebody a member of the own group."""
    _lock_undecided(membership)
    if membership.person.membership is not None:
        raise RuleBroken("This person cannot become a member now. Ask them to look at their account’s page, or refuse.")
    _activate(membership, by=by)
    _tell(membership, "approved", url=whole_url("people.sign_in"))


def refuse(membership: Membership, reason: str, *, by: Actor) -> None:
    """Refuse somebody who wants to join the own group, with a reason that the person reads."""
    _lock_undecided(membership)
    require_reason(reason)
    membership.stage = next_membership_stage(membership.stage, MembershipStep.REFUSE)
    membership.reason, membership.decided_by = reason, by.person_id
    audit.record("member refused", membership, by=by, group=membership.group)
    _tell(membership, "refused", reason=reason)


def revoke(membership: Membership, *, by: Actor) -> None:
    """Take an invitation back: its link no longer works, and an address known by nothing else is forgotten."""
    _lock(membership)
    membership.stage = next_membership_stage(membership.stage, MembershipStep.REVOKE)
    membership.decided_by = by.person_id
    audit.record("invitation taken back", membership, by=by, group=membership.group)
    _forget_links_and_person(membership)


def forget(membership: Membership) -> None:
    """Erase an application or invitation whose address was never proven, and the address, if it is all we know."""
    _lock(membership)
    if membership.stage not in UNPROVEN or not is_forgotten(membership.asked_at or clock.now(), clock.now()):
        return
    membership.stage = next_membership_stage(membership.stage, MembershipStep.FORGET)
    audit.record("membership forgotten", membership, by=None, group=membership.group)
    _forget_links_and_person(membership)


def _forget_links_and_person(membership: Membership) -> None:
    membership.name = ""
    links.revoke(membership)
    db.session.flush()
    if queries.is_known_by_nothing_else(membership.person):
        _erase(membership.person)


def _activate(membership: Membership, *, by: Actor | None) -> None:
    membership.stage = next_membership_stage(membership.stage, MembershipStep.APPROVE)
    membership.active_since = clock.now()
    membership.runs_until = runs_until(clock.now())
    membership.clerk_until = term_ends(clock.now()) if membership.is_clerk else None
    membership.person.name, membership.name = membership.name or membership.person.name, ""
    membership.decided_by = by.person_id if by else None
    audit.record("member joined", membership, by=by, group=membership.group, is_clerk=membership.is_clerk)


def _lock(membership: Membership) -> None:
    """The person first, so that two groups deciding on one person take their turns."""
    locked(membership.person)
    locked(membership)


def _lock_undecided(membership: Membership) -> None:
    _lock(membership)
    if membership.stage is not MembershipStage.VERIFIED:
        raise RuleBroken(DECIDED)


def _require_no_other_group(membership: Membership) -> None:
    other = membership.person.membership
    if other is not None and other.id != membership.id:
        raise RuleBroken(
            f"You are a member of the {other.the_group.title}, and nobody can be a member of two groups."
            " To join another one, sign in, leave it on your account’s page, and come back to this link."
        )


def _locked_person(address: str) -> Person:
    """The person with this address, made if there is none; two requests at once make one."""
    person = people.with_address(address)
    if person is None:
        try:
            with db.session.begin_nested():
                person = Person(email=address, created_at=clock.now(), is_demonstration=clock.is_demonstration())
                db.session.add(person)
        except IntegrityError:
            person = people.require_with_address(address)
    locked(person)
    return person


def _erase(person: Person) -> None:
    """Nothing is kept of an address that nobody ever proved to be theirs."""
    sessions.end_all(person.id)
    own = MailedLink.purpose.in_(OF_PEOPLE)
    db.session.execute(delete(MailedLink).where(MailedLink.address == person.email, own))
    # One that is being sent at this moment is noted by its worker, and goes with the old ones.
    db.session.execute(delete(Mail).where(Mail.person_id == person.id, Mail.stage != MailStage.SENDING))
    person.email, person.name = None, ""


def _new_membership(person: Person, group: str, stage: MembershipStage) -> Membership:
    membership = Membership(person_id=person.id, person=person, group=group, stage=stage, asked_at=clock.now())
    db.session.add(membership)
    act = "membership applied for" if stage is MembershipStage.APPLIED else "membership offered"
    audit.record(act, membership, by=None, group=group)
    return membership


def _of(link: MailedLink) -> Membership:
    if link.membership is None:
        raise RuleBroken("This link belongs to no membership. Ask for a new one.")
    return link.membership


def _send_link(membership: Membership, browser: str = "") -> str | None:
    """Send the link that proves the address; returns its secret, None where too many went there within the hour."""
    is_invited = membership.stage is MembershipStage.INVITED
    purpose = Purpose.INVITATION if is_invited else Purpose.APPLICATION
    secret = links.issue(purpose, membership.person.email or "", membership=membership, browser=browser)
    if secret is not None:
        url = whole_url("joining.accept" if is_invited else "joining.confirm", secret=secret)
        _tell(membership, purpose.value, LIFETIMES[purpose], url=url, works_for=lifetime_in_words(purpose))
    return secret


def _tell(membership: Membership, letter: str, lifetime: timedelta | None = None, **values: str) -> None:
    written = letters.written(letter, group=membership.the_group, is_clerk=membership.is_clerk, **values)
    ends = clock.now() + lifetime if lifetime else None
    mail.queue(written, membership.person.email or "", person_id=membership.person_id, useless_after=ends)


def _tell_person(person: Person, letter: str) -> None:
    """Once a day at most: anybody can ask, with anybody's address."""
    told = mails.was_told(person.email or "", letter, clock.now() - STRANGERS_TOLD_EVERY)
    written = letters.written(letter, account_url=whole_url("people.account"))
    mail.queue(written, person.email or "", person_id=person.id, useless_after=clock.now() if told else None)
