"""What’s new as a page: narrowed by theme and kind, as its address says, and put together day by day."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from app.models import Plank, Theme
from app.platform import happenings, news, queries
from app.platform.happenings import About, Kind
from app.platform.narrowing import ANY, Choice, given, one_of
from app.web.filters import day
from app.web.paging import Page, page_of_columns

# What a reader tells apart, in the order of the form: its name in the address, its label, and what happened.
KINDS: dict[str, tuple[str, frozenset[Kind]]] = {
    "planks": ("Planks opened and ended", frozenset({Kind.OPENED, Kind.ENDED})),
    "texts": ("New texts", frozenset({Kind.VERSION})),
    "rounds": ("Rounds opened", frozenset({Kind.ROUND_OPENED})),
    "results": ("Results", frozenset({Kind.ROUND_PUBLISHED})),
    "references": ("References back", frozenset({Kind.REFERRED, Kind.REFERENCE_ENDED})),
    "backing": ("Backing paused or come true", frozenset({Kind.PAUSED, Kind.PAUSE_ENDED, Kind.PROMISE_KEPT})),
    "editions": ("Editions", frozenset({Kind.EDITION})),
}
ONE: dict[str, str] = {
    "planks": "Plank",
    "texts": "New text",
    "rounds": "Round",
    "results": "Result",
    "references": "Reference back",
    "backing": "Backing",
    "editions": "Edition",
}


@dataclass(frozen=True)
class Entry:
    """One thing that happened, below its day: of which kind and at which time, a line, a few words, and its page."""

    when: str
    what: str
    url: str
    detail: str


@dataclass(frozen=True)
class NewsAsked:
    """What the page is narrowed to, and the form that asks for it."""

    theme: Theme | None
    kind: str
    choices: Sequence[Choice]

    @property
    def in_words(self) -> str:
        """ "theme Housing; results"; empty where nothing is narrowed."""
        said = [f"theme {self.theme.name}"] if self.theme else []
        return "; ".join([*said, *([KINDS[self.kind][0].lower()] if self.kind else [])])


@dataclass(frozen=True)
class NewsPage:
    """One page of it, the newest day first, and in it the newest thing."""

    days: Sequence[tuple[str, Sequence[Entry]]]
    page: Page
    asked: NewsAsked


def news_page(number: int) -> NewsPage:
    """Raises `NotThere` past the end, `NotUnderstood` for a theme or kind that there is not."""
    asked = _asked([count.theme for count in queries.themes_with_counts()])
    about = _about(asked)
    page = page_of_columns(
        happenings.happenings(about),
        number,
        of_first=lambda most: happenings.happenings(about, most),
        counted_as=("news", asked.theme.id if asked.theme else None, asked.kind),
    )
    told = [(one.at, _entry(one.kind, of_it)) for one, of_it in news.told(page.rows)]
    by_day = groupby(told, key=lambda pair: day(pair[0]))
    return NewsPage([(name, [entry for _, entry in pairs]) for name, pairs in by_day], page, asked)


def _asked(themes: Sequence[Theme]) -> NewsAsked:
    asked = given(("theme", "kind", "page"))
    by_slug = {theme.slug: theme for theme in themes}
    slug = one_of(by_slug, asked.get("theme", ""), "theme")
    kind = one_of(KINDS, asked.get("kind", ""), "kind")
    choices = [
        Choice("theme", "Theme", [("", ANY), *((theme.slug, theme.name) for theme in themes)], slug),
        Choice("kind", "Kind", [("", ANY), *((key, label) for key, (label, _) in KINDS.items())], kind),
    ]
    return NewsAsked(by_slug.get(slug), kind, choices)


def _about(asked: NewsAsked) -> About | None:
    """What is asked for, by kind; nothing where everything is."""
    if asked.theme is None:
        return dict.fromkeys(KINDS[asked.kind][1]) if asked.kind else None
    of_theme = happenings.of_planks(Plank.theme_id == asked.theme.id)
    return {kind: of_theme[kind] for kind in KINDS[asked.kind][1]} if asked.kind else of_theme


def _entry(kind: Kind, one: news.News) -> Entry:
    name = next(ONE[key] for key, (_, kinds) in KINDS.items() if kind in kinds)
    return Entry(f"{name}, {_time(one.at)}", one.what, one.url, one.detail)


def _time(at: datetime) -> str:
    return f"{at:%H:%M} UTC"
