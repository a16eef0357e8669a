"""Writing an amendment in words, so that whoever applies the words has the amended text."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate

from policies.errors import RuleBroken
from policies.text.canonical import normalise
from policies.text.diff import Hunk, Op, exact, readable
from policies.text.instructions.applying import AS_IT_STANDS, LONGEST_BASE, apply_instruction
from policies.text.instructions.grammar import ORDINALS
from policies.text.instructions.pages import Page
from policies.text.instructions.quotations import cut
from policies.text.instructions.reading import edits_of
from policies.text.instructions.splicing import spliced
from policies.text.words import tokens

MOST_CONTEXT = 6
LONGEST_QUOTED = 16
MOST_SENTENCES = 60
_HERE = "\0"
_MARKS = (("“", "”"), ('"', '"'), ("‘", "’"), ("«", "»"))
_NTH = {number: word for word, number in reversed(ORDINALS.items()) if number > 0}


def instruct(base: str, amended: str) -> str:
    """Whoever applies the instruction written for two texts has the amended one, to the letter."""
    if len(base) > LONGEST_BASE or len(amended) > LONGEST_BASE:
        raise RuleBroken(f"A text may have at most {LONGEST_BASE:,} characters.")
    old, new = normalise(base), normalise(amended)
    if old == new:
        return "Make no change."
    if not new:
        return "Leave out all."
    for hunks in (readable(old, new), exact(old, new)):
        said = _in_sentences(Page(old), hunks)
        if said and _gives(old, said, new):
            return said
    return AS_IT_STANDS + new


def _gives(old: str, said: str, new: str) -> bool:
    try:
        return apply_instruction(old, said) == new
    except RuleBroken:
        return False


@dataclass(frozen=True)
class _Change:
    """The tokens of the base from `first` up to, not including, `end` become `new`."""

    first: int
    end: int
    new: str


def _in_sentences(page: Page, hunks: tuple[Hunk, ...]) -> str | None:
    """One sentence for each change; None where a change cannot be said in words alone."""
    writer = _Writer(page)
    changes = _changes(hunks)
    if len(changes) > MOST_SENTENCES:
        return None
    sentences = [writer.sentence(change) for change in changes]
    written = [sentence for sentence in sentences if sentence]
    return "\n".join(f"{sentence}." for sentence in written) if len(written) == len(sentences) else None


def _changes(hunks: tuple[Hunk, ...]) -> list[_Change]:
    changes: list[_Change] = []
    place = 0
    for hunk in hunks:
        size = len(tokens(hunk.text))
        if hunk.op is Op.EQUAL:
            place += size
            continue
        end = place + size if hunk.op is Op.DELETE else place
        new = "" if hunk.op is Op.DELETE else hunk.text
        if changes and changes[-1].end == place:
            last = changes.pop()
            changes.append(_Change(last.first, end, last.new + new))
        else:
            changes.append(_Change(place, end, new))
        place = end
    return changes


def quoted(words: str) -> str | None:
    """The words in the first marks that do not clash with them; None where all do."""
    for opening, closing in _MARKS:
        said = f"{opening}{words}{closing}"
        try:
            if cut(said).quotations == (words,) and cut(said).shape == "Q0":
                return said
        except RuleBroken:
            continue
    return None


class _Writer:
    """Finds the shortest sentence that makes one change and nothing else."""

    def __init__(self, page: Page) -> None:
        self._page = page
        self._tokens = tokens(page.text)
        self._places = [0, *accumulate(len(token) for token in self._tokens)]

    def sentence(self, change: _Change) -> str | None:
        """The first sentence that makes exactly this change."""
        start, end = self._places[change.first], self._places[change.end]
        wanted = self._page.text[:start] + change.new + self._page.text[end:]
        return next((said for said in self._sentences(change) if said and self._makes(said, wanted)), None)

    def _makes(self, said: str, wanted: str) -> bool:
        try:
            return spliced(self._page, edits_of(self._page, cut(said))) == wanted
        except RuleBroken:
            return False

    def _sentences(self, change: _Change) -> Iterator[str | None]:
        if "\n" in change.new or "\n" in self._old(change):
            yield from self._of_blocks(change)
        if change.first == change.end:
            yield from self._insertions(change)
        for context in range(MOST_CONTEXT + 1):
            yield from self._around(change, context)
        if "\n" not in change.new:
            yield from self._of_blocks(change)

    def _old(self, change: _Change) -> str:
        return "".join(self._tokens[change.first : change.end])

    def _insertions(self, change: _Change) -> Iterator[str | None]:
        new = quoted(change.new.strip(" "))
        if not new or not change.new.strip():
            return
        if change.first >= len(self._tokens) - 1:
            yield f"Insert at end {new}"
        for size in range(1, 2 * MOST_CONTEXT, 2):
            before = "".join(self._tokens[max(0, change.first - size) : change.first]).strip()
            yield from self._named(before, change.first, f"After {_HERE}, insert {new}")
        after = "".join(self._tokens[change.first : change.first + 2 * MOST_CONTEXT]).strip()
        yield from self._named(after, change.first, f"Before {_HERE}, insert {new}")

    def _named(self, words: str, token: int, said: str) -> Iterator[str | None]:
        """The words as an anchor, and with the ordinal of the place that is meant."""
        anchor = quoted(words) if words else None
        if not anchor:
            return
        spans = self._page.find(words)[0]
        if len(spans) == 1:
            yield said.replace(_HERE, anchor, 1)
            return
        near = self._places[token]
        for place, span in enumerate(spans[: len(_NTH)], start=1):
            if span[0] - 1 <= near <= span[1] + 1:
                yield said.replace(_HERE, f"{_NTH[place]} {anchor}", 1)

    def _around(self, change: _Change, context: int) -> Iterator[str | None]:
        """The change with some of the tokens about it, all of them in one passage."""
        first, end = max(0, change.first - context), min(len(self._tokens), change.end + context)
        old = "".join(self._tokens[first:end]).strip()
        new = "".join([*self._tokens[first : change.first], change.new, *self._tokens[change.end : end]]).strip(" ")
        target = new and quoted(new)
        if target is None:
            return
        then = f" and insert {target}" if target else ""
        if end - first > 2 * LONGEST_QUOTED:
            size = 2 * (context + 2) - 1
            opening, closing = self._tokens[first : first + size], self._tokens[end - size : end]
            head, tail = quoted("".join(opening).strip()), quoted("".join(closing).strip())
            if head and tail:
                yield f"Leave out from {head} to {tail}{then}"
            yield f"Leave out from {head} to end{then}" if head and end == len(self._tokens) else None
            return
        yield from self._named(old, change.first, f"Leave out {_HERE}{then}")

    def _of_blocks(self, change: _Change) -> Iterator[str | None]:
        """Whole paragraphs and items, by their clause numbers."""
        page = self._page
        start, end = self._places[change.first], self._places[change.end]
        index, last = page.unit_at(max(start - 1, 0)), page.unit_at(max(end - 1, 0))
        names = {place: page.units[place].clause for place in range(max(index, 0), min(last + 2, len(page.units)))}
        new = change.new.strip("\n")
        for place, clause in names.items():
            if not clause:
                continue
            if start == end and (words := quoted(new)):
                yield f"After clause {clause}, insert new paragraph {words}"
                yield f"Before clause {clause}, insert new paragraph {words}"
                bare = quoted(new.lstrip(" -*+0123456789."))
                yield f"After clause {clause}, insert new item {bare}" if bare else None
            elif not new:
                yield f"Leave out clause {clause}"
            if page.blocks[place][0] <= start and end <= page.blocks[place][1]:
                yield self._replaced(place, start, end, change.new)

    def _replaced(self, place: int, start: int, end: int, new: str) -> str | None:
        page, (low, high) = self._page, self._page.contents[place]
        words = quoted(page.text[low:start] + new + page.text[end:high]) if low <= start else None
        return f"Replace clause {page.units[place].clause} with {words}" if words else None
