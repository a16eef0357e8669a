"""The page of results: planks with their strips, the words found marked, and what to do where nothing was found."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from app.endorsements import queries as endorsements
from app.endorsements.presenters import PlankCard, plank_card
from app.models import Plank, Stance
from app.platform.addresses import plank_url
from app.search import index, queries
from app.search.index import IndexNotReady
from app.search.snippets import Piece, opening, snippet, terms_of
from app.web.paging import Page
from policies.errors import NotThere
from policies.text.canonical import normalise_title

LONGEST_QUERY = 200
PAGE_LENGTH = 10


@dataclass(frozen=True)
class Result:
    """A plank that was found, with the words around the place, and a card of the very version that has these words.

    `is_working_text` where that is not the version the public reads.
    """

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
    words = normalise_title(typed[:LONGEST_QUERY])
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
    versions = [version for plank in planks for version in (plank.shown_version, plank.working_version)]
    stances = endorsements.on_versions({version.id for version in versions if version})
    return [_result(plank, stances, terms) for plank in planks]


def _result(plank: Plank, stances: Mapping[int, Mapping[str, Stance]], terms: Collection[str]) -> Result:
    """The tag, the strip and the link are those of the version whose words stand beside them."""
    shown, working = plank.shown_version, plank.working_version
    if shown is None or working is None:
        raise ValueError("A public plank has words.")
    text = queries.words_of(shown.units)
    pieces = snippet(text, terms)
    newer = [] if pieces or working is shown else snippet(queries.words_of(working.units), terms)
    if newer:
        card = plank_card(plank, working, stances.get(working.id, {}))
        return Result(replace(card, url=plank_url(plank, text="working")), newer, is_working_text=True)
    return Result(plank_card(plank, shown, stances.get(shown.id, {})), pieces or opening(text), is_working_text=False)
