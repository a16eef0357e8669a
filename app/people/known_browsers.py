"""A letter when somebody signs in with a kind of browser that their account has not known for 90 days.

What is kept is the kind and the last day, for 90 days; nothing of it stands in the record of changes.
"""

from datetime import date

from sqlalchemy import delete, select

from app import clock
from app.extensions import db
from app.mail import letters
from app.mail import service as mail
from app.models import KnownBrowser, Person, locked
from app.web.addresses import whole_url
from app.web.filters import minute
from policies.passkeys import BROWSERS_KEPT, is_exempt, is_new_browser


def note(person: Person, kind: str) -> None:
    """Remember with what kind of browser somebody signs in, and write to them if it is a new one."""
    if is_exempt(clock.is_demonstration(), person.is_demonstration):
        return
    locked(person)
    query = select(KnownBrowser).where(KnownBrowser.person_id == person.id, KnownBrowser.last_used_on > _oldest())
    known = {one.browser: one for one in db.session.scalars(query)}
    today = clock.now().date()
    if not is_new_browser(kind, known):
        known[kind].last_used_on = today
        return
    forgotten = delete(KnownBrowser).where(KnownBrowser.person_id == person.id, KnownBrowser.browser == kind)
    db.session.execute(forgotten)
    db.session.add(KnownBrowser(person_id=person.id, browser=kind, last_used_on=today))
    _tell(person, kind)


def forget_old() -> None:
    """Delete the kinds of browsers that nobody signed in with for 90 days."""
    db.session.execute(delete(KnownBrowser).where(KnownBrowser.last_used_on <= _oldest()))


def _oldest() -> date:
    return (clock.now() - BROWSERS_KEPT).date()


def _tell(person: Person, kind: str) -> None:
    if not person.email:
        return
    letter = letters.written("new_browser", kind=kind, at=minute(clock.now()), account_url=whole_url("people.account"))
    mail.queue(letter, person.email, person_id=person.id)
