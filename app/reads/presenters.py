"""The page on which members see which officers read their record."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.models import RecordRead
from app.reads import queries
from app.web.filters import day
from app.web.paging import Page, page_of
from policies.groups import group_named
from policies.permissions import Actor
from policies.reads import office_in_words


@dataclass(frozen=True)
class ShownRead:
    """What was read, by which office and when."""

    what: str
    told: str


@dataclass(frozen=True)
class ReadsPage:
    """The reads of one page of the list."""

    reads: Sequence[ShownRead]
    listed: Page


def reads_page(actor: Actor, number: int) -> ReadsPage:
    """Raises `NotThere` past the end."""
    listed = page_of(queries.of_own_record(actor), number)
    return ReadsPage([_shown(one) for one in listed.rows], listed)


def _shown(read: RecordRead) -> ShownRead:
    title = group_named(read.group).title if read.group else ""
    times = "" if read.times == 1 else f", {read.times} times"
    return ShownRead(read.what.words, f"{office_in_words(read.office, title)}, on {day(read.day)}{times}")
