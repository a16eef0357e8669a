"""The search index: a folder that Whoosh keeps, made from the database and thrown away whenever it is in doubt.

Three things are done with it: `open_index` it, `refresh` it to what the database says, `find` planks by words. It knows
public texts alone, and gives the ids of planks and nothing else: what is shown of them is read from the database again.
"""

import logging
import re
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from whoosh.analysis import CharsetFilter, CompositeAnalyzer, StemmingAnalyzer
from whoosh.fields import ID, KEYWORD, STORED, TEXT, Schema
from whoosh.index import EmptyIndexError, FileIndex, create_in, open_dir
from whoosh.lang.snowball.english import EnglishStemmer
from whoosh.qparser import MultifieldParser, OrGroup, PhrasePlugin, WhitespacePlugin
from whoosh.query import Or, Query, Term
from whoosh.support.charset import accent_map
from whoosh.writing import CLEAR

log = logging.getLogger(__name__)

# Counted up when the schema changes: an index of another name is not opened, so a new one is made.
NAME = "planks_1"
MOST_FOUND = 200
SECONDS_TO_WAIT_FOR_A_WRITER = 20
TEXT_FIELDS = ["title", "text"]
_A_NUMBER = re.compile(r"[pP]?[1-9][0-9]{0,5}")
_A_PHRASE = '"(?P<text>[^"]*)"(?P<slop>$^)?'

# Plurals that no rule of the stemmer finds.
IRREGULAR = {
    "buses": "bus",
    "children": "child",
    "gases": "gas",
    "lives": "life",
    "men": "man",
    "people": "person",
    "women": "woman",
}
_stemmer = EnglishStemmer()


def stemmed(word: str) -> str:
    """A word without its ending, so that "insulated" finds "insulation"."""
    return _stemmer.stem(IRREGULAR.get(word, word))


ANALYZER: CompositeAnalyzer = StemmingAnalyzer(stemfn=stemmed) | CharsetFilter(accent_map)
SCHEMA = Schema(
    plank=ID(unique=True, stored=True),
    digest=STORED,
    name=KEYWORD(lowercase=True),
    title=TEXT(analyzer=ANALYZER, field_boost=3.0),
    text=TEXT(analyzer=ANALYZER),
)


class IndexNotReady(Exception):
    """There is no index that can be read now; the next refresh makes one."""


@dataclass(frozen=True)
class Entry:
    """What is searched of one plank: its number, and title and text of the version shown and of the working one."""

    name: str
    title: str
    text: str
    digest: str


def open_index(folder: Path) -> FileIndex:
    """The index in this folder; raises `IndexNotReady` where there is none or it cannot be read."""
    try:
        return open_dir(str(folder), indexname=NAME, schema=SCHEMA)
    except EmptyIndexError:
        raise IndexNotReady from None
    except Exception as fault:
        raise IndexNotReady from fault


def known(folder: Path) -> dict[int, str]:
    """The digest of what is indexed of each plank, by the plank's id."""
    try:
        with open_index(folder).reader() as reader:
            return {int(stored["plank"]): stored["digest"] for _, stored in reader.iter_docs()}
    except IndexNotReady:
        raise
    except Exception as fault:
        raise IndexNotReady from fault


def update(folder: Path, changed: Mapping[int, Entry], gone: set[int]) -> None:
    """Write what has changed into the index, all of it or nothing."""
    with open_index(folder).writer(timeout=SECONDS_TO_WAIT_FOR_A_WRITER) as writer:
        for plank_id in gone:
            writer.delete_by_term("plank", str(plank_id))
        for plank_id, entry in changed.items():
            writer.update_document(plank=str(plank_id), **_fields(entry))


def rebuild(folder: Path, entries: Mapping[int, Entry]) -> None:
    """Make the index anew. A readable one answers until the new one is complete; a broken one is thrown away first."""
    try:
        known(folder)
        index = open_index(folder)
    except IndexNotReady:
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True, exist_ok=True)
        index = create_in(str(folder), SCHEMA, indexname=NAME)
    writer = index.writer(timeout=SECONDS_TO_WAIT_FOR_A_WRITER)
    try:
        for plank_id, entry in entries.items():
            writer.add_document(plank=str(plank_id), **_fields(entry))
    except BaseException:
        writer.cancel()
        raise
    writer.commit(mergetype=CLEAR)


def find(folder: Path, words: str) -> list[int]:
    """The ids of the planks that match best, at most `MOST_FOUND`; raises `IndexNotReady`.

    Any of the words will do, more are better; words in quotation marks must stand together. No sign is wrong.
    """
    asked = parsed(words)
    try:
        with open_index(folder).searcher() as searcher:
            return [int(hit["plank"]) for hit in searcher.search(asked, limit=MOST_FOUND)]
    except IndexNotReady:
        raise
    except Exception as fault:
        log.exception("The search index could not be read; the next refresh makes it anew.")
        raise IndexNotReady from fault


def parsed(words: str) -> Query:
    """What somebody typed as a query. Only white space and quotation marks mean anything."""
    plugins = [WhitespacePlugin(), PhrasePlugin(_A_PHRASE)]
    parser = MultifieldParser(TEXT_FIELDS, SCHEMA, plugins=plugins, group=OrGroup.factory(0.9))
    by_words = parser.parse(words.replace("“", '"').replace("”", '"'))
    by_number = [Term("name", word.lower()) for word in words.split() if _A_NUMBER.fullmatch(word)]
    return Or([by_words, *by_number])


def _fields(entry: Entry) -> dict[str, str]:
    return {"name": entry.name, "title": entry.title, "text": entry.text, "digest": entry.digest}
