"""What the pages of notices show: what somebody was told, what they follow, and how they want to be told."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import url_for

from app import clock
from app.models import MailStop, Notice
from app.notices import queries, wording
from app.notices.queries import NamedPlank, Things
from app.web.filters import minute
from app.web.paging import Page, page_of
from policies.permissions import Actor

MOST_FOLLOWED_SHOWN = 10


@dataclass(frozen=True)
class ShownNotice:
    """A line of the page: what happened, where it leads, when it was told, and whether it is new."""

    words: str
    url: str
    told: str
    is_new: bool


@dataclass(frozen=True)
class NoticesPage:
    """A page of notices, and some of what their reader follows."""

    lines: Sequence[ShownNotice]
    listed: Page
    newest: int
    """The id of the newest notice, on the first page; 0 where none is new, and on later pages."""
    followed: Sequence[NamedPlank]
    follows_more: bool


@dataclass(frozen=True)
class FollowingPage:
    """A page of what somebody follows."""

    planks: Sequence[NamedPlank]
    listed: Page


def notices_page(actor: Actor, number: int) -> NoticesPage:
    """What somebody was told, the unread first."""
    listed = page_of(queries.own(actor), number)
    things, now = queries.things_of(listed.rows), clock.now()
    followed = page_of(queries.followed(actor), 1, MOST_FOLLOWED_SHOWN)
    unread = [notice.id for notice in listed.rows if notice.read_at is None and number == 1]
    return NoticesPage(
        lines=[
            ShownNotice(
                wording.words(notice, things, now), _url(notice, things), minute(notice.told_at), notice.read_at is None
            )
            for notice in listed.rows
        ],
        listed=listed,
        newest=max(unread, default=0),
        followed=_planks(followed),
        follows_more=followed.last > 1,
    )


def following_page(actor: Actor, number: int) -> FollowingPage:
    """All that somebody follows."""
    listed = page_of(queries.followed(actor), number)
    return FollowingPage(_planks(listed), listed)


def stopped_words(stop: MailStop) -> str:
    """Which mail a key ends, with nothing of whose it is."""
    return f"“{stop.kind.words}”" if stop.kind else "the daily digest"


def _planks(listed: Page) -> list[NamedPlank]:
    named = queries.planks_named(listed.rows)
    return [named[plank_id] for plank_id in listed.rows]


def _url(notice: Notice, things: Things) -> str:
    endpoint, values = wording.address(notice, things)
    return url_for(endpoint, **values)
