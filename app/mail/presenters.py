"""How mail is listed: whole in a demonstration; for clerks without address or words, since both are somebody else's."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import current_app, url_for

from app.config import Settings
from app.mail import queries
from app.models import Mail
from app.web.filters import minute
from app.web.paging import Page, page_of
from policies.mail import MailStage


@dataclass(frozen=True)
class ListedMail:
    """One line of a list."""

    title: str
    detail: str
    url: str


@dataclass(frozen=True)
class MailPage:
    """A page of mails, and how the outbox stands in a sentence."""

    lines: Sequence[ListedMail]
    listed: Page
    stands: str


def outbox_page(number: int) -> MailPage:
    """The mail of a demonstration."""
    listed = page_of(queries.arrived(), number)
    lines = [
        ListedMail(
            mail.subject, f"To {mail.address}, {minute(mail.created_at)}", url_for("mail.letter", number=mail.id)
        )
        for mail in listed.rows
    ]
    return MailPage(lines, listed, "")


def undelivered_page(number: int) -> MailPage:
    """What a person has to decide about, and how many more wait."""
    listed = page_of(queries.needing_a_hand(), number)
    lines = [ListedMail(_title(mail), _fate(mail), url_for("mail.send_again", number=mail.id)) for mail in listed.rows]
    return MailPage(lines, listed, _stands(queries.counts()))


def _title(mail: Mail) -> str:
    return f"Letter {mail.id} of {minute(mail.created_at)}"


def _fate(mail: Mail) -> str:
    if mail.stage is MailStage.UNKNOWN:
        return f"It may have arrived, and it may not. {mail.fault}"
    return f"It did not arrive. {mail.fault}"


def _stands(counts: dict[MailStage, int]) -> str:
    waiting = counts.get(MailStage.QUEUED, 0) + counts.get(MailStage.SENDING, 0)
    sentence = "No mail waits." if not waiting else f"{'One mail waits' if waiting == 1 else f'{waiting} mails wait'}."
    settings: Settings = current_app.config["SETTINGS"]
    return sentence if settings.mail_server else f"{sentence} No mail server is set, so none goes out."
