"""Links mailed to somebody signed in: each opens one thing, once, soon, in the session that asked, and dies with it."""

from datetime import UTC, datetime, timedelta

from sqlalchemy import delete, func, select, update

from app.extensions import db
from app.models import AccountLink, AccountLinkKind, Person, locked
from app.people import sessions
from app.people.secrets import digest_of, new_secret
from policies.errors import LinkEnded, NotThere
from policies.links import GONE, KEPT_AFTER_END
from policies.passkeys import ADDRESS_LINK_LIVES, LETTERS_WITHIN, MOST_LETTERS, PROOF_LINK_LIVES

LIVES: dict[AccountLinkKind, timedelta] = {
    AccountLinkKind.PROOF: PROOF_LINK_LIVES,
    AccountLinkKind.NEW_ADDRESS: ADDRESS_LINK_LIVES,
}
WORKS_FOR = {AccountLinkKind.PROOF: "15 minutes", AccountLinkKind.NEW_ADDRESS: "a day"}


def issue(kind: AccountLinkKind, person: Person, address: str) -> str | None:
    """Make a link for this session and return its secret; None where the account was sent enough of them lately."""
    locked(person)
    now = datetime.now(UTC)
    recent = select(func.count()).where(
        AccountLink.person_id == person.id, AccountLink.kind == kind, AccountLink.created_at > now - LETTERS_WITHIN
    )
    if (db.session.scalar(recent) or 0) >= MOST_LETTERS:
        return None
    if kind is AccountLinkKind.NEW_ADDRESS:
        end_all(person.id, kind)
    secret = new_secret()
    db.session.add(
        AccountLink(
            digest=digest_of(secret),
            kind=kind,
            person_id=person.id,
            sign_in_id=sessions.with_key(person.session_key).id,
            address=address,
            created_at=now,
            expires_at=now + LIVES[kind],
        )
    )
    return secret


def opened(secret: str, kind: AccountLinkKind, person: Person) -> AccountLink:
    """The usable link with this secret; raises `NotThere` in any other session, `LinkEnded` where it works no more."""
    link = db.session.scalars(select(AccountLink).where(AccountLink.digest == digest_of(secret))).one_or_none()
    if link is None or link.kind is not kind or link.sign_in_id != sessions.with_key(person.session_key).id:
        raise NotThere(f"{GONE} It opens in the browser in which you asked for it, while you stay signed in there.")
    if link.used_at is not None:
        raise LinkEnded("This link has been used, and works only once. Ask for a new one.")
    if datetime.now(UTC) >= link.expires_at:
        raise LinkEnded(f"This link has run out after {WORKS_FOR[kind]}. Ask for a new one.")
    return link


def redeem(secret: str, kind: AccountLinkKind, person: Person) -> AccountLink:
    """Use a link up; raises as `opened` does, also where somebody else was quicker."""
    link = opened(secret, kind, person)
    locked(link)
    link = opened(secret, kind, person)
    link.used_at = datetime.now(UTC)
    return link


def end_all(person_id: int, kind: AccountLinkKind | None = None) -> None:
    """End every unused link of a person, or those of one kind."""
    query = update(AccountLink).where(AccountLink.person_id == person_id, AccountLink.used_at.is_(None))
    if kind is not None:
        query = query.where(AccountLink.kind == kind)
    db.session.execute(query.values(used_at=datetime.now(UTC)))


def forget_old() -> None:
    """Delete links that ended a day ago or longer."""
    db.session.execute(delete(AccountLink).where(AccountLink.expires_at <= datetime.now(UTC) - KEPT_AFTER_END))
