"""What becomes of an MP's delegates: invited, there, gone. Each function is one thing somebody can do, or the clock."""

from sqlalchemy import select

from app import clock
from app.audit import service as audit
from app.extensions import db
from app.joining import forgetting
from app.mail import letters
from app.mail import service as mail
from app.models import Delegacy, Mp, Person, PositionDraft, Version, locked
from app.mps import offices
from app.people import sessions
from app.people.arriving import person_with
from app.people.secrets import digest_of, new_secret
from app.web.addresses import whole_url
from policies import delegates as rules
from policies.delegates import INVITATION_WORKS, DelegacyEnd
from policies.errors import RuleBroken
from policies.permissions import Actor


def invite(address: str, *, by: Actor) -> Delegacy:
    """Ask somebody by mail to draft positions. Whatever is known of the address, the MP is told the same."""
    mp = offices.sitting_mp(by)
    known = offices.delegacies_of(mp)
    if any(address in {one.address, one.person.email if one.person else None} for one in known):
        raise RuleBroken("This address is on your list already. End that first, if you want to invite it anew.")
    rules.require_room(len(known), offices.sent_lately(mp, clock.now()))
    secret, ends = new_secret(), clock.now() + INVITATION_WORKS
    new = Delegacy(mp_id=mp.id, address=address, digest=digest_of(secret), invited_at=clock.now(), expires_at=ends)
    db.session.add(new)
    audit.record("delegate invited", new, by=by, mp=mp.id)
    works_for, url = f"{INVITATION_WORKS.days} days", whole_url("delegates.accept", secret=secret)
    letter = letters.written("delegate", mp_name=mp.name, url=url, works_for=works_for)
    mail.queue(letter, address, useless_after=ends)
    return new


def accept(delegacy: Delegacy, typed: str) -> bool:
    """Become an MP's delegate; False, and counted, where the address named is a wrong one.

    Raises `RuleBroken` where the invitation was used or taken back meanwhile, and for whoever cannot be one.
    """
    locked(delegacy.mp)
    locked(delegacy)
    rules.require_acceptable(delegacy.facts, clock.now(), mp_sits=delegacy.mp.is_sitting)
    if typed != delegacy.address:
        delegacy.wrong_addresses += 1
        return False
    person = person_with(delegacy.address)
    acts = person.actor
    rules.require_can_be_delegate(is_mp=acts.is_mp, is_delegate=acts.is_delegate)
    delegacy.person_id, delegacy.accepted_at = person.id, clock.now()
    audit.record("delegate accepted", delegacy, by=None, mp=delegacy.mp_id)
    db.session.refresh(person, ["delegacy"])
    return True


def add_demonstration_delegate(name: str, *, by: Actor) -> Person:
    """Make a delegate one can sign in as, plainly made up by name; raises `RuleBroken` outside a demonstration."""
    if not clock.is_demonstration():
        raise RuleBroken("Only a demonstration has made-up delegates. Invite one by address.")
    address = f"demonstration-delegate-{by.mp_id}@example.org"
    accept(invite(address, by=by), address)
    person = person_with(address)
    person.name, person.is_offered = name, True
    return person


def end(delegacy: Delegacy, how: DelegacyEnd, *, by: Actor | None) -> None:
    """End a delegate's rights, or an invitation, at once: sessions end with them, and the address is forgotten."""
    locked(delegacy)
    if delegacy.ended_at is not None:
        return
    delegacy.ended_at, delegacy.ended_by, delegacy.address = clock.now(), how, ""
    audit.record("delegate ended", delegacy, by=by, mp=delegacy.mp_id, how=how)
    person = db.session.get(Person, delegacy.person_id) if delegacy.person_id is not None else None
    if person is None:
        return
    sessions.end_all(person.id)
    db.session.flush()
    if not person.is_offered:
        forgetting.forget_person(person)


def leave(*, by: Actor) -> None:
    """Be an MP's delegate no longer, at the own wish."""
    own = (Delegacy.person_id == by.person_id, Delegacy.ended_at.is_(None))
    delegacy = db.session.scalars(select(Delegacy).where(*own)).unique().one_or_none()
    if delegacy is not None:
        end(delegacy, DelegacyEnd.BY_DELEGATE, by=by)


def expire(delegacy: Delegacy) -> None:
    """Forget an invitation, with its address, that nobody accepted in time."""
    if rules.is_expired(delegacy.facts, clock.now()):
        end(delegacy, DelegacyEnd.EXPIRED, by=None)


def close_office(mp: Mp) -> None:
    """Whoever vacates a seat has no delegates any more, and what was drafted there goes."""
    for delegacy in offices.delegacies_of(mp):
        end(delegacy, DelegacyEnd.SEAT_VACATED, by=None)
    for draft in db.session.scalars(select(PositionDraft).where(PositionDraft.mp_id == mp.id)):
        discard(draft, by=None)


def discard(draft: PositionDraft, *, by: Actor | None) -> None:
    """Throw a drafted position away, words and all."""
    audit.record("position draft discarded", draft, by=by, mp=draft.mp_id, version=draft.version_id)
    db.session.delete(draft)


def discard_on(mp: Mp, version: Version, *, by: Actor) -> None:
    """What the MP has spoken on needs no draft any more."""
    draft = offices.draft_on(mp.id, version)
    if draft is not None:
        discard(draft, by=by)
