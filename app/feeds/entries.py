"""What a feed holds, whatever it is written as: lasting names, words, moments, and whole addresses."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from urllib.parse import urlsplit

from app.platform.news import News
from app.web.imprint import MADE_UP
from app.web.site import NAME
from policies.groups import GROUPS
from policies.moderation import HIDDEN_TITLE, cases_noted

ENTRIES = 50
_WORD = re.compile(r"\w+")
NOT_PARTIES = "Compass groups, not parties"
# Of a feed that has told nothing yet; it may not be without a date.
NOTHING_YET = datetime(2026, 1, 1, tzinfo=UTC)
# The year in which the service began to give names: it stands in each, so that it never changes.
NAMED_SINCE = 2026


@dataclass(frozen=True)
class Entry:
    """One thing that became public, and when its words last changed."""

    name: str
    published: datetime
    updated: datetime
    what: str
    detail: str
    url: str


@dataclass(frozen=True)
class Feed:
    """Entries, newest first, under one title; `path` is where this writing of it is, `page` what it is about."""

    name: str
    title: str
    about: str
    path: str
    page: str
    entries: Sequence[Entry]
    site_url: str

    @property
    def updated(self) -> datetime:
        """When anything in it last changed."""
        return max((entry.updated for entry in self.entries), default=NOTHING_YET)


def entry_of(news: News) -> Entry:
    """What is new, as an entry."""
    return Entry(news.name, news.at, news.at, news.what, news.detail, news.url)


def touched(entries: Iterable[Entry], hidden_at: datetime | None) -> list[Entry]:
    """The same, those whose words are hidden dated by that: readers that kept the words are to take the new ones."""
    return [
        replace(entry, updated=max(entry.updated, hidden_at)) if hidden_at and HIDDEN_TITLE in entry.what else entry
        for entry in entries
    ]


def noted(entries: Iterable[Entry], hidden_at: Mapping[str, datetime]) -> list[Entry]:
    """The same, those that say a reason or an answer is hidden dated by when its case hid it."""
    return [
        replace(entry, updated=max([entry.updated, *_moments(cases_noted(entry.detail), hidden_at)]))
        for entry in entries
    ]


def returned(entry: Entry, number: int, words: str, at: datetime) -> Entry:
    """The same, dated by when its words could be read again, where it is about this plank and holds them."""
    holds = f"P{number}" in _WORD.findall(entry.what) and (words in entry.what or words in entry.detail)
    return replace(entry, updated=max(entry.updated, at)) if holds else entry


def _moments(keys: Iterable[str], hidden_at: Mapping[str, datetime]) -> list[datetime]:
    return [hidden_at[key] for key in keys if key in hidden_at]


def lasting(site_url: str, name: str) -> str:
    """A tag URI (RFC 4151): the same whenever it is made, and no other site's."""
    parts = urlsplit(site_url)
    place = f"{f':{parts.port}' if parts.port else ''}{parts.path}"
    return f"tag:{parts.hostname},{NAMED_SINCE}:{f'{place}/' if place else ''}{name}"


def about(imprint: str, *, is_demonstration: bool) -> str:
    """What stands in the head of every feed and calendar: who the groups are not, and who is responsible."""
    disclaimers = [f"The {group.title} is {group.disclaimer}." for group in GROUPS]
    return " ".join([*([MADE_UP] if is_demonstration else []), *disclaimers, imprint]).strip()


def titled(words: str) -> str:
    """The title of a feed, which stands alone in a reader: the service, what it tells, and that no party speaks."""
    return f"{NAME}: {words} ({NOT_PARTIES})"
