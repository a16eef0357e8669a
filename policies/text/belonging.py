"""What a new passage belongs to: the heading or list item it stands under, and the list it is an item of.

One side may write under a heading, or into a list, that the other removes, moves or marks differently. A new passage
stands under what its author wrote it under, in the list as it now is, or it is for a person to settle.
"""

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import accumulate

from policies.text.assemble import Entry, entry_of, with_marker
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


def ways_of_both(
    ours: list[Entry], theirs: list[Entry], sides: Sequence[Side]
) -> tuple[list[Entry], list[Entry], list[Entry]]:
    """In which orders the new passages of both can stand in one place.

    What goes on with the list before comes first and what begins the list after comes last, so that no list is torn.
    Between them ours first, as they were adopted first; else theirs above the first heading of ours, under which they
    were not written; else theirs first.
    """
    head, ours, tail = _parted(ours, 1, sides[1].units)
    other_head, theirs, other_tail = _parted(theirs, 2, sides[2].units)
    first = next((at for at, entry in enumerate(ours) if entry.unit.kind is Kind.HEADING), len(ours))
    before, after = head + other_head, tail + other_tail
    return (
        before + ours + theirs + after,
        before + ours[:first] + theirs + ours[first:] + after,
        [*other_head, *head, *theirs, *ours, *other_tail, *tail],
    )


def _parted(entries: list[Entry], number: int, units: Sequence[Unit]) -> tuple[list[Entry], list[Entry], list[Entry]]:
    """New passages of one side: those in the list before them, the others, and those in the list after them."""
    places = [place for entry in entries if (place := entry.places[number]) is not None]
    first = next((at for at, place in enumerate(places) if not _goes_on(units, place)), len(places))
    last = next((at for at in range(len(places), first, -1) if not _goes_on(units, places[at - 1] + 1)), first)
    return entries[:first], entries[first:last], entries[last:]


def _goes_on(units: Sequence[Unit], at: int) -> bool:
    """Whether a unit is in the same list, or in a list inside it, as the one before it."""
    if not 0 < at < len(units) or not units[at - 1].path or not units[at].path:
        return False
    before, unit = units[at - 1], units[at]
    is_next = unit.path[0] - before.path[0] in {0, 1}
    return is_next and (len(before.path) > 1 or len(unit.path) > 1 or before.ordered == unit.ordered)


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


def in_its_list(entry: Entry, side: Side, at: int, now: Callable[[int], Entry | None]) -> Entry | None:
    """A new list item marked as its list now is.

    None where that cannot be done because more stands inside the item, or because the list has become two just there.
    `side` is its own; `now` says how a unit of it that stays will stand.
    """
    units = side.units
    ways = (((near, mate) for near in way if (mate := now(near))) for way in _list_mates(units, at))
    mates = [(near, mate) for near, mate in filter(None, (next(way, None) for way in ways)) if _manner(mate)]
    if len({_manner(mate) for _, mate in mates}) > len({_mark_at(side, near)[-1:] for near, _ in mates}):
        return None
    mate = mates[0][1] if mates else None
    if mate is None or _manner(mate) == _manner(entry):
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


def _mark_at(side: Side, at: int) -> str:
    return _mark(entry_of(side, at, (None, None, None)))


def _list_mates(units: Sequence[Unit], at: int) -> tuple[Iterator[int], Iterator[int]]:
    """The other items of the same list: from the nearest one before it to the first, and from the next to the last."""
    return _mates_along(units, at, range(at - 1, -1, -1)), _mates_along(units, at, range(at + 1, len(units)))


def _mates_along(units: Sequence[Unit], at: int, way: Iterable[int]) -> Iterator[int]:
    own = units[at]
    for index in way:
        unit = units[index]
        if not unit.path or unit.path[: len(own.path) - 1] != own.path[:-1]:
            break
        if len(unit.path) == len(own.path) and (unit.kind, unit.ordered) == (own.kind, own.ordered):
            yield index
