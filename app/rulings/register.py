"""The register of rulings: dated, narrowed by kind and by what came of an appeal, in pages and as a file.

A visitor reads of rulings on what is public alone. What was ruled out before it ever opened has no public text, so that
not even its being there shows: it is in no row, no count and no page number for whoever may not read it. A file is
passed on, so that it holds what everybody may read, whoever takes it away.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import url_for
from sqlalchemy import Select

from app.models import RegisteredRuling
from app.rulings import presenters, queries
from app.rulings.forms import Choice, asked_of_register
from app.rulings.presenters import ShownRuling
from app.web import csv_files
from app.web.addresses import whole_url
from app.web.filters import day
from app.web.paging import Page, asked_page, page_of
from policies.errors import RuleBroken
from policies.groups import group_named, in_words
from policies.permissions import VISITOR, Actor
from policies.rulings import AppealStage, Verdict

MOST_ROWS = 10_000
FILE_HEAD = (
    "Ruled on",
    "Ruling",
    "Plank",
    "Title",
    "Amendment",
    "By clerks of these Compass groups (not parties)",
    "Of them by a deputy",
    "Reason",
    "Appeal",
    "Address",
    "As of",
)


@dataclass(frozen=True)
class Asked:
    """What the register is narrowed to."""

    choices: Sequence[Choice]


@dataclass(frozen=True)
class RegisterRow:
    """A row of the register."""

    when: str
    verdict: str
    about: str
    about_url: str
    ruling: ShownRuling


@dataclass(frozen=True)
class RegisterPage:
    """One page of it."""

    rows: Sequence[RegisterRow]
    page: Page
    asked: Asked
    is_narrowed: bool
    csv_url: str


def register_page(actor: Actor) -> RegisterPage:
    """The rulings that `actor` may read, the newest first."""
    choices = asked_of_register()
    page = page_of(_asked_for(choices, actor), asked_page())
    rows = [
        RegisterRow(
            when=day(ruling.ruled_at),
            verdict=ruling.verdict.words,
            about=presenters.about(ruling),
            about_url=presenters.about_url(ruling),
            ruling=presenters.shown(ruling),
        )
        for ruling in page.rows
    ]
    chosen: dict[str, Any] = {choice.name: choice.chosen for choice in choices if choice.chosen}
    return RegisterPage(rows, page, Asked(choices), bool(chosen), url_for("rulings.listed_csv", **chosen))


def register_csv(now: datetime, most: int = MOST_ROWS) -> str:
    """All public rulings that the address asks for as a file; raises `RuleBroken` where that is too much for one."""
    found = queries.first_of(_asked_for(asked_of_register(), VISITOR), most + 1)
    if len(found) > most:
        raise RuleBroken(f"There are more than {most:,} rulings, too many for one file. Narrow them to one kind.")
    made = f"{now:%Y-%m-%d %H:%M} UTC"
    return csv_files.published(FILE_HEAD, [[*_line(ruling), made] for ruling in found])


def _asked_for(choices: Sequence[Choice], actor: Actor) -> Select[RegisteredRuling]:
    chosen = {choice.name: choice.chosen for choice in choices}
    query = queries.registered(actor)
    if chosen["verdict"]:
        query = queries.by_verdict(query, Verdict(chosen["verdict"]))
    if chosen["appeal"]:
        stage = AppealStage.OPEN if chosen["appeal"] == "before" else AppealStage(chosen["appeal"])
        query = queries.appealed(query, (stage,))
    return query


def _line(ruling: RegisteredRuling) -> list[str]:
    amendment = ruling.amendment
    return [
        f"{ruling.ruled_at:%Y-%m-%d}",
        ruling.verdict.words,
        ruling.plank.name,
        ruling.plank.title,
        "" if amendment is None else amendment.name,
        ", ".join(group_named(key).full_title for key in ruling.groups),
        in_words(ruling.deputies) if ruling.deputies else "",
        ruling.reason,
        presenters.appeal_in_words(ruling.appeal),
        whole_url("rulings.show", key=ruling.key),
    ]
