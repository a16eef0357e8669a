"""What somebody who puts a composite together has ticked so far: planks, and of each the version before their eyes."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import request

from app.composites import queries
from app.models import Plank, Theme, Version
from app.planks import queries as planks
from app.web.forms import one_line
from policies.composites import require_combinable
from policies.errors import NotThere, RuleBroken
from policies.text.canonical import word_count
from policies.text.units import Kind, Unit

LONGEST_QUERY = 100


@dataclass(frozen=True)
class Choice:
    """The plank that was begun with, first, and the others that were ticked; how the list of more is narrowed."""

    planks: Sequence[Plank]
    theme: Theme | None
    words: str
    refusal: str
    """Why their clauses cannot be chosen yet."""


def asked_choice(plank: Plank) -> Choice:
    """What the address says; planks that are no longer open are left out. Raises `NotThere` for what is no number."""
    numbers = dict.fromkeys(_number(asked) for asked in request.args.getlist("plank"))
    others = [other for other in queries.open_planks(list(numbers)) if other.id != plank.id]
    asked_theme = request.args.get("theme", "")
    theme = planks.theme(asked_theme) if asked_theme else None
    chosen = [plank, *others]
    words = one_line(request.args.get("q", ""))[:LONGEST_QUERY]
    return Choice(chosen, theme, words, _refusal(chosen))


def seen_version(plank: Plank, name: str | None) -> Version:
    """The version that lay before somebody's eyes, else the working one; raises `NotThere`."""
    working = plank.working_version
    if working is not None and name in {None, working.name}:
        return working
    if name is None or not name.replace(".", "", 1).isdigit() or not name.isascii() or len(name) > 11:
        raise NotThere("This plank has no such version. Choose its units anew.")
    return planks.version(plank, name)


def clauses_of(version: Version) -> list[Unit]:
    """The units that can be chosen: those with words. Footnotes go where the words go that refer to them."""
    return [unit for unit in version.units if unit.kind is not Kind.FOOTNOTE and word_count(unit.markdown)]


def _number(asked: str) -> int:
    if not asked.isascii() or not asked.isdigit() or asked.startswith("0") or len(asked) > 6:
        raise NotThere("There is no plank with this number. Choose planks from the list.")
    return int(asked)


def _refusal(chosen: Sequence[Plank]) -> str:
    try:
        require_combinable([plank.stage for plank in chosen])
    except RuleBroken as refusal:
        return str(refusal)
    return ""
