"""Changing one unit of a text, or several, and leaving every other byte as it is."""

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from policies.errors import RuleBroken
from policies.text.canonical import normalise
from policies.text.layout import Layout, Lines, further_marker, joined, layout, marker, remaining_gap
from policies.text.model import Kind, Unit
from policies.text.reading import units_without_ids

_ITEM_MARKER = re.compile(r"(?P<outer>.*?)(?P<number>\d*)(?P<sign>[-*+.)][ \t]*)")
_POINT = "- "


def replace_unit(text: str, units: Sequence[Unit], unit_id: str, markdown: str) -> str:
    """The text with that one unit's content replaced; its block marker and indentation are kept.

    `text` is canonical and `units` are its units. Several paragraphs, with blank lines between them, stay in the same
    place: in a list item as further paragraphs of the item, or as further items where each line after the first begins
    with `- `; after a heading as paragraphs. Empty Markdown deletes the unit; a list item with others inside it leaves
    its bare marker, so that they stay where they are. Raises RuleBroken where no unit has the id.
    """
    index = next((index for index, unit in enumerate(units) if unit.unit_id == unit_id), None)
    if index is None:
        raise RuleBroken("The part you are editing is no longer in this text. Open the current text and edit it there.")
    return _replaced(text, units, index, markdown)


def replace_units(text: str, units: Sequence[Unit], words: Mapping[str, str]) -> str:
    """The text with the content of several units replaced, each as `replace_unit` does it; `words` are by unit id.

    An id that no unit has changes nothing. The last unit is replaced first, so that those before it stay in place.
    """
    for index in reversed(range(len(units))):
        markdown = words.get(units[index].unit_id)
        if markdown is not None:
            text = _replaced(text, units_without_ids(text), index, markdown)
    return text


def _replaced(text: str, units: Sequence[Unit], index: int, markdown: str) -> str:
    edit = _Edit(layout(text, units), units, index)
    canonical = normalise(markdown)
    candidates = edit.replacements(canonical) if canonical else edit.deletions()
    return max(candidates, key=edit.faithfulness)


def takes_more(units: Sequence[Unit], index: int) -> bool:
    """Whether a new unit can be added right after this one: not inside a footnote, nor between a point and its own."""
    return units[index].kind is not Kind.FOOTNOTE and not _holds_others(units, index)


def with_more(unit: Unit, markdown: str, more: str) -> str:
    """A unit's words with a new unit after them: below a point further points, else paragraphs of their own."""
    if unit.kind is not Kind.LIST_ITEM:
        return "\n\n".join(words for words in (markdown, more) if words.strip())
    points = [line.strip().removeprefix(_POINT) for line in more.split("\n") if line.strip()]
    return f"\n{_POINT}".join([markdown, *points] if markdown.strip() else points)


def with_ids_kept(known: Sequence[Unit], units: tuple[Unit, ...], edited: Collection[str]) -> tuple[Unit, ...]:
    """The units of an edited text, where the units that were edited in place have kept their ids.

    Nothing changes where the units around them are not those they stood among in `known`. An edited unit that is
    gone has no id to keep; of several edited ones in a row, all keep theirs if there are as many now, else the first.
    """
    if [_unless(unit, unit.unit_id in edited) for unit in known] == [
        _unless(unit, place < len(known) and known[place].unit_id in edited) for place, unit in enumerate(units)
    ]:
        return tuple(replace(unit, unit_id=old.unit_id) for unit, old in zip(units, known, strict=True))
    kept = [unit.unit_id for unit in known if unit.unit_id not in edited]
    standing = set(kept)
    if [unit.unit_id for unit in units if unit.unit_id in standing] != kept:
        return units
    before, after = _runs([unit.unit_id for unit in known], standing), _runs([unit.unit_id for unit in units], standing)
    ids: list[str] = []
    for old, new, anchor in zip(before, after, [*kept, None], strict=True):
        ids += _kept_in_run(old, new)
        ids += [anchor] if anchor is not None else []
    return tuple(replace(unit, unit_id=unit_id) for unit, unit_id in zip(units, ids, strict=True))


def _unless(unit: Unit, is_edited: bool) -> tuple[Kind, str] | None:
    """What tells a unit that was not edited from others."""
    return None if is_edited else (unit.kind, unit.markdown)


def _runs(ids: Sequence[str], standing: Collection[str]) -> list[list[str]]:
    """The ids between those that stand as they were: before the first, between each two, and after the last."""
    runs: list[list[str]] = [[]]
    for unit_id in ids:
        if unit_id in standing:
            runs.append([])
        else:
            runs[-1].append(unit_id)
    return runs


def _kept_in_run(old: list[str], new: list[str]) -> list[str]:
    if len(old) == len(new):
        return old
    if len(new) > len(old) == 1 and old[0] not in new:
        return [old[0], *new[1:]]
    return new


@dataclass(frozen=True)
class _Edit:
    """A unit of a text about to change."""

    parts: Layout
    units: Sequence[Unit]
    index: int

    @property
    def unit(self) -> Unit:
        return self.units[self.index]

    def replacements(self, markdown: str) -> list[str]:
        """The text with the new lines, then with blank lines around them for where they would run into others."""
        lines = _with_markers(self.unit, self.parts.blocks[self.index], markdown, self._holds_others())
        before, after = self.parts.gaps[self.index], self.parts.gaps[self.index + 1]
        return [
            self._text(before + lines + after),
            self._text((*before, *lines, "", *after)),
            self._text((*before, "", *lines, "", *after)),
        ]

    def deletions(self) -> list[str]:
        before, after = self.parts.gaps[self.index], self.parts.gaps[self.index + 1]
        gap = remaining_gap([before, after], self.index == 0, self.index == len(self.units) - 1)
        removed = [self._text(gap), self._text((*gap, ""))]
        if not self._holds_others():
            return removed
        first = marker(self.unit, self.parts.blocks[self.index])
        bare = tuple(first.rstrip().split("\n"))
        leads: list[Lines] = [before, (*before, "")]
        return [self._text(lead + bare + rest) for lead in leads for rest in (after, ())] + removed

    def _holds_others(self) -> bool:
        return _holds_others(self.units, self.index)

    def _text(self, middle: Lines) -> str:
        """The text with these lines in place of the unit and the gaps on both sides of it."""
        blocks, gaps = self.parts.blocks, self.parts.gaps
        pieces: list[Lines] = []
        for block, gap in zip(blocks[: self.index], gaps, strict=False):
            pieces += [gap, block]
        pieces.append(middle)
        for block, gap in zip(blocks[self.index + 1 :], gaps[self.index + 2 :], strict=True):
            pieces += [block, gap]
        return joined(pieces)

    def faithfulness(self, candidate: str) -> int:
        """3 where all other units stay what they were, 2 where words and levels stay, 1 where only the words do."""
        units = units_without_ids(candidate)
        return sum(self._keeps_the_rest(units, key) for key in (_kind_and_words, _level_and_words, _words))

    def _keeps_the_rest(self, units: Sequence[Unit], key: Callable[[Unit], object]) -> bool:
        before, after = self.units[: self.index], self.units[self.index + 1 :]
        head, tail = units[: len(before)], units[max(len(before), len(units) - len(after)) :]
        return [key(unit) for unit in (*before, *after)] == [key(unit) for unit in (*head, *tail)]


def _holds_others(units: Sequence[Unit], index: int) -> bool:
    unit, depth = units[index], len(units[index].path)
    return unit.kind is Kind.LIST_ITEM and any(
        below.path[:depth] == unit.path and (below.kind, len(below.path)) != (Kind.LIST_ITEM, depth)
        for below in units[index + 1 : index + 2]
    )


def _kind_and_words(unit: Unit) -> tuple[Kind, int, str]:
    return unit.kind, unit.level, unit.markdown


def _level_and_words(unit: Unit) -> tuple[int, str]:
    return unit.level, unit.markdown


def _words(unit: Unit) -> str:
    return unit.markdown


def _with_markers(unit: Unit, block: Lines, markdown: str, holds_others: bool) -> Lines:
    first = marker(unit, block)
    further = further_marker(unit, first)
    lines = markdown.lstrip().split("\n")
    if unit.kind is Kind.HEADING:
        return _heading_lines(first.rstrip(), lines)
    are_points = all(line.startswith(_POINT) for line in lines[1:] if line)
    if unit.kind is Kind.LIST_ITEM and are_points and not holds_others:
        return _item_lines(first, [line.removeprefix(_POINT) for line in lines if line])
    blank = further.rstrip()
    rest = [further + line if line else blank for line in lines[1:]]
    return (*(first + lines[0]).split("\n"), *rest)


def _heading_lines(marker: str, lines: list[str]) -> Lines:
    """A heading is one line, so its lines are folded; what follows a blank line stands below it as it is."""
    end = lines.index("") if "" in lines else len(lines)
    return (f"{marker} {' '.join(line.strip() for line in lines[:end])}", *lines[end:])


def _item_lines(first: str, points: list[str]) -> Lines:
    """The item itself, and below it further items with its marker; where that is a number, they are numbered on."""
    sign = _ITEM_MARKER.fullmatch(first.split("\n")[0])
    further = [_numbered_on(sign, place) + point for place, point in enumerate(points[1:], start=1)] if sign else []
    return (*(first + points[0]).split("\n"), *further)


def _numbered_on(item_marker: re.Match[str], place: int) -> str:
    outer, number, sign = item_marker.group("outer", "number", "sign")
    indent = re.sub(r"[^ \t]", " ", outer)
    return f"{indent}{int(number) + place if number else ''}{sign.rstrip()} "
