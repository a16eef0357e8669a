"""How decisions are made, in plain sentences generated from the rules themselves, so that neither can drift."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.orders import queries as standing_orders
from app.orders.wording import differences, side_by_side
from policies.agreement import Level, LevelKey, label_of
from policies.amendments import OBJECTION_PERIOD
from policies.ballots import FEWEST_VOTES
from policies.endorsements import NO_STANCE, STANCE_WORDS, StanceKind
from policies.groups import GROUPS, Group
from policies.planks import SECONDING_PERIOD
from policies.rulings import MEMBERS_TO_APPEAL
from policies.small_cells import EXACT_FROM, OUTCOME_ONLY_BELOW

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
    members_to_appeal: int
    objection_hours: int
    fewest_votes: int
    outcome_only_below: int
    exact_from: int
    groups: Sequence[Group]


def decisions_page() -> DecisionsPage:
    """Read the standing orders and say them."""
    in_order = standing_orders.in_order(standing_orders.current())
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
        members_to_appeal=MEMBERS_TO_APPEAL,
        objection_hours=round(OBJECTION_PERIOD.total_seconds() / 3600),
        fewest_votes=FEWEST_VOTES,
        outcome_only_below=OUTCOME_ONLY_BELOW,
        exact_from=EXACT_FROM,
        groups=GROUPS,
    )
