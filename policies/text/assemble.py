"""Writing merged units as one text: each side's own lines wherever they still fit, lists numbered on."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from policies.text.canonical import normalise
from policies.text.layout import Lines, further_marker, joined, marker
from policies.text.model import Unit
from policies.text.reading import units_without_ids
from policies.text.regroup import PARAGRAPH_END, Side
from policies.text.touch import tag

__all__ = ["Entry", "entry_of", "with_marker", "with_words", "written"]

_NUMBER = re.compile(r"(\s*)(\d+)")
_BLANK: Lines = ("",)


@dataclass(frozen=True)
class Entry:
    """One passage of the merged text: what it is to be read as, its lines, and where each side has it."""

    unit: Unit
    block: Lines
    places: tuple[int | None, int | None, int | None]
    is_numbered: bool = False
    """Whether its printed number is its place in the list, so that it is numbered on when the list changes."""


def entry_of(side: Side, index: int, places: tuple[int | None, int | None, int | None]) -> Entry:
    """A passage exactly as one side has it."""
    unit, block = side.units[index], side.parts.blocks[index]
    return Entry(unit, block, places, unit.ordered and _number_in(block) == unit.path[-1])


def with_words(entry: Entry, markdown: str) -> Entry:
    """The same passage in other words, its marker kept."""
    if markdown == entry.unit.markdown:
        return entry
    return with_marker(replace(entry, unit=replace(entry.unit, markdown=markdown)), marker(entry.unit, entry.block))


def with_marker(entry: Entry, first: str) -> Entry:
    """The same words behind another marker."""
    further = further_marker(entry.unit, first)
    head, *rest = entry.unit.markdown.split("\n")
    return replace(entry, block=(*(first + head).split("\n"), *((further + line).rstrip() for line in rest)))


def _number_in(block: Lines) -> int | None:
    """The number printed before a list item."""
    found = _NUMBER.match(block[0])
    return int(found[2]) if found else None


def written(entries: Sequence[Entry], sides: Sequence[Side]) -> tuple[str, tuple[Unit, ...]] | None:
    """The text that reads as these passages and nothing else, with its units; None where there is none."""
    for loosest in range(3):
        pieces: list[Lines] = []
        for before, after in zip([None, *entries], [*entries, None], strict=True):
            pieces.append(_gap(before, after, sides, loosest))
            pieces.append(after.block if after else ())
        text = normalise(joined(pieces))
        units = units_without_ids(text)
        if _read_as(units, entries):
            return _numbered(text, units, entries)
    return None


def _read_as(units: Sequence[Unit], entries: Sequence[Entry]) -> bool:
    wanted = [(tag(entry.unit), part) for entry in entries for part in entry.unit.markdown.split(PARAGRAPH_END)]
    return [(tag(unit), unit.markdown) for unit in units] == wanted


def _gap(before: Entry | None, after: Entry | None, sides: Sequence[Side], loosest: int) -> Lines:
    """The lines between two passages: a side's own where it has them side by side, else such as there are around."""
    found = [_own_gap(before, after, side, number) for number, side in enumerate(sides)]
    base, ours, theirs = found
    if ours is not None and theirs is not None:
        gap = ours if theirs in (base, ours) else theirs if ours == base else _widest([ours, theirs])
    else:
        known = [gap for gap in (ours, theirs, base) if gap is not None]
        gap = known[0] if known else _usual_gap(before, after, sides)
    is_loose = loosest == 2 or (loosest == 1 and len(set(found)) > 1)
    return gap if "" in gap or not is_loose or before is None or after is None else (*gap, "")


def _own_gap(before: Entry | None, after: Entry | None, side: Side, number: int) -> Lines | None:
    first = before.places[number] if before else -1
    last = after.places[number] if after else len(side.units)
    return side.parts.gaps[last] if first is not None and last is not None and last == first + 1 else None


def _usual_gap(before: Entry | None, after: Entry | None, sides: Sequence[Side]) -> Lines:
    if before is None or after is None:
        return ()
    around = []
    for number, side in enumerate(sides):
        first, last = before.places[number], after.places[number]
        if first is not None and first + 1 < len(side.units):
            around.append(side.parts.gaps[first + 1])
        if last is not None and last > 0:
            around.append(side.parts.gaps[last])
    bare = [gap for gap in around if not any(gap)]
    return _widest(bare) if bare else _BLANK


def _widest(gaps: Sequence[Lines]) -> Lines:
    """One with a blank line before others, then the longest; the same whatever their order."""
    return max(gaps, key=lambda gap: ("" in gap, len(gap), gap))


def _numbered(text: str, units: Sequence[Unit], entries: Sequence[Entry]) -> tuple[str, tuple[Unit, ...]] | None:
    """The text with its lists numbered on, where they were numbered by place before."""
    lines = text.split("\n")
    flags = [entry.is_numbered for entry in entries for _ in entry.unit.markdown.split(PARAGRAPH_END)]
    for index, unit in enumerate(units):
        found = _NUMBER.match(lines[unit.first_line]) if flags[index] else None
        if found and int(found[2]) != unit.path[-1]:
            lines[unit.first_line] = f"{found[1]}{unit.path[-1]}{found.string[found.end() :]}"
            wider = len(str(unit.path[-1])) - len(found[2])
            _indent(lines, unit.first_line + 1, _end_of_item(units, index), wider)
    renumbered = "\n".join(lines)
    if renumbered == text:
        return text, tuple(units)
    units = units_without_ids(renumbered)
    return (renumbered, tuple(units)) if _read_as(units, entries) else None


def _end_of_item(units: Sequence[Unit], index: int) -> int:
    """The line after the last unit inside a list item."""
    path = units[index].path
    end = units[index].last_line
    for unit in units[index + 1 :]:
        if unit.path[: len(path)] != path:
            break
        end = unit.last_line
    return end


def _indent(lines: list[str], start: int, end: int, wider: int) -> None:
    for number in range(start, end):
        lines[number] = " " * max(0, wider) + lines[number] if lines[number] else ""
