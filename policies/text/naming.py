"""Which ids the units of a merged text have.

The merged text amends ours from now on, so that every unit keeps the id it has there; what only theirs has keeps theirs
unless ours calls something else so. An id that named something else in either would have words read as moved that
nobody moved.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from policies.text.align import align, unused_id
from policies.text.assemble import Entry
from policies.text.model import Unit
from policies.text.regroup import PARAGRAPH_END, Side

__all__ = ["with_ids"]


def with_ids(units: Sequence[Unit], entries: Sequence[Entry], sides: Sequence[Side]) -> tuple[Unit, ...]:
    """The units as they were read from the merged text, with their ids; `sides` are the base, ours and theirs."""
    base, ours, theirs = sides
    known = {unit.unit_id for side in (base, ours) for unit in side.all_units()}
    names: list[str] = []
    for entry in entries:
        parts = units[len(names) : len(names) + entry.unit.markdown.count(PARAGRAPH_END) + 1]
        own = dict(_names(theirs, entry.places[2], parts))
        named = {part: name for part, name in own.items() if name not in known}
        named |= dict(_names(ours, entry.places[1], parts))
        names += [named.get(part, "") for part in range(len(parts))]
    taken = known | {unit.unit_id for unit in theirs.all_units()}
    ordinals: Counter[str] = Counter()
    return tuple(
        replace(unit, unit_id=name or unused_id(unit, taken, ordinals)) for unit, name in zip(units, names, strict=True)
    )


def _names(side: Side, place: int | None, parts: Sequence[Unit]) -> Iterator[tuple[int, str]]:
    """Which of the parts of a passage a side has, with its ids: all where it has as many, else those alike."""
    if place is None:
        return
    own = side.made_of[place]
    if len(own) == len(parts):
        yield from enumerate(unit.unit_id for unit in own)
        return
    pairs = align(own, parts, by_id=False)
    alike = [(pair.new, own[pair.old].unit_id) for pair in pairs if pair.old is not None and pair.new is not None]
    yield from alike or [(0, own[0].unit_id)]
