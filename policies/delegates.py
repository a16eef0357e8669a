"""An MP's delegates: invited by mail, they read the brief and draft positions; the MP alone confirms one.

A delegate is no member for that and votes nowhere by it; a member who is one keeps the two apart.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from policies.errors import LinkEnded, NotThere, RuleBroken
from policies.links import WRONG_ADDRESSES

MOST_DELEGATES = 5
# So many invitations may an MP send within a day, those taken back included: enough for an office, not for mailings.
MOST_INVITATIONS = 10
INVITATIONS_WITHIN = timedelta(days=1)
INVITATION_WORKS = timedelta(days=7)

GONE = "This link does not work. Ask the MP’s office to invite you again, and use the newest letter you have."


class DelegacyEnd(StrEnum):
    """How it came to an end. The values are stored."""

    BY_MP = "by_mp"
    BY_DELEGATE = "by_delegate"
    SEAT_VACATED = "seat_vacated"
    EXPIRED = "expired"


@dataclass(frozen=True)
class DelegacyFacts:
    """An invitation as the rules see one."""

    address: str
    expires_at: datetime
    accepted_at: datetime | None = None
    ended_at: datetime | None = None
    wrong_addresses: int = 0


def require_room(waiting_or_acting: int, sent_lately: int) -> None:
    """An office has few delegates, and is no way to send mail to many."""
    if waiting_or_acting >= MOST_DELEGATES:
        raise RuleBroken(f"You have {MOST_DELEGATES} delegates or invitations. End one before you invite another.")
    if sent_lately >= MOST_INVITATIONS:
        raise RuleBroken(f"You have sent {MOST_INVITATIONS} invitations within a day. Invite further people tomorrow.")


def require_acceptable(invitation: DelegacyFacts | None, now: datetime, *, mp_sits: bool) -> None:
    """Refuse an invitation that is unknown, used, taken back or too old, and say what to do."""
    if invitation is None:
        raise NotThere(GONE)
    if invitation.accepted_at is not None:
        raise LinkEnded("This invitation has been accepted, and works only once. Sign in with your address.")
    if invitation.ended_at is not None or invitation.wrong_addresses >= WRONG_ADDRESSES or not mp_sits:
        raise LinkEnded("This invitation has been taken back. Ask the MP’s office for a new one.")
    if now >= invitation.expires_at:
        raise LinkEnded(
            f"This invitation ran out after {INVITATION_WORKS.days} days. Ask the MP’s office for a new one."
        )


def is_expired(invitation: DelegacyFacts, now: datetime) -> bool:
    """Whether nobody accepted it in time, so that its address is forgotten."""
    return invitation.accepted_at is None and invitation.ended_at is None and now >= invitation.expires_at


def require_can_be_delegate(*, is_mp: bool, is_delegate: bool) -> None:
    """Nobody drafts for two MPs, and no MP for another."""
    if is_mp:
        raise RuleBroken("You sit in the Commons yourself, so you draft for no other MP. You need do nothing.")
    if is_delegate:
        raise RuleBroken(
            "You are an MP’s delegate already, and nobody is one for two. End that on the brief, then accept this."
        )


def require_as_seen(sitting_seen: str, sitting: int) -> None:
    """An MP confirms the words that were on the page: refused where a delegate has changed them since."""
    if sitting_seen != str(sitting):
        raise RuleBroken("The draft has changed since you opened your brief. Read it again there, then confirm it.")
