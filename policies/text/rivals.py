"""Which of many rewordings of one unit clash, found by one sweep over the places of their changes.

Two clash where one makes a change that the other does not, the other one that the first does not, and no word stands
between the two; the same as `weave` says of each pair, without going through all pairs.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import product

from policies.text.shifted import puts_elsewhere
from policies.text.weave import Edit, edits, go_on, is_apart, plain_spaces
from policies.text.words import tokens

__all__ = ["Forest", "Rewordings", "clashing_pairs", "is_plain", "is_swept", "join_clashing"]

_MARKUP = re.compile(r"[*_\[\]\\&]|://")


def is_plain(base: str, reworded: str) -> bool:
    """Whether there is no markup and no address on the web, so that the places of the changes say all."""
    return not (_MARKUP.search(base) or _MARKUP.search(reworded))


def is_swept(base: str, reworded: str) -> bool:
    """Whether the sweep says all of a rewording: it is plain, and puts no word elsewhere that another takes out."""
    if not is_plain(base, reworded):
        return False
    pieces = plain_spaces(tokens(base))
    return not puts_elsewhere(pieces, edits("".join(pieces), "".join(plain_spaces(tokens(reworded)))))


@dataclass(frozen=True)
class Rewordings:
    """A unit's words, and what amendments make of them, by number."""

    base: str
    reworded: Mapping[int, str]


class Forest:
    """Numbers that hang together, and the pairs that join them."""

    def __init__(self, numbers: Iterable[int]) -> None:
        self._parents = {number: number for number in numbers}
        self.joints: list[tuple[int, int]] = []

    def root(self, number: int) -> int:
        """One number for all that hang together with this one."""
        while self._parents[number] != number:
            self._parents[number] = self._parents[self._parents[number]]
            number = self._parents[number]
        return number

    def are_joined(self, one: int, other: int) -> bool:
        """Whether the two hang together."""
        return self.root(one) == self.root(other)

    def join(self, one: int, other: int) -> None:
        """Make the two hang together."""
        if not self.are_joined(one, other):
            self._parents[self.root(other)] = self.root(one)
            self.joints.append((min(one, other), max(one, other)))

    def parts(self) -> list[tuple[int, ...]]:
        """All numbers, those that hang together as one."""
        found = defaultdict(list)
        for number in self._parents:
            found[self.root(number)].append(number)
        return sorted(tuple(sorted(part)) for part in found.values())


@dataclass(frozen=True)
class _Hunk:
    """One change, the place before which another touches it, and who makes it.

    `holders` make the same change, but may be free to make it elsewhere too.
    """

    edit: Edit
    reach: int
    makers: frozenset[int]
    holders: frozenset[int]


def _hunks(rewordings: Rewordings) -> list[_Hunk]:
    """Every change once, from left to right."""
    pieces = tokens(rewordings.base)
    flat = "".join(plain_spaces(pieces))
    makers: dict[Edit, set[int]] = defaultdict(set)
    holders: dict[object, set[int]] = defaultdict(set)
    for number, text in rewordings.reworded.items():
        for edit in edits(flat, "".join(plain_spaces(tokens(text)))):
            makers[edit].add(number)
            holders[edit.what].add(number)
    reaches = {high: _reach(pieces, high) for high in {edit.high for edit in makers}}
    hunks = (
        _Hunk(edit, reaches[edit.high], frozenset(numbers), frozenset(holders[edit.what]))
        for edit, numbers in makers.items()
    )
    return sorted(hunks, key=lambda hunk: (hunk.edit.low, hunk.edit.high, hunk.edit.what))


def _reach(pieces: list[str], high: int) -> int:
    end = high
    while end <= len(pieces) and not is_apart(pieces[high:end]):
        end += 1
    return end


def clashing_pairs(rewordings: Rewordings) -> Iterator[tuple[int, int]]:
    """Every two that clash, the smaller number first; some more than once."""
    touching: list[_Hunk] = []
    for hunk in _hunks(rewordings):
        touching = [earlier for earlier in touching if earlier.reach > hunk.edit.low]
        for earlier in touching:
            yield from _clashing(earlier, hunk)
        touching.append(hunk)


def _clashing(one: _Hunk, other: _Hunk) -> Iterator[tuple[int, int]]:
    if _go_on(one, other):
        return
    for pair in product(one.makers - other.holders, other.makers - one.holders):
        yield min(pair), max(pair)


def _go_on(one: _Hunk, other: _Hunk) -> bool:
    """Whether both insert the same in one place and one of them goes on, which is no clash."""
    return go_on(one.edit, other.edit) or go_on(other.edit, one.edit)


def join_clashing(rewordings: Rewordings, forest: Forest) -> None:
    """Join those that clash, in one sweep.

    Whoever makes none of the changes touched clashes with all who make them: one of each part is then enough.
    """
    touching: list[_Hunk] = []
    held: set[int] = set()
    ends: dict[int, int] = {}
    nearest = 0
    for hunk in _hunks(rewordings):
        if nearest <= hunk.edit.low:
            touching = [earlier for earlier in touching if earlier.reach > hunk.edit.low]
            held = {holder for earlier in touching for holder in earlier.holders}
            ends = {forest.root(maker): maker for earlier in touching for maker in earlier.makers}
        is_further = hunk.edit.start == hunk.edit.end and any(_go_on(earlier, hunk) for earlier in touching)
        if held.isdisjoint(hunk.holders) and not is_further:
            _join_all(product(ends.values(), hunk.makers), forest)
        else:
            for earlier in touching:
                _join_all(_clashing(earlier, hunk), forest)
        touching.append(hunk)
        nearest = min(hunk.reach, nearest if len(touching) > 1 else hunk.reach)
        held |= hunk.holders
        ends = {forest.root(maker): maker for maker in (*ends.values(), *hunk.makers)}


def _join_all(pairs: Iterable[tuple[int, int]], forest: Forest) -> None:
    for one, other in pairs:
        forest.join(one, other)
