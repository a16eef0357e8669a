"""The words of one unit as a file has them: emphasis, links, footnote marks and line breaks, in whole and in lines."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from policies.text.lines import Line
from policies.text.parser import inline_tokens
from policies.text.render import is_linked, target, token_text

__all__ = ["BREAK", "PLAIN", "Dress", "Dressed", "dressed", "in_lines", "said", "signs_of", "together"]

BREAK = "\n"
"""A line break that the writer of the text set: the only white space that is not a single space."""


@dataclass(frozen=True)
class Dress:
    """How words look: strong, emphasised, a link to the web or to mail, or the mark of a footnote."""

    strong: bool = False
    emphasis: bool = False
    link: str = ""
    is_mark: bool = False


PLAIN = Dress()


@dataclass(frozen=True)
class Dressed:
    """Words of one look."""

    text: str
    dress: Dress = PLAIN


Sign = tuple[str, Dress]


def dressed(markdown: str) -> tuple[Dressed, ...]:
    """The words of one unit: each run of white space one space, or one line break where its writer set one."""
    return together(signs_of(markdown))


def said(words: Sequence[Dressed]) -> str:
    """The bare words."""
    return "".join(one.text for one in words)


def signs_of(markdown: str) -> list[Sign]:
    """The same, sign by sign."""
    signs: list[Sign] = []
    for sign, dress in _unfolded(markdown):
        if sign == BREAK:
            _drop_space(signs)
            signs.append((BREAK, PLAIN))
        elif not sign.isspace():
            signs.append((sign, dress))
        elif signs and signs[-1][0] not in {" ", BREAK}:
            signs.append((" ", dress))
    _drop_space(signs)
    return signs


def together(signs: Sequence[Sign]) -> tuple[Dressed, ...]:
    """Signs put together again, those of one look as one."""
    return tuple(
        Dressed("".join(sign for sign, _ in group), dress) for dress, group in groupby(signs, lambda sign: sign[1])
    )


def in_lines(words: Sequence[Dressed], lines: Sequence[Line]) -> tuple[tuple[int, tuple[Dressed, ...]], ...]:
    """The words in the printed lines of their unit, each with its number; none where the lines are of other words."""
    signs = [(" " if sign == BREAK else sign, one.dress) for one in words for sign in one.text]
    if " ".join(line.text for line in lines) != "".join(sign for sign, _ in signs):
        return ()
    found, place = [], 0
    for line in lines:
        end = place + len(line.text)
        found.append((line.number, together(signs[place:end])))
        place = end + 1
    return tuple(found)


def _drop_space(signs: list[Sign]) -> None:
    if signs and signs[-1][0] == " ":
        signs.pop()


def _unfolded(markdown: str) -> Iterator[Sign]:
    strong = emphasis = 0
    address = ""
    for token in inline_tokens(markdown):
        strong += {"strong_open": 1, "strong_close": -1}.get(token.type, 0)
        emphasis += {"em_open": 1, "em_close": -1}.get(token.type, 0)
        if token.type == "link_open":
            address = target(token)
        elif token.type == "link_close":
            address = ""
        link = address if is_linked(address) else ""
        if token.type == "footnote_ref":
            mark = Dress(strong > 0, emphasis > 0, link, is_mark=True)
            yield from ((sign, mark) for sign in f"[{token.meta['label']}]")
        elif token.type == "hardbreak":
            yield BREAK, PLAIN
        else:
            yield from ((sign, Dress(strong > 0, emphasis > 0, link)) for sign in token_text(token))
