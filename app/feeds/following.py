"""The page that lists every feed and calendar, and what each is called where a page or its head names it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask import url_for
from markupsafe import Markup

from app.feeds.entries import ENTRIES
from app.platform import queries as platform
from policies.groups import GROUPS

LINK = Markup('<a href="{}" type="{}">{}<span class="visually-hidden">: {}</span></a>')
# Of each scope of feeds: the end of its endpoint, what it is called, and its media type.
FORMS = (
    ("atom", "Atom", "application/atom+xml"),
    ("json", "JSON Feed", "application/feed+json"),
    ("dates", "Closing dates", "text/calendar"),
)
HEAD = ["Feed", "Feed as JSON", "Calendar"]

Row = Sequence[str | Markup]


@dataclass(frozen=True)
class FollowPage:
    """The feeds of the whole platform, of each group and of each theme, as rows of tables."""

    whole: Sequence[Row]
    groups: Sequence[Row]
    themes: Sequence[Row]
    longest: int = ENTRIES

    @property
    def head(self) -> list[str]:
        """The columns beside the first."""
        return HEAD


def follow_page() -> FollowPage:
    """One query."""
    return FollowPage(
        whole=[row("The whole platform", "site")],
        groups=[row(group.full_title, "group", group=group.key) for group in GROUPS],
        themes=[row(count.theme.name, "theme", slug=count.theme.slug) for count in platform.themes_with_counts()],
    )


def row(name: str, scope: str, **values: Any) -> Row:
    """What it is about, and a link to each form of it."""
    return [
        name,
        *(LINK.format(url_for(f"feeds.{scope}_{end}", **values), kind, word, name) for end, word, kind in FORMS),
    ]
