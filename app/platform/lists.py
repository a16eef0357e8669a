"""Planks on lists, the most agreed first: the home page, all planks by level, the planks of a theme."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from flask import url_for

from app.endorsements.levels import READING_ORDER, level_named
from app.endorsements.presenters import PlankCard, plank_cards
from app.models import Theme
from app.platform import narrowing, queries
from app.platform.narrowing import Asked
from app.platform.queries import Narrowed, ThemeCount
from app.web.paging import Page, page_of
from policies.agreement import Level, LevelKey

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
    asked: Asked | None = None
    all_url: str = ""


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


def plank_list(number: int) -> PlankList:
    """The public planks the address asks for; raises `NotUnderstood` for an unknown filter, `NotThere` for a page."""
    asked = narrowing.asked([count.theme for count in queries.themes_with_counts()])
    narrowed = asked.narrowed
    counts = queries.counts_by_level(narrowed)
    page = page_of(queries.on_lists(narrowed), number, CARDS_ON_A_LIST)
    return PlankList(
        cards=plank_cards(page.rows),
        page=page,
        levels=_level_counts(counts, asked.values),
        level=None if narrowed.level is None else level_named(narrowed.level),
        planks=sum(counts.values()),
        asked=asked,
        all_url=_list_url({**asked.values, "level": ""}),
    )


def theme_list(theme: Theme, number: int) -> PlankList:
    """The public planks of one theme."""
    page = page_of(queries.on_lists(Narrowed(theme)), number, CARDS_ON_A_LIST)
    return PlankList(plank_cards(page.rows), page, (), None, page.total)


def _level_counts(counts: Mapping[str, int], values: Mapping[str, str] = MappingProxyType({})) -> list[LevelCount]:
    """Every level with its list, narrowed as `values` say; the pause, which is rare, only where there is one."""
    return [
        LevelCount(level_named(key), counts.get(key, 0), _list_url({**values, "level": key.value}))
        for key in READING_ORDER
        if key is not LevelKey.PAUSED or counts.get(key) or values.get("level") == key
    ]


def _list_url(values: Mapping[str, str]) -> str:
    asked: dict[str, Any] = {name: value for name, value in values.items() if value}
    return url_for("platform.all_planks", **asked)
