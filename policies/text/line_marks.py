"""Marks in a unit's HTML at the words where its printed lines begin, so that screen and print number the same words.

A mark is an empty element: it holds no word, so that nothing is copied or read aloud with the text. Its number is in
its attributes, for the style sheet to show and for an address to name: `#L12`. It is a link to itself, except inside
another link, where it is a plain mark at the same words.
"""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from html import unescape

from policies.text.lines import Line

__all__ = ["lines_named", "marked_html"]

# A sanitiser wrote this HTML: tags are whole, a value stands in quotation marks, and no other “<” is in it.
_PIECE = re.compile(r'<(?:[^>"]|"[^"]*")*>|&[#\w]+;|[^<&\s]+|\s+|[<&]')


def marked_html(html: str, lines: Sequence[Line]) -> str:
    """The HTML of one unit with a mark before the first word of each of its lines, even inside emphasis or a link."""
    return _marked(html, tuple(lines))


@lru_cache(maxsize=1024)
def _marked(html: str, lines: tuple[Line, ...]) -> str:
    """Kept, since the same words of the same lines are shown again and again."""
    return "".join(_with_marks(html, lines))


def lines_named(lines: Sequence[Line]) -> str:
    """The lines of one unit as a sentence has them: "line 4", "lines 4 to 7"; nothing where there are none."""
    if len(lines) < 2:
        return f"line {lines[0].number}" if lines else ""
    return f"lines {lines[0].number} to {lines[-1].number}"


def _with_marks(html: str, lines: Sequence[Line]) -> Iterator[str]:
    begins = _beginnings(lines)
    word, is_inside_word, links = 0, False, 0
    for piece in _PIECE.findall(html):
        is_tag = len(piece) > 1 and piece[0] == "<"
        is_space = not is_tag and unescape(piece).isspace()
        opens_word = not is_tag and not is_space and not is_inside_word
        # Before the tag that opens right before the word, so that a line that begins with a link is not inside it.
        if word in begins and (opens_word or (_opens(piece) and not is_inside_word)):
            yield _mark(begins.pop(word), is_first=word == 0, is_inside_link=links > 0)
        if piece.startswith(("<a ", "</a")):
            links += 1 if piece[1] == "a" else -1
        if not is_tag:
            word += opens_word
            is_inside_word = not is_space
        yield piece
    # Where a page shows other words than the lines were broken from, each number is there all the same.
    yield from (_mark(line, is_first=False, is_inside_link=False) for line in begins.values())


def _beginnings(lines: Sequence[Line]) -> dict[int, Line]:
    """The lines by how many words of the unit stand before them."""
    begins = {}
    words = 0
    for line in lines:
        begins[words] = line
        words += len(line.text.split(" "))
    return begins


def _opens(piece: str) -> bool:
    return piece.startswith(("<em", "<strong", "<a", "<sup"))


def _mark(line: Line, *, is_first: bool, is_inside_link: bool) -> str:
    name = "line line-first" if is_first else "line"
    said = f'class="{name}" id="L{line.number}" data-line="{line.number}" aria-hidden="true"'
    return f"<span {said}></span>" if is_inside_link else f'<a {said} href="#L{line.number}" tabindex="-1"></a>'
