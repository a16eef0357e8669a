"""Rounds in words: where one stands, who has agreed to it, when a question is carried."""

from collections.abc import Sequence
from datetime import datetime
from fractions import Fraction

from app.models import Round
from app.orders.wording import share
from app.web.filters import minute
from policies.ballots import GROUPS_TO_OPEN, CountingRules, RoundStage
from policies.groups import GROUPS
from policies.standing_orders import QuorumMode

LEFT_OUT = (
    "As it stands your group is not asked: the day by which the other text is to be adopted comes before voting closes."
    " Until the round opens a clerk of your group can name a later day, or put another question."
)


def stage_word(of_round: Round, now: datetime) -> str:
    """One or two words for a tag."""
    if of_round.stage is RoundStage.PREPARED:
        return "Being prepared" if of_round.opens_at is None else "Opens soon"
    if of_round.stage is RoundStage.OPEN:
        return "Open" if of_round.closes_at and now < of_round.closes_at else "Being counted"
    return {
        RoundStage.CLOSED: "Being counted",
        RoundStage.PUBLISHED: "Result published",
        RoundStage.CANCELLED: "Cancelled",
        RoundStage.ANNULLED: "Annulled",
    }[of_round.stage]


def stands(of_round: Round, now: datetime, *, is_extended: bool = False) -> str:
    """Where a round stands and what happens next; nothing of its votes before it is published."""
    if of_round.stage is RoundStage.PREPARED:
        return _stands_prepared(of_round, now)
    if of_round.stage is RoundStage.CANCELLED:
        return f"It was cancelled before it opened, so nobody voted. {of_round.ended_reason}".strip()
    if of_round.stage is RoundStage.ANNULLED:
        return (
            "Clerks of all groups annulled it before its result was published. Every vote cast in it was destroyed,"
            " unread and uncounted, and counts nowhere. A new round can be held."
        )
    if of_round.stage is RoundStage.PUBLISHED:
        return f"Voting closed on {minute(of_round.closes_at)}. {_published(of_round)}"
    if of_round.stage is RoundStage.OPEN and of_round.closes_at and now < of_round.closes_at:
        longer = " Clerks of all groups have extended it, which is possible once." if is_extended else ""
        until = f"Voting is open until {minute(of_round.closes_at)}.{longer}"
        return f"{until} Nothing of the result shows before it is published."
    results = (
        "the result appears here" if len(of_round.groups) == 1 else "the results of all groups appear here together,"
    )
    return f"Voting closed on {minute(of_round.closes_at)}. The papers are being counted; {results} within minutes."


def goes_first(of_round: Round, amendments: int) -> str:
    """Which goes first, an open amendment that nobody objects to or the round; nothing where there is no amendment."""
    if not amendments:
        return ""
    if of_round.opens_at is None:
        return (
            "An open amendment can still be adopted by agreement. Then the text moves and this round is cancelled."
            " Once clerks of two groups have agreed, the round goes first."
        )
    waits = "The open amendment waits" if amendments == 1 else f"The {amendments} open amendments wait"
    return (
        f"{waits}: from the notice to the result nothing is adopted by agreement, so that members vote on the text"
        " they were told of. The hours in which one can object run anew after the result."
    )


def agreement(of_round: Round) -> str:
    """Who has agreed to open a round that is being prepared, and who is still wanted."""
    said = {opening.group for opening in of_round.openings}
    agreed = [group.title for group in GROUPS if group.key in said]
    still = GROUPS_TO_OPEN - len(agreed)
    wanted = "a clerk of one more group" if still == 1 else f"clerks of {_number(still)} groups"
    if not agreed:
        return f"Clerks of {_number(GROUPS_TO_OPEN)} groups have to agree before its notice begins. Nobody has yet."
    if still > 0:
        return f"Agreed so far: a clerk of the {_joined(agreed)}. It wants {wanted} before its notice begins."
    return f"Clerks of the {_joined(agreed)} agreed to open it."


def threshold(rules: CountingRules) -> str:
    """When a question is carried."""
    needed = "half" if rules.threshold == Fraction(1, 2) else share(rules.threshold)
    return f"{'More than' if rules.threshold_is_strict else 'At least'} {needed} of yes and no"


def quorum(rules: CountingRules) -> str:
    """When enough have voted."""
    counted = "Yes votes" if rules.quorum_mode is QuorumMode.APPROVAL else "Votes cast"
    return f"{counted} of {share(rules.quorum)} of the roll or more"


def _published(of_round: Round) -> str:
    """Of a round of some groups alone, such as a re-run, that no other was asked."""
    asked = [group.title for group in GROUPS if group.key in of_round.groups]
    if len(asked) == len(GROUPS):
        return "The results of all groups were published together."
    if len(asked) == 1:
        return f"The {asked[0]} alone was asked, and its result is published."
    return f"The {_joined(asked)} alone were asked, and their results were published together."


def _stands_prepared(of_round: Round, now: datetime) -> str:
    if of_round.opens_at is None:
        return f"It is being prepared. {agreement(of_round)}"
    if now >= of_round.opens_at:
        return "Its notice has run out; it opens within minutes."
    why = "It opens by itself, since a quorum was missed." if of_round.is_rerun else agreement(of_round)
    return f"{why} Voting opens on {minute(of_round.opens_at)} and closes on {minute(of_round.closes_at)}."


def _joined(words: Sequence[str]) -> str:
    return " and ".join(part for part in (", ".join(words[:-1]), words[-1]) if part)


def _number(count: int) -> str:
    return ("none", "one", "two", "three", "four", "five")[count]
