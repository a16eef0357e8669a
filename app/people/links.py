"""Mailed links: making one for an address, and redeeming it once."""

from sqlalchemy import delete, func, select

from app import clock
from app.extensions import db
from app.models import MailedLink, Membership, locked
from app.people.secrets import digest_of, new_secret
from policies.links import (
    KEPT_AFTER_END,
    LIFETIMES,
    MOST_LINKS,
    OF_PEOPLE,
    Purpose,
    is_right_address,
    require_usable,
    window,
)


def issue(purpose: Purpose, address: str, *, membership: Membership | None = None, browser: str = "") -> str | None:
    """Make a link and return its secret; None where the address was sent so many lately that one more is none.

    `browser` is what the asking browser remembers: from any other one the address has to be named as well.
    """
    now = clock.now()
    recent = select(func.count()).where(
        MailedLink.address == address, MailedLink.purpose == purpose, MailedLink.created_at > now - window(purpose)
    )
    if membership is not None:
        # Each group's own, so that no group learns from a refusal whom another one invited.
        recent = recent.where(MailedLink.membership_id == membership.id)
    if (db.session.scalar(recent) or 0) >= MOST_LINKS:
        return None
    secret = new_secret()
    db.session.add(
        MailedLink(
            digest=digest_of(secret),
            purpose=purpose,
            address=address,
            membership_id=membership.id if membership else None,
            browser_digest=digest_of(browser) if browser else "",
            created_at=now,
            expires_at=now + LIFETIMES[purpose],
        )
    )
    return secret


def opened(secret: str, purpose: Purpose) -> MailedLink:
    """The usable link with this secret; raises `NotThere` or `RuleBroken`, saying what to do."""
    link = db.session.scalars(select(MailedLink).where(MailedLink.digest == digest_of(secret))).one_or_none()
    require_usable(link.facts if link else None, purpose, clock.now())
    assert link is not None
    return link


def wants_address(link: MailedLink, browser: str) -> bool:
    """Whether this browser is another one than the one that asked, so that the address has to be named."""
    return not browser or link.browser_digest != digest_of(browser)


def redeem(link: MailedLink, purpose: Purpose, typed: str | None) -> bool:
    """Use a link up. `typed` is the address named, None where none is asked for; False, and counted, if it is wrong.

    Raises `RuleBroken` where somebody else was quicker.
    """
    locked(link)
    require_usable(link.facts, purpose, clock.now())
    if typed is not None and not is_right_address(link.address, typed):
        link.wrong_addresses += 1
        return False
    link.used_at = clock.now()
    return True


def revoke(membership: Membership, *, but: str = "") -> None:
    """Take back every link about a membership that was not used, all but the one with this secret."""
    db.session.flush()
    unused = select(MailedLink).where(
        MailedLink.membership_id == membership.id, MailedLink.used_at.is_(None), MailedLink.revoked_at.is_(None)
    )
    unused = unused.where(MailedLink.digest != digest_of(but))
    for link in db.session.scalars(unused):
        link.revoked_at = clock.now()


def forget_old() -> None:
    """Delete links that ended a day ago or longer. Those of registered interest go with what was registered."""
    ended = MailedLink.expires_at <= clock.now() - KEPT_AFTER_END
    db.session.execute(delete(MailedLink).where(ended, MailedLink.purpose.in_(OF_PEOPLE)))
