"""Keeping nothing of what came to nothing: applications and invitations that ended before anybody became a member.

| what | is kept |
|---|---|
| an application or invitation whose address was never proven | 14 days |
| an application that the applicant took back | until the clock's next work |
| an application that was refused: name, address, reason, declaration, what was asked and answered | 30 days |
| an application that was approved: what was asked and answered | not at all |

Then the row alone is left, with its stage and dates, and no word of whom it was about. An address that nothing else
here knows goes with it.
"""

from sqlalchemy import delete

from app import clock
from app.audit import service as audit
from app.extensions import db
from app.joining import asking, queries
from app.models import AccountLink, KnownBrowser, Mail, MailedLink, Membership, Passkey, Person, locked
from app.people import links, sessions
from policies.applications import is_refusal_over
from policies.links import OF_PEOPLE
from policies.mail import MailStage
from policies.membership import (
    UNPROVEN,
    MembershipStage,
    MembershipStep,
    is_forgotten,
    next_membership_stage,
)


def forget(membership: Membership) -> None:
    """Erase what came to nothing: an application or invitation that was never confirmed, was refused, or taken back.

    The address goes too, if it is all we know of the person.
    """
    locked(membership.person)
    locked(membership)
    if not _is_over(membership):
        return
    membership.stage = next_membership_stage(membership.stage, MembershipStep.FORGET)
    membership.reason, membership.refused_at = "", None
    membership.declared_words, membership.declared_at = None, None
    asking.erase(membership)
    audit.record("membership forgotten", membership, by=None, group=membership.group)
    clear(membership)


def _is_over(membership: Membership) -> bool:
    now = clock.now()
    if membership.stage in UNPROVEN:
        return is_forgotten(membership.asked_at or now, now)
    if membership.active_since is not None:
        return False
    if membership.stage is MembershipStage.REMOVED:
        return is_refusal_over(membership.refused_at or now, now)
    return membership.stage is MembershipStage.LEFT


def clear(membership: Membership) -> None:
    """Erase the name and the links of an application or invitation that is over, and the person nothing else knows."""
    membership.name = ""
    links.revoke(membership)
    db.session.flush()
    forget_person(membership.person)


def forget_person(person: Person) -> None:
    """Nothing is kept of whom nothing else here knows: neither the address nor what opened the account."""
    if not queries.is_known_by_nothing_else(person):
        return
    sessions.end_all(person.id)
    for kind in (Passkey, KnownBrowser, AccountLink):
        db.session.execute(delete(kind).where(kind.person_id == person.id))
    own = MailedLink.purpose.in_(OF_PEOPLE)
    db.session.execute(delete(MailedLink).where(MailedLink.address == person.email, own))
    # One that is being sent at this moment is noted by its worker, and goes with the old ones.
    db.session.execute(delete(Mail).where(Mail.person_id == person.id, Mail.stage != MailStage.SENDING))
    person.email, person.name = None, ""
