"""All planks, or those of one theme: narrowed by how they stand or what groups did, and sorted, as the address says."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask import url_for

from app.endorsements.levels import READING_ORDER, level_named
from app.endorsements.presenters import PlankCard, plank_cards
from app.models import Theme
from app.platform import narrowing, public_planks, queries
from app.platform.narrowing import STANDINGS, Asked
from app.platform.ordering import Order, order_asked, orders
from app.platform.public_planks import PublicPlanks
from app.web.paging import Page, page_of_ids
from policies.overlap import Standing

# Full rows of two or three cards, and a page that stays light on a phone.
CARDS_ON_A_LIST = 24


@dataclass(frozen=True)
class Way:
    """The planks that stand alike: what they are called, how many they are, and where they are listed."""

    key: str
    name: str
    planks: int
    url: str


@dataclass(frozen=True)
class PlankList:
    """One page of a list of planks, how it can be narrowed and sorted, and where it is whole."""

    theme: Theme | None
    cards: Sequence[PlankCard]
    page: Page
    ways: Sequence[Way]
    asked: Asked
    orders: Sequence[Order]
    whole_url: str
    planks: int
    """How many there are, of this theme where it is one's, however much is asked for."""

    @property
    def current(self) -> Way:
        """How the planks on the list stand; the first way is however they do."""
        asked = self.asked.values
        key = asked.get("show") or asked.get("level") or "all"
        return next(way for way in self.ways if way.key == key)


def plank_list(number: int, theme: Theme | None = None) -> PlankList:
    """The public planks the address asks for; raises `NotUnderstood` for an unknown filter, `NotThere` for a page."""
    public = public_planks.now()
    counts = public.themes()
    asked = narrowing.asked([count.theme for count in counts], theme)
    page = page_of_ids(public.ids(asked.narrowed, asked.order), queries.on_lists, number, CARDS_ON_A_LIST)
    return PlankList(
        theme=theme,
        cards=plank_cards(page.rows),
        page=page,
        ways=_ways(public, asked, theme),
        asked=asked,
        orders=list(orders(asked, lambda order: _url(theme, {**asked.values, "sort": order})).values()),
        whole_url=_url(theme, {}),
        planks=sum(count.planks for count in counts if theme is None or count.theme.id == theme.id),
    )


def _ways(public: PublicPlanks, asked: Asked, theme: Theme | None) -> list[Way]:
    """All, every level, backed by one, where we differ: each narrowed further as asked, and none without a plank."""
    counts, standing = public.counts_by_level(asked.narrowed), public.counts_by_standing(asked.narrowed)
    kept = {**asked.values, "sort": order_asked(asked.order), "level": "", "show": ""}
    found = [Way("all", "All", sum(counts.values()), _url(theme, kept))]
    for key in READING_ORDER:
        url = _url(theme, {**kept, "level": key.value})
        found.append(Way(key.value, level_named(key).label, counts.get(key, 0), url))
    for one in Standing:
        place = found.index(next(way for way in found if way.key == "backed_by_two")) + 1
        way = Way(one.value, STANDINGS[one], standing[one], _url(theme, {**kept, "show": one.value}))
        found.insert(place if one is Standing.BACKED_BY_ONE else len(found), way)
    chosen = asked.values.get("show") or asked.values.get("level") or "all"
    return [way for way in found if way.planks or way.key == chosen]


def _url(theme: Theme | None, values: dict[str, str]) -> str:
    asked: dict[str, Any] = {name: value for name, value in values.items() if value}
    if theme is None:
        return url_for("platform.all_planks", **asked)
    return url_for("platform.theme", slug=theme.slug, **asked)
