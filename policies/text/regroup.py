"""Paragraphs that one side split or joined, taken as one passage for as long as two sides are put together.

A split is then a line end where a space was, so that the other side's words find their place in either half.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain, islice, pairwise

from policies.text.layout import Layout, layout
from policies.text.model import Kind, Unit
from policies.text.similarity import similarity
from policies.text.units import Document
from policies.text.weave import PARAGRAPH_END
from policies.text.words import folded_words

__all__ = ["PARAGRAPH_END", "Side", "is_plain", "regrouped", "torn"]

_Span = tuple[int, int]
_SAME_WORDS = 0.8
_MOST_WORDS = 0.6


@dataclass(frozen=True)
class Side:
    """One wording cut for merging; a passage may be several paragraphs, with blank lines between them."""

    units: tuple[Unit, ...]
    parts: Layout
    made_of: tuple[tuple[Unit, ...], ...]
    """For each passage the units of the wording that are in it."""

    def all_units(self) -> Iterator[Unit]:
        """The units of the wording as it is, uncut."""
        return chain.from_iterable(self.made_of)


def regrouped(base: Document, ours: Document, theirs: Document) -> tuple[Side, Side, Side]:
    """The three wordings with split and joined paragraphs as one passage on every side that has them."""
    known = frozenset(unit.unit_id for unit in base.units)
    sides = [_Cutting(document, known) for document in (base, ours, theirs)]
    joins = {*_joins(base.units, ours.units), *_joins(base.units, theirs.units)}
    pairs = [pair for pair in _neighbours(base.units) if pair in joins]
    # From the end, from the start and from the end again: of a row of paragraphs a side may have kept any one.
    for pair in (*reversed(pairs), *pairs, *reversed(pairs)):
        _bridge(sides, *pair)
    cut = [side.units() for side in sides]
    cut[1:] = [
        _splits_joined(cut[0], document.text, units) for document, units in zip((ours, theirs), cut[1:], strict=True)
    ]
    found = [_side(document, units) for document, units in zip((base, ours, theirs), cut, strict=True)]
    return found[0], found[1], found[2]


def _side(document: Document, units: tuple[Unit, ...]) -> Side:
    every = iter(document.units)
    made_of = tuple(tuple(islice(every, unit.markdown.count(PARAGRAPH_END) + 1)) for unit in units)
    return Side(units, layout(document.text, units), made_of)


def _bridge(sides: Sequence["_Cutting"], one: str, other: str) -> None:
    """Take two neighbouring paragraphs of the base as one passage, where every side has them side by side."""
    spans = [span for side in sides if (span := side.bridged(one, other))]
    if len(spans) == len(sides):
        for side, span in zip(sides, spans, strict=True):
            side.join(one, other, span)


class _Cutting:
    """One wording being cut: from where to where the units stand that each unit of the base has become."""

    def __init__(self, document: Document, known: frozenset[str]) -> None:
        self.document = document
        self.known = known
        self.beside = _neighbouring(document.text, document.units)
        self.firsts = {unit_id: unit_id for unit_id in known}
        self.spans: dict[str, _Span] = {
            unit.unit_id: (index, index) for index, unit in enumerate(document.units) if unit.unit_id in known
        }

    def bridged(self, one: str, other: str) -> _Span | None:
        """From the one to the other with what is new between them; None where they are elsewhere or both gone.

        A wording in which they are one paragraph has it under the id of either.
        """
        one, other = self._first(one), self._first(other)
        first, last = self.spans.get(one), self.spans.get(other)
        if one == other or first is None or last is None:
            return first or last
        between = self.document.units[first[1] + 1 : last[0]]
        is_whole = first[1] < last[0] and all(self.beside[first[1] : last[0]])
        return (first[0], last[1]) if is_whole and self.known.isdisjoint(unit.unit_id for unit in between) else None

    def join(self, one: str, other: str, span: _Span) -> None:
        """Take the two as one from here on, under the id of the first of them."""
        first, second = self._first(one), self._first(other)
        self.spans.pop(second, None)
        self.spans[first] = span
        self.firsts[second] = first

    def _first(self, unit_id: str) -> str:
        """The first of those with which a unit of the base is one passage."""
        while self.firsts[unit_id] != unit_id:
            self.firsts[unit_id] = self.firsts[self.firsts[unit_id]]
            unit_id = self.firsts[unit_id]
        return unit_id

    def units(self) -> tuple[Unit, ...]:
        """The units, those of each span as one under the id of the base's first."""
        every = self.document.units
        found: list[Unit] = []
        end = 0
        for unit_id, (first, last) in sorted(self.spans.items(), key=lambda entry: entry[1]):
            found += [*every[end:first], _as_one(every[first : last + 1], unit_id)]
            end = last + 1
        return (*found, *every[end:])


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


def _neighbours(units: Sequence[Unit]) -> list[tuple[str, str]]:
    return [(first.unit_id, second.unit_id) for first, second in pairwise(units)]


def _joins(base: Sequence[Unit], amended: Sequence[Unit]) -> list[tuple[str, str]]:
    """Neighbouring paragraphs of the base that an amendment made one, by their ids."""
    now = {unit.unit_id: unit for unit in amended}
    found: list[tuple[str, str]] = []
    for index, unit in enumerate(base):
        whole = now.get(unit.unit_id)
        if whole is not None and _are_plain(unit, whole):
            first, last = _run(base, index, whole, lambda at: is_plain(base[at]) and base[at].unit_id not in now)
            found += _neighbours(base[first : last + 1])
    return found


def _run(units: Sequence[Unit], index: int, whole: Unit, may_belong: Callable[[int], bool]) -> tuple[int, int]:
    """From where to where the units around one are what the whole holds besides; just that one where they are not."""
    if not any(0 <= at < len(units) and may_belong(at) for at in (index - 1, index + 1)):
        return index, index
    rest = _words(whole.markdown) - _words(units[index].markdown)
    ends = [index, index]
    for end, step in ((1, 1), (0, -1)):
        at = index + step
        while 0 <= at < len(units) and may_belong(at):
            words = _words(units[at].markdown)
            if (words & rest).total() < _MOST_WORDS * words.total() or not words:
                break
            rest -= words
            ends[end] = at
            at += step
    together = similarity(whole.markdown, " ".join(unit.markdown for unit in units[ends[0] : ends[1] + 1]))
    is_made_of = together >= _SAME_WORDS and together > similarity(whole.markdown, units[index].markdown)
    return (ends[0], ends[1]) if is_made_of else (index, index)


def _words(markdown: str) -> Counter[str]:
    return Counter(folded_words(markdown))


def _are_plain(one: Unit, other: Unit) -> bool:
    return is_plain(one) and is_plain(other)


def is_plain(unit: Unit) -> bool:
    """Whether it is a paragraph in no list, which can be split and joined."""
    return unit.kind is Kind.PARAGRAPH and not unit.path


def _neighbouring(text: str, units: Sequence[Unit]) -> list[bool]:
    """Of each unit, whether it and the next are plain paragraphs with one blank line between them."""
    lines = text.split("\n")
    return [
        _are_plain(one, other) and lines[one.last_line : other.first_line] == [""] for one, other in pairwise(units)
    ]


def _as_one(units: Sequence[Unit], unit_id: str) -> Unit:
    if len(units) == 1 and units[0].unit_id == unit_id:
        return units[0]
    markdown = PARAGRAPH_END.join(unit.markdown for unit in units)
    return replace(units[0], unit_id=unit_id, markdown=markdown, last_line=units[-1].last_line)


def _splits_joined(base: Sequence[Unit], text: str, units: tuple[Unit, ...]) -> tuple[Unit, ...]:
    """The units with those paragraphs as one that were one in the base."""
    by_id = {unit.unit_id: unit for unit in base}
    beside = _neighbouring(text, units)
    together: list[Unit] = []
    taken = -1
    for index, unit in enumerate(units):
        whole = by_id.get(unit.unit_id)
        if whole is None or not _are_plain(whole, unit):
            together += [unit] if index > taken else []
            continue

        def is_new_beside(at: int, index: int = index, taken: int = taken) -> bool:
            gap = at - 1 if at > index else at
            return at > taken and units[at].unit_id not in by_id and beside[gap]

        first, last = _run(units, index, whole, is_new_beside)
        del together[len(together) - (index - first) :]
        together.append(_as_one(units[first : last + 1], whole.unit_id))
        taken = last
    return tuple(together)
