"""English words without their endings, the same for every engine, for snippets and for reading again.

The analysis is done here and not by a database: both engines then find the same, and no extension is needed (decision
0015).
"""

from functools import lru_cache

from whoosh.lang.snowball.english import EnglishStemmer

from policies.searching import Asked, parse, whole_words

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


@lru_cache(maxsize=32768)
def stemmed(word: str) -> str:
    """A word without its ending, so that "insulated" finds "insulation"."""
    stem: str = _stemmer.stem(IRREGULAR.get(word, word))
    return stem


def stems(text: str) -> list[str]:
    """The words of a text without their endings, in order."""
    return [stemmed(word) for word in whole_words(text)]


def read(typed: str) -> Asked:
    """What somebody typed as a query."""
    return parse(typed, stemmed)
