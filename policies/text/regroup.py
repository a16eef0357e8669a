"""Paragraphs that one side split or joined, taken as one passage for as long as two sides are put together.

A split is then a line end where a space was, so that the other side's words find their place in either half.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from policies.text.layout import Layout, layout
from policies.text.model import Kind, Unit
from policies.text.similarity import similarity
from policies.text.units import Document
from policies.text.weave import PARAGRAPH_END

__all__ = ["PARAGRAPH_END", "Side", "regrouped", "torn"]

_SAME_WORDS = 0.8


@dataclass(frozen=True)
class Side:
    """One wording cut for merging; a passage may be several paragraphs, with blank lines between them."""

    units: tuple[Unit, ...]
    parts: Layout


def regrouped(base: Document, ours: Document, theirs: Document) -> tuple[Side, Side, Side]:
    """The three wordings with split and joined paragraphs as one passage on every side that has them."""
    sides = [base.units, ours.units, theirs.units]
    known = {unit.unit_id for unit in base.units}
    joins = {*_joins(base.units, ours.units), *_joins(base.units, theirs.units)}
    # From the end, so that of two that share a paragraph the first can take in what the second has become.
    for both in reversed([pair for pair in _neighbours(base.units) if pair in joins]):
        candidate = [_joined(document.text, units, both, known) for document, units in _with(sides, base, ours, theirs)]
        if all(units is not None for units in candidate):
            sides = [units for units in candidate if units is not None]
    sides[1] = _splits_joined(sides[0], ours.text, sides[1])
    sides[2] = _splits_joined(sides[0], theirs.text, sides[2])
    cut = [Side(units, layout(document.text, units)) for document, units in _with(sides, base, ours, theirs)]
    return cut[0], cut[1], cut[2]


def torn(base: Document, ours: Document, theirs: Document) -> Iterator[tuple[Unit, list[str]]]:
    """Paragraphs that one side made one and the other took apart, each by the first, with the words in all three."""
    documents = (base, ours, theirs)
    known = {unit.unit_id for unit in base.units}
    for one, other in ((ours, theirs), (theirs, ours)):
        order = [unit.unit_id for unit in other.units if unit.unit_id in known]
        for both in _joins(base.units, one.units):
            if set(both) <= set(order) and both not in pairwise(order):
                words = [[unit.markdown for unit in document.units if unit.unit_id in both] for document in documents]
                first = next(unit for unit in base.units if unit.unit_id == both[0])
                yield first, ["\n\n".join(paragraphs) for paragraphs in words]


def _with(sides: list[tuple[Unit, ...]], *documents: Document) -> list[tuple[Document, tuple[Unit, ...]]]:
    return list(zip(documents, sides, strict=True))


def _neighbours(units: Sequence[Unit]) -> list[tuple[str, str]]:
    return [(first.unit_id, second.unit_id) for first, second in pairwise(units)]


def _joins(base: Sequence[Unit], amended: Sequence[Unit]) -> list[tuple[str, str]]:
    """Neighbouring paragraphs of the base that an amendment made one, by their ids."""
    now = {unit.unit_id: unit for unit in amended}
    found = []
    for first, second in pairwise(base):
        whole = now.get(first.unit_id) or now.get(second.unit_id)
        both = first.unit_id in now and second.unit_id in now
        if whole and not both and _is_made_of(whole, first, second):
            found.append((first.unit_id, second.unit_id))
    return found


def _is_made_of(whole: Unit, first: Unit, second: Unit) -> bool:
    together = similarity(whole.markdown, f"{first.markdown} {second.markdown}")
    apart = max(similarity(whole.markdown, part.markdown) for part in (first, second))
    return _are_plain(whole, first, second) and together >= _SAME_WORDS and together > apart


def _are_plain(*units: Unit) -> bool:
    return all(unit.kind is Kind.PARAGRAPH and not unit.path for unit in units)


def _joined(text: str, units: tuple[Unit, ...], both: tuple[str, str], known: set[str]) -> tuple[Unit, ...] | None:
    """The units with those two and what is new between them as one passage; None where they are elsewhere.

    A wording in which they are one paragraph already has it under the id of the first.
    """
    places = [index for index, unit in enumerate(units) if unit.unit_id in both]
    if len(places) == 1:
        index = places[0]
        return (*units[:index], replace(units[index], unit_id=both[0]), *units[index + 1 :])
    if [units[index].unit_id for index in places] != list(both):
        return None
    first, last = places
    if any(unit.unit_id in known for unit in units[first + 1 : last]):
        return None
    for _ in range(first, last):
        if not _are_neighbours(text, units, first):
            return None
        units = _as_one(units, first)
    return units


def _are_neighbours(text: str, units: Sequence[Unit], index: int) -> bool:
    """Whether this unit and the next are plain paragraphs with one blank line between them."""
    one, other = units[index : index + 2]
    gap = text.split("\n")[one.last_line : other.first_line]
    return _are_plain(one, other) and gap == [""]


def _as_one(units: tuple[Unit, ...], index: int) -> tuple[Unit, ...]:
    one, other = units[index : index + 2]
    whole = replace(one, markdown=one.markdown + PARAGRAPH_END + other.markdown, last_line=other.last_line)
    return (*units[:index], whole, *units[index + 2 :])


def _splits_joined(base: Sequence[Unit], text: str, units: tuple[Unit, ...]) -> tuple[Unit, ...]:
    """The units with those paragraphs as one that were one in the base."""
    by_id = {unit.unit_id: unit for unit in base}
    was = {index: by_id[unit.unit_id] for index, unit in enumerate(units) if unit.unit_id in by_id}
    for index in range(len(units) - 2, -1, -1):
        one, other = units[index : index + 2]
        whole = was.get(index) or was.get(index + 1)
        if not whole or (index in was and index + 1 in was) or not _are_neighbours(text, units, index):
            continue
        if _is_made_of(whole, one, other):
            units = _as_one(units, index)
            units = (*units[:index], replace(units[index], unit_id=whole.unit_id), *units[index + 1 :])
            was[index] = whole
    return units
