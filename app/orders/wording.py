"""Standing orders in plain sentences and in figures, from the rules themselves, so that neither can drift."""

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from fractions import Fraction

from app.web.filters import MONTHS, span
from policies.groups import Group, group_named, in_words
from policies.standing_orders import Effect, QuorumMode, StandingOrders

CONSULTATIVE = (
    "The ballots of this group are consultative: they advise the group and decide nothing. Whatever its members vote,"
    " the group is not shown as backing a text, and no text is agreed on the strength of such a ballot."
)
EFFECTS: dict[Effect, str] = {
    Effect.BINDING: "Binding: it decides for the group",
    Effect.CONSULTATIVE: "Consultative: it advises, and backs no text",
}


def share(fraction: Fraction) -> str:
    """10 %, or 2/3 where that is no whole number of hundredths. No line breaks before the sign."""
    hundredths = fraction * 100
    return f"{hundredths.numerator}\u00a0%" if hundredths.denominator == 1 else str(fraction)


def date_words(day: date) -> str:
    """3 May 2026."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def version_words(orders: StandingOrders) -> str:
    """ "Version 2, from 3 May 2026"."""
    return f"Version {orders.version}, from {date_words(orders.since)}"


def _quorum(orders: StandingOrders) -> str:
    counted = "Yes votes" if orders.quorum_mode is QuorumMode.APPROVAL else "Votes cast"
    return f"{counted} are {share(orders.quorum)} of the roll or more"


def _threshold(orders: StandingOrders) -> str:
    needed = "half" if orders.threshold == Fraction(1, 2) else share(orders.threshold)
    return f"{'More than' if orders.threshold_is_strict else 'At least'} {needed} of yes and no"


def _retabling(orders: StandingOrders) -> str:
    return span(orders.retabling_after) if orders.retabling_after else "At once"


FIGURES: tuple[tuple[str, Callable[[StandingOrders], str]], ...] = (
    ("Standing orders", version_words),
    ("Effect of a ballot", lambda orders: EFFECTS[orders.effect]),
    ("Quorum", _quorum),
    ("To be carried", _threshold),
    ("A ballot is open for", lambda orders: span(orders.ballot_period)),
    ("Notice before it opens", lambda orders: span(orders.notice)),
    ("A member votes after", lambda orders: f"{span(orders.qualifying_period)} in the group"),
    ("Minority position from", lambda orders: f"{share(orders.minority)} of yes and no"),
    ("Without a quorum, again after", lambda orders: span(orders.rerun_after)),
    ("Same words again after", _retabling),
)


def sentences(orders: StandingOrders) -> list[str]:
    """One group's standing orders as a member would say them."""
    group = group_named(orders.group)
    return [
        _effect_sentence(orders, group),
        f"A question is carried if yes is {_lower(_threshold(orders))}. A tie carries nothing; abstentions count on"
        " neither side.",
        _quorum_sentence(orders),
        f"A ballot is open for {span(orders.ballot_period)}, {_after(orders.notice, 'notice')}. In a round of several"
        " groups the longest of each counts for all.",
        _votes_sentence(orders.qualifying_period),
        f"An amendment that fails, but has {share(orders.minority)} of yes and no or more, is kept as a minority"
        " position.",
        f"Without a quorum the group votes once more, {_after(orders.rerun_after, '')} the result. If that fails too,"
        " it has made no decision.",
        _retabling_sentence(orders.retabling_after),
    ]


def side_by_side(orders: Sequence[StandingOrders]) -> tuple[list[str], list[list[str]]]:
    """The figures with a column a group; where all have the same, names and values alone, and no head."""
    figures = [[name, *(words(order) for order in orders)] for name, words in FIGURES]
    if not differing(orders):
        return [], [row[:2] for row in figures]
    return head(orders), figures


def head(orders: Sequence[StandingOrders]) -> list[str]:
    """The head of a table of figures; beside them a group's name says that it is no party."""
    return ["Rule", *(group_named(order.group).full_title for order in orders)]


def differing(orders: Sequence[StandingOrders]) -> list[str]:
    """The names of the figures that are not the same for all."""
    return [name for name, words in FIGURES if len({words(order) for order in orders}) > 1]


def differences(orders: Sequence[StandingOrders]) -> str:
    """Where the groups' figures differ, or that they do not."""
    names = in_words([order.group for order in orders])
    found = [name for name in differing(orders) if name != FIGURES[0][0]]
    if not found:
        return f"Today the Compass {names} groups decide by the same figures."
    return f"The figures of the Compass {names} groups differ in: {', '.join(name.lower() for name in found)}."


def changed(before: StandingOrders, after: StandingOrders) -> list[list[str]]:
    """What one version changes in another: the name of each figure, as it was, as it is to be."""
    rows = [[name, words(before), words(after)] for name, words in FIGURES[1:]]
    return [row for row in rows if row[1] != row[2]]


def _effect_sentence(orders: StandingOrders, group: Group) -> str:
    if orders.effect is Effect.CONSULTATIVE:
        return CONSULTATIVE
    return f"What its members carry in a ballot is the decision of the {group.title}."


def _quorum_sentence(orders: StandingOrders) -> str:
    if orders.quorum_mode is QuorumMode.APPROVAL:
        return (
            f"A ballot decides only if at least {share(orders.quorum)} of the members on the roll vote yes, so that"
            " staying away gains nothing."
        )
    return (
        f"A ballot decides only if at least {share(orders.quorum)} of the members on the roll vote; to abstain is to"
        " vote."
    )


def _votes_sentence(qualifying: timedelta) -> str:
    if not qualifying:
        return "A member votes in every ballot that opens after joining."
    return f"A member votes in ballots that open {span(qualifying)} or more after joining."


def _retabling_sentence(period: timedelta) -> str:
    if not period:
        return "Words that the group did not carry can be put to it again at once."
    return (
        f"Words that the group did not carry, or twice had no quorum on, are not put to it again for {span(period)}."
        " Other words can be, at once."
    )


def _after(period: timedelta, noun: str) -> str:
    if noun:
        return f"after {span(period)} of notice" if period else "without notice before it"
    return f"{span(period)} after" if period else "at once after"


def _lower(words: str) -> str:
    return f"{words[0].lower()}{words[1:]}"
