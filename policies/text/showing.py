"""A redline for a terminal, a page or a text file, and a difference as one marked-up text."""

from collections.abc import Callable, Iterable, Sequence
from html import escape

from policies.text.diff import Hunk, Op
from policies.text.model import Kind
from policies.text.redline import RedlineUnit

__all__ = ["FORMATS", "marked_up", "shown"]

_Marks = dict[Op, tuple[str, str]]
_BRACES: _Marks = {Op.EQUAL: ("", ""), Op.DELETE: ("{--", "--}"), Op.INSERT: ("{++", "++}")}
_BRACKETS: _Marks = {Op.EQUAL: ("", ""), Op.DELETE: ("[-", "-]"), Op.INSERT: ("{+", "+}")}
_COLOURS: _Marks = {
    Op.EQUAL: ("", ""),
    Op.DELETE: ("\x1b[31;9m", "\x1b[0m"),
    Op.INSERT: ("\x1b[32;4m", "\x1b[0m"),
}
_ELEMENTS: _Marks = {Op.EQUAL: ("", ""), Op.DELETE: ("<del>", "</del>"), Op.INSERT: ("<ins>", "</ins>")}


def marked_up(hunks: Iterable[Hunk]) -> str:
    """One text with what is deleted as [-…-] and what is inserted as {+…+}."""
    return _marked(hunks, _BRACKETS, str)


def shown(units: Iterable[RedlineUnit], format_name: str) -> str:
    """A redline in one of the formats, its units apart by a blank line; in HTML each is an element of its own."""
    return FORMATS[format_name](list(units))


def _ansi(units: Sequence[RedlineUnit]) -> str:
    return "\n\n".join(_lead(unit) + _marked(unit.hunks, _COLOURS, _without_escapes) + _note(unit) for unit in units)


def _markdown(units: Sequence[RedlineUnit]) -> str:
    return "\n\n".join(_lead(unit) + _marked(unit.hunks, _BRACES, str) + _note(unit) for unit in units)


def _html(units: Sequence[RedlineUnit]) -> str:
    return "\n".join(
        f"<p>{escape(_lead(unit))}{_marked(unit.hunks, _ELEMENTS, escape)}{_note(unit)}</p>" for unit in units
    )


FORMATS: dict[str, Callable[[Sequence[RedlineUnit]], str]] = {"ansi": _ansi, "html": _html, "markdown": _markdown}


def _marked(hunks: Iterable[Hunk], marks: _Marks, clean: Callable[[str], str]) -> str:
    return "".join(f"{marks[hunk.op][0]}{clean(hunk.text)}{marks[hunk.op][1]}" for hunk in hunks)


def _without_escapes(text: str) -> str:
    """A text must not steer the terminal it is shown on."""
    return "".join(sign for sign in text if sign.isprintable() or sign.isspace())


def _lead(unit: RedlineUnit) -> str:
    if unit.kind is Kind.HEADING:
        return "#" * unit.level + " "
    return {Kind.LIST_ITEM: "- ", Kind.QUOTE: "> "}.get(unit.kind, "")


def _note(unit: RedlineUnit) -> str:
    return f" ({unit.note})" if unit.note else ""
