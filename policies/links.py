"""Mailed links: each opens one door for one address, once, for a while."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from policies.errors import LinkEnded, NotThere

# So many letters for one purpose may go to one address within an hour, or within the time they work if that is
# shorter; further requests are answered alike and not sent. So nobody can be kept out by somebody else's asking:
# whoever has the mail holds a link that works.
MOST_LINKS = 5
LONGEST_WINDOW = timedelta(hours=1)
# How often an address that nobody here has is told so.
STRANGERS_TOLD_EVERY = timedelta(days=1)
WRONG_ADDRESSES = 5
SIGNED_IN_FOR = timedelta(days=30)

GONE = "This link does not work. Ask for a new one, and use the newest letter you have."


class Purpose(StrEnum):
    """What a mailed link is for. The values are stored."""

    SIGN_IN = "sign_in"
    INVITATION = "invitation"
    APPLICATION = "application"
    INTEREST = "interest"


LIFETIMES: dict[Purpose, timedelta] = {
    Purpose.SIGN_IN: timedelta(minutes=15),
    Purpose.INVITATION: timedelta(days=14),
    Purpose.APPLICATION: timedelta(days=2),
    Purpose.INTEREST: timedelta(days=7),
}
# The links of people who sign in or join; those of registered interest belong to what was registered.
OF_PEOPLE = frozenset({Purpose.SIGN_IN, Purpose.INVITATION, Purpose.APPLICATION})
# How long a link is kept after its end, so that whoever comes late is told that it ran out.
KEPT_AFTER_END = timedelta(days=1)


@dataclass(frozen=True)
class LinkFacts:
    """A link as the rules see one."""

    purpose: Purpose
    address: str
    expires_at: datetime
    used_at: datetime | None = None
    revoked_at: datetime | None = None
    wrong_addresses: int = 0


def window(purpose: Purpose) -> timedelta:
    """Within which time the letters to one address are counted."""
    return min(LIFETIMES[purpose], LONGEST_WINDOW)


def lifetime_in_words(purpose: Purpose) -> str:
    """How long a link works, as a letter says it: "15 minutes", "14 days"."""
    length = LIFETIMES[purpose]
    if length.days:
        return f"{length.days} days"
    return f"{length.seconds // 60} minutes"


def require_usable(link: LinkFacts | None, purpose: Purpose, now: datetime) -> None:
    """Refuse a link that is of another purpose, used, taken back or too old, and say what to do."""
    if link is None or link.purpose is not purpose:
        raise NotThere(GONE)
    if link.used_at is not None:
        raise LinkEnded("This link has been used, and works only once. Ask for a new one.")
    if link.revoked_at is not None or link.wrong_addresses >= WRONG_ADDRESSES:
        raise LinkEnded("This link has been taken back. Ask for a new one.")
    if now >= link.expires_at:
        raise LinkEnded(f"This link has run out after {lifetime_in_words(purpose)}. Ask for a new one.")


def is_right_address(sent_to: str, typed: str) -> bool:
    """Whether the person who follows a link knows the address it was sent to, both in canonical form."""
    return typed == sent_to


def require_same_address(sent_to: str, address: str | None) -> None:
    """A link that concerns a person works while the address it was sent to is that person's, and no longer."""
    if sent_to != address:
        raise LinkEnded("This link was sent to an address that is no longer in use here. Ask for a new one.")
