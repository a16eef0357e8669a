"""Notices: what members are told of, on the site and by mail, and when.

A mail names no group, no title and nothing that was decided, since mail is read over shoulders and on locked screens.
Nothing here depends on who has voted: whoever is on the roll is told the same.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from policies.errors import RuleBroken
from policies.planks import Stage

THING_CHARACTERS = 60
WORD_CHARACTERS = 32

REMINDED_BEFORE_CLOSE = timedelta(hours=24)
# The hour of the day, in UTC, at which digests are put together.
DIGEST_HOUR = 7
KEPT = timedelta(days=90)
# For so long after mail failed clerks are told of it, once a day.
MAIL_MENDED_WITHIN = timedelta(days=7)


class Channel(StrEnum):
    """How somebody is told of one kind of thing. The values are stored."""

    OFF = "off"
    SITE = "site"
    DIGEST = "digest"
    AT_ONCE = "at_once"

    @property
    def words(self) -> str:
        """The choice as the settings have it."""
        return CHANNEL_WORDS[self]


CHANNEL_WORDS: dict[Channel, str] = {
    Channel.AT_ONCE: "On this site, and by mail at once",
    Channel.DIGEST: "On this site, and in a daily mail",
    Channel.SITE: "On this site only",
    Channel.OFF: "Not at all",
}


class NoticeKind(StrEnum):
    """What a notice can tell of. The values are stored."""

    BALLOT_OPENS = "ballot_opens"
    BALLOT_CLOSES = "ballot_closes"
    BALLOT_CHANGED = "ballot_changed"
    RESULT = "result"
    AMENDMENT_NEEDS_ME = "amendment_needs_me"
    AMENDMENT_SECONDED = "amendment_seconded"
    AMENDMENT_DECIDED = "amendment_decided"
    OFFER_AWAITS = "offer_awaits"
    OFFER_ANSWERED = "offer_answered"
    PLANK_RULED = "plank_ruled"
    RULING = "ruling"
    CAN_TAKE_OVER = "can_take_over"
    FOLLOWED_TEXT = "followed_text"
    FOLLOWED_ROUND = "followed_round"
    CLERK_WANTED = "clerk_wanted"
    MEMBER_WAITS = "member_waits"
    MAIL_FAILED = "mail_failed"

    @property
    def words(self) -> str:
        """The kind as the settings and the page behind a mail's link have it."""
        return KIND_WORDS[self]

    @property
    def mailed_words(self) -> str:
        """What a mail says of it."""
        return MAILED_WORDS[self]

    @property
    def usual_channel(self) -> Channel:
        """How somebody is told who has chosen nothing."""
        return Channel.AT_ONCE if self in TOLD_AT_ONCE else Channel.DIGEST

    @property
    def needs_an_answer(self) -> bool:
        """Whether it asks something of whoever is told, rather than being news."""
        return self in NEEDS_AN_ANSWER


NOTHING_LEFT = "nothing_left"
"""The word of a notice that the text has moved, where it says already all that the amendment would have it say."""

EXTENDED = "extended"
ANNULLED = "annulled"
"""The words of a notice that a ballot has changed."""

BACKED = "backed"
"""The first word of a notice that a followed plank has the text which the own group promised to back."""

PAUSED = "paused"
"""The first word of a notice that a group pauses its backing of a followed plank."""

OBJECTED_TO = "objected_to"
"""The word of a notice that another wording was accepted for an amendment, to those who objected to it."""

KIND_WORDS: dict[NoticeKind, str] = {
    NoticeKind.BALLOT_OPENS: "A ballot opens in which you can vote",
    NoticeKind.BALLOT_CLOSES: "A ballot in which you can vote closes within a day",
    NoticeKind.BALLOT_CHANGED: "A ballot in which you can vote is extended or annulled",
    NoticeKind.RESULT: "A round has a result: your group voted in it, or you follow the plank",
    NoticeKind.AMENDMENT_NEEDS_ME: "The text has moved under your amendment",
    NoticeKind.AMENDMENT_SECONDED: "Your amendment is seconded",
    NoticeKind.AMENDMENT_DECIDED: "Your amendment is decided",
    NoticeKind.OFFER_AWAITS: (
        "An offer awaits your answer: another wording for your amendment, or a composite with units of your plank"
    ),
    NoticeKind.OFFER_ANSWERED: (
        "Another wording that you offered is answered or has lapsed, or one is accepted for what you objected to"
    ),
    NoticeKind.PLANK_RULED: "Clerks have ruled on your plank",
    NoticeKind.RULING: "Clerks have ruled on something you seconded, follow or appealed about, or an appeal ends",
    NoticeKind.CAN_TAKE_OVER: "Something you seconded is withdrawn, and you can take it over",
    NoticeKind.FOLLOWED_TEXT: "A plank you follow has a new text",
    NoticeKind.FOLLOWED_ROUND: "Groups begin to vote on a plank you follow",
    NoticeKind.CLERK_WANTED: "An appeal or a plank that waits long wants the word of your group",
    NoticeKind.MEMBER_WAITS: "Somebody waits for your check",
    NoticeKind.MAIL_FAILED: "Mail did not arrive",
}

MAILED_WORDS: dict[NoticeKind, str] = {
    NoticeKind.BALLOT_OPENS: "A ballot has opened, and you can vote in it.",
    NoticeKind.BALLOT_CLOSES: "A ballot closes soon. If you have not voted yet, you still can.",
    NoticeKind.BALLOT_CHANGED: "A ballot in which you can vote, or could, has changed.",
    NoticeKind.RESULT: "A result is published.",
    NoticeKind.AMENDMENT_NEEDS_ME: "Something you wrote needs you.",
    NoticeKind.AMENDMENT_SECONDED: "Something you wrote is seconded.",
    NoticeKind.AMENDMENT_DECIDED: "Something you wrote is decided.",
    NoticeKind.OFFER_AWAITS: "An offer awaits your answer.",
    NoticeKind.OFFER_ANSWERED: "Something you offered, or objected to, is answered.",
    NoticeKind.PLANK_RULED: "Clerks have looked at something you wrote.",
    NoticeKind.RULING: "Clerks have looked at something you take part in.",
    NoticeKind.CAN_TAKE_OVER: "Something you supported is free for you to take over.",
    NoticeKind.FOLLOWED_TEXT: "Something you follow has a new text.",
    NoticeKind.FOLLOWED_ROUND: "Voting has begun on something you follow.",
    NoticeKind.CLERK_WANTED: "Something waits for the word of your group.",
    NoticeKind.MEMBER_WAITS: "Somebody waits for your check.",
    NoticeKind.MAIL_FAILED: "Some mail did not arrive, or may not have.",
}

TOLD_AT_ONCE = frozenset({NoticeKind.BALLOT_OPENS, NoticeKind.BALLOT_CLOSES, NoticeKind.BALLOT_CHANGED})
NEEDS_AN_ANSWER = frozenset(
    {
        NoticeKind.BALLOT_OPENS,
        NoticeKind.BALLOT_CLOSES,
        NoticeKind.AMENDMENT_NEEDS_ME,
        NoticeKind.OFFER_AWAITS,
        NoticeKind.CAN_TAKE_OVER,
        NoticeKind.CLERK_WANTED,
        NoticeKind.MEMBER_WAITS,
        NoticeKind.MAIL_FAILED,
    }
)
FOR_CLERKS = frozenset({NoticeKind.CLERK_WANTED, NoticeKind.MEMBER_WAITS, NoticeKind.MAIL_FAILED})
ABOUT_AN_OPEN_BALLOT = frozenset({NoticeKind.BALLOT_OPENS, NoticeKind.BALLOT_CLOSES})


def kinds_for(*, is_clerk: bool) -> list[NoticeKind]:
    """The kinds that somebody can be told of, in the order of the settings."""
    return [kind for kind in NoticeKind if is_clerk or kind not in FOR_CLERKS]


def without_mail(channel: Channel) -> Channel:
    """What is left of a choice once its mail is ended."""
    return channel if channel is Channel.OFF else Channel.SITE


def reminder_is_due(opens_at: datetime, closes_at: datetime, now: datetime) -> bool:
    """Whether to remind the roll of a close: in the last day, never after it, and not of a ballot as short as that."""
    begins = closes_at - REMINDED_BEFORE_CLOSE
    return opens_at < begins <= now < closes_at


def digest_moment(now: datetime) -> datetime:
    """The newest moment at which digests were due: what was told before it belongs into one."""
    today = now.replace(hour=DIGEST_HOUR, minute=0, second=0, microsecond=0)
    return today if now >= today else today - timedelta(days=1)


@dataclass(frozen=True)
class Told:
    """A notice as the rules see one; `closes_at` is set where it is about a round that has times."""

    kind: NoticeKind
    closes_at: datetime | None = None


def is_still_worth_a_mail(told: Told, now: datetime) -> bool:
    """Nobody is sent to a ballot that has closed meanwhile."""
    if told.kind not in ABOUT_AN_OPEN_BALLOT:
        return True
    return told.closes_at is not None and now < told.closes_at


def day_name(now: datetime) -> str:
    """What stands for a day as a thing that clerks are told of once."""
    return f"{now:%Y-%m-%d}"


def require_can_be_followed(stage: Stage) -> None:
    """A draft is its mover's alone, and nothing happens to it but what they do."""
    if stage is Stage.DRAFT:
        raise RuleBroken("This is a draft, which nobody else sees. It can be followed once it is submitted.")
