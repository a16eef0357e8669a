"""The life of a mail: it waits, is being sent, and is sent, and no mail goes out twice."""

from datetime import datetime, timedelta
from enum import StrEnum

from policies.errors import RuleBroken

ADDRESS_CHARACTERS = 254
SUBJECT_CHARACTERS = 120
BODY_CHARACTERS = 20_000
FAULT_CHARACTERS = 300

# How long a worker may take over one mail. After that nobody can say whether it went out.
LEASE = timedelta(minutes=3)
# After this time clerks are told that mail does not go out.
LONG_WAIT = timedelta(minutes=30)
KEPT_AFTER_SENDING = timedelta(days=30)
# How long to wait before each further try; after the last one the mail has failed. Two days in all.
WAITS = (
    timedelta(minutes=1),
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=2),
    timedelta(hours=6),
    timedelta(hours=12),
    timedelta(hours=27),
)


class MailStage(StrEnum):
    """Where a mail stands. The values are stored."""

    QUEUED = "queued"
    SENDING = "sending"
    SENT = "sent"
    UNKNOWN = "unknown"
    FAILED = "failed"

    @property
    def words(self) -> str:
        """The stage as a list has it."""
        return MAIL_WORDS[self]


MAIL_WORDS: dict[MailStage, str] = {
    MailStage.QUEUED: "waiting",
    MailStage.SENDING: "being sent",
    MailStage.SENT: "sent",
    MailStage.UNKNOWN: "perhaps sent",
    MailStage.FAILED: "not sent",
}


class MailStep(StrEnum):
    """What can happen to a mail; the values complete "You cannot … a mail"."""

    CLAIM = "begin to send"
    DELIVER = "note the sending of"
    PUT_OFF = "put off"
    GIVE_UP = "give up on"
    LOSE_SIGHT = "lose sight of"
    SEND_AGAIN = "send again"


NEXT_MAIL_STAGE: dict[tuple[MailStage, MailStep], MailStage] = {
    (MailStage.QUEUED, MailStep.CLAIM): MailStage.SENDING,
    (MailStage.SENDING, MailStep.DELIVER): MailStage.SENT,
    (MailStage.SENDING, MailStep.PUT_OFF): MailStage.QUEUED,
    (MailStage.SENDING, MailStep.GIVE_UP): MailStage.FAILED,
    (MailStage.SENDING, MailStep.LOSE_SIGHT): MailStage.UNKNOWN,
    (MailStage.UNKNOWN, MailStep.SEND_AGAIN): MailStage.QUEUED,
    (MailStage.FAILED, MailStep.SEND_AGAIN): MailStage.QUEUED,
}


def next_mail_stage(stage: MailStage, step: MailStep) -> MailStage:
    """Where `step` takes a mail in `stage`; raises `RuleBroken` in words the person can act on."""
    try:
        return NEXT_MAIL_STAGE[stage, step]
    except KeyError:
        raise RuleBroken(f"You cannot {step} a mail that is {stage.words}. Look at the list again.") from None


def next_try(tries: int, now: datetime) -> datetime | None:
    """When to try again after so many tries that did not reach the mail server; None once that is hopeless."""
    return now + WAITS[tries - 1] if tries <= len(WAITS) else None


def is_out_of_sight(claimed_at: datetime, now: datetime) -> bool:
    """Whether a mail has been "being sent" for so long that its worker must have died over it."""
    return now >= claimed_at + LEASE
