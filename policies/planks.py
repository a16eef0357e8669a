"""The life of a plank, from first draft to the shared platform."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from policies.errors import RuleBroken

TITLE_WORDS_ADVISED = 10
TITLE_CHARACTERS = 120
TEXT_WORDS_ADVISED = 250
TEXT_WORDS = 600
TEXT_CHARACTERS = 12_000
REASON_CHARACTERS = 1_000
THEME_CHARACTERS = 60
ORIGIN_CHARACTERS = 300
LICENCE_CHARACTERS = 60

SECONDING_PERIOD = timedelta(days=60)
TAKEOVER_PERIOD = timedelta(days=7)
QUEUE_FLAGGED_AFTER = timedelta(days=7)


class Cause(StrEnum):
    """What brought a version into being."""

    PROPOSED = "proposed"
    IMPORTED = "imported"
    AMENDMENT = "amendment"
    CONSENSUS = "consensus wording"
    COMPOSITE = "composite"
    EDITORIAL = "editorial"


class Stage(StrEnum):
    """Where a plank stands. The values are stored."""

    DRAFT = "draft"
    SEEKING_SECONDERS = "seeking_seconders"
    CHECKING = "checking"
    OPEN = "open"
    BALLOTING = "balloting"
    LAPSED = "lapsed"
    RULED_OUT = "ruled_out"
    WITHDRAWN = "withdrawn"
    COMPOSITED = "composited"
    ARCHIVED = "archived"

    @property
    def words(self) -> str:
        """The stage as a sentence has it: "a plank that is …"."""
        return STAGE_WORDS[self]


STAGE_WORDS: dict[Stage, str] = {
    Stage.DRAFT: "a draft",
    Stage.SEEKING_SECONDERS: "seeking seconders",
    Stage.CHECKING: "being checked by clerks",
    Stage.OPEN: "open",
    Stage.BALLOTING: "on the ballot",
    Stage.LAPSED: "lapsed",
    Stage.RULED_OUT: "ruled out of order",
    Stage.WITHDRAWN: "withdrawn",
    Stage.COMPOSITED: "part of a composite",
    Stage.ARCHIVED: "archived",
}


class Step(StrEnum):
    """What can happen to a plank; the values complete "You cannot … a plank"."""

    SUBMIT = "submit"
    SECOND = "finish seconding"
    LAPSE = "lapse"
    RULE_IN_ORDER = "rule in order"
    RULE_OUT = "rule out"
    OVERTURN = "overturn the ruling on"
    OPEN_ROUND = "open a round on"
    PUBLISH_ROUND = "publish a round on"
    ANNUL_ROUND = "annul a round on"
    WITHDRAW = "withdraw"
    TAKE_OVER = "take over"
    COMPOSITE = "put into a composite"
    ARCHIVE = "archive"


# Taking over is no row here: where it leads depends on where the plank was (policies/takeovers.py).
NEXT_STAGE: dict[tuple[Stage, Step], Stage] = {
    (Stage.DRAFT, Step.SUBMIT): Stage.SEEKING_SECONDERS,
    (Stage.SEEKING_SECONDERS, Step.SECOND): Stage.CHECKING,
    (Stage.SEEKING_SECONDERS, Step.LAPSE): Stage.LAPSED,
    (Stage.SEEKING_SECONDERS, Step.WITHDRAW): Stage.WITHDRAWN,
    (Stage.CHECKING, Step.RULE_IN_ORDER): Stage.OPEN,
    (Stage.CHECKING, Step.RULE_OUT): Stage.RULED_OUT,
    (Stage.CHECKING, Step.WITHDRAW): Stage.WITHDRAWN,
    # What was ruled out and is not upheld waits for clerks again: silence publishes nothing.
    (Stage.RULED_OUT, Step.OVERTURN): Stage.CHECKING,
    (Stage.OPEN, Step.OPEN_ROUND): Stage.BALLOTING,
    (Stage.BALLOTING, Step.PUBLISH_ROUND): Stage.OPEN,
    (Stage.BALLOTING, Step.ANNUL_ROUND): Stage.OPEN,
    (Stage.OPEN, Step.WITHDRAW): Stage.WITHDRAWN,
    (Stage.OPEN, Step.COMPOSITE): Stage.COMPOSITED,
    (Stage.OPEN, Step.ARCHIVE): Stage.ARCHIVED,
}

# What everybody may read: these stages come after a plank has received its public number.
PUBLIC_STAGES = frozenset({Stage.OPEN, Stage.BALLOTING, Stage.ARCHIVED, Stage.COMPOSITED})
# What members of every group may read before that.
GROUP_STAGES = frozenset({Stage.SEEKING_SECONDERS, Stage.CHECKING})
ENDED_STAGES = frozenset({Stage.LAPSED, Stage.RULED_OUT, Stage.WITHDRAWN, Stage.COMPOSITED, Stage.ARCHIVED})


def next_stage(stage: Stage, step: Step) -> Stage:
    """Return where `step` takes a plank in `stage`, or refuse in words the person can act on."""
    try:
        return NEXT_STAGE[stage, step]
    except KeyError:
        raise RuleBroken(
            f"You cannot {step} a plank that is {stage.words}. See its page for where it stands."
        ) from None


@dataclass(frozen=True)
class Second:
    """One member's support for considering a plank or an amendment: who, and of which group."""

    person_id: int
    group: str


def require_may_second(mover_id: int | None, person_id: int) -> None:
    """A mover cannot second the own proposal."""
    if person_id == mover_id:
        raise RuleBroken(
            "You proposed this, so somebody else has to second it. Share its address with members you know."
        )


def plank_is_seconded(mover_group: str, seconds: Collection[Second]) -> bool:
    """One member of the mover's own group and one of another have seconded it."""
    groups = {second.group for second in seconds}
    return mover_group in groups and bool(groups - {mover_group})


def seconds_wanted(mover_group: str, seconds: Collection[Second]) -> list[str]:
    """Which seconds are still wanted: any of "own", "other"."""
    groups = {second.group for second in seconds}
    wanted = []
    if mover_group not in groups:
        wanted.append("own")
    if not groups - {mover_group}:
        wanted.append("other")
    return wanted


def seconding_has_lapsed(submitted_at: datetime, now: datetime) -> bool:
    """A plank without its seconders lapses 60 days after it was submitted."""
    return now >= submitted_at + SECONDING_PERIOD


def queue_is_flagged(checking_since: datetime, now: datetime) -> bool:
    """After seven days without a ruling deputies may act; nothing is published by silence."""
    return now >= checking_since + QUEUE_FLAGGED_AFTER


def require_withdrawable(stage: Stage, *, had_round: bool) -> Stage:
    """The mover may withdraw until the first round opens; returns the stage that follows."""
    if had_round or stage is Stage.BALLOTING:
        raise RuleBroken(
            "A round of ballots has opened on this plank, so it can no longer be withdrawn. Its groups decide it now."
        )
    return next_stage(stage, Step.WITHDRAW)


def require_text_fits(title: str, words: int, characters: int) -> None:
    """The limits every version keeps, however it came in: by form, import or adoption."""
    require_title_fits(title)
    require_body_fits(words, characters)


def require_title_fits(title: str) -> None:
    """A title is there and not too long."""
    if not title:
        raise RuleBroken("Give the plank a title.")
    if len(title) > TITLE_CHARACTERS:
        raise RuleBroken(f"Shorten the title to {TITLE_CHARACTERS} characters; it has {len(title)}.")


def require_body_fits(words: int, characters: int) -> None:
    """A text is there and not too long, by words and by characters."""
    if not words:
        raise RuleBroken("Write the text of the plank.")
    if words > TEXT_WORDS:
        raise RuleBroken(f"Shorten the text to {TEXT_WORDS} words; it has {words}.")
    if characters > TEXT_CHARACTERS:
        raise RuleBroken(f"Shorten the text to {TEXT_CHARACTERS:,} characters; it has {characters:,}.")
