"""Where we stand: planks by groups, each cell a decision on the very version its row names."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import url_for

from app.endorsements import presenters as endorsements
from app.endorsements import queries as endorsement_queries
from app.endorsements.presenters import Cell
from app.models import Plank, Stance, Version
from app.platform import narrowing, queries
from app.platform.addresses import plank_url, standing_url, version_url
from app.platform.narrowing import Asked
from app.platform.queries import ORDERS
from app.platform.versions import notes
from app.web.paging import Page, page_of
from policies.agreement import Level
from policies.groups import GROUPS, Group

ORDER_WORDS = {
    "agreement": ("Agreement", "most agreed first", "least agreed first"),
    "number": ("Number", "lowest first", "highest first"),
    "title": ("Title", "A to Z", "Z to A"),
    "theme": ("Theme", "A to Z", "Z to A"),
}


@dataclass(frozen=True)
class Order:
    """A way to sort the table: its name, how it runs when followed, whether it is the one in use and how that runs."""

    key: str
    name: str
    runs: str
    url: str
    is_current: bool
    aria_sort: str
    """What the column's head says of itself: none, ascending or descending."""


@dataclass(frozen=True)
class Row:
    """A plank with each group's decision on the version shown; `newer_*` is the text members work on, if another."""

    number: str
    title: str
    url: str
    theme: str
    theme_url: str
    level: Level
    version: str
    version_url: str
    newer: str
    newer_url: str
    cells: Sequence[Cell]


@dataclass(frozen=True)
class MatrixPage:
    """One page of the matrix, its orders by the column they sort, and the same rows as a file."""

    groups: Sequence[Group]
    rows: Sequence[Row]
    page: Page
    asked: Asked
    orders: Mapping[str, Order]
    csv_url: str


def matrix_page(number: int) -> MatrixPage:
    """The page the address asks for; raises `NotUnderstood` for an unknown filter or order, `NotThere` for a page."""
    asked = asked_of_address()
    page = page_of(queries.on_matrix(asked.narrowed, asked.order), number)
    shown = [(plank, plank.shown_version) for plank in page.rows]
    stances = endorsement_queries.on_versions([version.id for _, version in shown if version])
    values: dict[str, Any] = asked.values
    return MatrixPage(
        groups=GROUPS,
        rows=[_row(plank, version, stances.get(version.id, {})) for plank, version in shown if version],
        page=page,
        asked=asked,
        orders={key: _order(key, asked) for key in ORDERS},
        csv_url=url_for("platform.where_we_stand_csv", sort=_order_or_none(asked.order), **values),
    )


def asked_of_address() -> Asked:
    """What the matrix and its file are narrowed to."""
    return narrowing.asked([count.theme for count in queries.themes_with_counts()], sorts=True)


def _row(plank: Plank, version: Version, held: Mapping[str, Stance]) -> Row:
    working = plank.working_version
    has_newer = working is not None and working.id != version.id
    return Row(
        number=plank.name,
        title=version.title,
        url=plank_url(plank),
        theme=plank.theme.name,
        theme_url=url_for("platform.theme", slug=plank.theme.slug),
        level=endorsement_queries.level_of(plank, version, held),
        version=version.name,
        version_url=version_url(plank, version.name),
        newer=working.name if working is not None and has_newer else "",
        newer_url=plank_url(plank, text="working") if has_newer else "",
        cells=endorsements.cells(held, notes(version, held), version),
    )


def _order(key: str, asked: Asked) -> Order:
    """Following the order in use turns it round."""
    name, forward, backward = ORDER_WORDS[key]
    is_current, turns = asked.order.removeprefix("-") == key, asked.order == key
    # The levels run from the least agreed to the most, so that the most agreed first is descending.
    names = ("descending", "ascending") if key == "agreement" else ("ascending", "descending")
    return Order(
        key=key,
        name=name,
        runs=forward if turns or not is_current else backward,
        url=standing_url(_order_or_none(f"-{key}" if turns else key) or "", **asked.values),
        is_current=is_current,
        aria_sort=names[0 if turns else 1] if is_current else "none",
    )


def _order_or_none(order: str) -> str | None:
    """The order as an address has it: the usual one is left out."""
    return None if order == ORDERS[0] else order
