"""Which of many amendments of one text have to be chosen between, and which can be adopted in any order.

Two amendments are joined where merging them is a conflict; all that hang together are one choice. What comes of it
does not depend on the order in which they are given. Only amendments that touch the same place are compared.
"""

from collections import defaultdict
from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, product

from policies.text.emphasis import weave_marked
from policies.text.merge import Verdict, merge
from policies.text.touch import Touch, touched
from policies.text.units import Document

__all__ = ["Graph", "conflict_graph", "rival_pairs"]


@dataclass(frozen=True)
class Graph:
    """All by the amendments' places in what was given; of identical ones the first stands for all.

    `identical` holds those that say the same, every amendment once; `choices` those to choose between; `free` those
    that can be adopted in any order; `conflicts` the pairs found that make a choice one.
    """

    identical: tuple[tuple[int, ...], ...]
    choices: tuple[tuple[int, ...], ...]
    free: tuple[int, ...]
    conflicts: tuple[tuple[int, int], ...]


def conflict_graph(base: Document, amended: Sequence[Document]) -> Graph:
    """The choices among these amendments and what is free of them; an amendment that changes nothing is free."""
    same = _identical(amended)
    firsts = [numbers[0] for numbers in same]
    candidates = {first: _Candidate(base, amended[first]) for first in firsts}
    parents = {first: first for first in firsts}
    conflicts = []
    for one, other in _sharing_a_place(candidates):
        if _root(parents, one) != _root(parents, other) and candidates[one].conflicts_with(candidates[other]):
            parents[_root(parents, other)] = _root(parents, one)
            conflicts.append((one, other))
    components = defaultdict(list)
    for first in firsts:
        components[_root(parents, first)].append(first)
    parts = sorted(tuple(sorted(part)) for part in components.values())
    return Graph(
        tuple(same),
        tuple(part for part in parts if len(part) > 1),
        tuple(part[0] for part in parts if len(part) == 1),
        tuple(sorted(conflicts)),
    )


def rival_pairs(base: Document, amended: Sequence[Document]) -> frozenset[tuple[int, int]]:
    """Every two amendments that cannot both be adopted as they are, by their places, the smaller first.

    Exactly the pairs whose merge is a conflict; two that say the same are no rivals.
    """
    same = _identical(amended)
    candidates = {numbers[0]: _Candidate(base, amended[numbers[0]]) for numbers in same}
    alike = {numbers[0]: numbers for numbers in same}
    rivals = set()
    for one, other in _sharing_a_place(candidates):
        if candidates[one].conflicts_with(candidates[other]):
            rivals |= {(min(pair), max(pair)) for pair in product(alike[one], alike[other])}
    return frozenset(rivals)


def _identical(amended: Sequence[Document]) -> list[tuple[int, ...]]:
    """Which amendments say the same, every one once."""
    same = defaultdict(list)
    for number, document in enumerate(amended):
        same[document.title, document.text].append(number)
    return sorted(tuple(numbers) for numbers in same.values())


def _root(parents: dict[int, int], number: int) -> int:
    while parents[number] != number:
        parents[number] = parents[parents[number]]
        number = parents[number]
    return number


def _sharing_a_place(candidates: dict[int, "_Candidate"]) -> Iterator[tuple[int, int]]:
    """The pairs that touch one place, each once."""
    at = defaultdict(list)
    for number, candidate in candidates.items():
        for place in candidate.places():
            at[place].append(number)
    seen = set()
    for numbers in at.values():
        for pair in combinations(numbers, 2):
            if pair not in seen:
                seen.add(pair)
                yield pair


class _Candidate:
    """An amendment with the places of the base that it touches."""

    def __init__(self, base: Document, document: Document) -> None:
        self.base = base
        self.document = document
        self.touch: Touch = touched(base, document)
        self.words = {unit.unit_id: unit.markdown for unit in document.units}
        self.has_only_words = self.touch.units == self.touch.edited and not (self.touch.gaps or self.touch.title)

    def places(self) -> set[Hashable]:
        """What it touches: units, those beside what it inserts, the title and footnotes."""
        touch = self.touch
        beside = {unit_id for gap in touch.gaps for unit_id in gap}
        notes = {("note", label) for label in touch.notes_added | touch.notes_dropped | touch.notes_marked}
        return {*touch.units, *beside, *notes, *(["title"] if touch.title else [])}

    def conflicts_with(self, other: "_Candidate") -> bool:
        """Whether the two cannot be merged; where both change words alone, only the units of both are looked at."""
        if not (self.has_only_words and other.has_only_words and not self._shares_notes(other)):
            return merge(self.base, self.document, other.document).verdict is Verdict.CONFLICT
        both = self.touch.edited & other.touch.edited
        was = {unit.unit_id: unit.markdown for unit in self.base.units if unit.unit_id in both}
        woven = (weave_marked(was[unit_id], self.words[unit_id], other.words[unit_id]) for unit_id in was)
        return any(outcome.text is None for outcome in woven)

    def _shares_notes(self, other: "_Candidate") -> bool:
        return bool(self.touch.notes_marked & other.touch.notes_marked)
