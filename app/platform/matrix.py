"""Where we stand: planks by groups, each cell a decision on the very version its row names."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import url_for

from app.endorsements import presenters as endorsements
from app.endorsements import queries as endorsement_queries
from app.endorsements.presenters import Cell
from app.models import Plank, Stance, Version
from app.mps.counts import Counts, counts_in_words, counts_on
from app.platform import narrowing, public_planks, queries
from app.platform.addresses import plank_url, standing_url, version_url
from app.platform.narrowing import Asked
from app.platform.ordering import Order, order_asked, orders
from app.platform.versions import notes
from app.web.paging import Page, page_of_ids
from policies.agreement import Level
from policies.groups import GROUPS, Group


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
    mps: str
    """How many MPs said what of these words, personally."""
    mps_url: str


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
    public = public_planks.now()
    asked = narrowing.asked([count.theme for count in public.themes()])
    page = page_of_ids(public.ids(asked.narrowed, asked.order), queries.on_matrix, number)
    shown = [(plank, plank.shown_version) for plank in page.rows]
    ids = [version.id for _, version in shown if version]
    stances, positions = endorsement_queries.on_versions(ids), counts_on(ids)
    values: dict[str, Any] = asked.values
    return MatrixPage(
        groups=GROUPS,
        rows=[
            _row(plank, version, stances.get(version.id, {}), positions.get(version.id, {}))
            for plank, version in shown
            if version
        ],
        page=page,
        asked=asked,
        orders=orders(asked, lambda order: standing_url(order, **asked.values)),
        csv_url=url_for("platform.where_we_stand_csv", sort=order_asked(asked.order) or None, **values),
    )


def asked_of_address() -> Asked:
    """What the matrix's file is narrowed to."""
    return narrowing.asked([count.theme for count in queries.themes_with_counts()])


def _row(plank: Plank, version: Version, held: Mapping[str, Stance], positions: Counts) -> Row:
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
        mps=counts_in_words(positions),
        mps_url=plank_url(plank, "backing") if positions else "",
    )
