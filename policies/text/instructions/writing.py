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
    told = (_in_sentences(Page(old), hunks(old, new)) for hunks in (readable, exact))
    return next((said for said in told if _gives(old, said, new)), AS_IT_STANDS + new)


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


def _in_sentences(page: Page, hunks: tuple[Hunk, ...]) -> str:
    """One sentence for each change; nothing where there are too many, or one cannot be said in words alone."""
    changes = _changes(hunks)
    writer = _Writer(page)
    sentences = [writer.sentence(change) for change in changes[:MOST_SENTENCES]]
    return "".join(f"{sentence}.\n" for sentence in sentences).strip() if "" not in sentences else ""


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


def quoted(words: str) -> str:
    """The words in the first marks that do not clash with them; nothing where all do, which no instruction may say."""
    return next((said for opening, closing in _MARKS if _holds(said := f"{opening}{words}{closing}", words)), "")


def _holds(said: str, words: str) -> bool:
    try:
        instruction = cut(said)
    except RuleBroken:
        return False
    return instruction.shape == "Q0" and instruction.quotations == (words,)


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
            return spliced(self._page, edits_of(self._page, cut(said))) == wanted
        except RuleBroken:
            return False

    def _sentences(self, change: _Change) -> Iterator[str]:
        """What could say this change, the shortest and plainest first; not all of it does, or can be said at all."""
        has_blocks = "\n" in change.new + "".join(self._tokens[change.first : change.end])
        if has_blocks:
            yield from self._of_blocks(change)
        if change.first == change.end:
            yield from self._insertions(change)
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

    def _of_blocks(self, change: _Change) -> Iterator[str]:
        """Whole paragraphs and items, by their clause numbers."""
        page = self._page
        start, end = self._places[change.first], self._places[change.end]
        first, last = page.unit_at(max(start - 1, 0)), page.unit_at(max(end - 1, 0))
        new = change.new.strip("\n")
        for place in range(max(first, 0), min(last + 2, len(page.units))):
            clause = page.units[place].clause
            low, high = page.contents[place]
            if start < end:
                yield f"Leave out clause {clause}"
            else:
                yield f"After clause {clause}, insert new paragraph {quoted(new)}"
                yield f"Before clause {clause}, insert new paragraph {quoted(new)}"
                yield f"After clause {clause}, insert new item {quoted(new.lstrip(' -*+0123456789.'))}"
            if low <= start and end <= high:
                yield f"Replace clause {clause} with {quoted(page.text[low:start] + change.new + page.text[end:high])}"
