"""The index in a table of PostgreSQL, looked through by its full-text search.

Words are cut and their endings taken off here, so the database needs no dictionary, no extension and no rights: it is
given lexemes and positions, and asked for lexemes. Whole words are kept beside the stems: "=homes", in titles "~homes".
"""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from sqlalchemy import ColumnElement, Select, cast, delete, func, insert, literal, select, values
from sqlalchemy import column as named
from sqlalchemy.dialects.postgresql import TSQUERY, TSVECTOR
from sqlalchemy.exc import OperationalError
from sqlalchemy.types import Text

from app.extensions import db
from app.models import SearchDocument
from app.search.documents import Document, Hit
from app.search.engine import SECONDS_FOR_A_QUERY, IndexNotReady, TookTooLong, Within
from app.search.words import stems
from app.web.transactions import transaction
from policies.searching import Asked, Audience, Phrase, whole_words

# A row that stands for the index being whole; counted up when the analysis changes, so that a new one is made.
READY = "index:2"
# What nobody else locks by: whoever writes holds it until the transaction ends.
ONE_WRITER = 8201
BATCH = 500
_LAST_POSITION = 16_000
_BETWEEN_FIELDS = 10
_MOST_PLACES = 200


class PostgresEngine:
    """Search in a table."""

    def is_ready(self) -> bool:
        """Whether the table was filled."""
        return db.session.scalar(select(SearchDocument.key).where(SearchDocument.key == READY)) is not None

    def find(self, asked: Asked, within: Within, limit: int, *, every: bool = True) -> list[Hit]:
        """What answers best, the best first."""
        return self._hits(_asked(asked, every=every), within, limit)

    def beginning(self, complete: Sequence[str], beginning: str, within: Within, limit: int) -> list[Hit]:
        """Texts whose title has all complete words and one that begins so."""
        parts = [*(_quoted(f"~{word}") for word in complete), f"{_quoted(f'~{beginning}')}:*"]
        return self._hits(" & ".join(parts), within, limit)

    def spelled(self, words: Iterable[str], within: Within) -> list[str]:
        """Those of these words that stand in some text, the most usual first."""
        self._require_ready()
        rows = [(word, _quoted(f"={word}")) for word in dict.fromkeys(words)]
        if not rows:
            return []
        tried = values(named("word", Text), named("lexeme", Text), name="tried").data(rows)
        stands = _matches(cast(tried.c.lexeme, TSQUERY))
        count = select(func.count()).where(stands, *_conditions(within)).correlate(tried).scalar_subquery()
        counted = select(tried.c.word, count.label("times")).subquery()
        query = select(counted.c.word).where(counted.c.times > 0).order_by(counted.c.times.desc(), counted.c.word)
        return list(self._patiently(query))

    def digests(self) -> dict[str, str]:
        """What the index knows, by key."""
        self._require_ready()
        query = select(SearchDocument.key, SearchDocument.digest).where(SearchDocument.key != READY)
        return {row[0]: row[1] for row in db.session.execute(query)}

    @contextmanager
    def writing(self) -> Iterator["PostgresWriter"]:
        """Wait to be the only one who writes; what is read in here is read after that."""
        with transaction():
            db.session.execute(select(func.pg_advisory_xact_lock(ONE_WRITER)))
            yield PostgresWriter()

    def rebuild(self, documents: Iterable[Document]) -> int:
        """Make the index anew, in one transaction: others see the old one until it ends."""
        with transaction():
            db.session.execute(select(func.pg_advisory_xact_lock(ONE_WRITER)))
            db.session.execute(delete(SearchDocument))
            count, rows = 0, []
            for document in documents:
                rows.append(_row_of(document))
                count += 1
                if len(rows) == BATCH:
                    db.session.execute(insert(SearchDocument), rows)
                    rows = []
            db.session.execute(insert(SearchDocument), [*rows, _READY_ROW])
        return count

    def _hits(self, asked: str, within: Within, limit: int) -> list[Hit]:
        query_words = cast(literal(asked, Text), TSQUERY)
        rank = func.ts_rank(cast(SearchDocument.words, TSVECTOR), query_words, 1) * SearchDocument.weight
        query = select(SearchDocument.key, SearchDocument.digest, rank.label("rank"))
        query = query.where(_matches(query_words), *_conditions(within))
        self._require_ready()
        rows = self._patiently(query.order_by(rank.desc(), SearchDocument.key).limit(limit), whole=True)
        return [Hit(*row) for row in rows]

    def _require_ready(self) -> None:
        if not self.is_ready():
            raise IndexNotReady

    def _patiently(self, query: Select[Any], *, whole: bool = False) -> Sequence[Any]:
        """Ask for a while and no longer; the transaction goes on either way."""
        name = "statement_timeout"
        before = db.session.scalar(select(func.current_setting(name)))
        try:
            with db.session.begin_nested():
                db.session.execute(select(func.set_config(name, f"{SECONDS_FOR_A_QUERY}s", True)))
                rows = db.session.execute(query).all() if whole else db.session.scalars(query).all()
                db.session.execute(select(func.set_config(name, before, True)))
                return rows
        except OperationalError as fault:
            if getattr(fault.orig, "sqlstate", None) == "57014":
                raise TookTooLong from None
            raise


class PostgresWriter:
    """Writes the rows of some planks and groups anew."""

    def replace(self, subjects: Collection[str], documents: Sequence[Document]) -> None:
        """Forget whatever there is of these planks and groups, and take in these texts of theirs."""
        db.session.execute(delete(SearchDocument).where(SearchDocument.subject.in_(subjects)))
        if documents:
            db.session.execute(insert(SearchDocument), [_row_of(document) for document in documents])


_READY_ROW: dict[str, Any] = {
    "key": READY,
    "subject": "",
    "kind": "",
    "audience": "",
    "theme": "",
    "digest": "",
    "weight": 0.0,
    "words": "",
}


def _row_of(document: Document) -> dict[str, Any]:
    entry = document.entry
    return {
        "key": entry.key,
        "subject": entry.subject,
        "kind": entry.kind.value,
        "audience": entry.audience.value,
        "theme": entry.theme,
        "digest": entry.digest,
        "weight": entry.kind.weight,
        "words": vector_of(document.title, document.text),
    }


def vector_of(title: str, words: str) -> str:
    """A text as PostgreSQL writes one down: each stem with its places, those of the title weighing most."""
    places: dict[str, list[str]] = {}
    seen: Counter[str] = Counter()
    first = 1
    for field, weight in ((title, "A"), (words, "D")):
        found = stems(field)
        for place, stem in enumerate(found, start=first):
            seen[stem] += 1
            if place <= _LAST_POSITION and seen[stem] <= _MOST_PLACES:
                places.setdefault(stem, []).append(f"{place}{weight}")
        # Words of the title and of the text never stand together.
        first += len(found) + _BETWEEN_FIELDS
    titled, spelled = set(whole_words(title)), set(whole_words(title)) | set(whole_words(words))
    stemmed = [f"{_quoted(stem)}:{','.join(at)}" for stem, at in places.items()]
    whole = [*(_quoted(f"~{word}") for word in sorted(titled)), *(_quoted(f"={word}") for word in sorted(spelled))]
    return " ".join([*stemmed, *whole])


def _asked(asked: Asked, *, every: bool) -> str:
    wanted = (" & " if every else " | ").join(_phrase(phrase) for phrase in asked.wanted)
    without = "".join(f" & !{_phrase(phrase)}" for phrase in asked.without)
    return f"({wanted}){without}"


def _phrase(phrase: Phrase) -> str:
    return f"({' <-> '.join(_quoted(word) for word in phrase)})"


def _quoted(lexeme: str) -> str:
    doubled = lexeme.replace("\\", "\\\\").replace("'", "''")
    return f"'{doubled}'"


def _matches(query: ColumnElement[Any]) -> ColumnElement[bool]:
    return SearchDocument.words.op("@@")(query)


def _conditions(within: Within) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = [
        SearchDocument.audience.in_([Audience(audience).value for audience in within.audiences])
    ]
    if within.kind:
        found.append(SearchDocument.kind == within.kind.value)
    if within.theme:
        found.append(SearchDocument.theme == within.theme)
    return found
