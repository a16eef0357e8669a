"""How decisions are made, in plain sentences generated from the rules themselves, so that neither can drift."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from app.orders import queries as standing_orders
from app.orders.wording import differences, sentences, side_by_side, version_words
from policies.agreement import Level, LevelKey, label_of
from policies.amendments import OBJECTION_PERIOD
from policies.ballots import FEWEST_VOTES
from policies.endorsements import NO_STANCE, STANCE_WORDS, StanceKind
from policies.groups import GROUPS, Group, group_named
from policies.planks import SECONDING_PERIOD, Stage
from policies.rulings import MEMBERS_TO_APPEAL
from policies.small_cells import EXACT_FROM, OUTCOME_ONLY_BELOW
from policies.standing_orders import StandingOrders

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


# Where a plank can be on its way, and where it can end.
ON_ITS_WAY = (Stage.DRAFT, Stage.SEEKING_SECONDERS, Stage.CHECKING, Stage.OPEN)
ENDS = (Stage.LAPSED, Stage.RULED_OUT, Stage.WITHDRAWN, Stage.COMPOSITED, Stage.ARCHIVED)


@dataclass(frozen=True)
class OwnRules:
    """One group's standing orders in plain sentences, each with whether another group's differ in it."""

    group: Group
    version: str
    sentences: Sequence[tuple[str, bool]]


@dataclass(frozen=True)
class DecisionsPage:
    """The rules in words: the figures of each group side by side, and what the tags and signs mean."""

    head: Sequence[str]
    figures: Sequence[Sequence[str]]
    differences: str
    own_rules: Sequence[OwnRules]
    stages: Mapping[str, str]
    life: str
    """The stages of a plank in words, as the picture shows them."""
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
        own_rules=own_rules(in_order),
        stages={stage.value: f"{stage.words[0].upper()}{stage.words[1:]}" for stage in Stage},
        life=life_in_words(),
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


def own_rules(orders: Sequence[StandingOrders]) -> list[OwnRules]:
    """Each group's own rules, sentence beside sentence: those that are not the same for all are marked."""
    said = [sentences(one) for one in orders]
    groups = [group_named(one.group) for one in orders]
    alike = [
        len({sentence.replace(group.title, "") for group, sentence in zip(groups, row, strict=True)}) == 1
        for row in zip(*said, strict=True)
    ]
    return [
        OwnRules(group, version_words(one), [(words, not same) for words, same in zip(own, alike, strict=True)])
        for group, one, own in zip(groups, orders, said, strict=True)
    ]


def life_in_words() -> str:
    """The stages of a plank in the order in which it comes to them, and its ends."""
    way = ", then ".join(stage.words for stage in ON_ITS_WAY)
    ends = ", ".join(stage.words for stage in ENDS)
    return (
        f"A plank is {way}. While a round is held on it, it is {Stage.BALLOTING.words}, and open again once the result"
        f" is published; that can be often. It can end: {ends}. Its page then says why, and stays."
    )
