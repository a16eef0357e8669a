"""The page of results: planks with their strips, the words found marked, and what to do where nothing was found."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from app.endorsements import queries as endorsements
from app.endorsements.presenters import PlankCard, plank_card
from app.models import Plank, Stance, Version
from app.search import index, queries
from app.search.index import IndexNotReady
from app.search.snippets import Piece, opening, snippet, terms_of
from app.web.paging import Page
from policies.errors import NotThere

LONGEST_QUERY = 200
PAGE_LENGTH = 10


@dataclass(frozen=True)
class Result:
    """A plank that was found, with the words around the place; `is_working_text` where they are not those shown."""

    card: PlankCard
    snippet: Sequence[Piece]
    is_working_text: bool


@dataclass(frozen=True)
class SearchPage:
    """What was asked for and what was found."""

    words: str
    was_cut: bool
    is_unavailable: bool
    is_capped: bool
    results: Sequence[Result]
    page: Page


def search_page(folder: Path, typed: str, number: int) -> SearchPage:
    """Search for what somebody typed; raises `NotThere` past the last page."""
    words = " ".join(typed[:LONGEST_QUERY].split())
    was_cut = len(typed) > LONGEST_QUERY
    try:
        found = index.find(folder, words) if words else []
    except IndexNotReady:
        return SearchPage(words, was_cut, True, False, (), Page((), 1, 1, 0))
    public = queries.still_public(found)
    last = max(1, -(-len(public) // PAGE_LENGTH))
    if number > last:
        raise NotThere("There is no such page of these results. Start from the first page.")
    planks = queries.found_planks(public[(number - 1) * PAGE_LENGTH : number * PAGE_LENGTH])
    is_capped = len(found) == index.MOST_FOUND
    return SearchPage(
        words, was_cut, False, is_capped, _results(planks, terms_of(words)), Page(planks, number, last, len(public))
    )


def _results(planks: Sequence[Plank], terms: Collection[str]) -> list[Result]:
    shown = [(plank, plank.shown_version) for plank in planks]
    stances = endorsements.on_versions([version.id for _, version in shown if version])
    return [_result(plank, version, stances, terms) for plank, version in shown if version]


def _result(
    plank: Plank, version: Version, stances: Mapping[int, Mapping[str, Stance]], terms: Collection[str]
) -> Result:
    card = plank_card(plank, version, stances.get(version.id, {}))
    text = queries.words_of(version.units)
    pieces = snippet(text, terms)
    if pieces:
        return Result(card, pieces, is_working_text=False)
    working = plank.working_version
    newer = snippet(queries.words_of(working.units), terms) if working is not None and working is not version else []
    return Result(card, newer or opening(text), is_working_text=bool(newer))
