"""The words of a redline with their emphasis and links, as a reader of the text sees them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from policies.text.diff import Hunk, Op
from policies.text.parser import inline_tokens
from policies.text.render import is_linked, target, token_text

__all__ = ["Look", "Part", "Run", "formatted"]


@dataclass(frozen=True)
class Look:
    """How words look: emphasised, strong, a link to somewhere, or plain. Links lead to the web or to mail only."""

    strong: bool = False
    emphasis: bool = False
    link: str = ""


@dataclass(frozen=True)
class Run:
    """Words of one look; `relooked` are words that stood there before and looked otherwise."""

    text: str
    look: Look
    relooked: bool = False


@dataclass(frozen=True)
class Part:
    """A hunk of a redline, its words in runs."""

    op: Op
    runs: tuple[Run, ...]


_Sign = tuple[str, Look]


def formatted(hunks: Sequence[Hunk], was: str, now: str) -> tuple[Part, ...]:
    """The hunks between two wordings in Markdown, each with the look its words have: deleted ones as they were."""
    old, new = _signs(was, False), _signs(now, False)
    if (_words(old), _words(new)) != (_side(hunks, Op.INSERT), _side(hunks, Op.DELETE)):
        # The hunks name the targets of links, as they do where nothing but those differs.
        old, new = _signs(was, True), _signs(now, True)
    old_place = new_place = 0
    parts = []
    for hunk in hunks:
        length = len(hunk.text)
        before, after = old[old_place : old_place + length], new[new_place : new_place + length]
        parts.append(Part(hunk.op, _runs(hunk.op, before, after)))
        old_place += length if hunk.op is not Op.INSERT else 0
        new_place += length if hunk.op is not Op.DELETE else 0
    return tuple(parts)


def _words(signs: Sequence[_Sign]) -> str:
    return "".join(sign for sign, _ in signs)


def _side(hunks: Sequence[Hunk], without: Op) -> str:
    return "".join(hunk.text for hunk in hunks if hunk.op is not without)


def _runs(op: Op, before: list[_Sign], after: list[_Sign]) -> tuple[Run, ...]:
    shown = before if op is Op.DELETE else after
    other = before if op is Op.EQUAL else shown
    looks = [(look, look != was) for (_, look), (_, was) in zip(shown, other, strict=True)]
    runs, place = [], 0
    for (look, relooked), group in groupby(looks):
        length = len(list(group))
        runs.append(Run(_words(shown[place : place + length]), look, relooked))
        place += length
    return tuple(runs)


def _signs(markdown: str, targets: bool) -> list[_Sign]:
    """Every sign of a unit's words with its look; each run of white space is one space, as where words are compared."""
    signs: list[_Sign] = []
    for sign, look in _unfolded(markdown, targets):
        if not sign.isspace():
            signs.append((sign, look))
        elif signs and signs[-1][0] != " ":
            signs.append((" ", look))
    return signs[:-1] if signs and signs[-1][0] == " " else signs


def _unfolded(markdown: str, targets: bool) -> Iterator[_Sign]:
    strong = emphasis = 0
    address = ""
    for token in inline_tokens(markdown):
        strong += {"strong_open": 1, "strong_close": -1}.get(token.type, 0)
        emphasis += {"em_open": 1, "em_close": -1}.get(token.type, 0)
        words = token_text(token)
        if token.type == "link_open":
            address = target(token)
        elif token.type == "link_close":
            words, address = f" ({address})" if targets else "", ""
        elif token.type == "footnote_ref":
            words = f"[{token.meta['label']}]"
        look = Look(strong > 0, emphasis > 0, address if is_linked(address) else "")
        yield from ((sign, look) for sign in words)
