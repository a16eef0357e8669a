"""The matrix as a file: every plank asked for, with the version and hash that each decision speaks of."""

from collections.abc import Mapping
from datetime import datetime
from urllib.parse import urljoin

from app.endorsements import queries as endorsements
from app.endorsements.presenters import cells
from app.models import Plank, Stance, Version
from app.mps.counts import counts_in_words, counts_on
from app.platform import public_planks, queries
from app.platform.addresses import plank_url
from app.platform.narrowing import Asked
from app.platform.versions import notes
from app.web import csv_files
from policies.errors import RuleBroken
from policies.groups import GROUPS

MOST_ROWS = 10_000
BEFORE = ("Plank", "Title", "Theme", "Level", "Version", "Version written", "SHA-256 of title and text")
# What a group decided, when, and what it said of the words; each under its full name, since files travel alone.
OF_A_GROUP = ("{}", "{}: decided on", "{}: its reservation, or what it leaves out")
AFTER = ("MPs: personal positions, never a group's", "Address", "As of")


def standing_csv(asked: Asked, site_url: str, now: datetime, most: int = MOST_ROWS) -> str:
    """All rows at once, without the texts; raises `RuleBroken` where there are too many for one file."""
    return csv_files.published(*standing_table(asked, site_url, now, most))


def standing_table(
    asked: Asked, site_url: str, now: datetime, most: int = MOST_ROWS
) -> tuple[list[str], list[list[str]]]:
    """The head and the rows of that file."""
    ids = public_planks.now().ids(asked.narrowed, asked.order)
    if len(ids) > most:
        raise RuleBroken(
            f"There are more than {most:,} planks, too many for one file. Narrow them to a theme or level."
        )
    head = [*BEFORE, *(name.format(group.full_title) for group in GROUPS for name in OF_A_GROUP), *AFTER]
    made = f"{now:%Y-%m-%d %H:%M} UTC"
    shown = [(plank, version) for plank in queries.on_matrix(ids) if (version := plank.shown_version)]
    version_ids = [version.id for _, version in shown]
    stances, positions = queries.decisions_on(version_ids), counts_on(version_ids)
    rows = [
        [
            *_of_plank(plank, version, stances.get(version.id, {})),
            counts_in_words(positions.get(version.id, {})),
            urljoin(f"{site_url}/", plank_url(plank)),
            made,
        ]
        for plank, version in shown
    ]
    return head, rows


def _of_plank(plank: Plank, version: Version, held: Mapping[str, Stance]) -> list[str]:
    level = endorsements.level_of(plank, version, held).label
    row = [plank.name, version.title, plank.theme.name, level, version.name, _date(version.created_at), version.sha256]
    for cell in cells(held, notes(version, held), version):
        stance = held.get(cell.group.key)
        row += [cell.word, _date(stance.decided_at) if stance else "", _said(stance, cell.note)]
    return row


def _said(stance: Stance | None, note: str) -> str:
    """What a group said of its decision, and on which words it stands or until when it pauses."""
    said = stance.statement if stance else ""
    return f"{said} ({note})" if said and note else said or note


def _date(moment: datetime) -> str:
    return f"{moment:%Y-%m-%d}"
