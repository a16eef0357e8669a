"""The home page: how many planks are agreed, the first of them, and how the others stand."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask import url_for

from app.endorsements.levels import READING_ORDER, level_named
from app.endorsements.presenters import PlankCard, plank_cards
from app.platform import public_planks, queries
from app.platform.public_planks import ThemeCount
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
    """The same few queries, however many planks there are. Of all in their order, those that are agreed come first."""
    public = public_planks.now()
    counts, ids = public.counts_by_level(), public.ids()
    agreed = counts.get(LevelKey.AGREED, 0)
    return HomePage(
        agreed=agreed,
        planks=len(ids),
        agreed_cards=plank_cards(queries.on_lists(ids[:agreed][:CARDS_ON_HOME])),
        other_cards=plank_cards(queries.on_lists(ids[agreed:][:CARDS_ON_HOME])),
        others=[count for count in _level_counts(counts) if count.level.key is not LevelKey.AGREED],
        themes=public.themes(),
        agreed_url=url_for("platform.all_planks", level=LevelKey.AGREED),
    )


def _level_counts(counts: Mapping[str, int]) -> list[LevelCount]:
    """Every level with its list; the pause, which is rare, only where there is one."""
    return [
        LevelCount(level_named(key), counts.get(key, 0), url_for("platform.all_planks", level=key.value))
        for key in READING_ORDER
        if key is not LevelKey.PAUSED or counts.get(key)
    ]
