"""How decisions are made, in plain sentences generated from the rules themselves, so that neither can drift."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from app.web.filters import MONTHS, span
from policies import standing_orders
from policies.agreement import Level, LevelKey, label_of
from policies.amendments import OBJECTION_PERIOD
from policies.ballots import FEWEST_VOTES
from policies.endorsements import NO_STANCE, STANCE_WORDS, StanceKind
from policies.groups import GROUPS, Group, group_named, in_words
from policies.planks import SECONDING_PERIOD
from policies.small_cells import EXACT_FROM, OUTCOME_ONLY_BELOW
from policies.standing_orders import QuorumMode, StandingOrders

LEVEL_MEANINGS: dict[LevelKey, str] = {
    LevelKey.AGREED: "Every group backs these exact words. A reservation is printed beside them.",
    LevelKey.PAUSED: "It is agreed, and a group pauses its backing for some days. Then it counts again by itself.",
    LevelKey.AGREED_IN_PART: "Every group backs the plank, but not every unit. What is left out stands in brackets.",
    LevelKey.BACKED_BY_ALL_BUT_ONE: "All groups but one back these exact words.",
    LevelKey.BEING_DRAFTED: "Fewer groups back these words, or none has decided yet.",
    LevelKey.NO_LONGER_AGREED: "It was agreed, and a group has taken its backing back. The text stays readable.",
}
# What a group's cell can say today; a condition cannot be put to a vote yet.
CELLS = [kind for kind in StanceKind if kind is not StanceKind.CONDITIONAL]
CELL_MEANINGS: dict[StanceKind, str] = {
    StanceKind.ENDORSED: "The group carried the text in its own ballot.",
    StanceKind.RESERVATION: "The group accepts the text and records a statement. It counts.",
    StanceKind.OPT_OUT: "The group accepts the plank except the units named. It counts in part.",
    StanceKind.DECLINED: "The group voted, and the text was not carried.",
    StanceKind.WITHDRAWN: "The group backed the text once and has voted to take that back.",
    StanceKind.NO_QUORUM: "Too few members voted, twice. That is not a rejection.",
}


@dataclass(frozen=True)
class DecisionsPage:
    """The rules in words: the figures of each group side by side, and what the tags and signs mean."""

    head: Sequence[str]
    figures: Sequence[Sequence[str]]
    differences: str
    levels: Sequence[tuple[Level, str]]
    signs: Sequence[tuple[str, str, str]]
    seconding_days: int
    objection_hours: int
    fewest_votes: int
    outcome_only_below: int
    exact_from: int
    groups: Sequence[Group]


def decisions_page() -> DecisionsPage:
    """Read the standing orders and say them."""
    orders = standing_orders.load()
    in_order = [orders[group.key] for group in GROUPS]
    head, figures = side_by_side(in_order)
    return DecisionsPage(
        head=head,
        figures=figures,
        differences=differences(in_order),
        levels=[(Level(key, label_of(key, len(GROUPS))), meaning) for key, meaning in LEVEL_MEANINGS.items()],
        signs=[
            *((*STANCE_WORDS[kind], CELL_MEANINGS[kind]) for kind in CELLS),
            (*NO_STANCE, "It has not voted on them."),
        ],
        seconding_days=SECONDING_PERIOD.days,
        objection_hours=round(OBJECTION_PERIOD.total_seconds() / 3600),
        fewest_votes=FEWEST_VOTES,
        outcome_only_below=OUTCOME_ONLY_BELOW,
        exact_from=EXACT_FROM,
        groups=GROUPS,
    )


def side_by_side(orders: Sequence[StandingOrders]) -> tuple[list[str], list[list[str]]]:
    """The figures with a column a group; where all have the same, names and values alone, and no head."""
    figures = [[name, *(words(order) for order in orders)] for name, words in FIGURES]
    if not _differing(orders):
        return [], [row[:2] for row in figures]
    return ["Rule", *(group_named(order.group).full_title for order in orders)], figures


def share(fraction: Fraction) -> str:
    """10 %, or 2/3 where that is no whole number of hundredths."""
    hundredths = fraction * 100
    return f"{hundredths.numerator} %" if hundredths.denominator == 1 else str(fraction)


def _quorum(orders: StandingOrders) -> str:
    if orders.quorum_mode is QuorumMode.APPROVAL:
        return f"Yes votes are {share(orders.quorum)} of the roll or more"
    return f"Votes cast are {share(orders.quorum)} of the roll or more"


def _threshold(orders: StandingOrders) -> str:
    needed = "half" if orders.threshold == Fraction(1, 2) else share(orders.threshold)
    return f"{'More than' if orders.threshold_is_strict else 'At least'} {needed} of yes and no"


def _since(orders: StandingOrders) -> str:
    day = orders.since
    return f"Version {orders.version}, since {day.day} {MONTHS[day.month - 1]} {day.year}"


FIGURES: tuple[tuple[str, Callable[[StandingOrders], str]], ...] = (
    ("Standing orders", _since),
    ("Quorum", _quorum),
    ("To be carried", _threshold),
    ("A ballot is open for", lambda orders: span(orders.ballot_period)),
    ("Notice before it opens", lambda orders: span(orders.notice)),
    ("A member votes after", lambda orders: f"{span(orders.qualifying_period)} in the group"),
    ("Minority position from", lambda orders: f"{share(orders.minority)} of yes and no"),
    ("Without a quorum, again after", lambda orders: span(orders.rerun_after)),
)


def _differing(orders: Sequence[StandingOrders]) -> list[str]:
    return [name.lower() for name, words in FIGURES if len({words(order) for order in orders}) > 1]


def differences(orders: Sequence[StandingOrders]) -> str:
    """Where the groups' figures differ, or that they do not."""
    differing = _differing(orders)
    names = in_words([order.group for order in orders])
    if not differing:
        return f"Today the Compass {names} groups decide by the same figures."
    return f"The figures of the Compass {names} groups differ in: {', '.join(differing)}."
