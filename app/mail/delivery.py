"""The worker's part of the outbox: each mail is claimed, handed to the mail server, and noted, each in its own step.

A worker that dies between handing over and noting leaves a mail "being sent". Nobody can say then whether it arrived,
so it is never sent again by itself: it is marked as perhaps sent, and a person decides.
"""

import logging
import smtplib
from dataclasses import dataclass

from flask import current_app
from flask_mailman import EmailMessage
from sqlalchemy import select, update

from app import clock
from app.config import Settings
from app.extensions import db
from app.mail import queries
from app.mail.server import NotReached, connection, hand_over
from app.models import Mail, locked
from app.web.transactions import transaction
from policies.mail import MailStage, MailStep, next_mail_stage, next_try

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Outcome:
    """How handing a mail over ended, as a step of the mail, and what the server said."""

    step: MailStep
    fault: str = ""


def deliver_due() -> int:
    """Send every mail that is due, one after the other; returns how many were sent."""
    with transaction():
        _lose_sight_of_the_abandoned()
        due = queries.due(clock.now())
        goes_out = not clock.is_demonstration()
    if due and goes_out and not _settings().mail_server:
        log.warning("%s mails wait, but no MAIL_SERVER is set.", len(due))
        return 0
    return sum(_deliver(mail_id, goes_out=goes_out) for mail_id in due)


def _deliver(mail_id: int, *, goes_out: bool) -> bool:
    """Claim one mail, hand it over and note what came of it; nothing where another worker was quicker."""
    with transaction():
        if not _claim(mail_id):
            return False
        mail = db.session.get_one(Mail, mail_id)
        message = _message(mail)
    # Nothing of a demonstration leaves the machine: its outbox page is where its mail arrives.
    outcome = _hand_over(message) if goes_out else Outcome(MailStep.DELIVER)
    with transaction():
        _note(db.session.get_one(Mail, mail_id), outcome, keeps_words=not goes_out)
    return outcome.step is MailStep.DELIVER


def _claim(mail_id: int) -> bool:
    claimed = (
        update(Mail)
        .where(Mail.id == mail_id, Mail.stage == MailStage.QUEUED)
        .values(stage=MailStage.SENDING, claimed_at=clock.now(), tries=Mail.tries + 1)
    )
    return db.session.execute(claimed).rowcount == 1  # type: ignore[attr-defined]


def _hand_over(message: EmailMessage) -> Outcome:
    try:
        hand_over(message)
    except NotReached as fault:
        return Outcome(MailStep.PUT_OFF, str(fault))
    except (smtplib.SMTPResponseException, smtplib.SMTPRecipientsRefused) as refusal:
        return Outcome(MailStep.GIVE_UP if _is_final(refusal) else MailStep.PUT_OFF, _words_of(refusal))
    except Exception as fault:
        # The server was talking to us: it may have taken the mail, or not.
        return Outcome(MailStep.LOSE_SIGHT, type(fault).__name__)
    return Outcome(MailStep.DELIVER)


def _is_final(refusal: Exception) -> bool:
    return _code_of(refusal) >= 500


def _code_of(refusal: Exception) -> int:
    if isinstance(refusal, smtplib.SMTPRecipientsRefused):
        return max(code for code, _words in refusal.recipients.values())
    return int(getattr(refusal, "smtp_code", 500))


def _words_of(refusal: Exception) -> str:
    """The code alone: what servers say of a refused mail repeats its address."""
    return f"The mail server refused it with code {_code_of(refusal)}."


def _note(mail: Mail, outcome: Outcome, *, keeps_words: bool) -> None:
    locked(mail)
    again = next_try(mail.tries, clock.now()) if outcome.step is MailStep.PUT_OFF else None
    step = MailStep.GIVE_UP if outcome.step is MailStep.PUT_OFF and again is None else outcome.step
    mail.stage, mail.claimed_at, mail.fault = next_mail_stage(mail.stage, step), None, outcome.fault
    if again is not None:
        mail.next_try_at = again
    if step is MailStep.DELIVER:
        mail.sent_at = clock.now()
        if not keeps_words:
            mail.body = ""


def _lose_sight_of_the_abandoned() -> None:
    for mail in db.session.scalars(select(Mail).where(queries.is_abandoned(clock.now())).with_for_update()):
        mail.stage, mail.claimed_at = next_mail_stage(mail.stage, MailStep.LOSE_SIGHT), None
        mail.fault = "The worker ended while it was being sent."


def _message(mail: Mail) -> EmailMessage:
    headers = {"Message-ID": mail.message_id, "Auto-Submitted": "auto-generated"}
    if mail.unsubscribe_url:
        headers["List-Unsubscribe"] = f"<{mail.unsubscribe_url}>"
        headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    return EmailMessage(
        mail.subject, mail.body, _settings().mail_from, [mail.address], headers=headers, connection=connection()
    )


def _settings() -> Settings:
    settings: Settings = current_app.config["SETTINGS"]
    return settings
