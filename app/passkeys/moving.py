"""Moving to another e-mail address: confirmed there, told to the old one, and everything sent before dies."""

from sqlalchemy import update
from sqlalchemy.exc import IntegrityError

from app import clock
from app.audit import service as audit
from app.extensions import db
from app.mail import letters
from app.mail import service as mail
from app.models import AccountLink, AccountLinkKind, Delegacy, MailedLink, MpRequest, Person, locked
from app.passkeys import account_links
from app.people import queries as people
from app.people import sessions
from app.web.addresses import whole_url
from policies.errors import RuleBroken
from policies.links import OF_PEOPLE
from policies.passkeys import ADDRESS_LINK_LIVES, require_new_address
from policies.permissions import Actor

TAKEN = "This address cannot be used any more. Write another one."


def ask(person: Person, address: str) -> None:
    """Send a link to the new address. Whoever asks is told the same for one that is somebody's already."""
    require_new_address(address, person.email)
    secret = account_links.issue(AccountLinkKind.NEW_ADDRESS, person, address)
    if secret is None:
        return
    # By one statement, whether there is anybody or not, so that the work tells nobody which addresses are known.
    if people.id_with_address(address) is not None:
        mail.queue(letters.written("address_taken", account_url=whole_url("people.account")), address)
        return
    url = whole_url("passkeys.confirm_address", secret=secret)
    letter = letters.written("new_address", url=url, works_for=account_links.WORKS_FOR[AccountLinkKind.NEW_ADDRESS])
    mail.queue(letter, address, person_id=person.id, useless_after=clock.now() + ADDRESS_LINK_LIVES)


def opened(person: Person, secret: str) -> AccountLink:
    """The usable link to a new address in this session; raises a refusal in words for any other."""
    return account_links.opened(secret, AccountLinkKind.NEW_ADDRESS, person)


def confirm(person: Person, secret: str, *, by: Actor) -> None:
    """Take the new address, end all other sessions and every link mailed before, and tell the old address."""
    locked(person)
    address = account_links.redeem(secret, AccountLinkKind.NEW_ADDRESS, person).address
    if people.with_address(address) is not None:
        raise RuleBroken(TAKEN)
    before = person.email
    try:
        with db.session.begin_nested():
            person.email = address
    except IntegrityError:
        # Somebody else took it at this very moment.
        raise RuleBroken(TAKEN) from None
    _end_links(person, before or "")
    sessions.end_all(person.id, but=person.session_key)
    audit.record("address changed", person, by=by)
    if before:
        mail.queue(
            letters.written("address_changed", about_url=whole_url("platform.about")), before, person_id=person.id
        )


def _end_links(person: Person, address: str) -> None:
    account_links.end_all(person.id)
    unused = update(MailedLink).where(MailedLink.address == address, MailedLink.purpose.in_(OF_PEOPLE))
    unused = unused.where(MailedLink.used_at.is_(None), MailedLink.revoked_at.is_(None))
    db.session.execute(unused.values(revoked_at=clock.now()))
    # What MPs and those who say to be one were sent there ends now; the clock forgets it with its next work.
    invited = update(Delegacy).where(Delegacy.address == address, Delegacy.accepted_at.is_(None))
    db.session.execute(invited.where(Delegacy.ended_at.is_(None)).values(expires_at=clock.now()))
    asked = update(MpRequest).where(MpRequest.address == address, MpRequest.proven_at.is_(None))
    db.session.execute(asked.values(expires_at=clock.now()))
