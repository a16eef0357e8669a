"""What a new passage belongs to: the heading or list item it stands under, and the list it is an item of.

One side may write under a heading, or into a list, that the other removes, moves or marks differently. A new passage
stands under what its author wrote it under, in the list as it now is, or it is for a person to settle.
"""

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import replace
from itertools import accumulate

from policies.text.assemble import Entry, with_marker
from policies.text.layout import marker
from policies.text.model import Kind, Unit
from policies.text.regroup import PARAGRAPH_END, Side

__all__ = ["in_its_list", "is_remarked", "strays", "ways_of_both"]

_MARKER = re.compile(r"[-*+]|\d+[.)]")
_GONE = -2
_TOP = -1


def strays(entries: Sequence[Entry], units: Sequence[Unit], sides: Sequence[Side]) -> Iterator[tuple[int, int]]:
    """The new passages that have come to stand under another heading or list item than where they were written.

    Each as the number of its side and its index there. `units` are those of the merged text. A passage may go along
    with what stands beside it under the same heading.
    """
    parts = [entry.unit.markdown.count(PARAGRAPH_END) + 1 for entry in entries]
    firsts = [0, *accumulate(parts)][:-1]
    of_unit = [number for number, count in enumerate(parts) for _ in range(count)]
    over = _parents(units)
    now = [of_unit[over[first]] if over[first] >= 0 else _TOP for first in firsts]
    for number in (1, 2):
        place = {at: index for index, entry in enumerate(entries) if (at := entry.places[number]) is not None}
        old = [at for at, index in place.items() if entries[index].places[0] is not None]
        own = _Family(sides[number].units, old)
        for at in sorted(place.keys() - set(old)):
            above = own.parents[at]
            is_kept = now[place[at]] == (place.get(above, _GONE) if above >= 0 else _TOP)
            if not is_kept and now[place[at]] not in {now[place[near]] for near in own.beside(at)}:
                yield number, at


def ways_of_both(ours: list[Entry], theirs: list[Entry]) -> tuple[list[Entry], list[Entry], list[Entry]]:
    """In which orders the new passages of both can stand in one place.

    Ours first, as they were adopted first; else theirs above the first heading of ours, under which they were not
    written; else theirs first.
    """
    first = next((at for at, entry in enumerate(ours) if entry.unit.kind is Kind.HEADING), len(ours))
    return ours + theirs, ours[:first] + theirs + ours[first:], theirs + ours


class _Family:
    """What the units of a text stand under, and which of those known stand under the same one."""

    def __init__(self, units: Sequence[Unit], known: Collection[int]) -> None:
        self.parents = _parents(units)
        self._known: dict[int, list[int]] = defaultdict(list)
        for index in sorted(known):
            self._known[self.parents[index]].append(index)

    def beside(self, at: int) -> list[int]:
        """The nearest known ones before and after it that stand under the same."""
        every = self._known[self.parents[at]]
        here = bisect_left(every, at)
        return every[max(0, here - 1) : here + 1]


def _parents(units: Sequence[Unit]) -> list[int]:
    """For each unit the one it stands under: a list item, else the heading; the top of the text where there is none."""
    parents = []
    headings: list[int] = []
    open_points: list[int] = []
    for index, unit in enumerate(units):
        if unit.kind is Kind.HEADING:
            headings = [above for above in headings if units[above].level < unit.level]
        is_item = unit.kind is Kind.LIST_ITEM
        outer = unit.path[:-1] if is_item else unit.path
        open_points = [point for point in open_points if outer and units[point].path == outer[: len(units[point].path)]]
        if unit.kind is Kind.FOOTNOTE:
            parents.append(_TOP)
        else:
            parents.append((open_points or headings or [_TOP])[-1])
        if unit.kind is Kind.HEADING:
            headings.append(index)
        if is_item:
            open_points.append(index)
    return parents


def is_remarked(was: Entry, now: Entry) -> bool:
    """Whether a list item has got another bullet, or a number for a bullet, or the other way round."""
    return _manner(was) != _manner(now)


def in_its_list(entry: Entry, units: Sequence[Unit], at: int, now: Callable[[int], Entry | None]) -> Entry | None:
    """A new list item marked as its list now is; None where that cannot be done because more stands inside the item.

    `units` are its own side's; `now` says how one of them that stays will stand.
    """
    mate = next(filter(None, map(now, _list_mates(units, at))), None)
    if mate is None or not _manner(mate) or _manner(mate) == _manner(entry):
        return entry
    path = units[at].path
    if any(unit.path[: len(path)] == path for unit in units[at + 1 : at + 2]):
        return None
    first = _MARKER.sub(_mark(mate), marker(entry.unit, entry.block), count=1)
    unit = replace(entry.unit, ordered=mate.unit.ordered)
    return replace(with_marker(replace(entry, unit=unit), first), is_numbered=mate.is_numbered)


def _manner(entry: Entry) -> str:
    """A list item's bullet, or what stands after its number; nothing for what is no list item."""
    return _mark(entry)[-1:] if entry.unit.kind is Kind.LIST_ITEM else ""


def _mark(entry: Entry) -> str:
    return "".join(_MARKER.findall(marker(entry.unit, entry.block))[:1])


def _list_mates(units: Sequence[Unit], at: int) -> Iterator[int]:
    """The other items of the same list: from the nearest one before it to the first, then the later ones."""
    own = units[at]
    for way in (range(at - 1, -1, -1), range(at + 1, len(units))):
        for index in way:
            unit = units[index]
            if not unit.path or unit.path[: len(own.path) - 1] != own.path[:-1]:
                break
            if len(unit.path) == len(own.path) and (unit.kind, unit.ordered) == (own.kind, own.ordered):
                yield index
