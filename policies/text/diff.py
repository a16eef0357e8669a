"""Comparing two wordings word by word: exactly, for putting amendments together, and readably, for showing them.

Both run without a clock, so that the result depends on the two texts alone and never on how busy the machine is.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import count, pairwise

from diff_match_patch import diff_match_patch

from policies.text.align import align, longest_run
from policies.text.model import Unit
from policies.text.words import is_word, tokens

__all__ = ["LARGEST", "Hunk", "Op", "changed_tokens", "exact", "readable", "tokens"]

LARGEST = 4_000
"""Two wordings with more tokens than this together, between the equal beginning and end, are cut where both have the
same few tokens in a row, found nowhere else; a piece that is still as large counts as replaced whole."""

# How many tokens in a row make a place known again, how many a piece has at least, and how alike two wordings must be
# to be cut into even pieces where no place is known.
_RUN = 12
_PIECE = 1_000
_SAME_WORDS = 0.8

# Equal tokens on either side that a change may still be shifted over; more change nothing a reader sees.
_CONTEXT = 60
# Every token becomes one code point: a letter for a word, no letter for a sign, because the library's cleanup shifts
# changes to the ends of words and sentences. None of them is a surrogate, and both blocks are larger than LARGEST.
_FIRST_WORD = 0x20000
_FIRST_SIGN = 0xF0000
_ITSELF = {" ", "\n"}


class Op(StrEnum):
    """What happens to the words of a hunk on the way from the old wording to the new."""

    EQUAL = "equal"
    INSERT = "insert"
    DELETE = "delete"


@dataclass(frozen=True)
class Hunk:
    """Some words and what happens to them."""

    op: Op
    text: str


_OPS = {-1: Op.DELETE, 0: Op.EQUAL, 1: Op.INSERT}
Diffs = list[tuple[int, str]]


def exact(old: str, new: str) -> tuple[Hunk, ...]:
    """The smallest difference in tokens. Equal and inserted hunks joined are `new`, equal and deleted ones `old`."""
    return _compare(old, new, is_readable=False)


def readable(old: str, new: str) -> tuple[Hunk, ...]:
    """The same for the eye: whole words and phrases, a change not broken up by the few words it leaves standing."""
    return _compare(old, new, is_readable=True)


def changed_tokens(base: Sequence[Unit], amended: Sequence[Unit]) -> int:
    """How many words an amendment inserts and deletes; of two rivals the one that changes more is taken first."""
    changed = 0
    for pair in align(base, amended):
        old = "" if pair.old is None else base[pair.old].markdown
        new = "" if pair.new is None else amended[pair.new].markdown
        changed += sum(_words_in(hunk.text) for hunk in exact(old, new) if hunk.op is not Op.EQUAL)
    return changed


def _words_in(text: str) -> int:
    return sum(is_word(token) for token in tokens(text))


def _compare(old: str, new: str, is_readable: bool) -> tuple[Hunk, ...]:
    if old == new:
        return _hunks([(0, old)])
    old_tokens, new_tokens = tokens(old), tokens(new)
    diffs: Diffs = []
    for (old_start, new_start), (old_end, new_end) in pairwise(_cuts(old_tokens, new_tokens)):
        diffs += _compared(old_tokens[old_start:old_end], new_tokens[new_start:new_end], is_readable)
    return _hunks(diffs)


def _compared(old: list[str], new: list[str], is_readable: bool) -> Diffs:
    head, tail = _equal_ends(old, new)
    if _is_too_large(len(old) - head - tail, len(new) - head - tail):
        return _replaced(old, new, head, tail)
    start, end = max(0, head - _CONTEXT), max(0, tail - _CONTEXT)
    points = _CodePoints()
    middle = _diff(
        points.spell(old[start : len(old) - end]),
        points.spell(new[start : len(new) - end]),
        is_readable,
    )
    between = [(op, points.read(piece)) for op, piece in middle]
    return [(0, "".join(old[:start])), *between, (0, "".join(old[len(old) - end :]))]


def _is_too_large(old: int, new: int) -> bool:
    return old + new > LARGEST


def _cuts(old: list[str], new: list[str]) -> list[tuple[int, int]]:
    """Where to cut two long wordings so that each piece can be compared by itself; short ones are not cut."""
    head, tail = _equal_ends(old, new)
    ends = [(0, 0), (len(old), len(new))]
    if not _is_too_large(len(old) - head - tail, len(new) - head - tail):
        return ends
    places = [_only_once(side, head, len(side) - tail) for side in (old, new)]
    shared = ((place, places[1][run]) for run, place in places[0].items() if run in places[1])
    cuts = [(0, 0)]
    for old_place, new_place in longest_run(sorted(shared)):
        if old_place - cuts[-1][0] >= _PIECE:
            cuts.append((old_place, new_place))
    return [*cuts, ends[1]] if len(cuts) > 1 or not _are_alike(old, new) else _even_cuts(len(old), len(new))


def _only_once(pieces: list[str], start: int, end: int) -> dict[tuple[str, ...], int]:
    """Every few tokens in a row that occur once only, with their place."""
    places: dict[tuple[str, ...], int] = {}
    for place in range(start, end - _RUN + 1):
        run = tuple(pieces[place : place + _RUN])
        places[run] = -1 if run in places else place
    return {run: place for run, place in places.items() if place >= 0}


def _are_alike(old: list[str], new: list[str]) -> bool:
    """Whether two wordings have the same word at nearly every place, such as one word repeated."""
    same = sum(one == other for one, other in zip(old, new, strict=False))
    return same >= _SAME_WORDS * max(len(old), len(new))


def _even_cuts(old: int, new: int) -> list[tuple[int, int]]:
    pieces = (old + new) // (2 * _PIECE) + 1
    return [(old * piece // pieces, new * piece // pieces) for piece in range(pieces + 1)]


def _equal_ends(old: list[str], new: list[str]) -> tuple[int, int]:
    shorter = min(len(old), len(new))
    head = next((index for index in range(shorter) if old[index] != new[index]), shorter)
    rest = shorter - head
    tail = next((index for index in range(rest) if old[-1 - index] != new[-1 - index]), rest)
    return head, tail


def _replaced(old: list[str], new: list[str], head: int, tail: int) -> Diffs:
    old_end, new_end = len(old) - tail, len(new) - tail
    return [
        (0, "".join(old[:head])),
        (-1, "".join(old[head:old_end])),
        (1, "".join(new[head:new_end])),
        (0, "".join(old[old_end:])),
    ]


def _diff(old: str, new: str, is_readable: bool) -> Diffs:
    library = diff_match_patch()
    library.Diff_Timeout = 0
    diffs: Diffs = library.diff_main(old, new, False)
    if is_readable:
        library.diff_cleanupSemantic(diffs)
    return diffs


def _hunks(diffs: Iterable[tuple[int, str]]) -> tuple[Hunk, ...]:
    """Hunks without empty ones, and neighbours of one kind made one."""
    hunks: list[Hunk] = []
    for op, piece in diffs:
        if not piece:
            continue
        if hunks and hunks[-1].op is _OPS[op]:
            hunks[-1] = Hunk(_OPS[op], hunks[-1].text + piece)
        else:
            hunks.append(Hunk(_OPS[op], piece))
    return tuple(hunks)


class _CodePoints:
    """One code point for each different token, so that the library compares words as it compares letters."""

    def __init__(self) -> None:
        self._point_of = {token: token for token in _ITSELF}
        self._token_of = dict(self._point_of)
        self._points_of_words = count(_FIRST_WORD)
        self._points_of_signs = count(_FIRST_SIGN)

    def spell(self, pieces: list[str]) -> str:
        for token in pieces:
            if token not in self._point_of:
                point = chr(next(self._points_of_words if is_word(token) else self._points_of_signs))
                self._point_of[token] = point
                self._token_of[point] = token
        return "".join([self._point_of[token] for token in pieces])

    def read(self, points: str) -> str:
        return "".join([self._token_of[point] for point in points])
