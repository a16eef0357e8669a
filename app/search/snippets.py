"""The words around what was found, in pieces: a template escapes each and marks those that were asked for."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from whoosh.highlight import FIRST, BasicFragmentScorer, ContextFragmenter, Fragment, set_matched_filter, top_fragments

from app.search.schema import STEMS
from app.search.words import read

CHARACTERS = 180
AROUND = 60
MOST_FRAGMENTS = 2


@dataclass(frozen=True)
class Piece:
    """Some words, and whether they were asked for."""

    text: str
    is_hit: bool = False


def terms_of(words: str) -> frozenset[str]:
    """What was asked for, in the form in which the index compares words."""
    return frozenset(word for phrase in read(words).wanted for word in phrase)


def snippet(text: str, terms: Collection[str]) -> list[Piece]:
    """The best places of `text` with the terms marked; nothing where none of them is in it."""
    tokens = set_matched_filter(STEMS(text, positions=True, chars=True), terms)
    fragments = ContextFragmenter(CHARACTERS, AROUND).fragment_tokens(text, tokens)
    best = top_fragments(fragments, MOST_FRAGMENTS, BasicFragmentScorer(), FIRST)
    pieces = [piece for fragment in best for piece in _pieces(text, fragment)]
    if best:
        rest = text[best[-1].endchar :]
        pieces.append(Piece(" …" if any(sign.isalnum() for sign in rest) else rest))
    return pieces


def marked(text: str, terms: Collection[str]) -> list[Piece]:
    """A whole title with the terms marked."""
    pieces, place = [], 0
    for token in STEMS(text, positions=True, chars=True):
        if token.text in terms:
            pieces += [Piece(text[place : token.startchar]), Piece(text[token.startchar : token.endchar], is_hit=True)]
            place = token.endchar
    return [piece for piece in [*pieces, Piece(text[place:])] if piece.text]


def opening(text: str) -> list[Piece]:
    """The first words of a text in which no term stands: its title was found, or its number."""
    return [Piece(text)] if len(text) <= CHARACTERS else [Piece(text[:CHARACTERS].rsplit(" ", 1)[0] + " …")]


def _pieces(text: str, fragment: Fragment) -> Iterator[Piece]:
    yield Piece(" … " if fragment.startchar else "")
    place = fragment.startchar
    for match in sorted(fragment.matches, key=lambda match: match.startchar):
        if match.startchar > place:
            yield Piece(text[place : match.startchar])
        yield Piece(text[max(place, match.startchar) : match.endchar], is_hit=True)
        place = match.endchar
    if place < fragment.endchar:
        yield Piece(text[place : fragment.endchar])
