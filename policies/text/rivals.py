"""Adopting several amendments of one base, one after the other, and which of them cannot both be adopted."""

from collections import defaultdict
from collections.abc import Hashable, Sequence
from itertools import combinations

from policies.text.merge import Verdict, merge
from policies.text.touch import touched
from policies.text.units import Document

__all__ = ["adopted_in_turn", "rival_pairs"]


def rival_pairs(base: Document, amended: Sequence[Document]) -> frozenset[tuple[int, int]]:
    """The pairs of amendments, by their places in what was given, that conflict on the base; the lower one first."""
    at = defaultdict(list)
    for number, document in enumerate(amended):
        for place in _places(base, document):
            at[place].append(number)
    candidates = {pair for numbers in at.values() for pair in combinations(numbers, 2)}
    return frozenset(
        (one, other)
        for one, other in candidates
        if merge(base, amended[one], amended[other]).verdict is Verdict.CONFLICT
    )


def adopted_in_turn(base: Document, amended: Sequence[Document]) -> tuple[Document, ...] | None:
    """The text after each amendment was put into what was adopted before; None where one does not fit into it.

    That every two of them fit together does not promise that all do.
    """
    texts: list[Document] = []
    now = base
    for document in amended:
        merged = merge(base, now, document).document
        if merged is None:
            return None
        now = merged
        texts.append(now)
    return tuple(texts)


def _places(base: Document, amended: Document) -> set[Hashable]:
    """What an amendment touches: units, those beside what it inserts, the title and footnotes."""
    touch = touched(base, amended)
    beside = {unit_id for gap in touch.gaps for unit_id in gap}
    notes = {("note", label) for label in touch.notes_added | touch.notes_dropped | touch.notes_marked}
    return {*touch.units, *beside, *notes, *(["title"] if touch.title else [])}
