"""What people and clerks do until somebody is a member.

Nobody but the person learns which other group knows an address.
"""

from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import insert, literal, select

from app import clock
from app.audit import service as audit
from app.extensions import db
from app.joining import asking, forgetting, queries
from app.mail import letters
from app.mail import queries as mails
from app.mail import service as mail
from app.models import MailedLink, Membership, Person, locked, new_key
from app.notices import audiences
from app.notices import service as notices
from app.notices.once import insertion
from app.notices.service import About
from app.people import links
from app.people import queries as people
from app.reads import service as reads
from app.web.addresses import whole_url
from app.web.filters import day
from policies.applications import is_refusal_over, may_apply_from, newest_declaration
from policies.errors import RuleBroken
from policies.groups import Group
from policies.lapsing import runs_until
from policies.links import (
    LIFETIMES,
    STRANGERS_TOLD_EVERY,
    Purpose,
    lifetime_in_words,
    require_same_address,
)
from policies.membership import (
    LASTING,
    PENDING,
    UNPROVEN,
    MembershipStage,
    MembershipStep,
    next_membership_stage,
    require_name,
    require_reason,
)
from policies.notices import NoticeKind
from policies.offices import FIRST_CLERKS, require_first_clerks, term_ends
from policies.permissions import Actor
from policies.reads import Seen

# Which letter answers an application that meets a membership in one of these stages; in others it is asked for already.
ANSWERED_WITH: dict[MembershipStage, str] = {
    MembershipStage.APPLIED: Purpose.APPLICATION,
    MembershipStage.INVITED: "already_invited",
}


@dataclass(frozen=True)
class Invited:
    """What came of inviting an address: the membership, and the link's secret where a letter was sent."""

    membership: Membership
    secret: str | None


def apply(group: Group, name: str, address: str, *, browser: str = "") -> None:
    """Ask to join a group. Whoever asks is told the same whatever is known of the address; the letter says the rest.

    The work is the same as well, statement by statement, so that nobody learns from its time who is a member: also
    where there is nothing to confirm a link is made, and its key thrown away. `browser` is what the asking browser
    remembers.
    """
    person = _locked_person(address)
    known, letter = _known(person, group)
    membership = _applied(person, group, name, instead=known)
    act = "membership applied for" if known is None else "membership asked for again"
    audit.record(act, membership, by=None, group=membership.group)
    secret = links.issue(Purpose.APPLICATION, address, membership=membership, browser=browser)
    told = mails.was_told(address, letter, clock.now() - STRANGERS_TOLD_EVERY)
    if secret is None:
        return
    if letter == Purpose.APPLICATION:
        _tell_link(membership, secret)
    else:
        _tell_person(membership, letter, told=told)


def invite(
    group: str, address: str, *, by: Actor | None, is_clerk: bool = False, is_vouched: bool = False
) -> Invited | None:
    """Invite an address into a group; again, if it was invited before. None where the person is a member of it already.

    `is_vouched`: whoever runs the service answers for the person, so that no clerk has to check.
    """
    if is_vouched:
        require_first_clerks(people.count_clerks(group))
    person = _locked_person(address)
    membership = queries.lasting(person, group) or _new_invited(person, group)
    if membership.stage not in UNPROVEN:
        _note_known(membership, by=by)
        return None
    membership.stage = MembershipStage.INVITED
    secret = links.issue(Purpose.INVITATION, address, membership=membership)
    if secret is not None:
        # An older link was for what the older letter said, and dies with it. A clerk's invitation takes nothing from
        # one by whoever runs the service; where no letter goes out, nobody becomes more than the last one said.
        links.revoke(membership, but=secret)
        membership.asked_at = clock.now()
        membership.is_clerk = membership.is_clerk or is_clerk
        membership.is_vouched = membership.is_vouched or is_vouched
        _tell_link(membership, secret)
    audit.record("member invited", membership, by=by, group=group, is_clerk=membership.is_clerk)
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
    require_same_address(link.address, membership.person.email)
    require_name(name)
    if not links.redeem(link, purpose, typed):
        return False
    _require_no_other_group(membership)
    membership.name, membership.stage, membership.verified_at = name, stage, clock.now()
    if membership.declared_at is None:
        declare(membership)
    audit.record("address proven", membership, by=None, group=membership.group)
    if membership.is_vouched:
        # However many were invited at once while there was none: from the second clerk on, two make the next.
        membership.is_clerk = membership.is_clerk and people.count_clerks(membership.group) < FIRST_CLERKS
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
    asking.erase(membership)
    _tell(membership, "approved", url=whole_url("people.sign_in"))


def refuse(membership: Membership, reason: str, *, by: Actor) -> None:
    """Refuse somebody who wants to join the own group, with a reason that the person reads.

    The name, the address, the reason and what was asked are kept for 30 days, in which the group answers for it and
    the person cannot apply to it again. Then the clock erases all of it.
    """
    _lock_undecided(membership)
    require_reason(reason)
    membership.stage = next_membership_stage(membership.stage, MembershipStep.REFUSE)
    membership.reason, membership.decided_by, membership.refused_at = reason, by.person_id, clock.now()
    audit.record("member refused", membership, by=by, group=membership.group)
    _tell(membership, "refused", reason=reason, again_from=day(may_apply_from(clock.now())))


def revoke(membership: Membership, *, by: Actor) -> None:
    """Take an invitation back: its link no longer works, and an address known by nothing else is forgotten."""
    _lock(membership)
    membership.stage = next_membership_stage(membership.stage, MembershipStep.REVOKE)
    membership.decided_by = by.person_id
    audit.record("invitation taken back", membership, by=by, group=membership.group)
    forgetting.clear(membership)


def _known(person: Person, group: Group) -> tuple[Membership | None, str]:
    """The membership an application meets, and the letter that tells its person so."""
    if person.membership is not None:
        return person.membership, "already_member"
    of_group = [one for one in person.memberships if one.group == group.key]
    for one in (one for one in of_group if one.stage in LASTING):
        return one, ANSWERED_WITH.get(one.stage, "already_asked")
    for one in of_group:
        if one.refused_at is not None and not is_refusal_over(one.refused_at, clock.now()):
            return one, "already_refused"
    return None, Purpose.APPLICATION


def declare(membership: Membership) -> None:
    """Keep in which words somebody declared to belong, and when."""
    membership.declared_words, membership.declared_at = newest_declaration(), clock.now()


def _applied(person: Person, group: Group, name: str, *, instead: Membership | None) -> Membership:
    """A new application, written by a statement that writes nothing where there is a membership `instead`."""
    column, key, now = Membership.__table__.columns, new_key(), clock.now()
    values = {
        "key": key,
        "person_id": person.id,
        "group_key": group.key,
        "stage": MembershipStage.APPLIED,
        "name": name,
        "asked_at": now,
        "declared_words": newest_declaration(),
        "declared_at": now,
    }
    row = select(*(literal(value, column[at].type) for at, value in values.items())).where(literal(instead is None))
    db.session.execute(insert(Membership).from_select(list(values), row))
    found = select(Membership).where(Membership.key == (instead.key if instead else key))
    return db.session.scalars(found).one()


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
        raise RuleBroken(asking.DECIDED)


def _require_no_other_group(membership: Membership) -> None:
    other = membership.person.membership
    if other is not None and other.id != membership.id:
        raise RuleBroken(
            f"You are a member of the {other.the_group.title}, and nobody can be a member of two groups."
            " To join another one, sign in, leave it on your account’s page, and come back to this link."
        )


def _locked_person(address: str) -> Person:
    """The person with this address, made if there is none; two requests at once make one."""
    new = insertion(Person).values(
        name="", email=address, created_at=clock.now(), is_demonstration=clock.is_demonstration(), is_offered=False
    )
    db.session.execute(new.on_conflict_do_nothing())
    person = people.require_with_address(address)
    locked(person)
    return person


def _new_invited(person: Person, group: str) -> Membership:
    membership = Membership(
        person_id=person.id, person=person, group=group, stage=MembershipStage.INVITED, asked_at=clock.now()
    )
    db.session.add(membership)
    audit.record("membership offered", membership, by=None, group=group)
    return membership


def _note_known(membership: Membership, *, by: Actor | None) -> None:
    """Whoever invites a member is told so: that is a read of the member's record, and noted as one."""
    audit.record("known member invited", membership, by=by, group=membership.group)
    if by is not None:
        seen = Seen.APPLICATION if membership.stage in PENDING else Seen.MEMBERS_LIST
        reads.note(seen, [membership.person_id], by=by)


def _of(link: MailedLink) -> Membership:
    if link.membership is None:
        raise RuleBroken("This link belongs to no membership. Ask for a new one.")
    return link.membership


def _tell_link(membership: Membership, secret: str) -> None:
    """Send the link that proves the address."""
    is_invited = membership.stage is MembershipStage.INVITED
    purpose = Purpose.INVITATION if is_invited else Purpose.APPLICATION
    url = whole_url("joining.accept" if is_invited else "joining.confirm", secret=secret)
    _tell(membership, purpose.value, LIFETIMES[purpose], url=url, works_for=lifetime_in_words(purpose))


def _tell(membership: Membership, letter: str, lifetime: timedelta | None = None, **values: str) -> None:
    written = letters.written(letter, group=membership.the_group, is_clerk=membership.is_clerk, **values)
    ends = clock.now() + lifetime if lifetime else None
    mail.queue(written, membership.person.email or "", person_id=membership.person_id, useless_after=ends)


def _tell_person(known: Membership, letter: str, *, told: bool) -> None:
    """Once a day at most: anybody can ask, with anybody's address."""
    again = known.refused_at and day(may_apply_from(known.refused_at))
    written = letters.written(letter, account_url=whole_url("people.account"), again_from=again)
    ends = clock.now() if told else None
    mail.queue(written, known.person.email or "", person_id=known.person_id, useless_after=ends)
