"""Putting two rewordings of one passage together where one of them changes marks: a word made bold may be reworded.

Only where it is plain which words the marks are to stand on; else it stays a conflict.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from policies.text.marks import Marked, Marks, marked, unmarked
from policies.text.weave import Edit, Side, Woven, agreed_changes, applied, spaced, weave

__all__ = ["weave_marked"]

_Piece = tuple[str, Marks]


def weave_marked(base: str, ours: str, theirs: str) -> Woven:
    """Both sides' changes of one passage, of words and of marks."""
    woven = weave(base, ours, theirs)
    if woven.text is not None or not any(sign in base + ours + theirs for sign in "*_["):
        return woven
    bare = [unmarked(markdown) for markdown in (base, ours, theirs)]
    was, one, other = bare
    if was is None or one is None or other is None or was == one == other:
        return woven
    words = weave(*("".join(each.pieces) for each in (was, one, other)))
    if words.text is None:
        is_whole = any(clash.base == base for clash in woven.clashes)
        return words if is_whole else woven
    text = _Dressing(was, (one, other)).text(words.text)
    return woven if text is None else Woven(text, agree=words.agree, near=text not in {ours, theirs})


@dataclass(frozen=True)
class _Run:
    """Words of the base, from the first to the last, on which a side changed the marks in one way."""

    first: int
    last: int
    was: Marks
    now: Marks

    def holds(self, place: int) -> bool:
        return self.first <= place <= self.last


class _Doubt(Exception):
    """It is not plain which words the marks are to stand on."""


class _Dressing:
    """The words of both sides put together, and what marks they are to have."""

    def __init__(self, base: Marked, amended: tuple[Marked, Marked]) -> None:
        self.base = base
        self.amended = amended
        self.sides = tuple(Side.read(base.pieces, "".join(each.pieces)) for each in amended)
        self.runs = [list(self._runs(number)) for number in range(2)]

    def text(self, words: str) -> str | None:
        """The Markdown of these words, or nothing where there is doubt."""
        try:
            pieces = self._dressed()
        except _Doubt:
            return None
        if "".join(piece for piece, _ in pieces) != words:
            return None
        return marked(Marked(tuple(piece for piece, _ in pieces), tuple(marks for _, marks in pieces)))

    def _dressed(self) -> list[_Piece]:
        if any(_overlap(one, other) for one in self.runs[0] for other in self.runs[1] if one != other):
            raise _Doubt
        agreed = {edit.what for edit in self.sides[0].edits} & {edit.what for edit in self.sides[1].edits}
        changes = [self._dressed_edit(number, edit) for number in range(2) for edit in self._own(number, agreed)]
        changes += [self._agreed_edit(edit) for edit in agreed_changes(self.sides, agreed)]
        kept = list(zip(spaced(self.base.pieces, self.sides), self.base.marks, strict=True))
        for run in (*self.runs[0], *self.runs[1]):
            kept[run.first : run.last + 1] = [(piece, run.now) for piece, _ in kept[run.first : run.last + 1]]
        return applied(kept, changes)

    def _own(self, number: int, agreed: set[tuple[int, int, tuple[str, ...]]]) -> Iterator[Edit]:
        return (written for edit, written in self.sides[number].both() if edit.what not in agreed)

    # -- marks on words that stay

    def _runs(self, number: int) -> Iterator[_Run]:
        """Where a side changed the marks on words that it kept."""
        last: _Run | None = None
        for place, now in self._kept(number):
            was = self.base.marks[place]
            if self.base.pieces[place].isspace():
                continue
            if last and (was, now) == (last.was, last.now):
                last = _Run(last.first, place, was, now)
                continue
            if last:
                yield last
            last = _Run(place, place, was, now) if was != now else None
        if last:
            yield last

    def _kept(self, number: int) -> Iterator[tuple[int, Marks]]:
        place = shift = 0
        for edit in (*self.sides[number].edits, Edit(len(self.base.pieces), len(self.base.pieces), ())):
            for kept in range(place, edit.start):
                yield kept, self.amended[number].marks[kept + shift]
            place, shift = edit.end, shift + len(edit.words) - (edit.end - edit.start)

    # -- marks on words that are new

    def _dressed_edit(self, number: int, edit: Edit) -> "_Change":
        """A change of one side, with the marks that the other put on the words it replaces or stands among."""
        own = self._marks_of(number, edit)
        for run in self.runs[1 - number]:
            if not _is_near(run, edit, self.base.pieces):
                continue
            if not self._is_inside(run, edit, own):
                raise _Doubt
            own = [run.now] * len(own)
        return _Change(edit.start, edit.end, tuple(zip(edit.words, own, strict=True)))

    def _is_inside(self, run: _Run, edit: Edit, own: Sequence[Marks]) -> bool:
        """Whether the run goes on on both sides of the change, or the change is of all its words and no link's."""
        words = [place for place in range(edit.start, edit.end) if not self.base.pieces[place].isspace()]
        if any(mark != run.was for mark in own):
            return False
        if edit.start == edit.end:
            return run.first < edit.low and edit.high <= run.last
        is_cut = any(run.first <= place <= run.last for place in words) and not all(map(run.holds, words))
        is_whole = edit.low <= run.first and run.last < edit.high
        has_link = any(mark.startswith("](") for mark in (*run.was, *run.now))
        return not is_cut and not (is_whole and (has_link or not edit.words))

    def _agreed_edit(self, edit: Edit) -> "_Change":
        marks = [self._marks_of(number, edit) for number in range(2)]
        if marks[0] != marks[1]:
            raise _Doubt
        return _Change(edit.start, edit.end, tuple(zip(edit.words, marks[0], strict=True)))

    def _marks_of(self, number: int, edit: Edit) -> list[Marks]:
        """The marks that a side itself gave the words of a change."""
        before = (each for each in self.sides[number].edits if each.start < edit.start)
        start = edit.start + sum(len(each.words) - (each.end - each.start) for each in before)
        return list(self.amended[number].marks[start : start + len(edit.words)])


@dataclass(frozen=True)
class _Change:
    """Words of the base replaced by others with their marks."""

    start: int
    end: int
    words: tuple[_Piece, ...]


def _overlap(one: _Run, other: _Run) -> bool:
    return one.first <= other.last and other.first <= one.last


def _is_near(run: _Run, edit: Edit, pieces: Sequence[str]) -> bool:
    """Whether a change is of words in the run, or an insertion among them or at its ends."""
    if edit.start == edit.end:
        first = edit.low - 1 if edit.low and pieces[edit.low - 1].isspace() else edit.low
        last = edit.high + 1 if edit.high < len(pieces) and pieces[edit.high].isspace() else edit.high
        return first <= run.last + 1 and run.first <= last
    return edit.low <= run.last and run.first < edit.high
