"""What people of no party do: ask to hear from us, confirm it, change what they agreed to, and end it.

Only who reads the mail of an address can agree to anything for it, and each agreement is changed by itself.
"""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.exc import IntegrityError

from app import clock
from app.audit import service as audit
from app.extensions import db
from app.interest import queries
from app.mail import letters
from app.mail import service as mail
from app.models import Consent, InterestRequest, Mail, MailedLink, Supporter, locked
from app.people import links
from app.people import queries as people
from app.people.secrets import new_secret
from app.web.addresses import whole_url
from policies.errors import NotThere
from policies.interest import (
    ConsentPurpose,
    is_forgotten,
    newest_wording,
    require_name_fits,
    require_some_purpose,
    wording,
)
from policies.links import LIFETIMES, Purpose, lifetime_in_words
from policies.mail import MailStage
from policies.permissions import Actor

ASKING, CONFIRMED = "interest", "interest_confirmed"


def register(name: str, address: str, purposes: Collection[ConsentPurpose], *, browser: str = "") -> None:
    """Ask to hear from us. The letter and all else are the same whatever is known of the address.

    `browser` is what the asking browser remembers.
    """
    require_some_purpose(purposes)
    require_name_fits(name)
    secret = links.issue(Purpose.INTEREST, address, browser=browser)
    if secret is None:
        return
    numbers = {purpose: newest_wording(purpose) for purpose in purposes}
    request = InterestRequest(
        link=links.opened(secret, Purpose.INTEREST),
        name=name,
        contact_words=numbers.get(ConsentPurpose.CONTACT),
        news_words=numbers.get(ConsentPurpose.NEWS),
        asked_at=clock.now(),
    )
    db.session.add(request)
    audit.record("interest asked for", request, by=None, words=_by_name(numbers))
    url = whole_url("interest.confirm", secret=secret)
    wordings = [wording(purpose) for purpose in numbers]
    letter = letters.written(ASKING, url=url, works_for=lifetime_in_words(Purpose.INTEREST), wordings=wordings)
    mail.queue(letter, address)


def confirm(link: MailedLink, typed: str | None) -> Supporter | None:
    """Confirm what a link was mailed for, and nothing else; None where the address named is a wrong one.

    Raises `RuleBroken` where the link was used or ran out meanwhile.
    """
    if not links.redeem(link, Purpose.INTEREST, typed):
        return None
    request = queries.asked_with(link)
    supporter = _locked_supporter(link.address)
    supporter.name = request.name or supporter.name
    for purpose, number in request.ticked.items():
        _agree(supporter, purpose, number)
    db.session.delete(request)
    _send_choices(supporter)
    return supporter


def agree(key: str, purpose: ConsentPurpose) -> None:
    """Agree to one thing more, in the words in use now; what else was agreed to stays as it is."""
    supporter = queries.locked_with_key(key)
    if supporter is None:
        raise NotThere(queries.GONE)
    _agree(supporter, purpose, newest_wording(purpose))


def unsubscribe(key: str, purposes: Collection[ConsentPurpose]) -> bool:
    """End these and nothing else. With the last one all we hold is erased; returns whether anything is left.

    To unsubscribe again, or with a key that opens nothing, does nothing and says nothing.
    """
    supporter = queries.locked_with_key(key)
    if supporter is None:
        return False
    for consent in [one for one in supporter.consents if one.purpose in purposes]:
        audit.record("consent withdrawn", supporter, by=None, purpose=consent.purpose, words=consent.words)
        supporter.consents.remove(consent)
    db.session.flush()
    if not supporter.consents:
        _erase(supporter)
    return bool(supporter.consents)


def note_download(rows: int, *, by: Actor) -> None:
    """Keep for the record that a clerk took the list away, and how long it was."""
    audit.record("interest list downloaded", people.person(by), by=by, rows=rows)


def forget(request: InterestRequest) -> None:
    """Erase what was asked for and never confirmed, with the address, its link and its letter."""
    locked(request)
    if not is_forgotten(request.asked_at, clock.now()):
        return
    audit.record("interest forgotten", request, by=None)
    link = request.link
    # Younger letters may belong to a newer request; those whose links have run out are of no use to anybody.
    _erase_letters(link.address, ASKING, until=clock.now() - LIFETIMES[Purpose.INTEREST])
    db.session.delete(request)
    db.session.flush()
    db.session.delete(link)


def _agree(supporter: Supporter, purpose: ConsentPurpose, number: int) -> None:
    """Agreeing again, in newer words, takes the place of the older yes; in the same words it changes nothing."""
    held = supporter.consent(purpose)
    if held is not None and held.words == number:
        return
    if held is None:
        held = Consent(purpose=purpose)
        supporter.consents.append(held)
    held.words, held.given_at = number, clock.now()
    audit.record("consent given", supporter, by=None, purpose=purpose, words=number)


def _locked_supporter(address: str) -> Supporter:
    """Who has this address, made if there is nobody; two links followed at once make one."""
    supporter = queries.with_address(address)
    if supporter is None:
        try:
            with db.session.begin_nested():
                supporter = Supporter(key=new_secret(), email=address, confirmed_at=clock.now())
                db.session.add(supporter)
        except IntegrityError:
            supporter = db.session.scalars(select(Supporter).where(Supporter.email == address)).one()
    locked(supporter)
    return supporter


def _send_choices(supporter: Supporter) -> None:
    """A letter with the key to the own choices, and with the address at which one click ends everything."""
    letter = letters.written(
        CONFIRMED,
        wordings=[wording(consent.purpose, consent.words) for consent in supporter.consents],
        choices_url=whole_url("interest.choices", key=supporter.key),
        unsubscribe_url=_unsubscribe_url(supporter),
    )
    mail.queue(letter, supporter.email, unsubscribe_url=_unsubscribe_url(supporter))


def _unsubscribe_url(supporter: Supporter) -> str:
    return whole_url("interest.unsubscribe", key=supporter.key, what="all")


def _erase(supporter: Supporter) -> None:
    """Nothing is kept of somebody who wants to hear nothing more; the record of changes holds no address."""
    audit.record("supporter erased", supporter, by=None)
    mailed = select(MailedLink.id).where(MailedLink.address == supporter.email, MailedLink.purpose == Purpose.INTEREST)
    ids = db.session.scalars(mailed).all()
    db.session.execute(delete(InterestRequest).where(InterestRequest.link_id.in_(ids)))
    db.session.execute(delete(MailedLink).where(MailedLink.id.in_(ids)))
    _erase_letters(supporter.email, ASKING, CONFIRMED)
    db.session.delete(supporter)


def _erase_letters(address: str, *names: str, until: datetime | None = None) -> None:
    """One that is being sent at this moment stays until it has been, and is then forgotten like any other."""
    letters_of_ours = delete(Mail).where(
        Mail.address == address, Mail.letter.in_(names), Mail.stage != MailStage.SENDING
    )
    if until is not None:
        letters_of_ours = letters_of_ours.where(Mail.created_at <= until)
    db.session.execute(letters_of_ours)


def _by_name(numbers: dict[ConsentPurpose, int]) -> dict[str, int]:
    return {purpose.value: number for purpose, number in numbers.items()}
