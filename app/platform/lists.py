"""Planks on lists, the most agreed first: the home page, all planks by level, the planks of a theme."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask import url_for

from app.endorsements.levels import READING_ORDER, level_named
from app.endorsements.presenters import PlankCard, plank_cards
from app.models import Theme
from app.platform import queries
from app.platform.queries import ThemeCount
from app.web.paging import Page, page_of
from policies.agreement import Level, LevelKey
from policies.errors import NotThere

CARDS_ON_HOME = 6
# Full rows of two or three cards, and a page that stays light on a phone.
CARDS_ON_A_LIST = 24


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


@dataclass(frozen=True)
class PlankList:
    """One page of a list of planks, and the levels it can be narrowed to."""

    cards: Sequence[PlankCard]
    page: Page
    levels: Sequence[LevelCount]
    level: Level | None
    planks: int


def home_page() -> HomePage:
    """The same few queries, however many planks there are."""
    counts = queries.counts_by_level()
    return HomePage(
        agreed=counts.get(LevelKey.AGREED, 0),
        planks=sum(counts.values()),
        agreed_cards=plank_cards(queries.first_of(queries.on_lists(LevelKey.AGREED), CARDS_ON_HOME)),
        other_cards=plank_cards(queries.first_of(queries.not_agreed(), CARDS_ON_HOME)),
        others=[count for count in _level_counts(counts) if count.level.key is not LevelKey.AGREED],
        themes=queries.themes_with_counts(),
        agreed_url=url_for("platform.all_planks", level=LevelKey.AGREED),
    )


def plank_list(asked_level: str | None, number: int) -> PlankList:
    """All public planks, or those of one level; raises `NotThere` for an unknown level or page."""
    if asked_level is not None and asked_level not in list(LevelKey):
        raise NotThere("There is no such level of agreement. Choose one from the list of all planks.")
    counts = queries.counts_by_level()
    page = page_of(queries.on_lists(asked_level), number, CARDS_ON_A_LIST)
    level = None if asked_level is None else level_named(asked_level)
    return PlankList(plank_cards(page.rows), page, _level_counts(counts), level, sum(counts.values()))


def theme_list(theme: Theme, number: int) -> PlankList:
    """The public planks of one theme."""
    page = page_of(queries.on_lists(theme=theme), number, CARDS_ON_A_LIST)
    return PlankList(plank_cards(page.rows), page, (), None, page.total)


def _level_counts(counts: Mapping[str, int]) -> list[LevelCount]:
    return [
        LevelCount(level_named(key), counts.get(key, 0), url_for("platform.all_planks", level=key.value))
        for key in READING_ORDER
    ]
