"""The page of results: what was asked for, what was found, and what to do where nothing was."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from urllib.parse import urlencode

from flask import request, url_for

from app.endorsements.levels import READING_ORDER, level_named
from app.models import Plank
from app.platform.addresses import plank_url
from app.platform.narrowing import ANY, Choice
from app.search import queries
from app.search.engine import Engine, IndexNotReady, TookTooLong
from app.search.finding import Filters, Found, Search, straight_to
from app.search.results import KIND_WORDS, Result, results_of
from app.search.snippets import terms_of
from app.search.words import read
from app.web.backing import listed
from app.web.paging import Page
from app.web.questions import require_known
from policies.errors import NotThere, NotUnderstood
from policies.groups import GROUPS
from policies.permissions import Actor
from policies.searching import LONGEST_QUERY, Asked, Kind
from policies.text.canonical import normalise_title

PAGE_LENGTH = 10
NARROWS = ("kind", "theme", "level", "group")


@dataclass(frozen=True)
class SearchPage:
    """What was asked for and what was found."""

    words: str
    choices: Sequence[Choice]
    was_cut: bool = False
    is_odd: bool = False
    """Whether nothing of what was typed can be looked for: signs, words to leave out, or words too common."""
    is_being_made: bool = False
    """Whether the index is being made, so that titles alone were looked through."""
    took_too_long: bool = False
    found: Found = field(default_factory=lambda: Found(()))
    results: Sequence[Result] = ()
    page: Page = field(default_factory=lambda: Page((), 1, 1, 0))

    @property
    def is_narrowed(self) -> bool:
        """Whether less than everything was looked through."""
        return any(choice.chosen for choice in self.choices)

    @property
    def everything_url(self) -> str:
        """The same words, looked for everywhere."""
        return url_for("search.results", q=self.words)

    @property
    def instead_url(self) -> str:
        """The words spelled otherwise, looked for in the same places."""
        return "?" + urlencode({**self.kept, "q": self.found.instead})

    @property
    def kept(self) -> Mapping[str, str]:
        """What it is narrowed to, as an address has it."""
        return {choice.name: choice.chosen for choice in self.choices if choice.chosen}

    @property
    def heading(self) -> str:
        """The count, for the title of the window and the first heading."""
        if not self.words or self.is_odd or self.took_too_long:
            return "Search"
        total = self.page.total
        number = "Nothing" if not total else f"{total} {'text' if total == 1 else 'texts'}"
        return f"{'The best ' if self.found.is_capped else ''}{number} found for “{self.words}”"


def search_page(engine: Engine, typed: str, number: int, actor: Actor) -> SearchPage:
    """Search for what somebody typed, in what the address narrows it to; raises `NotThere` past the last page."""
    require_known("q", *NARROWS, "page")
    choices = _choices()
    given = {choice.name: choice.chosen for choice in choices if choice.chosen}
    kind = Kind(given["kind"]) if "kind" in given else None
    search = Search(engine, actor, Filters(kind, given.get("theme"), given.get("level"), given.get("group")))
    words = normalise_title(typed[:LONGEST_QUERY])
    asked = read(words)
    page = SearchPage(words, choices, len(typed) > LONGEST_QUERY, is_odd=bool(words) and not asked.wanted)
    if not asked.wanted:
        return page
    return _filled(page, search, asked, number)


def address_of_number(typed: str, actor: Actor) -> str | None:
    """Where a number leads that was typed and nothing else; quotation marks have it looked for as a word."""
    if set(request.args) != {"q"}:
        return None
    named = straight_to(typed[:LONGEST_QUERY], actor)
    if named is None:
        return None
    return plank_url(named) if isinstance(named, Plank) else url_for("amendments.show", ref=named.ref)


def _filled(page: SearchPage, search: Search, asked: Asked, number: int) -> SearchPage:
    values = vars(page)
    try:
        found = search.find(asked, page.words)
    except IndexNotReady:
        values, found = {**values, "is_being_made": True}, search.by_titles(asked)
    except TookTooLong:
        return SearchPage(**{**values, "took_too_long": True})
    total = len(found.entries)
    last = max(1, -(-total // PAGE_LENGTH))
    if number > last:
        raise NotThere("There is no such page of these results. Start from the first page.")
    shown = found.entries[(number - 1) * PAGE_LENGTH : number * PAGE_LENGTH]
    results = results_of(shown, terms_of(page.words))
    return SearchPage(**{**values, "found": found, "results": results, "page": Page(shown, number, last, total)})


def _choices() -> list[Choice]:
    """What can be narrowed, and how it is now; raises `NotUnderstood` for a value that there is not.

    Themes are those with public planks: to offer another one would betray what is not public yet.
    """
    themes = [(theme.slug, theme.name) for theme in queries.themes_with_planks()]
    levels = [(key.value, level_named(key).label) for key in READING_ORDER]
    return [
        _choice("kind", "Kind", [(kind.value, words) for kind, words in KIND_WORDS.items()]),
        _choice("theme", "Theme", themes),
        _choice("level", "Level", levels),
        _choice("group", "Backed by", [(group.key, group.full_title) for group in GROUPS]),
    ]


def _choice(name: str, label: str, options: Sequence[tuple[str, str]]) -> Choice:
    chosen = request.args.get(name, "")
    _require_one_of([value for value, _ in options], chosen, name)
    return Choice(name, label, [("", ANY), *options], chosen)


def _require_one_of(known: Collection[str], value: str, name: str) -> None:
    if value and value not in known:
        raise NotUnderstood(
            f"The address asks for a {name} that there is not. Choose one of these: {listed(list(known))}."
        )
