"""What changes who somebody is to the service."""

from datetime import datetime

from sqlalchemy import delete, select

from app import clock
from app.audit import service as audit
from app.extensions import db
from app.mail import letters
from app.mail import queries as mails
from app.mail import service as mail
from app.models import DeputyNaming, MailedLink, Membership, Person, locked
from app.people import known_browsers, links, queries, sessions
from app.web.addresses import whole_url
from policies.errors import RuleBroken
from policies.lapsing import runs_until
from policies.links import LIFETIMES, STRANGERS_TOLD_EVERY, Purpose, lifetime_in_words
from policies.membership import MembershipStage, MembershipStep, next_membership_stage, require_may_leave
from policies.offices import term_ends
from policies.permissions import Actor


def ask_to_sign_in(address: str, *, browser: str, next_path: str = "") -> None:
    """Send a letter to this address: a link for somebody known, else word that nobody here has it.

    Whoever asks is told the same either way. `browser` is what the asking browser remembers.
    """
    secret = links.issue(Purpose.SIGN_IN, address, browser=browser)
    if secret is None:
        return
    # Both are asked for every address, so that the work tells nobody which addresses are known.
    person_id = queries.id_with_address(address)
    told = mails.was_told(address, "no_account", clock.now() - STRANGERS_TOLD_EVERY)
    if person_id is None:
        letter = letters.written("no_account", groups_url=whole_url("joining.choose"))
        mail.queue(letter, address, useless_after=clock.now() if told else None)
        return
    url = whole_url("people.follow", secret=secret, **({"next": next_path} if next_path else {}))
    letter = letters.written("sign_in", url=url, works_for=lifetime_in_words(Purpose.SIGN_IN))
    ends = clock.now() + LIFETIMES[Purpose.SIGN_IN]
    mail.queue(letter, address, person_id=person_id, useless_after=ends)


def sign_in_by_link(link: MailedLink, typed: str | None, *, browser: str, instead_of: str = "") -> Person | None:
    """Redeem a sign-in link; returns the person, now signed in, or None where the address named is a wrong one.

    Raises `RuleBroken` where the link was used or ran out meanwhile.
    """
    if not links.redeem(link, Purpose.SIGN_IN, typed):
        return None
    person = queries.require_with_address(link.address)
    known_browsers.note(person, browser)
    return sessions.start(person, browser, instead_of=instead_of)


def rename(person: Person, name: str, *, by: Actor) -> None:
    """Change the name by which the clerks of one's group know one."""
    if person.is_offered or person.mp is not None:
        raise RuleBroken("This name stays as it is: a made-up person’s says so, and an MP’s is that of the register.")
    person.name = name
    audit.record("person renamed", person, by=by)


def add_demonstration_member(
    name: str, group: str, *, is_clerk: bool, active_since: datetime, can_sign_in: bool = True
) -> Person:
    """Make an active demonstration member. The name must say that it is one."""
    person = Person(name=name, is_demonstration=True, is_offered=can_sign_in, created_at=active_since)
    membership = Membership(group=group, stage=MembershipStage.ACTIVE, is_clerk=is_clerk, active_since=active_since)
    # Nobody could renew the membership of somebody who never signs in.
    membership.runs_until = runs_until(clock.now()) if can_sign_in else None
    membership.clerk_until = term_ends(clock.now()) if is_clerk else None
    person.memberships.append(membership)
    db.session.add(person)
    db.session.flush()
    person.email = f"demonstration-{person.id}@example.org"
    audit.record("member joined", person, by=None, group=group, is_clerk=is_clerk)
    return person


def leave(membership: Membership, *, by: Actor) -> None:
    """End a membership at the member's own wish, and every session. A vote already cast stands."""
    lock_clerks(membership.group)
    locked(membership)
    require_may_leave(membership.is_clerk, queries.other_clerks(membership))
    before, membership.stage = membership.stage, next_membership_stage(membership.stage, MembershipStep.LEAVE)
    end_offices(membership, "left", by=by)
    sessions.end_all(membership.person_id)
    audit.record("member left", membership, by=by, group=membership.group, before=before, after=membership.stage)


def lock_clerks(group: str) -> None:
    """Keep the clerks of a group from changing: whoever may only go while another stays takes turns with the others.

    It is taken before the lock on any one membership, always in the same order.
    """
    db.session.flush()
    of_group = select(Membership).where(Membership.group == group, Membership.is_clerk).order_by(Membership.id)
    db.session.scalars(of_group.with_for_update(of=Membership), execution_options={"populate_existing": True}).all()


def end_offices(membership: Membership, cause: str, *, by: Actor | None) -> None:
    """End whatever office somebody holds in the group; `cause` says in a word what ended it."""
    db.session.execute(delete(DeputyNaming).where(DeputyNaming.membership_id == membership.id))
    membership.is_deputy = False
    if membership.is_clerk:
        # Whoever is no clerk any more makes nobody a deputy together with one who is.
        others = select(Membership.id).where(~Membership.is_deputy)
        own = (DeputyNaming.clerk_id == membership.person_id, DeputyNaming.membership_id.in_(others))
        db.session.execute(delete(DeputyNaming).where(*own))
        membership.is_clerk, membership.clerk_until = False, None
        audit.record("office ended", membership, by=by, group=membership.group, cause=cause)
