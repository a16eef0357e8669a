"""Lists have an end: one page of a list, and the addresses of its neighbours."""

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from flask import request
from sqlalchemy import Select, func, select

from app.extensions import db
from app.web.kept_answers import answer_of
from policies.errors import NotThere

PAGE_LENGTH = 30


@dataclass(frozen=True)
class Page:
    """The rows of one page, its number, and the number of the last page."""

    rows: Sequence[Any]
    number: int
    last: int
    total: int

    @property
    def previous_url(self) -> str | None:
        """The page before, if there is one."""
        return self._address(self.number - 1) if self.number > 1 else None

    @property
    def next_url(self) -> str | None:
        """The page after, if there is one."""
        return self._address(self.number + 1) if self.number < self.last else None

    def _address(self, number: int) -> str:
        # Only a query, so that no parameter's name can change where the link leads.
        return "?" + urlencode({**request.args.to_dict(), "page": number})


def asked_page() -> int:
    """The page number in the address; anything but a plain number from 1 is not there."""
    asked = request.args.get("page", "1")
    if not asked.isascii() or not asked.isdigit() or asked.startswith("0") or len(asked) > 6:
        raise NotThere("There is no such page of this list. Start from its first page.")
    return int(asked)


def page_of(query: Select[Any], number: int, length: int = PAGE_LENGTH, *, counted_as: Hashable = None) -> Page:
    """Read one page of `query` in two queries; raises `NotThere` past the end.

    `counted_as` names what everybody finds as many of: how many is kept until something public changes.
    """
    last, total = _measured(query, number, length, counted_as)
    rows = db.session.scalars(query.limit(length).offset((number - 1) * length)).unique().all()
    return Page(rows, number, last, total)


def page_of_columns(
    query: Select[Any],
    number: int,
    length: int = PAGE_LENGTH,
    *,
    of_first: Callable[[int], Select[Any]] | None = None,
    counted_as: Hashable = None,
) -> Page:
    """The same of a query for several columns, whose rows are what the page holds; `of_first` is a query for so many
    of them, which finds those quicker."""
    last, total = _measured(query, number, length, counted_as)
    found = query if of_first is None else of_first(number * length)
    rows = db.session.execute(found.limit(length).offset((number - 1) * length)).all()
    return Page(rows, number, last, total)


def page_of_ids(
    ids: Sequence[int], read: Callable[[Sequence[int]], Sequence[Any]], number: int, length: int = PAGE_LENGTH
) -> Page:
    """The same where it is known which rows there are, in their order: only those of the page are read."""
    last, start = _last(len(ids), number, length), (number - 1) * length
    return Page(read(ids[start : start + length]), number, last, len(ids))


def _measured(query: Select[Any], number: int, length: int, counted_as: Hashable) -> tuple[int, int]:
    """The number of the last page, and how many rows there are."""

    def count() -> int:
        return db.session.scalar(select(func.count()).select_from(query.order_by(None).subquery())) or 0

    total = count() if counted_as is None else answer_of(("how many", counted_as), count)
    return _last(total, number, length), total


def _last(total: int, number: int, length: int) -> int:
    last = max(1, -(-total // length))
    if number > last:
        raise NotThere("There is no such page of this list. Start from its first page.")
    return last
