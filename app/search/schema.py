"""How Whoosh keeps a text: its words without their endings, the whole words for spelling, and where it belongs."""

from collections.abc import Iterator
from typing import Any

from whoosh.analysis import Analyzer, Token
from whoosh.fields import ID, KEYWORD, STORED, TEXT, Schema

from app.search.documents import Document
from app.search.words import stemmed
from policies.searching import folded, whole_words
from policies.text.words import word_places


class Stems(Analyzer):
    """Words as `app.search.words` reads them, in the form in which Whoosh wants them."""

    def __call__(self, value: str, *, positions: bool = False, chars: bool = False, **_more: Any) -> Iterator[Token]:
        """Each word in turn, in one token that is used again and again, as is usual there."""
        token = Token(positions, chars)
        for position, place in enumerate(word_places(value)):
            token.text = stemmed(folded(place.group()))
            token.original, token.boost, token.stopped = place.group(), 1.0, False
            token.pos, token.startchar, token.endchar = position, place.start(), place.end()
            yield token


STEMS = Stems()
SCHEMA = Schema(
    key=ID(unique=True, stored=True),
    subject=ID,
    kind=ID,
    theme=ID,
    digest=STORED,
    title=TEXT(analyzer=STEMS, field_boost=4.0),
    text=TEXT(analyzer=STEMS),
    titled=KEYWORD,
    spelled=KEYWORD,
)


def fields_of(document: Document) -> dict[str, Any]:
    """A document as it is written."""
    entry, titled = document.entry, set(whole_words(document.title))
    return {
        "key": entry.key,
        "subject": entry.subject,
        "kind": entry.kind.value,
        "theme": entry.theme,
        "digest": entry.digest,
        "title": document.title,
        "text": document.text,
        "titled": " ".join(sorted(titled)),
        "spelled": " ".join(sorted(titled | set(whole_words(document.text)))),
    }
