"""Queueing a letter in the transaction of what it tells of, and sending again by hand what may not have arrived."""

from datetime import datetime
from email.utils import make_msgid
from urllib.parse import urlsplit

from app import clock, jobs
from app.audit import service as audit
from app.extensions import db
from app.mail.letters import Letter
from app.models import Mail, locked
from app.web.addresses import site_url
from app.web.transactions import after_commit
from policies.letters import wants_a_way_out
from policies.mail import BODY_CHARACTERS, SUBJECT_CHARACTERS, MailStep, next_mail_stage
from policies.permissions import Actor

DELIVER = "deliver_mail"


def queue(
    letter: Letter,
    address: str,
    *,
    person_id: int | None = None,
    unsubscribe_url: str = "",
    useless_after: datetime | None = None,
    asks_for_delivery: bool = True,
) -> Mail:
    """Put a letter into the outbox. It goes out if, and only if, this transaction is committed.

    `useless_after` is when its link ends; a letter that is useless at once is written and never sent, so that whoever
    asks cannot tell from the time it takes. The clock, which queues many, asks the worker once for all of them.
    """
    if wants_a_way_out(letter.name) and not unsubscribe_url:
        raise LookupError(f"The letter “{letter.name}” needs an address at which one click ends such mail.")
    mail = Mail(
        message_id=make_msgid(domain=urlsplit(site_url()).hostname),
        person_id=person_id,
        address=address,
        letter=letter.name,
        subject=letter.subject[:SUBJECT_CHARACTERS],
        body=letter.body[:BODY_CHARACTERS],
        unsubscribe_url=unsubscribe_url,
        useless_after=useless_after,
        created_at=clock.now(),
        next_try_at=clock.now(),
    )
    db.session.add(mail)
    if asks_for_delivery:
        ask_for_delivery()
    return mail


def ask_for_delivery() -> None:
    """Have the worker look at the outbox once this transaction is committed."""
    after_commit(lambda: jobs.ask_for(DELIVER))


def send_again(mail: Mail, *, by: Actor | None) -> None:
    """Have a mail whose fate is unknown, or that failed, go out again, under the same Message-ID."""
    locked(mail)
    mail.stage = next_mail_stage(mail.stage, MailStep.SEND_AGAIN)
    mail.tries, mail.fault, mail.next_try_at = 0, "", clock.now()
    audit.record("mail sent again", mail, by=by)
    ask_for_delivery()


def forget(mail: Mail) -> None:
    """Delete the note of a mail that was sent long ago."""
    locked(mail)
    db.session.delete(mail)
