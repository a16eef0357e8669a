"""Putting two rewordings of one passage together, word by word, and saying where they cannot be.

Nothing is guessed: a change stands at its exact place in the common wording, never at one that looks like it. Two
changes with no word between them, only spaces or punctuation, are for a person to settle.
"""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from itertools import accumulate
from typing import Protocol, TypeVar

from policies.text.diff import Op, exact
from policies.text.further import goes_on
from policies.text.parser import inline_tokens
from policies.text.render import target, token_text
from policies.text.shifted import is_any_lost
from policies.text.words import is_ideograph, is_word, tokens

__all__ = [
    "Clash",
    "Edit",
    "Side",
    "Woven",
    "agreed_changes",
    "applied",
    "edits",
    "go_on",
    "is_apart",
    "plain_spaces",
    "spaced",
    "weave",
]

_MARKUP = re.compile(r"[*_\[\\&]")
_ADDRESS = re.compile(r"\b\w+://[^\s()<>\[\]]+")
_Tokens = tuple[str, ...]

PARAGRAPH_END = "\n\n"
"""Where a paragraph that one side split or joined ends, while its parts are put together as one passage."""


@dataclass(frozen=True)
class Edit:
    """The base's tokens from `start` up to `end` replaced by other words.

    `low` and `high` say how far it could stand to the left or right and still make the same text.
    """

    start: int
    end: int
    words: _Tokens
    low: int = -1
    high: int = -1

    @property
    def what(self) -> tuple[int, int, _Tokens]:
        """The change itself; two sides that make the same one agree."""
        return self.start, self.end, self.words


@dataclass(frozen=True)
class Clash:
    """Words that two sides change differently; `start` is the place in the base, in signs."""

    start: int
    base: str
    ours: str
    theirs: str


@dataclass(frozen=True)
class Woven:
    """Two rewordings put together; `text` is missing where they clash.

    `agree` says whether both make some of the same changes, `near` whether each makes some that the other does not.
    """

    text: str | None
    clashes: tuple[Clash, ...] = ()
    agree: bool = False
    near: bool = False


def weave(base: str, ours: str, theirs: str) -> Woven:
    """Both sides' changes of one passage: each once, the same change once, and none where two of them touch."""
    if ours == theirs:
        return Woven(ours, agree=ours != base)
    if base in {ours, theirs}:
        return Woven(theirs if ours == base else ours)
    return _weave_tokens(base, ours, theirs)


def _weave_tokens(base: str, ours: str, theirs: str) -> Woven:
    pieces = tokens(base)
    sides = (Side.read(pieces, ours), Side.read(pieces, theirs))
    agreed = {edit.what for edit in sides[0].edits} & {edit.what for edit in sides[1].edits}
    own = [[worded for edit, worded in side.both() if edit.what not in agreed] for side in sides]
    regions = _clashing(
        pieces, *(sorted([*own[side], *_parted(pieces, sides, side, own[1 - side])], key=_place) for side in (0, 1))
    )
    if any(region.shorter is None for region in regions):
        ends = [0, *accumulate(map(len, pieces))]
        clashes = tuple(_clash(pieces, ends, region, sides) for region in regions)
        return Woven(None, clashes, agree=bool(agreed))
    shorter = [region.shorter for region in regions if region.shorter]
    own = [[edit for edit in side if not any(edit is less for less in shorter)] for side in own]
    shared = agreed_changes(sides, agreed)
    woven = applied(spaced(pieces, sides), [*shared, *own[0], *own[1]])
    text = "".join(woven)
    common = "".join(applied(pieces, [*shared, *shorter]))
    is_lost = is_any_lost(pieces, [*shared, *shorter], base, (ours, theirs))
    if is_lost or tokens(text) != woven or not _marks_add_up(common, ours, theirs, text):
        return Woven(None, (Clash(0, base, ours, theirs),), agree=bool(agreed))
    same_spaces = any(sides[1].spaces.get(place) == space for place, space in sides[0].spaces.items())
    near = all(own[side] or sides[side].spaces for side in (0, 1))
    agree = bool(agreed or shorter) or same_spaces
    return Woven(text, agree=agree, near=near and text not in {ours, theirs})


def _place(edit: "Edit") -> tuple[int, int]:
    return edit.start, edit.end


def plain_spaces(pieces: Sequence[str]) -> list[str]:
    """The same with one space wherever white space stands: how lines are wrapped is no change of words.

    A line end after a backslash is a line break that was meant.
    """
    return [
        " " if piece.isspace() and not (place and pieces[place - 1] == "\\") else piece
        for place, piece in enumerate(pieces)
    ]


@dataclass(frozen=True)
class Side:
    """One rewording: its changes of words, the same as they are written, and the white space it changed by itself.

    `spaces` is by the place in the base of tokens that stay.
    """

    edits: tuple[Edit, ...]
    worded: tuple[Edit, ...]
    spaces: dict[int, str]

    @classmethod
    def read(cls, pieces: Sequence[str], text: str) -> "Side":
        """Compare a rewording with the base's tokens."""
        own = tokens(text)
        found = edits("".join(plain_spaces(pieces)), "".join(plain_spaces(own)))
        worded: list[Edit] = []
        spaces: dict[int, str] = {}
        place = shift = 0
        for edit in (*found, Edit(len(pieces), len(pieces), ())):
            for kept in range(place, edit.start):
                if pieces[kept] != own[kept + shift]:
                    spaces[kept] = own[kept + shift]
            start = edit.start + shift
            worded.append(replace(edit, words=tuple(own[start : start + len(edit.words)])))
            place, shift = edit.end, shift + len(edit.words) - (edit.end - edit.start)
        return cls(found, tuple(worded[:-1]), spaces)

    def near(self, region: "_Region") -> Sequence[Edit]:
        """The changes in a stretch, and those at its ends; of thousands of them few are."""
        first = bisect_left(self.worded, region.start - 1, key=lambda edit: edit.start)
        return self.worded[max(0, first - 1) : bisect_left(self.worded, region.end + 2, key=lambda edit: edit.start)]

    def both(self) -> Iterator[tuple[Edit, Edit]]:
        """Each change of words, bare and as it is written."""
        return zip(self.edits, self.worded, strict=True)


def _parted(pieces: Sequence[str], sides: Sequence[Side], number: int, others: Sequence[Edit]) -> list[Edit]:
    """Where a side begins or ends a paragraph at words that the other inserts or deletes, which may go with either.

    Not where both do.
    """
    theirs = sides[1 - number].spaces
    return [
        Edit(place, place + 1, (space,), place, place + 1)
        for place, space in sides[number].spaces.items()
        if PARAGRAPH_END in {space, pieces[place]} and theirs.get(place) != space
        if any(_is_at(edit, place) for edit in others)
    ]


def _is_at(edit: Edit, place: int) -> bool:
    if edit.low <= place < edit.high:
        return True
    return (edit.start == edit.end or PARAGRAPH_END in edit.words) and edit.low - 1 <= place <= edit.high


def spaced(pieces: Sequence[str], sides: Sequence[Side]) -> list[str]:
    """The base with the white space of the side that changed it; where both did, the wider."""
    result = list(pieces)
    for place in sides[0].spaces.keys() | sides[1].spaces.keys():
        result[place] = _wider([side.spaces[place] for side in sides if place in side.spaces])
    return result


def _wider(spaces: Iterable[str]) -> str:
    return max(spaces, key=lambda space: (space.count("\n"), space))


def agreed_changes(sides: Sequence[Side], agreed: Collection[tuple[int, int, _Tokens]]) -> list[Edit]:
    """The changes that both make, with the wider of each white space."""
    theirs = {edit.what: worded.words for edit, worded in sides[1].both()}
    return [
        replace(worded, words=tuple(map(_wider, zip(worded.words, theirs[edit.what], strict=True))))
        for edit, worded in sides[0].both()
        if edit.what in agreed
    ]


@lru_cache(maxsize=4096)
def edits(base: str, new: str) -> tuple[Edit, ...]:
    """The exact changes from one wording to another, each as far to the left as it can stand."""
    old_tokens, new_tokens = tokens(base), tokens(new)
    old_ends = [0, *accumulate(map(len, old_tokens))]
    new_ends = [0, *accumulate(map(len, new_tokens))]
    found: list[Edit] = []
    old = new_place = 0
    start: tuple[int, int] | None = None
    for hunk in exact(base, new):
        if hunk.op is Op.EQUAL and start is not None:
            found.append(_edit(old_ends, new_ends, new_tokens, start, (old, new_place)))
            start = None
        elif hunk.op is not Op.EQUAL and start is None:
            start = (old, new_place)
        old += len(hunk.text) if hunk.op is not Op.INSERT else 0
        new_place += len(hunk.text) if hunk.op is not Op.DELETE else 0
    if start is not None:
        found.append(_edit(old_ends, new_ends, new_tokens, start, (old, new_place)))
    return tuple(_settled(old_tokens, found))


def _edit(
    old_ends: list[int], new_ends: list[int], new_tokens: list[str], start: tuple[int, int], end: tuple[int, int]
) -> Edit:
    first, last = bisect_left(new_ends, start[1]), bisect_left(new_ends, end[1])
    return Edit(bisect_left(old_ends, start[0]), bisect_left(old_ends, end[0]), tuple(new_tokens[first:last]))


def _settled(pieces: Sequence[str], found: list[Edit]) -> list[Edit]:
    settled: list[Edit] = []
    for index, edit in enumerate(found):
        floor = settled[-1].end if settled else 0
        ceiling = found[index + 1].start if index + 1 < len(found) else len(pieces)
        leftmost = _slid_left(pieces, edit, floor)
        settled.append(replace(leftmost, low=leftmost.start, high=_furthest(pieces, leftmost, ceiling)))
    return settled


def _slid_left(pieces: Sequence[str], edit: Edit, floor: int) -> Edit:
    """The same change further to the left: "a b" before "a" is the same text as "b a" after it."""
    start, end, words = edit.what
    if words and start != end:
        return edit
    while start > floor and pieces[start - 1] == (words[-1] if words else pieces[end - 1]):
        words = (pieces[start - 1], *words[:-1]) if words else ()
        start, end = start - 1, end - 1
    return Edit(start, end, words)


def _furthest(pieces: Sequence[str], edit: Edit, ceiling: int) -> int:
    """The end of the change where it stands furthest to the right."""
    start, end, words = edit.what
    if words and start != end:
        return end
    while end < ceiling and pieces[end] == (words[0] if words else pieces[start]):
        words = (*words[1:], pieces[end]) if words else ()
        start, end = start + 1, end + 1
    return end


@dataclass
class _Region:
    """A stretch of the base in which changes touch one another, each with the number of its side."""

    start: int
    end: int
    edits: list[tuple[Edit, int]]

    @cached_property
    def shorter(self) -> Edit | None:
        """Where both sides insert the same and one goes on, the one that does not."""
        edits = sorted((edit for edit, _ in self.edits), key=lambda edit: len(edit.words))
        is_one = len(edits) == 2 and go_on(edits[0], edits[1])
        return edits[0] if is_one else None


def go_on(shorter: Edit, longer: Edit) -> bool:
    """Whether both insert in one place, and the longer goes on from the shorter by whole sentences."""
    is_one_place = shorter.start == shorter.end == longer.start == longer.end
    return is_one_place and goes_on(shorter.words, longer.words)


def _clashing(pieces: Sequence[str], ours: Sequence[Edit], theirs: Sequence[Edit]) -> list[_Region]:
    """The stretches in which changes of both sides touch."""
    numbered = [(edit, side) for side, own in enumerate((ours, theirs)) for edit in own]
    regions: list[_Region] = []
    for edit, side in sorted(numbered, key=lambda entry: (entry[0].low, entry[0].high, entry[1])):
        if regions and not is_apart(pieces[regions[-1].end : edit.low]):
            last = regions[-1]
            last.end = max(last.end, edit.high)
            last.edits.append((edit, side))
        else:
            regions.append(_Region(edit.low, edit.high, [(edit, side)]))
    return [region for region in regions if len({side for _, side in region.edits}) == 2]


def is_apart(between: Sequence[str]) -> bool:
    """Whether a word stands there; of a script without spaces between words two signs, for one is seldom a word."""
    found = [piece for piece in between if is_word(piece)]
    return len(found) > 1 or not all(map(is_ideograph, found))


def _clash(pieces: list[str], ends: list[int], region: _Region, sides: Sequence[Side]) -> Clash:
    ours, theirs = (side.near(region) for side in sides)
    start, end = _with_words_around(pieces, region, [*ours, *theirs])

    def worded(side: Sequence[Edit]) -> str:
        inside = [edit for edit in side if start <= edit.start and edit.end <= end]
        moved = [Edit(edit.start - start, edit.end - start, edit.words) for edit in inside]
        return "".join(applied(pieces[start:end], moved))

    return Clash(ends[start], "".join(pieces[start:end]), worded(ours), worded(theirs))


def _with_words_around(pieces: list[str], region: _Region, changes: Sequence[Edit]) -> tuple[int, int]:
    """The stretch, or where it holds no word the same with the token on each side, unless that is changed too."""
    start, end = max(0, region.start - 1), min(len(pieces), region.end + 1)
    is_bare = not any(map(is_word, pieces[region.start : region.end]))
    is_cut = any(edit.start < place < edit.end for edit in changes for place in (start, end))
    return (start, end) if is_bare and not is_cut else (region.start, region.end)


_Piece = TypeVar("_Piece")
_Piece_co = TypeVar("_Piece_co", covariant=True)


class _Replaces(Protocol[_Piece_co]):
    """A stretch of the base and what stands there instead."""

    @property
    def start(self) -> int:
        """Where the stretch begins."""

    @property
    def end(self) -> int:
        """Where it ends, one past its last piece."""

    @property
    def words(self) -> Sequence[_Piece_co]:
        """What stands there instead."""


def applied(pieces: Sequence[_Piece], changes: Sequence[_Replaces[_Piece]]) -> list[_Piece]:
    """The pieces with these changes made; no two of them overlap."""
    result: list[_Piece] = []
    place = 0
    for edit in sorted(changes, key=lambda edit: (edit.start, edit.end)):
        result += [*pieces[place : edit.start], *edit.words]
        place = edit.end
    return [*result, *pieces[place:]]


def _marks_add_up(common: str, ours: str, theirs: str, text: str) -> bool:
    """Whether each word has the emphasis and link that its side gave it, and none lost its marks to the other side.

    An address on the web is one whole: half of it from either side leads to nowhere.
    """
    if not set(_ADDRESS.findall(text)) <= {*_ADDRESS.findall(ours), *_ADDRESS.findall(theirs)}:
        return False
    if not any(map(_MARKUP.search, (ours, theirs))):
        return True
    counts = [Counter(_marked(passage)) for passage in (text, common, ours, theirs)]
    return counts[0] + counts[1] == counts[2] + counts[3]


def _marked(markdown: str) -> Iterator[tuple[str, ...]]:
    """Every word and sign as a reader sees it, with the marks on it."""
    for passage in markdown.split("\n\n"):
        open_marks: list[str] = []
        for token in inline_tokens(passage):
            if token.nesting > 0:
                open_marks.append(token.type + target(token))
                yield ("", *open_marks)
            elif token.nesting < 0:
                open_marks.pop()
            elif token.type == "footnote_ref":
                yield (f"[^{token.meta['label']}]", *open_marks)
            else:
                yield from ((piece, *open_marks) for piece in tokens(token_text(token)) if not piece.isspace())
