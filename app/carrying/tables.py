"""Lists as tables to keep: where we stand, the register of decisions, all planks; for Excel, the planks as CSV too."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from flask import Response

from app.carrying.foot import foot
from app.carrying.planks import address_of, decision_of, words_of
from app.carrying.queries import planks_in_reading_order
from app.endorsements import presenters as endorsement_words
from app.endorsements import queries as endorsements
from app.models import Plank, Stance, Version
from app.papers.exports import WORKBOOK, workbook
from app.platform.exports import standing_table
from app.platform.matrix import asked_of_address
from app.platform.versions import notes, remarks
from app.results.register import register_table
from app.web import csv_files
from app.web.addresses import site_url, whole_url
from policies.groups import GROUPS

Table = tuple[Sequence[str], Sequence[Sequence[str]]]
GROUPS_SAID = tuple(group.full_title for group in GROUPS)
BEFORE = ("Plank", "Title", "Theme", "Level", "Version", "SHA-256 of title and text")
HEAD = (*BEFORE, *GROUPS_SAID, "Text", "Beside the text", "Address", "As of")


def standing_workbook(now: datetime) -> Response:
    """Where we stand, narrowed as the address says."""
    table = standing_table(asked_of_address(), site_url(), now)
    return _workbook("where-we-stand", "Where we stand", table, now, whole_url("platform.where_we_stand"))


def decisions_workbook(now: datetime) -> Response:
    """The register of decisions, narrowed as the address says."""
    table = register_table(site_url(), now)
    return _workbook("decisions", "Register of decisions", table, now, whole_url("results.decisions"))


def planks_workbook(now: datetime) -> Response:
    """Every public plank with its text."""
    return _workbook("planks", "Planks", _planks(now), now, whole_url("platform.all_planks"))


def planks_csv(now: datetime) -> Response:
    """The same as CSV."""
    return csv_files.download("planks", now, csv_files.published(*_planks(now)))


def _planks(now: datetime) -> Table:
    found = [(plank, version) for plank in planks_in_reading_order() if (version := plank.shown_version)]
    held = endorsements.on_versions([version.id for _, version in found])
    return HEAD, [_row(plank, version, held.get(version.id, {}), now) for plank, version in found]


def _row(plank: Plank, version: Version, held: Mapping[str, Stance], now: datetime) -> list[str]:
    """A plank's words, with every group's decision and reservation: no text is said to be backed without them."""
    cells = endorsement_words.cells(held, notes(version, held), version)
    beside = [f"{one.cell.group.full_title}: {one.words}" for one in remarks(version, cells, held)]
    level = endorsements.level_of(plank, version, held).label
    return [
        *(plank.name, version.title, plank.theme.name, level, version.name, version.sha256),
        *(words for _, words in map(decision_of, cells)),
        *(words_of(version, held), "\n".join(beside), address_of(plank, version), f"{now:%Y-%m-%d %H:%M} UTC"),
    ]


def _workbook(name: str, title: str, table: Table, now: datetime, source: str) -> Response:
    day = now.replace(hour=0, minute=0, second=0, microsecond=0)
    content = workbook(title, *table, about=foot(now, source), made=day)
    response = Response(content, content_type=WORKBOOK)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}-{now:%Y-%m-%d}.xlsx"'
    return response
