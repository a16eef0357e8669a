"""Showing by a mailed link who one is, where there is no passkey to show."""

from app import clock
from app.mail import letters
from app.mail import service as mail
from app.models import AccountLinkKind, Person
from app.passkeys import account_links
from app.people import sessions
from app.web.addresses import whole_url
from policies.passkeys import PROOF_LINK_LIVES


def ask_by_mail(person: Person, next_path: str) -> None:
    """Send a link to one's own address that shows, in this session, who one is."""
    if not person.email:
        return
    secret = account_links.issue(AccountLinkKind.PROOF, person, person.email)
    if secret is None:
        return
    url = whole_url("passkeys.follow", secret=secret, **({"next": next_path} if next_path else {}))
    works_for = account_links.WORKS_FOR[AccountLinkKind.PROOF]
    letter = letters.written("prove", url=url, works_for=works_for, account_url=whole_url("people.account"))
    mail.queue(letter, person.email, person_id=person.id, useless_after=clock.now() + PROOF_LINK_LIVES)


def require_open(person: Person, secret: str) -> None:
    """Raise a refusal in words where such a link opens nothing in this session."""
    account_links.opened(secret, AccountLinkKind.PROOF, person)


def prove_by_mail(person: Person, secret: str) -> None:
    """Redeem such a link."""
    account_links.redeem(secret, AccountLinkKind.PROOF, person)
    sessions.prove(person, by_passkey=False)
