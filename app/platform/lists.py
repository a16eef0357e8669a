"""The home page: how many planks are agreed, the first of them, and how the others stand."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask import url_for

from app.endorsements.levels import READING_ORDER, level_named
from app.endorsements.presenters import PlankCard, plank_cards
from app.platform import queries
from app.platform.queries import Narrowed, ThemeCount
from policies.agreement import Level, LevelKey

CARDS_ON_HOME = 6


@dataclass(frozen=True)
class LevelCount:
    """A level, how many public planks have it, and the list of them."""

    level: Level
    planks: int
    url: str


@dataclass(frozen=True)
class HomePage:
    """The platform at a glance."""

    agreed: int
    planks: int
    agreed_cards: Sequence[PlankCard]
    other_cards: Sequence[PlankCard]
    others: Sequence[LevelCount]
    themes: Sequence[ThemeCount]
    agreed_url: str


def home_page() -> HomePage:
    """The same few queries, however many planks there are."""
    counts = queries.counts_by_level()
    return HomePage(
        agreed=counts.get(LevelKey.AGREED, 0),
        planks=sum(counts.values()),
        agreed_cards=plank_cards(queries.first_of(queries.on_lists(Narrowed(level=LevelKey.AGREED)), CARDS_ON_HOME)),
        other_cards=plank_cards(queries.first_of(queries.not_agreed(), CARDS_ON_HOME)),
        others=[count for count in _level_counts(counts) if count.level.key is not LevelKey.AGREED],
        themes=queries.themes_with_counts(),
        agreed_url=url_for("platform.all_planks", level=LevelKey.AGREED),
    )


def _level_counts(counts: Mapping[str, int]) -> list[LevelCount]:
    """Every level with its list; the pause, which is rare, only where there is one."""
    return [
        LevelCount(level_named(key), counts.get(key, 0), url_for("platform.all_planks", level=key.value))
        for key in READING_ORDER
        if key is not LevelKey.PAUSED or counts.get(key)
    ]
