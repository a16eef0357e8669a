"""What the pages of composites show: planks to tick, their clauses, and what a plank's page says of its composites."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from flask import url_for
from markupsafe import Markup

from app.composites import queries
from app.composites.choosing import Choice
from app.composites.forms import Clause, ClausesForm
from app.models import CompositeOriginal, Plank, Theme, Version
from app.planks import queries as planks
from app.web.filters import day
from app.web.paging import Page, page_of
from policies.composites import MOST_PLANKS, Answer, can_be_answered
from policies.permissions import Actor, Permission, may
from policies.planks import Stage
from policies.text.render import plain

LINK = Markup('<a href="{}">{}</a>')
ANSWERED = {
    Answer.ACCEPTED: "You have accepted this composite.",
    Answer.REFUSED: "You have refused this composite: your plank stays as it is.",
}


@dataclass(frozen=True)
class ChoicePage:
    """Planks to combine with one: those ticked already, and a page of the others."""

    plank: Plank
    ticked: Sequence[Plank]
    page: Page
    themes: Sequence[Theme]
    theme: str
    words: str
    most: int = MOST_PLANKS


@dataclass(frozen=True)
class ShownClause:
    """One clause that can be ticked: its words, and the names of its fields."""

    clause: str
    words: str
    take: str
    place: str


@dataclass(frozen=True)
class ShownPlank:
    """The clauses of one plank."""

    number: int | None
    name: str
    title: str
    version: str
    url: str
    clauses: Sequence[ShownClause]


@dataclass(frozen=True)
class ClausesPage:
    """The plank that was begun with, those whose clauses can be ticked, and the way back to ticking planks.

    `action` is where the form is sent, `keep_url` where it is kept while clauses are chosen.
    """

    first: Plank
    planks: Sequence[ShownPlank]
    back: str
    action: str
    keep_url: str


@dataclass(frozen=True)
class InComposite:
    """What a plank's page says of one composite of its clauses, and what the mover of the plank can answer."""

    ref: str
    name: str
    title: str
    url: str
    state: str
    answered: str
    accept: bool
    refuse: bool
    effect: str


@dataclass(frozen=True)
class Composites:
    """What a plank's page says of its composites; `ended` speaks of the one it has ended in, the others are `shown`."""

    shown: Sequence[InComposite] = field(default=())
    ended: Markup | None = None


def choice_page(choice: Choice, number: int) -> ChoicePage:
    """One page of the planks that can be ticked; raises `NotThere` past the end."""
    plank, *ticked = choice.planks
    chosen = [one.id for one in choice.planks]
    return ChoicePage(
        plank=plank,
        ticked=ticked,
        page=page_of(queries.combinable(chosen, choice.theme, choice.words), number),
        themes=planks.themes(),
        theme=choice.theme.slug if choice.theme else "",
        words=choice.words,
    )


def clauses_page(form: ClausesForm, choice: Choice) -> ClausesPage:
    """The planks of the form with their clauses, in the order of the page."""
    first, *others = choice.planks
    asked: dict[str, Any] = {"ref": first.ref, "plank": [plank.number for plank in others]}
    back, action = url_for("composites.choose_planks", **asked), url_for("composites.choose_clauses", **asked)
    keep_url = url_for("composites.keep_first", **asked)
    by_version: dict[Version, list[Clause]] = {}
    for clause in form.clauses:
        by_version.setdefault(clause.version, []).append(clause)
    shown = [_shown_plank(version, clauses) for version, clauses in by_version.items()]
    return ClausesPage(first, shown, back, action, keep_url)


def composites_of(plank: Plank, actor: Actor, *, are_there: bool = True) -> Composites:
    """The composites of a plank's clauses as `actor` may know them; one query, for the plank's mover two.

    None where it is known that none are there.
    """
    if plank.number is None or not are_there:
        return Composites()
    found = queries.of_original(plank, actor)
    is_mover = bool(found) and may(actor, Permission.COMPOSITE_ANSWER, plank.facts_for(actor))
    had_round = is_mover and planks.had_round(plank)
    shown = [
        _in_composite(one, plank, is_mover=is_mover, had_round=had_round) for one in found if not one.took_effect_at
    ]
    ended = [_ended(plank, one) for one in found if one.took_effect_at]
    return Composites(shown, ended[0] if ended else None)


def plank_url(plank: Plank) -> str:
    """The page of a plank."""
    return url_for("platform.plank", ref=plank.ref)


def _shown_plank(version: Version, clauses: Sequence[Clause]) -> ShownPlank:
    plank = version.plank
    return ShownPlank(
        number=plank.number,
        name=plank.name,
        title=version.title,
        version=version.name,
        url=url_for("platform.version", ref=plank.ref, name=version.name),
        clauses=[ShownClause(one.unit.clause, plain(one.unit.markdown), one.take, one.place) for one in clauses],
    )


def _in_composite(one: CompositeOriginal, plank: Plank, *, is_mover: bool, had_round: bool) -> InComposite:
    composite = one.composite
    offers = is_mover and can_be_answered(plank.stage, composite.stage, had_round=had_round)
    is_open = composite.number is not None
    return InComposite(
        ref=composite.ref,
        name=composite.name,
        title=composite.title,
        url=plank_url(composite),
        state="" if composite.stage is Stage.OPEN else f"It is {composite.stage.words}.",
        answered=ANSWERED[one.answer] if offers and one.answer else "",
        accept=offers and one.answer is not Answer.ACCEPTED,
        refuse=offers and one.answer is not Answer.REFUSED,
        effect="at once" if is_open else "when the composite opens",
    )


def _ended(plank: Plank, one: CompositeOriginal) -> Markup:
    link = LINK.format(plank_url(one.composite), plank.end_reason)
    return Markup("{}. Its mover accepted this; its own words stay here to read, as they were on {}.").format(
        link, day(plank.ended_at)
    )
