"""The words around what was found, in pieces: a template escapes each and marks those that were asked for."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from app.search.words import read, stemmed
from policies.searching import folded
from policies.text.words import word_places

CHARACTERS = 180
AROUND = 60
MOST_PLACES = 2


@dataclass(frozen=True)
class Piece:
    """Some words, and whether they were asked for."""

    text: str
    is_hit: bool = False


@dataclass(frozen=True)
class Hit:
    """A word that was asked for, and where it stands."""

    term: str
    start: int
    end: int


def terms_of(words: str) -> frozenset[str]:
    """What was asked for, in the form in which the index compares words."""
    return frozenset(word for phrase in read(words).wanted for word in phrase)


def snippet(text: str, terms: Collection[str]) -> list[Piece]:
    """The best places of `text` with the terms marked; nothing where none of them is in it."""
    best = sorted(_places(_hits(text, terms)), key=lambda place: -len({hit.term for hit in place}))[:MOST_PLACES]
    if not best:
        return []
    best.sort(key=lambda place: place[0].start)
    following = [*(place[0].start for place in best[1:]), len(text)]
    pieces: list[Piece] = []
    end_before = 0
    for place, stop in zip(best, following, strict=True):
        # Two places that touch are read on as one.
        start, end = max(_before(text, place[0].start), end_before), min(_after(text, place[-1].end), stop)
        pieces.append(Piece(" … " if start > end_before else ""))
        pieces += _marked(text, place, start, end)
        end_before = end
    rest = text[end_before:]
    return [*pieces, Piece(" …" if any(sign.isalnum() for sign in rest) else rest)]


def marked(text: str, terms: Collection[str]) -> list[Piece]:
    """A whole title with the terms marked."""
    return [piece for piece in _marked(text, _hits(text, terms), 0, len(text)) if piece.text]


def opening(text: str) -> list[Piece]:
    """The first words of a text in which no term stands: its title was found, or its number."""
    return [Piece(text)] if len(text) <= CHARACTERS else [Piece(text[:CHARACTERS].rsplit(" ", 1)[0] + " …")]


def _hits(text: str, terms: Collection[str]) -> list[Hit]:
    found = ((stemmed(folded(place.group())), place) for place in word_places(text))
    return [Hit(term, place.start(), place.end()) for term, place in found if term in terms]


def _places(hits: Sequence[Hit]) -> list[list[Hit]]:
    """The hits, those together that stand near each other."""
    places: list[list[Hit]] = []
    for hit in hits:
        if places and hit.end - places[-1][0].start <= CHARACTERS - AROUND:
            places[-1].append(hit)
        else:
            places.append([hit])
    return places


def _before(text: str, start: int) -> int:
    """Some words before a place, from the beginning of one of them."""
    if start <= AROUND:
        return 0
    gap = text.find(" ", start - AROUND, start)
    return start if gap < 0 else gap + 1


def _after(text: str, end: int) -> int:
    """Some words behind a place, to the end of one of them."""
    if len(text) - end <= AROUND:
        return len(text)
    gap = text.rfind(" ", end, end + AROUND)
    return end if gap < 0 else gap


def _marked(text: str, hits: Sequence[Hit], start: int, end: int) -> Iterator[Piece]:
    for hit in hits:
        if hit.start > start:
            yield Piece(text[start : hit.start])
        yield Piece(text[hit.start : hit.end], is_hit=True)
        start = hit.end
    if start < end:
        yield Piece(text[start:end])
