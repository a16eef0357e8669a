"""Finding each unit's counterpart in another wording of the same text.

By id where the editor kept it; then identical units as anchors, of which the longest increasing run stays and the rest
has moved; between the anchors one alignment of the whole gap on the words shared. Nothing is enumerated, so the time
grows with the length of the text, not with its square: a gap of more than `LARGEST_GAP` pairs of units is first cut at
units that share rare triples of words, and what is still too large is cut into equal pieces.
"""

import hashlib
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass

from policies.text.model import Unit
from policies.text.similarity import SIMILAR, similarity, triples
from policies.text.words import folded_words

LARGEST_GAP = 2_500
"""The most pairs of units that are compared with one another at once: fifty against fifty."""

_MOST_PAIRS = 500_000
"""About as many pairs as are compared in one gap; a gap of very many units is cut into smaller pieces for it."""

STILL_ITSELF = 0.6
"""How alike two units must be for one that was moved to be known again although it was reworded as well."""

_SAME = 1.01
Match = tuple[int, int]


@dataclass(frozen=True)
class Pair:
    """A unit's index in the old and in the new wording; one of them is missing where it was deleted or inserted."""

    old: int | None
    new: int | None
    moved: bool = False


def align(old: Sequence[Unit], new: Sequence[Unit], by_id: bool = True) -> tuple[Pair, ...]:
    """Pairs in the reading order of the new wording, deleted units at their old place.

    With `by_id` units of the same id are counterparts whatever they say; without it only their words count.
    """
    old_keys, new_keys = _keys(old, new, by_id)
    certain = anchors(old_keys, new_keys)
    kept = longest_run(certain)
    moved = set(certain) - set(kept)
    gaps = _gaps(kept, set(moved), len(old), len(new))
    texts = _Gap(old, new, old_keys, new_keys)
    for old_gap, new_gap in gaps:
        kept += _match_gap(texts, old_gap, new_gap)
    moved |= _leftover_twins(old_keys, new_keys, {*kept, *moved})
    moved |= _reworded_elsewhere(texts, {*kept, *moved})
    return _in_reading_order(kept, moved, len(old), len(new))


def _keys(old: Sequence[Unit], new: Sequence[Unit], by_id: bool) -> tuple[list[Hashable], list[Hashable]]:
    """What makes two units the same: a shared id, else kind, level and wording."""
    shared = {unit.unit_id for unit in old} & {unit.unit_id for unit in new} if by_id else set()

    def key(unit: Unit) -> Hashable:
        return unit.unit_id if unit.unit_id in shared else (unit.kind, unit.level, unit.markdown)

    return [key(unit) for unit in old], [key(unit) for unit in new]


def anchors(old_keys: Sequence[Hashable], new_keys: Sequence[Hashable]) -> list[Match]:
    """Units that are the same beyond doubt: the equal beginning and end, and between them what occurs just once."""
    head, tail = _equal_ends(old_keys, new_keys)
    matches = [(index, index) for index in range(head)]
    old_middle = _once(old_keys, range(head, len(old_keys) - tail))
    new_middle = _once(new_keys, range(head, len(new_keys) - tail))
    matches += [(index, new_middle[key]) for key, index in old_middle.items() if key in new_middle]
    return matches + [(len(old_keys) - back, len(new_keys) - back) for back in range(tail, 0, -1)]


def _equal_ends(old_keys: Sequence[Hashable], new_keys: Sequence[Hashable]) -> tuple[int, int]:
    shorter = min(len(old_keys), len(new_keys))
    head = 0
    while head < shorter and old_keys[head] == new_keys[head]:
        head += 1
    tail = 0
    while tail < shorter - head and old_keys[-1 - tail] == new_keys[-1 - tail]:
        tail += 1
    return head, tail


def _once(keys: Sequence[Hashable], indexes: Iterable[int]) -> dict[Hashable, int]:
    places = defaultdict(list)
    for index in indexes:
        places[keys[index]].append(index)
    return {key: found[0] for key, found in places.items() if len(found) == 1}


def longest_run(matches: list[Match]) -> list[Match]:
    """The longest run of matches in which both sides increase; `matches` increase on the old side already."""
    ends: list[int] = []
    ending_at: list[int] = []
    before: list[int] = []
    for index, (_, new) in enumerate(matches):
        length = bisect_left(ends, new)
        before.append(ending_at[length - 1] if length else -1)
        ends[length : length + 1] = [new]
        ending_at[length : length + 1] = [index]
    run: list[Match] = []
    index = ending_at[-1] if ending_at else -1
    while index >= 0:
        run.append(matches[index])
        index = before[index]
    return run[::-1]


def _gaps(kept: list[Match], moved: set[Match], old_end: int, new_end: int) -> list[tuple[list[int], list[int]]]:
    """The units between each two neighbouring anchors that have no counterpart yet."""
    old_moved, new_moved = {old for old, _ in moved}, {new for _, new in moved}
    gaps = []
    for (old, new), (next_old, next_new) in zip([(-1, -1), *kept], [*kept, (old_end, new_end)], strict=True):
        old_gap = [index for index in range(old + 1, next_old) if index not in old_moved]
        new_gap = [index for index in range(new + 1, next_new) if index not in new_moved]
        if old_gap and new_gap:
            gaps.append((old_gap, new_gap))
    return gaps


@dataclass(frozen=True)
class _Gap:
    """The two wordings, to look up how alike two of their units are."""

    old: Sequence[Unit]
    new: Sequence[Unit]
    old_keys: list[Hashable]
    new_keys: list[Hashable]

    def score(self, old: int, new: int) -> float:
        if self.old_keys[old] == self.new_keys[new]:
            return _SAME
        alike = similarity(self.old[old].markdown, self.new[new].markdown)
        return alike if alike >= SIMILAR else 0.0


def _match_gap(texts: _Gap, old_gap: list[int], new_gap: list[int]) -> list[Match]:
    if len(old_gap) * len(new_gap) <= LARGEST_GAP:
        return _best_alignment(texts, old_gap, new_gap)
    found = _recognised(texts, old_gap, new_gap)
    matches = list(found)
    old_ends = [0, *(bisect_left(old_gap, old) for old, _ in found), len(old_gap)]
    new_ends = [0, *(bisect_left(new_gap, new) for _, new in found), len(new_gap)]
    for piece in range(len(found) + 1):
        skipped = 1 if piece else 0
        old_piece = old_gap[old_ends[piece] + skipped : old_ends[piece + 1]]
        new_piece = new_gap[new_ends[piece] + skipped : new_ends[piece + 1]]
        largest = min(LARGEST_GAP, max(16, (2 * _MOST_PAIRS // (len(old_gap) + len(new_gap))) ** 2))
        for old_part, new_part in _equal_pieces(old_piece, new_piece, largest):
            matches += _best_alignment(texts, old_part, new_part)
    return matches


def _recognised(texts: _Gap, old_gap: list[int], new_gap: list[int]) -> list[Match]:
    """Similar units that share triples of words found in no other unit of the gap, as a run in order."""
    return longest_run(sorted(_sharing_triples(texts, old_gap, new_gap)))


def _sharing_triples(texts: _Gap, old_gap: list[int], new_gap: list[int]) -> Iterable[Match]:
    old_triples = _only_in_one(texts.old, old_gap)
    new_triples = _only_in_one(texts.new, new_gap)
    shared = Counter((old, new_triples[triple]) for triple, old in old_triples.items() if triple in new_triples)
    best: dict[int, Match] = {}
    taken = set()
    for (old, new), _ in sorted(shared.items(), key=lambda entry: (-entry[1], entry[0])):
        if old not in best and new not in taken and texts.score(old, new):
            best[old] = (old, new)
            taken.add(new)
    return best.values()


def _only_in_one(units: Sequence[Unit], gap: list[int]) -> dict[str, int]:
    places: dict[str, int] = {}
    for index in gap:
        for triple in triples(units[index].markdown):
            places[triple] = -1 if triple in places else index
    return {triple: index for triple, index in places.items() if index >= 0}


def _equal_pieces(old_gap: list[int], new_gap: list[int], largest: int) -> Iterable[tuple[list[int], list[int]]]:
    pieces = 1
    while (len(old_gap) // pieces + 1) * (len(new_gap) // pieces + 1) > largest:
        pieces += 1
    for piece in range(pieces):
        yield _piece(old_gap, piece, pieces), _piece(new_gap, piece, pieces)


def _piece(gap: list[int], piece: int, pieces: int) -> list[int]:
    return gap[len(gap) * piece // pieces : len(gap) * (piece + 1) // pieces]


def _best_alignment(texts: _Gap, old_gap: list[int], new_gap: list[int]) -> list[Match]:
    """The pairs, in order on both sides, whose similarities add up to the most."""
    scores = [[texts.score(old, new) for new in new_gap] for old in old_gap]
    best = [[0.0] * (len(new_gap) + 1) for _ in range(len(old_gap) + 1)]
    for row in range(len(old_gap) - 1, -1, -1):
        for column in range(len(new_gap) - 1, -1, -1):
            paired = best[row + 1][column + 1] + scores[row][column]
            best[row][column] = max(paired, best[row + 1][column], best[row][column + 1])
    matches = []
    row = column = 0
    while row < len(old_gap) and column < len(new_gap):
        here = best[row][column]
        if scores[row][column] and here == best[row + 1][column + 1] + scores[row][column]:
            matches.append((old_gap[row], new_gap[column]))
            row, column = row + 1, column + 1
        elif here == best[row + 1][column]:
            row += 1
        else:
            column += 1
    return matches


def _leftover_twins(old_keys: list[Hashable], new_keys: list[Hashable], matches: set[Match]) -> set[Match]:
    """Units that occur several times and found no counterpart in their gap: first goes with first, and so on."""
    old_matched, new_matched = {old for old, _ in matches}, {new for _, new in matches}
    waiting = defaultdict(list)
    for index in range(len(old_keys) - 1, -1, -1):
        if index not in old_matched:
            waiting[old_keys[index]].append(index)
    twins = set()
    for index, key in enumerate(new_keys):
        if index not in new_matched and waiting.get(key):
            twins.add((waiting[key].pop(), index))
    return twins


def _reworded_elsewhere(texts: _Gap, matches: set[Match]) -> set[Match]:
    """Units that were moved and reworded at once: what is left on both sides and says nearly the same."""
    old_matched, new_matched = {old for old, _ in matches}, {new for _, new in matches}
    old_left = [index for index in range(len(texts.old)) if index not in old_matched]
    new_left = [index for index in range(len(texts.new)) if index not in new_matched]
    alike = _sharing_triples(texts, old_left, new_left) if old_left and new_left else ()
    return {(old, new) for old, new in alike if texts.score(old, new) >= STILL_ITSELF}


def _in_reading_order(kept: list[Match], moved: set[Match], old_end: int, new_end: int) -> tuple[Pair, ...]:
    kept_by_new = {new: old for old, new in kept}
    moved_by_new = {new: old for old, new in moved}
    matched_old = {old for old, _ in (*kept, *moved)}
    standing = {old for old, _ in kept}
    pairs: list[Pair] = []

    def add_deleted(old: int) -> None:
        """Deleted units follow the unit they followed in the old wording."""
        while old < old_end and old not in standing:
            if old not in matched_old:
                pairs.append(Pair(old, None))
            old += 1

    add_deleted(0)
    for new in range(new_end):
        if new in kept_by_new:
            pairs.append(Pair(kept_by_new[new], new))
            add_deleted(kept_by_new[new] + 1)
        elif new in moved_by_new:
            pairs.append(Pair(moved_by_new[new], new, moved=True))
        else:
            pairs.append(Pair(None, new))
    return tuple(pairs)


def carry_ids(known: Sequence[Unit], fresh: Sequence[Unit]) -> tuple[Unit, ...]:
    """The fresh units with the ids of their counterparts among the known ones; the others get ids no known unit has.

    An id is eight hexadecimal digits of a sha256 over kind and words, and over an ordinal where that is taken: the same
    text read anew has the same ids.
    """
    counterparts = _counterparts(known, fresh)
    taken = {unit.unit_id for unit in known}
    ordinals: Counter[str] = Counter()
    return tuple(
        _named(unit, known_id or unused_id(unit, taken, ordinals))
        for unit, known_id in zip(fresh, counterparts, strict=True)
    )


def _counterparts(known: Sequence[Unit], fresh: Sequence[Unit]) -> list[str]:
    """The known id of each fresh unit, or nothing.

    Each id found is an anchor for finding more, so the search is repeated until it finds no more: whoever aligns the
    two wordings later, with the ids carried over, then pairs exactly the units that share an id.
    """
    ids = [""] * len(fresh)
    found = -1
    while found < len(fresh) - ids.count(""):
        found = len(fresh) - ids.count("")
        named = list(map(_named, fresh, ids))
        for pair in align(known, named):
            if pair.old is not None and pair.new is not None:
                ids[pair.new] = known[pair.old].unit_id
    return ids


def _named(unit: Unit, unit_id: str) -> Unit:
    """The unit with this id; the same as `replace`, which takes four times as long, for hundreds of thousands."""
    if unit.unit_id == unit_id:
        return unit
    where = unit.kind, unit.level, unit.path, unit.ordered
    return Unit(unit_id, *where, unit.markdown, unit.first_line, unit.last_line, unit.clause, unit.label)


def unused_id(unit: Unit, taken: set[str], ordinals: Counter[str]) -> str:
    """An id for a unit that has none yet, and is none of those taken; it is added to them.

    `ordinals` counts units of the same words over several calls, so that a thousand of them need no million hashes.
    """
    content = f"{unit.kind}\n{' '.join(folded_words(unit.markdown))}"
    unit_id = ""
    while not unit_id or unit_id in taken:
        ordinals[content] += 1
        unit_id = _short_hash(f"{content}\n{ordinals[content]}")
    taken.add(unit_id)
    return unit_id


def _short_hash(content: str) -> str:
    return hashlib.sha256(content.encode("utf-8", "surrogatepass")).hexdigest()[:8]
