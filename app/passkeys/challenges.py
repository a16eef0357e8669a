"""Challenges: kept here, single use, short-lived, for one ceremony, and for the browser that asked."""

from datetime import UTC, datetime

from sqlalchemy import delete

from app.extensions import db
from app.models import PasskeyChallenge
from app.passkeys import ceremonies
from app.people.secrets import digest_of
from policies.errors import RuleBroken
from policies.passkeys import CHALLENGE_LIVES, Ceremony

TOO_LATE = "That took too long, or was sent twice. Try again."


def issue(ceremony: Ceremony, asked_by: str, handle: str = "") -> str:
    """A new challenge for whoever holds `asked_by`; earlier ones of the same browser and ceremony end."""
    now, holder = datetime.now(UTC), digest_of(asked_by)
    earlier = (PasskeyChallenge.asked_by == holder, PasskeyChallenge.ceremony == ceremony)
    db.session.execute(delete(PasskeyChallenge).where(*earlier))
    challenge = ceremonies.drawn()
    db.session.add(
        PasskeyChallenge(
            challenge=challenge, ceremony=ceremony, asked_by=holder, handle=handle, expires_at=now + CHALLENGE_LIVES
        )
    )
    return challenge


def use_up(challenge: str, ceremony: Ceremony, asked_by: str) -> str:
    """Use a challenge up; returns the handle that was kept with it.

    Raises `RuleBroken` where this browser was given none such, or it has run out or been used.
    """
    usable = (
        PasskeyChallenge.challenge == challenge,
        PasskeyChallenge.ceremony == ceremony,
        PasskeyChallenge.asked_by == digest_of(asked_by),
        PasskeyChallenge.expires_at > datetime.now(UTC),
    )
    handles = db.session.scalars(delete(PasskeyChallenge).where(*usable).returning(PasskeyChallenge.handle)).all()
    if not handles:
        raise RuleBroken(TOO_LATE)
    return handles[0]


def forget_old() -> None:
    """Delete challenges that nobody answered in time."""
    db.session.execute(delete(PasskeyChallenge).where(PasskeyChallenge.expires_at <= datetime.now(UTC)))
