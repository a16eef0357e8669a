"""A unit's words apart from their marks: emphasis, strong and link targets are what words have, not words themselves.

So that one side may embolden what the other rewords. Only Markdown that is written plainly is taken apart; what is
written back reads as the same words with the same marks, or is not written at all.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from markdown_it.token import Token

from policies.text.parser import inline_tokens
from policies.text.render import target
from policies.text.weave import PARAGRAPH_END
from policies.text.words import tokens

__all__ = ["Marked", "Marks", "marked", "unmarked"]

Marks = tuple[str, ...]
"""What is on a word, the outermost first: the sign that opens it, or a link's whole target."""


@dataclass(frozen=True)
class Marked:
    """Words, spaces and signs, and the marks on each."""

    pieces: tuple[str, ...]
    marks: tuple[Marks, ...]


def unmarked(markdown: str) -> Marked | None:
    """The words without their marks; None where they are written in a way that could not be written back."""
    signs: list[tuple[str, Marks]] = []
    place = opened_at = 0
    open_marks: list[str] = []
    for token in inline_tokens(markdown):
        written = _source_of(token, open_marks)
        if not markdown.startswith(written, place) or (token.nesting < 0 and opened_at == len(signs)):
            return None
        place += len(written)
        if token.nesting > 0:
            open_marks.append(f"]({target(token)})" if token.type == "link_open" else token.markup)
            opened_at = len(signs)
        elif token.nesting < 0:
            open_marks.pop()
        else:
            signs += [(sign, tuple(open_marks)) for sign in written]
    return _as_tokens(signs) if place == len(markdown) else None


def _source_of(token: Token, open_marks: Sequence[str]) -> str:
    """How an inline token is written where it is written plainly."""
    if token.nesting:
        return "[" if token.type == "link_open" else token.markup if token.nesting > 0 else open_marks[-1]
    if token.type == "footnote_ref":
        return f"[^{token.meta['label']}]"
    # What is written with a backslash or as an entity is another sign in the source, and is not found there.
    return "\n" if token.type == "softbreak" else token.content if token.type == "text" else "\0"


def _as_tokens(signs: Sequence[tuple[str, Marks]]) -> Marked | None:
    """The signs as words; None where marks begin or end inside a word, or reach over a paragraph's end."""
    pieces = tokens("".join(sign for sign, _ in signs))
    marks: list[Marks] = []
    place = 0
    for piece in pieces:
        on_it = {mark for _, mark in signs[place : place + len(piece)]}
        if len(on_it) > 1 or (PARAGRAPH_END in piece and on_it != {()}):
            return None
        marks.append(on_it.pop())
        place += len(piece)
    return Marked(tuple(pieces), tuple(marks))


def marked(words: Marked) -> str | None:
    """The Markdown that reads as these words with these marks; None where there is none."""
    wanted = _trimmed(words)
    markdown = "".join(_written(wanted))
    read = unmarked(markdown)
    return markdown if read is not None and _trimmed(read) == wanted else None


def _trimmed(words: Marked) -> Marked:
    """The same with no mark beginning or ending in white space."""
    marks = list(words.marks)
    for place, piece in enumerate(words.pieces):
        if PARAGRAPH_END in piece:
            marks[place] = ()
        elif piece.isspace():
            before = marks[place - 1] if place else ()
            after = words.marks[place + 1] if place + 1 < len(marks) else ()
            marks[place] = _shared(before, after)
    return Marked(words.pieces, tuple(marks))


def _shared(one: Marks, other: Marks) -> Marks:
    both = zip(one, other, strict=False)
    length = next((index for index, (mine, yours) in enumerate(both) if mine != yours), min(len(one), len(other)))
    return one[:length]


def _written(words: Marked) -> Iterator[str]:
    open_marks: Marks = ()
    for piece, marks in zip((*words.pieces, ""), (*words.marks, ()), strict=True):
        kept = len(_shared(open_marks, marks))
        yield from reversed(open_marks[kept:])
        yield from ("[" if mark.startswith("](") else mark for mark in marks[kept:])
        yield piece
        open_marks = marks
