"""A text as the lines of its units and the lines between them, so that one unit can change and the rest stay."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain

from policies.text.model import Kind, Unit

Lines = tuple[str, ...]

_HEADING_MARKER = re.compile(r"[ \t]*#+[ \t]*")


@dataclass(frozen=True)
class Layout:
    """The lines of each unit in `blocks`, and in `gaps` those before, between and after: one gap more than blocks."""

    gaps: tuple[Lines, ...]
    blocks: tuple[Lines, ...]


def layout(text: str, units: Sequence[Unit]) -> Layout:
    """Cut a canonical text at its units; joined again it is the same text."""
    lines = tuple(text.split("\n"))
    starts = [unit.first_line for unit in units] + [len(lines)]
    ends = [0] + [unit.last_line for unit in units]
    gaps = tuple(lines[end:start] for end, start in zip(ends, starts, strict=True))
    return Layout(gaps, tuple(lines[unit.first_line : unit.last_line] for unit in units))


def joined(pieces: Iterable[Lines]) -> str:
    """The text made of these lines."""
    return "\n".join(chain.from_iterable(pieces))


def widest(gaps: Sequence[Lines]) -> Lines:
    """The gap that stays where units between several gaps are gone: one with a blank line, then the longest."""
    return max(gaps, key=lambda gap: ("" in gap, len(gap)))


def remaining_gap(gaps: Sequence[Lines], at_start: bool, at_end: bool) -> Lines:
    """What stands in place of deleted units and the gaps around them; a text never begins or ends with a gap's rest."""
    if at_start:
        return gaps[0]
    return gaps[-1] if at_end else widest(gaps)


def marker(unit: Unit, block: Lines) -> str:
    """What stands in a unit's lines before its own first word: indentation and block marker."""
    content = unit.markdown.split("\n")
    lead, line = block[: -len(content)], block[-len(content)].rstrip()
    if unit.kind is Kind.HEADING:
        heading = _HEADING_MARKER.match(line)
        return heading.group() if heading else ""
    prefix = line[: len(line) - len(content[0])] if content[0] else f"{line} "
    return "\n".join((*lead, prefix))


def further_marker(unit: Unit, first: str) -> str:
    """What stands before each line of a unit but the first, so that it stays in the same block."""
    *_, prefix = first.split("\n")
    if unit.kind is Kind.QUOTE:
        return prefix
    if unit.kind is Kind.FOOTNOTE and prefix.strip():
        return "    "
    return re.sub(r"[^ \t]", " ", prefix)
