"""The index in a folder, kept by Whoosh, and thrown away whenever it is in doubt.

What everybody may find and what members alone may find are two indexes, so that no count, order or word of the one
tells of the other.
"""

import logging
import shutil
import time
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from threading import RLock
from typing import TypeVar

from whoosh.collectors import FilterCollector
from whoosh.index import EmptyIndexError, FileIndex, create_in, open_dir
from whoosh.query import And, Or, Phrase, Prefix, Query, Term
from whoosh.searching import Searcher
from whoosh.writing import CLEAR, IndexWriter

from app.search.documents import Document, Hit, row_of
from app.search.engine import (
    SECONDS_FOR_A_QUERY,
    SECONDS_TO_WAIT_FOR_A_WRITER,
    IndexNotReady,
    TookTooLong,
    Within,
    strongest,
)
from app.search.schema import SCHEMA, fields_of
from policies.searching import Asked, Audience
from policies.searching import Phrase as Wanted

log = logging.getLogger(__name__)

# Counted up when the schema or the analysis changes: an index of another name is not opened, so a new one is made.
FORM = 2
BROKEN = "broken"

Answer = TypeVar("Answer")


class Searchers:
    """The one open searcher of this process for each index, brought up to date when it is asked for.

    Reading is not safe in two threads at once, and Python would do one thing at a time anyway.
    """

    def __init__(self) -> None:
        """Nothing is open."""
        self.lock = RLock()
        self.opened: dict[tuple[Path, str], Searcher] = {}

    def newest(self, folder: Path, name: str) -> Searcher:
        """The searcher of what was written last."""
        known = self.opened.get((folder, name))
        if known is not None and known.up_to_date():
            return known
        # A process looks into one folder; what is open of another one is of no use any more.
        self.close(lambda other: other != folder)
        fresh = open_dir(str(folder), indexname=name, schema=SCHEMA).searcher()
        self.opened[folder, name] = fresh
        if known is not None:
            known.close()
        return fresh

    def close(self, of: Callable[[Path], bool]) -> None:
        """Close those of some folders."""
        with self.lock:
            for key in [key for key in self.opened if of(key[0])]:
                self.opened.pop(key).close()


SEARCHERS = Searchers()


class Patient(FilterCollector):
    """Collects what matches, within what is allowed, for a while and no longer.

    The library's own collector of that kind starts a thread for each search, and passes over what is not allowed.
    """

    def prepare(self, top_searcher: Searcher, query: Query, context: object) -> None:
        """The while begins."""
        super().prepare(top_searcher, query, context)
        self.ends_at = time.monotonic() + SECONDS_FOR_A_QUERY

    def collect_matches(self) -> None:
        """Look at each match; raises `TookTooLong`."""
        for docnum in self.child.matches():
            if time.monotonic() > self.ends_at:
                raise TookTooLong
            number = self.offset + docnum
            is_allowed = self._allow is None or number in self._allow
            if is_allowed and (self._restrict is None or number not in self._restrict):
                self.child.collect(docnum)


class WhooshEngine:
    """Search in a folder."""

    def __init__(self, folder: Path) -> None:
        """Nothing is opened before it is needed."""
        self.folder = folder

    def is_ready(self) -> bool:
        """Whether both indexes can be opened and nothing was found broken in them."""
        try:
            self._read(list(Audience), lambda searcher: [searcher.doc_count()])
        except IndexNotReady:
            return False
        return not (self.folder / BROKEN).exists()

    def find(self, asked: Asked, within: Within, limit: int, *, every: bool = True) -> list[Hit]:
        """What answers best, the best first."""
        wanted = [_phrase(phrase) for phrase in asked.wanted]
        without = Or([_phrase(phrase) for phrase in asked.without]) if asked.without else None
        return self._hits(And(wanted) if every else Or(wanted), within, limit, without)

    def beginning(self, complete: Sequence[str], beginning: str, within: Within, limit: int) -> list[Hit]:
        """Texts whose title has all complete words and one that begins so."""
        parts = [*(Term("titled", word) for word in complete), Prefix("titled", beginning)]
        return self._hits(And(parts), within, limit)

    def spelled(self, words: Iterable[str], within: Within) -> list[str]:
        """Those of these words that stand in some text, the most usual first."""
        asked, counts = list(words), dict[str, int]()

        def count(searcher: Searcher) -> list[None]:
            reader = searcher.reader()
            for word in asked:
                counts[word] = counts.get(word, 0) + reader.doc_frequency("spelled", word)
            return []

        self._read(within.audiences, count)
        return sorted((word for word in counts if counts[word]), key=lambda word: (-counts[word], word))

    def digests(self) -> dict[str, str]:
        """What the index knows, by key."""
        stored = self._read(list(Audience), lambda searcher: list(searcher.reader().iter_docs()))
        return {one["key"]: one["digest"] for _, one in stored}

    @contextmanager
    def writing(self) -> Iterator["WhooshWriter"]:
        """Wait to be the only one who writes: whoever holds the first index may write both."""
        with self._writer(Audience.PUBLIC) as public, self._writer(Audience.MEMBERS) as members:
            yield WhooshWriter({Audience.PUBLIC: public, Audience.MEMBERS: members})

    def rebuild(self, documents: Iterable[Document]) -> int:
        """Make the index anew. A readable one answers until the new one is complete; a broken one goes first."""
        if not self.is_ready():
            SEARCHERS.close(lambda folder: folder == self.folder)
            shutil.rmtree(self.folder, ignore_errors=True)
            self.folder.mkdir(parents=True, exist_ok=True)
            for audience in Audience:
                create_in(str(self.folder), SCHEMA, indexname=_name(audience))
        count = 0
        with self.writing() as both:
            for writer in both.writers.values():
                # What was there before goes when this is complete.
                writer.mergetype = CLEAR
            for document in documents:
                both.writers[document.entry.audience].add_document(**fields_of(document))
                count += 1
        return count

    def _open(self, audience: Audience) -> FileIndex:
        return open_dir(str(self.folder), indexname=_name(audience), schema=SCHEMA)

    def _writer(self, audience: Audience) -> IndexWriter:
        return self._open(audience).writer(timeout=SECONDS_TO_WAIT_FOR_A_WRITER)

    def _hits(self, query: Query, within: Within, limit: int, without: Query | None = None) -> list[Hit]:
        def search(searcher: Searcher) -> list[Hit]:
            collector = Patient(searcher.collector(limit=limit), _filter_of(within), without)
            searcher.search_with_collector(query, collector)
            return [_hit(found["key"], found["digest"], found.score) for found in collector.results()]

        return strongest(self._read(within.audiences, search), limit)

    def _read(self, audiences: Collection[Audience], read: Callable[[Searcher], list[Answer]]) -> list[Answer]:
        """Ask each index. What cannot be read is noted as broken: the worker then makes it anew."""
        try:
            with SEARCHERS.lock:
                return [one for audience in audiences for one in read(SEARCHERS.newest(self.folder, _name(audience)))]
        except EmptyIndexError:
            raise IndexNotReady from None
        except TookTooLong:
            raise
        except Exception as fault:
            log.exception("The search index could not be read; the worker makes it anew.")
            self._doubt()
            raise IndexNotReady from fault

    def _doubt(self) -> None:
        SEARCHERS.close(lambda folder: folder == self.folder)
        if self.folder.is_dir():
            (self.folder / BROKEN).touch()


class WhooshWriter:
    """Writes both indexes, and of them only what has changed: so the one stays as it is when the other changes."""

    def __init__(self, writers: dict[Audience, IndexWriter]) -> None:
        """Begin with what is there."""
        self.writers = writers

    def replace(self, subjects: Collection[str], documents: Sequence[Document]) -> None:
        """Forget whatever there is of these planks and groups, and take in these texts of theirs."""
        for audience, writer in self.writers.items():
            wanted = {document.entry.key: document for document in documents if document.entry.audience is audience}
            known = _stored_of(writer, subjects)
            for key in known.keys() - wanted.keys():
                writer.delete_by_term("key", key)
            for key, document in wanted.items():
                if known.get(key) != document.entry.digest:
                    writer.update_document(**fields_of(document))


def _stored_of(writer: IndexWriter, subjects: Collection[str]) -> dict[str, str]:
    with writer.searcher() as searcher:
        found = searcher.search(Or([Term("subject", subject) for subject in subjects]), limit=None)
        return {hit["key"]: hit["digest"] for hit in found}


def _hit(key: str, digest: str, score: float | None) -> Hit:
    return Hit(key, digest, (score or 0.0) * row_of(key)[0].weight)


def _name(audience: Audience) -> str:
    return f"{audience}_{FORM}"


def _phrase(phrase: Wanted) -> Query:
    fields = ("title", "text")
    if len(phrase) == 1:
        return Or([Term(field, phrase[0]) for field in fields])
    return Or([Phrase(field, list(phrase)) for field in fields])


def _filter_of(within: Within) -> Query | None:
    parts = [Term("kind", within.kind.value)] if within.kind else []
    parts += [Term("theme", within.theme)] if within.theme else []
    return And(parts) if parts else None
