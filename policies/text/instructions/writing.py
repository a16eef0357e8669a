"""Writing an amendment in words, so that whoever applies the words has the amended text."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, takewhile

from policies.errors import RuleBroken
from policies.text.align import anchors, longest_run
from policies.text.canonical import normalise
from policies.text.diff import Hunk, Op, exact, readable
from policies.text.instructions.applying import AS_IT_STANDS, LONGEST_BASE, apply_instruction
from policies.text.instructions.grammar import Grammar
from policies.text.instructions.namable import moved, name_of, quoted
from policies.text.instructions.numerals import ORDINALS
from policies.text.instructions.pages import Page
from policies.text.instructions.quotations import Source
from policies.text.instructions.reading import Reading
from policies.text.instructions.splicing import spliced
from policies.text.words import tokens

MOST_CONTEXT = 6
LONGEST_QUOTED = 16
MOST_SENTENCES = 60
MOST_LINES = 4 * MOST_SENTENCES
"""With more changed lines than this it is not looked which words have changed, but all between the ends is replaced."""

_MOST_BESIDE = 3
_HERE = "\0"
_NTH = {number: word for word, number in reversed(ORDINALS.items()) if number > 0}


@dataclass(frozen=True)
class _Change:
    """The tokens of the base from `first` up to, not including, `end` become `new`."""

    first: int
    end: int
    new: str


def instruct(base: str, amended: str) -> str:
    """Whoever applies the instruction written for two texts has the amended one, to the letter."""
    if len(base) > LONGEST_BASE or len(amended) > LONGEST_BASE:
        raise RuleBroken(f"A text may have at most {LONGEST_BASE:,} characters.")
    old, new = normalise(base), normalise(amended)
    if old == new:
        return "Make no change."
    if not new:
        return "Leave out all."
    page = Page(old)
    return next((said for said in _ways(page, new) if said and _gives(old, said, new)), AS_IT_STANDS + new)


def _ways(page: Page, new: str) -> Iterator[str]:
    """What could say the whole amendment: a move, a sentence for each change, or one for all that lies between."""
    yield moved(page, new)
    changes = _ends(page, new)
    if _changed_lines(page.text, new) <= MOST_LINES:
        for by_paragraph in (False, True):
            for hunks in (readable, exact):
                changes = _changes(hunks(page.text, new))
                yield _in_sentences(page, changes, by_paragraph)
    yield from _Writer(page).of_units(_Change(changes[0].first, changes[-1].end, _between(page, changes)), is_last=True)


def _changed_lines(old: str, new: str) -> int:
    """About how many lines are not where they were."""
    lines = [[line for line in text.split("\n") if line] for text in (old, new)]
    return max(map(len, lines)) - len(longest_run(anchors(*lines)))


def _ends(page: Page, new: str) -> list[_Change]:
    """All from the first line that differs to the last one, as one change."""
    old, now = tokens(page.text), tokens(new)
    head = _alike(old, now)
    while head and "\n" not in old[head - 1]:
        head -= 1
    tail = _alike(old[head:][::-1], now[head:][::-1])
    while tail and "\n" not in old[len(old) - tail - 1]:
        tail -= 1
    return [_Change(head, len(old) - tail, "".join(now[head : len(now) - tail]))]


def _alike(one: Sequence[str], other: Sequence[str]) -> int:
    return len(list(takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False))))


def _between(page: Page, changes: list[_Change]) -> str:
    """The new text from the first change to the last one."""
    found = tokens(page.text)
    pieces: list[str] = []
    place = changes[0].first
    for change in changes:
        pieces += [*found[place : change.first], change.new]
        place = change.end
    return "".join(pieces)


def _gives(old: str, said: str, new: str) -> bool:
    try:
        return apply_instruction(old, said) == new
    except RuleBroken:
        return False


def _in_sentences(page: Page, changes: list[_Change], by_paragraph: bool) -> str:
    """One sentence for each change, or for the paragraphs that it changes; nothing where there are too many."""
    if not by_paragraph and len(changes) > MOST_SENTENCES:
        return ""
    writer = _Writer(page)
    sentences: list[str] = []
    while changes and len(sentences) < MOST_SENTENCES and "" not in sentences:
        group = writer.group(changes) if by_paragraph else changes[:1]
        whole = _Change(group[0].first, group[-1].end, _between(page, group))
        sentences.append(next(writer.of_units(whole), "") if by_paragraph else writer.sentence(whole))
        changes = changes[len(group) :]
    return "".join(f"{sentence}.\n" for sentence in sentences).strip() if "" not in sentences and not changes else ""


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


class _Writer:
    """Finds the shortest sentence that makes one change and nothing else."""

    def __init__(self, page: Page) -> None:
        self._page = page
        self._tokens = tokens(page.text)
        self._places = [0, *accumulate(len(token) for token in self._tokens)]

    def sentence(self, change: _Change) -> str:
        """The first sentence that makes exactly this change."""
        start, end = self._places[change.first], self._places[change.end]
        wanted = self._page.text[:start] + change.new + self._page.text[end:]
        return next((said for said in self._sentences(change) if self._makes(said, wanted)), "")

    def _makes(self, said: str, wanted: str) -> bool:
        try:
            reading = Reading(self._page)
            edits = [edit for part in Grammar(Source(said)).parts() for edit in reading.edits(part)]
            return spliced(self._page, edits) == wanted
        except RuleBroken:
            return False

    def _sentences(self, change: _Change) -> Iterator[str]:
        """What could say this change, the shortest and plainest first; not all of it does, or can be said at all."""
        has_blocks = "\n" in change.new + "".join(self._tokens[change.first : change.end])
        if has_blocks:
            yield from self._of_blocks(change)
        if change.first == change.end:
            yield from self._insertions(change)
        if has_blocks:
            yield from self.of_units(change)
        for context in range(MOST_CONTEXT + 1):
            yield from self._around(change, context)
        if not has_blocks:
            yield from self._of_blocks(change)

    def _insertions(self, change: _Change) -> Iterator[str]:
        new = quoted(change.new.strip(" "))
        yield f"Insert at end {new}"
        is_spaced = "".join(self._tokens[: change.first][-1:]).isspace()
        for size in range(1, 2 * MOST_CONTEXT, 2):
            before = "".join(self._tokens[max(0, change.first - size - is_spaced) : change.first]).strip()
            after = "".join(self._tokens[change.first : change.first + size]).strip()
            if "\n" not in before:
                yield from self._named(before, change.first, f"After {_HERE}, insert {new}")
            if "\n" not in after:
                yield from self._named(after, change.first, f"Before {_HERE}, insert {new}")

    def _named(self, words: str, token: int, said: str) -> Iterator[str]:
        """The words as an anchor, and with the ordinal of the place that is meant."""
        spans = self._page.find(words)[0]
        near = self._places[token]
        for place, span in enumerate(spans[: len(_NTH)], start=1):
            if span[0] - 1 <= near <= span[1] + 1:
                which = "" if len(spans) == 1 else f"{_NTH[place]} "
                yield said.replace(_HERE, which + quoted(words), 1)

    def _around(self, change: _Change, context: int) -> Iterator[str]:
        """The change with some of the tokens about it, all of them in one passage."""
        first, end = max(0, change.first - context), min(len(self._tokens), change.end + context)
        old = "".join(self._tokens[first:end]).strip()
        new = "".join([*self._tokens[first : change.first], change.new, *self._tokens[change.end : end]]).strip(" ")
        then = f" and insert {quoted(new)}" if new else ""
        if end - first <= 2 * LONGEST_QUOTED:
            yield from self._named(old, change.first, f"Leave out {_HERE}{then}")
            return
        size = 2 * (context + 2) - 1
        head = quoted("".join(self._tokens[first : first + size]).strip())
        if end == len(self._tokens):
            yield f"Leave out from {head} to end{then}"
        yield f"Leave out from {head} to {quoted(''.join(self._tokens[end - size : end]).strip())}{then}"

    def group(self, changes: list[_Change]) -> list[_Change]:
        """The first change with all further ones that touch the same paragraphs."""
        found = [changes[0]]
        last = self._units(changes[0])[1]
        for change in changes[1:]:
            first, end = self._units(change)
            if first > last:
                break
            found.append(change)
            last = max(last, end)
        return found

    def _units(self, change: _Change) -> tuple[int, int]:
        """The first and last paragraph that a change touches; what is between two touches both."""
        page = self._page
        start, end = self._places[change.first], self._places[change.end]
        first, last = max(page.unit_at(start), 0), max(page.unit_at(end), 0)
        is_in_gap = page.units and end > page.blocks[last][1]
        return first, min(last + 1, len(page.units) - 1) if is_in_gap else last

    def of_units(self, change: _Change, is_last: bool = False) -> Iterator[str]:
        """Whole paragraphs in the place of those that a change touches, or beside them."""
        page = self._page
        if not page.units:
            return
        start, end = self._places[change.first], self._places[change.end]
        wanted = page.text[:start] + change.new + page.text[end:]
        gone = [place for place, (low, high) in enumerate(page.blocks) if start <= low and high <= end]
        if gone and not change.new.strip():
            yield from (one for one in self._replacing(gone[0], gone[-1], "", is_last) if self._makes(one, wanted))
        first, last = self._units(change)
        for low, high in ((first, last), (max(first - 1, 0), last), (first, min(last + 1, len(page.units) - 1))):
            begin, stop = min(page.blocks[low][0], start), max(page.blocks[high][1], end)
            new = page.text[begin:start] + change.new + page.text[end:stop]
            said = [one for one in self._replacing(low, high, new.strip("\n"), is_last) if self._makes(one, wanted)]
            yield from said[:1]

    def _replacing(self, low: int, high: int, new: str, is_last: bool) -> Iterator[str]:
        names = [self._name(low), self._name(high)]
        if not all(names):
            return
        passage = names[0] if low == high else f"from {names[0]} to {names[1]}"
        if not new.strip():
            yield f"Leave out {passage}"
        marker = self._page.text[self._page.blocks[low][0] : self._page.contents[low][0]]
        for words in (new.removeprefix(marker), new) if low == high else (new,):
            if said := quoted(words):
                yield f"Replace {passage} with {said}"
            elif is_last:
                yield f"Replace {passage} with:\n{words}"

    def _name(self, index: int) -> str:
        """What an instruction calls this paragraph."""
        return name_of(self._page, index)

    def _of_blocks(self, change: _Change) -> Iterator[str]:
        """Whole paragraphs and items, by their clause numbers."""
        page = self._page
        start, end = self._places[change.first], self._places[change.end]
        first, last = page.unit_at(max(start - 1, 0)), page.unit_at(max(end - 1, 0))
        new = change.new.strip("\n")
        if last - first > _MOST_BESIDE:
            return
        for place in range(max(first, 0), min(last + 2, len(page.units))):
            clause = page.units[place].clause
            low, high = page.contents[place]
            if start < end:
                yield f"Leave out {self._name(place)}"
            else:
                name = self._name(place)
                yield f"After {name}, insert new paragraph {quoted(new)}"
                yield f"Before {name}, insert new paragraph {quoted(new)}"
                yield f"After clause {clause}, insert new item {quoted(new.lstrip(' -*+0123456789.'))}"
            if low <= start and end <= high:
                yield f"Replace clause {clause} with {quoted(page.text[low:start] + change.new + page.text[end:high])}"
