"""The register of rulings: dated, narrowed by kind and by what came of an appeal, and paged.

A visitor reads of rulings on what is public alone. What was ruled out before it ever opened has no public text, so that
not even its being there shows: it is in no row, no count and no page number for whoever may not read it.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from app.rulings import presenters, queries
from app.rulings.forms import Choice, asked_of_register
from app.rulings.presenters import ShownRuling
from app.web.filters import day
from app.web.paging import Page, asked_page, page_of
from policies.permissions import Actor
from policies.rulings import AppealStage, Verdict


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


def register_page(actor: Actor) -> RegisterPage:
    """The rulings that `actor` may read, the newest first."""
    choices = asked_of_register()
    chosen = {choice.name: choice.chosen for choice in choices}
    query = queries.registered(actor)
    if chosen["verdict"]:
        query = queries.by_verdict(query, Verdict(chosen["verdict"]))
    if chosen["appeal"]:
        stage = AppealStage.OPEN if chosen["appeal"] == "before" else AppealStage(chosen["appeal"])
        query = queries.appealed(query, (stage,))
    page = page_of(query, asked_page())
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
    return RegisterPage(rows, page, Asked(choices), any(chosen.values()))
