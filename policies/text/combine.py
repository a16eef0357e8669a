"""Adopting several amendments of one base together, where they touch different places.

Two amendments collide where they touch the same unit or the same gap between units, and wherever it is doubtful: then
a person decides, or a vote does. What does not collide is put in place line by line, so that the order of the
amendments makes no difference, nothing is lost and nothing is invented.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from itertools import combinations

from policies.errors import RuleBroken
from policies.text.align import unused_id
from policies.text.layout import Lines, joined, layout, remaining_gap
from policies.text.model import Unit
from policies.text.reading import units_without_ids
from policies.text.touch import Changes, Stretch, Touch, changes, is_filled, tag, touch_of, touched
from policies.text.units import Document

__all__ = ["Touch", "collide", "combine", "touched"]


def collide(one: Touch, other: Touch) -> bool:
    """Whether two amendments of the same base touch the same place; in doubt they do.

    The same unit, the same gap, both the title; an insertion next to a unit that the other deletes, moves or retags;
    footnotes of the same label, or a mark that refers to a footnote which the other deletes.
    """
    if (one.title and other.title) or one.units & other.units or one.gaps & other.gaps:
        return True
    if one.notes_added & other.notes_added:
        return True
    return any(_fills_beside(*pair) or _unmarks(*pair) for pair in ((one, other), (other, one)))


def _unmarks(one: Touch, other: Touch) -> bool:
    return bool(one.notes_dropped & other.notes_marked)


def _fills_beside(one: Touch, other: Touch) -> bool:
    return any(unit_id in other.deleted | other.moved for gap in one.gaps for unit_id in gap)


def combine(base: Document, amended: Sequence[Document]) -> Document:
    """The base with every amendment's changed units in place, byte for byte.

    Raises RuleBroken if two of them collide, or if their lines put together would not read as the units they were.
    With one amendment the result is that amendment; with none it is the base.
    """
    if len(amended) < 2:
        return amended[0] if amended else base
    parts = [changes(base, document) for document in amended]
    touches = [touch_of(base, document.title, part) for document, part in zip(amended, parts, strict=True)]
    if any(collide(one, other) for one, other in combinations(touches, 2)):
        raise RuleBroken(
            "These amendments change the same place of the text. Choose between them, or put them to a vote."
        )
    title = next((document.title for document in amended if document.title != base.title), base.title)
    text, units = _put_together(base, parts)
    return Document(title, text, _with_places(units, text))


def _put_together(base: Document, parts: Sequence[Changes]) -> tuple[str, list[Unit]]:
    """The combined lines, and the units they are made of with the ids they are to keep."""
    text = layout(base.text, base.units)
    filled = {stretch.first: stretch for part in parts for stretch in part.stretches if is_filled(text, stretch)}
    deleted = {index for part in parts for index in range(len(base.units)) if index not in part.kept}
    pieces: list[Lines] = []
    units: list[Unit] = []
    first = 0
    for index in [*(index for index in range(len(base.units)) if index not in deleted), len(base.units)]:
        stretch = filled.get(first) or _bare(text.gaps[first : index + 1], first, index, len(base.units))
        pieces.append(stretch.lines)
        units += stretch.inserted
        if index < len(base.units):
            block, unit = _changed_unit(base, parts, text.blocks[index], index)
            pieces.append(block)
            units.append(unit)
        first = index + 1
    return joined(pieces), units


def _bare(gaps: Sequence[Lines], first: int, end: int, last: int) -> Stretch:
    return Stretch(first, end, remaining_gap(gaps, first == 0, end == last), ())


def _changed_unit(base: Document, parts: Sequence[Changes], block: Lines, index: int) -> tuple[Lines, Unit]:
    unit = base.units[index]
    for part in parts:
        if part.blocks[index] != block or tag(part.kept[index]) != tag(unit):
            return part.blocks[index], replace(part.kept[index], unit_id=unit.unit_id)
    return block, unit


def _with_places(units: Sequence[Unit], text: str) -> tuple[Unit, ...]:
    """The units as they are read from the combined text, with the ids they had; refuse if they read differently."""
    fresh = units_without_ids(text)
    if [(tag(unit), unit.markdown) for unit in fresh] != [(tag(unit), unit.markdown) for unit in units]:
        raise RuleBroken(
            "These amendments do not fit together as they are written. Adopt one, then amend the new text."
        )
    taken = {unit.unit_id for unit in units}
    used: set[str] = set()
    placed = []
    for unit, known in zip(fresh, units, strict=True):
        unit_id = known.unit_id if known.unit_id not in used else unused_id(unit, taken, Counter())
        used.add(unit_id)
        placed.append(replace(unit, unit_id=unit_id))
    return tuple(placed)
