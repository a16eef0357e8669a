"""Which of many amendments of one text have to be chosen between, and which can be adopted in any order.

Two amendments are joined where merging them is a conflict; all that hang together are one choice. What comes of it
does not depend on the order in which they are given. Only amendments that touch the same place are compared, and
those that only reword a unit are not even compared in pairs: `rivals` sweeps over the places of their changes.
"""

import re
from collections import defaultdict
from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, combinations, product

from policies.text.elsewhere import elsewhere
from policies.text.emphasis import weave_marked
from policies.text.merge import Verdict, merge
from policies.text.model import Kind, Unit
from policies.text.rivals import Forest, Rewordings, clashing_pairs, is_swept, join_clashing
from policies.text.soundness import may_repeat, said
from policies.text.touch import Stretch, Touch, changes, touch_of
from policies.text.units import Document

_MARKER = re.compile(r"[-*+>#=~`|]|\d\s*[.)]")

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
    candidates = _candidates(base, amended, same)
    forest = Forest(candidates)
    for rewordings in _rewordings(candidates):
        join_clashing(rewordings, forest)
    for one, other in _to_be_merged(candidates):
        if not forest.are_joined(one, other) and candidates[one].conflicts_with(candidates[other]):
            forest.join(one, other)
    parts = forest.parts()
    return Graph(
        tuple(same),
        tuple(part for part in parts if len(part) > 1),
        tuple(part[0] for part in parts if len(part) == 1),
        tuple(sorted(forest.joints)),
    )


def rival_pairs(base: Document, amended: Sequence[Document]) -> frozenset[tuple[int, int]]:
    """Every two amendments that cannot both be adopted as they are, by their places, the smaller first.

    Exactly the pairs whose merge is a conflict; two that say the same are no rivals.
    """
    same = _identical(amended)
    candidates = _candidates(base, amended, same)
    rivals = {pair for rewordings in _rewordings(candidates) for pair in clashing_pairs(rewordings)}
    for one, other in _to_be_merged(candidates):
        if (one, other) not in rivals and candidates[one].conflicts_with(candidates[other]):
            rivals.add((one, other))
    alike = {numbers[0]: numbers for numbers in same}
    every = (pair for one, other in rivals for pair in product(alike[one], alike[other]))
    return frozenset((min(pair), max(pair)) for pair in every)


def _identical(amended: Sequence[Document]) -> list[tuple[int, ...]]:
    """Which amendments say the same, every one once."""
    same = defaultdict(list)
    for number, document in enumerate(amended):
        same[document.title, document.text].append(number)
    return sorted(tuple(numbers) for numbers in same.values())


def _candidates(base: Document, amended: Sequence[Document], same: Sequence[Sequence[int]]) -> dict[int, "_Candidate"]:
    """The first of identical ones for all of them."""
    return {numbers[0]: _Candidate(base, amended[numbers[0]]) for numbers in same}


def _rewordings(candidates: dict[int, "_Candidate"]) -> Iterator[Rewordings]:
    """The plain rewordings of each unit, by amendment."""
    of_units: dict[str, dict[int, str]] = defaultdict(dict)
    for number, candidate in candidates.items():
        for unit_id, reworded in candidate.plain.items():
            of_units[unit_id][number] = reworded
    for unit_id, all_of_it in of_units.items():
        if len(all_of_it) > 1:
            yield Rewordings(next(iter(candidates.values())).was[unit_id], all_of_it)


def _to_be_merged(candidates: dict[int, "_Candidate"]) -> Iterator[tuple[int, int]]:
    """The pairs that touch one place and have to be looked at as a whole, each once, the smaller number first."""
    wild: dict[Hashable, list[int]] = defaultdict(list)
    tame: dict[Hashable, list[int]] = defaultdict(list)
    for number, candidate in candidates.items():
        for place in candidate.places():
            (tame if candidate.is_tame_at(place) else wild)[place].append(number)
    beside = (chain(combinations(numbers, 2), product(numbers, tame[place])) for place, numbers in wild.items())
    seen = set()
    for pair in chain(*beside, _saying_the_same(candidates)):
        one, other = min(pair), max(pair)
        if (one, other) not in seen:
            seen.add((one, other))
            yield one, other


def _saying_the_same(candidates: dict[int, "_Candidate"]) -> Iterator[tuple[int, int]]:
    """The pairs that add the same sentence, but not both by rewording the same unit, or move what the other removes."""
    adding: dict[Hashable, dict[frozenset[str], list[int]]] = defaultdict(lambda: defaultdict(list))
    moving: dict[Hashable, list[int]] = defaultdict(list)
    for number, candidate in candidates.items():
        for sentence, places in candidate.said.added.items():
            adding[sentence][places].append(number)
        for sentence in candidate.said.moved:
            moving[sentence].append(number)
    for by_places in adding.values():
        yield from combinations(by_places.get(frozenset(), ()), 2)
        for some, others in combinations(by_places.values(), 2):
            yield from product(some, others)
    for number, candidate in candidates.items():
        for sentence in candidate.said.gone & moving.keys():
            yield from ((number, other) for other in moving[sentence] if other != number)


class _Candidate:
    """An amendment with the places of the base that it touches."""

    def __init__(self, base: Document, document: Document) -> None:
        self.base = base
        self.document = document
        parts = changes(base, document)
        self.touch: Touch = touch_of(base, document.title, parts)
        self.was = {unit.unit_id: unit.markdown for unit in base.units}
        self.words = {base.units[index].unit_id: unit.markdown for index, unit in parts.kept.items()}
        # What only rewords units and inserts paragraphs apart from them cannot conflict but in the words.
        self.is_tame = (
            self.touch.units == self.touch.edited
            and all(_is_read_alike(base.units[index], unit) for index, unit in parts.kept.items())
            and not elsewhere(base.units, document.units).again
            and not (self.touch.title or self.touch.notes_added or self.touch.notes_dropped)
            and all(_is_tame(base, stretch) for stretch in parts.stretches if stretch.inserted)
            and not {unit_id for gap in self.touch.gaps for unit_id in gap} & self.touch.edited
            and len(self.touch.gaps) == sum(bool(stretch.inserted) for stretch in parts.stretches)
        )
        self.said = said(base.units, document.units)
        self.plain = {
            unit_id: self.words[unit_id]
            for unit_id in self.touch.edited
            if self.is_tame and is_swept(self.was[unit_id], self.words[unit_id])
        }

    def is_tame_at(self, place: Hashable) -> bool:
        """Whether two that are tame here can only conflict where their plain rewordings of it clash."""
        return self.is_tame and (place in self.plain or place not in self.touch.edited) and not isinstance(place, tuple)

    def places(self) -> set[Hashable]:
        """What it touches: units, those beside what it inserts, the title and footnotes."""
        touch = self.touch
        beside = {unit_id for gap in touch.gaps for unit_id in gap}
        notes = {("note", label) for label in touch.notes_added | touch.notes_dropped | touch.notes_marked}
        return {*touch.units, *beside, *notes, *(["title"] if touch.title else [])}

    def conflicts_with(self, other: "_Candidate") -> bool:
        """Whether the two cannot be merged; where both change words alone, only the units of both are looked at."""
        is_tame = self.is_tame and other.is_tame and not self.touch.notes_marked & other.touch.notes_marked
        if not is_tame or may_repeat(self.said, other.said):
            return merge(self.base, self.document, other.document).verdict is Verdict.CONFLICT
        for unit_id in self.touch.edited & other.touch.edited:
            words = (self.was[unit_id], self.words[unit_id], other.words[unit_id])
            if weave_marked(*words).text is None:
                return True
        return False


def _is_read_alike(was: Unit, now: Unit) -> bool:
    """Whether a unit stays what it is wherever its lines break: on one line, or a paragraph without a block marker."""
    if was.markdown == now.markdown or "\n" not in was.markdown + now.markdown:
        return True
    return was.kind is Kind.PARAGRAPH and not was.path and not _MARKER.search(f"{was.markdown}\n{now.markdown}")


def _is_tame(base: Document, stretch: Stretch) -> bool:
    """Whether headings and paragraphs are inserted, each with blank lines around, where no list or footnote is."""
    beside = base.units[max(0, stretch.first - 1) : stretch.end + 1]
    lines = [line for line in stretch.lines if not line]
    return (
        stretch.first == stretch.end
        and all(unit.kind in {Kind.HEADING, Kind.PARAGRAPH, Kind.QUOTE} and not unit.path for unit in beside)
        and all(unit.kind in {Kind.HEADING, Kind.PARAGRAPH} and not unit.path for unit in stretch.inserted)
        and len(lines) >= len(stretch.inserted) + 1 - (stretch.first == 0) - (stretch.end == len(base.units))
    )
