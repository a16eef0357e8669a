"""Finding texts for somebody: the engine proposes, the database says what of it stands and may be seen at this moment.

Nothing is counted, shown, offered or completed that was not read again. What the index has not been told yet is read
whole, so that words that clerks have just hidden find nothing.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

from app.amendments import queries as amendments
from app.models import Amendment, Plank
from app.planks import queries as planks
from app.search import queries, texts
from app.search.documents import Document, Entry, Hit
from app.search.engine import Engine, Within
from app.search.words import stemmed, stems
from policies.endorsements import Backing
from policies.errors import NotThere
from policies.permissions import Actor
from policies.searching import (
    Asked,
    Audience,
    Kind,
    amendment_name,
    audiences,
    mended,
    misspellings,
    plank_number,
    whole_words,
)

MOST_FOUND = 200
# Of what the engine proposes a little may have gone; where more is asked of planks, much may fall away.
PROPOSED, PROPOSED_TO_NARROW = MOST_FOUND + 20, 2000
MOST_TITLES = 2000
_MOST_MENDED, _MOST_TRIED, _MOST_READ = 2, 5, 5


@dataclass(frozen=True)
class Filters:
    """What a search is narrowed to. A level, or a group that backs it, only a plank can have."""

    kind: Kind | None = None
    theme: str | None = None
    level: str | None = None
    group: str | None = None

    @property
    def kind_sought(self) -> Kind | None:
        """The kind, where one is said or follows."""
        return Kind.PLANK if self.level or self.group else self.kind

    @property
    def excludes_all(self) -> bool:
        """Whether nothing can be found: another kind than planks, with what only planks have."""
        return self.kind_sought is not self.kind and self.kind is not None


@dataclass(frozen=True)
class Found:
    """What was found, the best first."""

    entries: Sequence[Entry]
    has_every: bool = True
    """Whether each has all that was asked for, and not some of it."""
    is_capped: bool = False
    instead: str = ""
    """The query spelled otherwise, where that finds something."""


@dataclass(frozen=True)
class Search:
    """One search by somebody."""

    engine: Engine
    actor: Actor
    filters: Filters = field(default_factory=Filters)

    @property
    def audiences(self) -> Collection[Audience]:
        """Whose texts this person may find."""
        return audiences(is_member=self.actor.is_member)

    @property
    def _within(self) -> Within:
        return Within(self.audiences, self.filters.kind_sought, self.filters.theme)

    def find(self, asked: Asked, typed: str) -> Found:
        """What has all that was asked for; where nothing has, what has some of it. Raises as the engine does."""
        if not asked.wanted or self.filters.excludes_all:
            return Found(())
        found = self._found(asked, every=True)
        if found:
            return _capped(found)
        some = self._found(asked, every=False) if len(asked.wanted) > 1 else []
        return _capped(some, has_every=False, instead=self._spelled_otherwise(asked, typed))

    def by_titles(self, asked: Asked) -> Found:
        """The same where there is no index: planks by the words of their titles, read from the database."""
        if not asked.wanted or self.filters.excludes_all or self.filters.kind not in {None, Kind.PLANK}:
            return Found(())
        titles = [(row_id, stems(title)) for row_id, title in queries.titles(self.audiences, MOST_TITLES)]
        for every in (True, False):
            ids = [row_id for row_id, title in titles if asked.answered_by([title], every=every)]
            hits = [Hit(f"{Kind.PLANK}:{row_id}", "", 0.0) for row_id in ids[:PROPOSED]]
            standing = queries.standing([hit.key for hit in hits], self.audiences)
            found = self._narrowed([standing[hit.key] for hit in hits if hit.key in standing])
            if found:
                return _capped(found, has_every=every)
        return Found(())

    def standing(self, hits: Sequence[Hit], asked: Asked | None, *, every: bool = True) -> list[Entry]:
        """Those of the proposed texts that stand, may be seen, and still have what was asked for, in the same order."""
        entries = queries.standing([hit.key for hit in hits], self.audiences)
        changed = [entries[hit.key] for hit in hits if hit.key in entries and entries[hit.key].digest != hit.digest]
        answering = {
            document.entry.key
            for document in texts.documents(changed)
            if asked is None or asked.answered_by([stems(document.title), stems(document.text)], every=every)
        }
        gone = {entry.key for entry in changed} - answering
        return self._narrowed([entries[hit.key] for hit in hits if hit.key in entries and hit.key not in gone])

    def _found(self, asked: Asked, *, every: bool) -> list[Entry]:
        narrows = self.filters.level or self.filters.group
        hits = self.engine.find(asked, self._within, PROPOSED_TO_NARROW if narrows else PROPOSED, every=every)
        return self.standing(hits, asked, every=every)

    def _narrowed(self, entries: Sequence[Entry]) -> list[Entry]:
        kept = [entry for entry in entries if self.filters.theme in {None, entry.theme}]
        if not self.filters.level and not self.filters.group:
            return kept
        backings = {self.filters.group: Backing.BACKED} if self.filters.group else {}
        ids = queries.narrowed([entry.row_id for entry in kept], self.filters.level, backings)
        return [entry for entry in kept if entry.row_id in ids]

    def _spelled_otherwise(self, asked: Asked, typed: str) -> str:
        """What was typed with its misspelled words mended, by words that stand in texts this person may read now."""
        instead = typed
        known = set(self.engine.spelled(asked.loose, self._within))
        for word in [word for word in asked.loose if word not in known][:_MOST_MENDED]:
            better = self._nearest(word)
            instead = mended(instead, word, better) if better else instead
        return instead if instead != typed else ""

    def _nearest(self, word: str) -> str | None:
        if self._first(word):
            # Written with another ending.
            return None
        tried = [other for other in self.engine.spelled(misspellings(word), self._within) if other != word]
        return next((other for other in tried[:_MOST_TRIED] if self._is_written(other)), None)

    def _is_written(self, word: str) -> bool:
        """Whether somebody may read this very word now: the index alone is not asked."""
        return any(word in whole_words(_all_of(document)) for document in texts.documents(self._first(word)))

    def _first(self, word: str) -> list[Entry]:
        """A few texts with this word."""
        asked = Asked(((stemmed(word),),))
        return self.standing(self.engine.find(asked, self._within, _MOST_READ), asked)


def straight_to(typed: str, actor: Actor) -> Plank | Amendment | None:
    """The plank or amendment that is named by its number and nothing else, if `actor` may see it."""
    number, name = plank_number(typed), amendment_name(typed)
    try:
        if number:
            return planks.visible(actor, str(number))
        return amendments.visible(actor, name) if name else None
    except NotThere:
        return None


def _all_of(document: Document) -> str:
    return f"{document.title}\n{document.text}"


def _capped(entries: Sequence[Entry], *, has_every: bool = True, instead: str = "") -> Found:
    return Found(entries[:MOST_FOUND], has_every, len(entries) > MOST_FOUND, instead)
