"""Taking one's data away, and erasing an account: what tells who somebody is goes, what groups decided stays."""

from sqlalchemy import delete, select

from app import clock
from app.amendments import service as amendments
from app.audit import service as audit
from app.extensions import db
from app.interest import queries as interest_queries
from app.interest import service as interest
from app.models import (
    AccountLink,
    Amendment,
    DataExport,
    Delegacy,
    DeputyNaming,
    Dormancy,
    Enquiry,
    Follow,
    InterestRequest,
    KnownBrowser,
    Mail,
    MailedLink,
    MailStop,
    Membership,
    Notice,
    NoticeChoice,
    OfficeProposal,
    Operator,
    Passkey,
    Person,
    RecordRead,
    Reminder,
    Removal,
    RemovalWord,
    Settlement,
    TemperatureReading,
    locked,
)
from app.mps import delegates
from app.offers import service as offers
from app.people import queries as people
from app.people import service as accounts
from app.people import sessions
from app.people.secrets import digest_of, new_secret
from app.planks import service as planks
from app.privacy import queries
from app.visibility import service as visibility
from policies.delegates import DelegacyEnd
from policies.interest import ConsentPurpose
from policies.mail import MailStage
from policies.membership import MembershipStage, require_may_leave
from policies.offers import OfferStage
from policies.permissions import Actor
from policies.privacy import require_fetchable

# What is each person's own, in tables where a row is about nobody else.
OWN = (
    Notice,
    NoticeChoice,
    Follow,
    MailStop,
    TemperatureReading,
    DataExport,
    RecordRead,
    Dormancy,
    Settlement,
    Passkey,
    KnownBrowser,
    AccountLink,
    Operator,
)
# The same of each membership.
OF_MEMBERSHIP = (Enquiry, Reminder, OfficeProposal, Removal)
# The stages that somebody leaves of their own accord; the others end by being erased.
LEAVES = frozenset({MembershipStage.VERIFIED, MembershipStage.ACTIVE, MembershipStage.LAPSED})


def ask_for_export(*, by: Actor) -> str:
    """Ask for an archive of all that is held about oneself; returns the key of its address."""
    secret = new_secret()
    asked = DataExport(digest=digest_of(secret), person_id=by.person_id, asked_at=clock.now())
    db.session.add(asked)
    audit.record("archive asked for", asked, by=by)
    return secret


def use_export(asked: DataExport, *, by: Actor) -> None:
    """Use the address of an archive up; raises `LinkEnded` where that was done, or a day has passed."""
    locked(asked)
    require_fetchable(asked.asked_at, asked.used_at, clock.now())
    asked.used_at = clock.now()
    audit.record("archive fetched", asked, by=by)


def erase(person: Person, *, by: Actor | None) -> None:
    """Erase an account for good. To erase twice is to erase once.

    Raises `RuleBroken` for the only clerk of a group, who hands over first.
    """
    actor = person.actor
    _require_hands_over(person)
    _end_texts(person.id, actor)
    locked(person)
    if person.erased_at is not None:
        return
    _end_memberships(person, actor)
    _forget_interest(person.email)
    _delete_what_is_own(person)
    # Last: the end of a delegate of whom nothing else is known forgets the address, by which the rest is found.
    _end_delegacies(person, actor)
    person.email, person.name, person.is_offered = None, "", False
    person.created_at = person.erased_at = clock.now()
    if person.mp is not None:
        person.mp.vouched_by_id = person.mp.vouched_too_id = None
        person.mp.looked_at, person.mp.person_id = None, None
    audit.record("person erased", person, by=by)


def erase_leftovers(person: Person) -> None:
    """Delete what came late, such as a letter that was being sent while its account was erased."""
    _end_texts(person.id, person.actor)
    locked(person)
    _delete_what_is_own(person)


def _require_hands_over(person: Person) -> None:
    for membership in person.memberships:
        if membership.stage is MembershipStage.ACTIVE:
            require_may_leave(membership.is_clerk, people.other_clerks(membership))


def _end_texts(person_id: int, actor: Actor) -> None:
    """Drafts go; what members alone can read is withdrawn, so that a seconder can take it over; the rest stays."""
    for plank in queries.drafts(person_id):
        planks.discard(plank, by=actor)
    for amendment in queries.amendments_drafted(person_id):
        amendments.discard(amendment, by=actor)
    for amendment in queries.amendments_not_public(person_id):
        amendments.withdraw(amendment, by=actor)
    for plank in queries.planks_not_public(person_id):
        planks.withdraw(plank, by=actor)
    _take_back_words(person_id, actor)


def _take_back_words(person_id: int, actor: Actor) -> None:
    """Words that one other person reads at most, and the name beside those that everybody reads."""
    for offer in queries.offers_not_accepted(person_id):
        if offer.stage is OfferStage.OPEN:
            offers.take_back(offer, by=actor)
        db.session.delete(offer)
    visibility.forget_person(person_id)
    for amendment in db.session.scalars(select(Amendment).where(Amendment.mover_id == person_id)).unique():
        amendment.draft_base_id = amendment.draft_title = amendment.draft_text = amendment.draft_reason = None
        amendment.draft_parts = None


def _end_memberships(person: Person, actor: Actor) -> None:
    for membership in person.memberships:
        if membership.stage in LEAVES:
            accounts.leave(membership, by=actor)
        namings = (DeputyNaming.membership_id == membership.id) | (DeputyNaming.clerk_id == person.id)
        db.session.execute(delete(DeputyNaming).where(namings))
        removed = select(Removal.id).where(Removal.membership_id == membership.id)
        db.session.execute(delete(RemovalWord).where(RemovalWord.removal_id.in_(removed)))
        for kind in OF_MEMBERSHIP:
            db.session.execute(delete(kind).where(kind.membership_id == membership.id))
        _empty(membership)


def _end_delegacies(person: Person, actor: Actor) -> None:
    """Nobody drafts for an MP any more, or for the MP who goes; and no invitation waits for the address."""
    waiting = select(Delegacy).where(
        Delegacy.address == person.email, Delegacy.person_id.is_(None), Delegacy.ended_at.is_(None)
    )
    for delegacy in db.session.scalars(waiting).unique().all():
        delegates.end(delegacy, DelegacyEnd.EXPIRED, by=None)
    if person.mp is not None:
        delegates.close_office(person.mp)
    if actor.is_delegate:
        delegates.leave(by=actor)


def _empty(membership: Membership) -> None:
    """Leave the number, the group and the stage."""
    membership.stage = MembershipStage.ERASED
    membership.is_clerk = membership.is_deputy = membership.is_vouched = False
    membership.name, membership.reason, membership.decided_by = "", "", None
    membership.asked_at = membership.verified_at = membership.active_since = membership.refused_at = None
    membership.declared_words = membership.declared_at = membership.runs_until = membership.clerk_until = None


def _forget_interest(address: str | None) -> None:
    """Interest registered with the same address goes as well: somebody who wants to be forgotten is, altogether."""
    supporter = interest_queries.with_address(address) if address else None
    if supporter is not None:
        interest.unsubscribe(supporter.key, list(ConsentPurpose))


def _delete_what_is_own(person: Person) -> None:
    sessions.end_all(person.id)
    for kind in OWN:
        db.session.execute(delete(kind).where(kind.person_id == person.id))
    own = select(Membership.id).where(Membership.person_id == person.id)
    mailed = (MailedLink.address == person.email) | MailedLink.membership_id.in_(own)
    links = db.session.scalars(select(MailedLink.id).where(mailed)).all()
    db.session.execute(delete(InterestRequest).where(InterestRequest.link_id.in_(links)))
    db.session.execute(delete(MailedLink).where(MailedLink.id.in_(links)))
    # One that is being sent at this moment is noted by its worker; the clock deletes it right after.
    letters = (Mail.person_id == person.id) | (Mail.address == person.email)
    db.session.execute(delete(Mail).where(letters, Mail.stage != MailStage.SENDING))
