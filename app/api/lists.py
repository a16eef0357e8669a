"""Lists of the API: what is read, in which order, how far a page goes and where the next one begins."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from flask import request
from marshmallow import Schema
from sqlalchemy import ColumnElement, Select

from app.api import cursors, naming
from app.api.cursors import Place
from app.api.naming import Told
from app.api.questions import MOST_ROWS, Asked
from app.extensions import db


@dataclass(frozen=True)
class Listing:
    """One list: `columns` put it in order and tell its rows apart, `place` reads them from a row."""

    name: str
    schema: type[Schema]
    query: Callable[[Asked], Select[Any]]
    columns: Sequence[Any]
    place: Callable[[Any], Place]
    told: Callable[[Sequence[Any]], list[Told]]
    newest_first: bool = False
    of_columns: bool = False
    """Whether the query is for several columns, whose rows are what `told` gets."""


def page(listing: Listing, asked: Asked) -> Told:
    """One page of a list as it is answered."""
    rows, mark = rows_of(listing, asked)
    return {
        "about": naming.about(),
        listing.name: listing.told(rows),
        "next": None if mark is None else _on(mark, asked),
    }


def rows_of(listing: Listing, asked: Asked) -> tuple[Sequence[Any], str | None]:
    """The rows of one page, and the mark of the last of them where more follow."""
    limit = int(asked["limit"])
    query = listing.query(asked)
    if "cursor" in asked:
        place = cursors.opened(listing.name, asked["cursor"])
        query = query.where(cursors.beyond(listing.columns, place, newest_first=listing.newest_first))
    ordered = query.order_by(None).order_by(*(_run(one, listing) for one in listing.columns)).limit(limit + 1)
    rows = db.session.execute(ordered).all() if listing.of_columns else db.session.scalars(ordered).unique().all()
    goes_on = len(rows) > limit
    return rows[:limit], cursors.sealed(listing.name, listing.place(rows[limit - 1])) if goes_on else None


def everything_in(listing: Listing) -> Iterator[Told]:
    """All rows of a list, a page at a time, so that no more than one is ever held."""
    asked: Asked = {"limit": MOST_ROWS}
    while True:
        rows, mark = rows_of(listing, asked)
        yield from listing.told(rows)
        if mark is None:
            return
        db.session.expunge_all()
        asked = {"limit": MOST_ROWS, "cursor": mark}


def _run(column: ColumnElement[Any], listing: Listing) -> ColumnElement[Any]:
    return column.desc() if listing.newest_first else column.asc()


def _on(mark: str, asked: Asked) -> str:
    """The address of the page that follows: what was asked, from another place on, with as many rows as this has."""
    values: dict[str, Any] = {**(request.view_args or {}), **request.args.to_dict(), "cursor": mark}
    values |= {"limit": asked["limit"]} if "limit" in values else {}
    return naming.url_of(request.endpoint or "", **values)
