"""A text as an instruction points at it: its words, its numbered lines and its paragraphs."""

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate

from policies.text.layout import Lines, layout, marker
from policies.text.lines import printed_lines
from policies.text.model import Kind, Unit
from policies.text.reading import units_without_ids
from policies.text.words import is_word, tokens

MEASURE = 80
Span = tuple[int, int]

_FOLDED = {**dict.fromkeys("‘’‛′ʼ", "'"), **dict.fromkeys("“”„‟", '"'), **dict.fromkeys("‐‑‒–—−", "-")}
_WITHOUT_SPACES = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]"
)
_MARKUP = re.compile(
    r"\[(?P<link>[^\[\]\n]{1,300})\]\([^()\s]{0,500}\)|\*{1,3}(?=\S)|(?<=\S)\*{1,3}|(?<!\w)_{1,3}(?=\w)|(?<=[\w.])_{1,3}(?!\w)"
)
_LINK_END = re.compile(r"\]\([^()\s]{0,500}\)")
LONGEST_TYPED = 100
_BLANK = re.compile(r"\n\s*\n")


@dataclass(frozen=True)
class Folded:
    """A text with one form for each kind of quotation mark, dash and space; `starts` and `ends` lead back."""

    text: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]


def folded(text: str, joints: frozenset[int] = frozenset()) -> Folded:
    """Fold a text; at `joints`, the breaks between two lines of a quote, the marker counts as space."""
    signs: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    for found in re.finditer(r"\s+|\S", text):
        piece = found.group()
        if signs and starts[-1] in joints and signs[-1] == " " and (piece == ">" or piece.isspace()):
            ends[-1] = found.end()
            continue
        if piece.isspace():
            piece = "\n" if _BLANK.search(piece) else " "
        signs.append(_FOLDED.get(piece, piece))
        starts.append(found.start())
        ends.append(found.end())
    return Folded("".join(signs), tuple(starts), tuple(ends))


@dataclass(frozen=True)
class Page:
    """A canonical text; `lines` are the spans of its numbered lines where they are stored with it."""

    text: str
    lines: Sequence[Span] | None = None

    @cached_property
    def units(self) -> tuple[Unit, ...]:
        """The units of the text."""
        return tuple(units_without_ids(self.text))

    @cached_property
    def _line_starts(self) -> list[int]:
        return [0, *accumulate(len(line) + 1 for line in self.text.split("\n"))]

    @cached_property
    def blocks(self) -> tuple[Span, ...]:
        """Where each unit stands, its marker included."""
        starts = self._line_starts
        return tuple((starts[unit.first_line], starts[unit.last_line] - 1) for unit in self.units)

    @cached_property
    def contents(self) -> tuple[Span, ...]:
        """Where each unit stands, without its marker."""
        lines: tuple[Lines, ...] = layout(self.text, self.units).blocks
        return tuple(
            (min(start + len(marker(unit, block)), end), end)
            for unit, block, (start, end) in zip(self.units, lines, self.blocks, strict=True)
        )

    def without_space(self, start: int, end: int) -> int:
        """Where the passage from `start` to `end` ends without the space after it."""
        while end > start and self.text[end - 1].isspace():
            end -= 1
        return end

    def unit_at(self, place: int) -> int:
        """The index of the unit that this place is in or after; -1 before the first."""
        return bisect_right(self.blocks, (place, len(self.text))) - 1

    @cached_property
    def _folded(self) -> Folded:
        joints = {
            start - 1
            for unit in self.units
            if unit.kind is Kind.QUOTE
            for start in self._line_starts[unit.first_line + 1 : unit.last_line]
        }
        return folded(self.text, frozenset(joints))

    @cached_property
    def _token_ends(self) -> frozenset[int]:
        return frozenset([0, *accumulate(len(token) for token in tokens(self.text))])

    def find(self, words: str) -> tuple[list[Span], list[Span]]:
        """Where these words stand as whole words, marks left aside, and where they are a part of longer ones."""
        sought = folded(words).text
        whole: dict[Span, None] = {}
        parts: dict[Span, None] = {}
        for page in (self._folded, self._bare):
            at = page.text.find(sought) if page else -1
            while page and sought and at >= 0:
                span = self.with_marks(page.starts[at], page.ends[at + len(sought) - 1])
                is_whole = self.is_between_words(span[0]) and self.is_between_words(span[1])
                (whole if is_whole else parts)[span] = None
                at = page.text.find(sought, at + 1)
        return sorted(whole), sorted(parts)

    def with_marks(self, start: int, end: int) -> Span:
        """The passage with the marks right at its ends that close or open a format begun or ended within it."""
        text = self.text
        for mark in ("**", "*"):
            if _count(text[start:end], mark) % 2:
                if text[end : end + len(mark)] == mark:
                    end += len(mark)
                elif text[max(0, start - len(mark)) : start] == mark:
                    start -= len(mark)
        link = _LINK_END.match(text, end)
        if link and text.count("[", start, end) > text.count("](", start, end):
            end = link.end()
        elif text[max(0, start - 1) : start] == "[" and text.count("](", start, end) > text.count("[", start, end):
            start -= 1
        return start, end

    @cached_property
    def _bare(self) -> Folded | None:
        """The text as it is read, without marks; nothing where it has none."""
        shown = self.visible
        if len(shown) == len(self.text):
            return None
        page = folded("".join(self.text[place] for place in shown))
        starts = tuple(shown[place] for place in page.starts)
        return Folded(page.text, starts, tuple(shown[place - 1] + 1 for place in page.ends))

    def is_between_words(self, place: int) -> bool:
        """Whether no word is cut here; scripts that write no spaces may be cut between any two signs."""
        if place in self._token_ends:
            return True
        before, after = self.text[place - 1], self.text[place]
        return bool(_WITHOUT_SPACES.match(before) and _WITHOUT_SPACES.match(after)) and not _is_mark(after)

    @cached_property
    def numberings(self) -> tuple[Sequence[Span], ...]:
        """The ways in which the lines may be counted: as stored; else as printed, and as typed with or without blanks.

        A text that was broken by hand into lines of at most a hundred signs has those lines and no others.
        """
        if self.lines is not None:
            return (self.lines,)
        starts = self._line_starts
        typed = [(start, end - 1) for start, end in zip(starts, starts[1:], strict=False)]
        filled = [span for span in typed if self.text[span[0] : span[1]].strip()]
        if len(filled) > len(self.units) and all(end - start <= LONGEST_TYPED for start, end in filled):
            return (filled, typed)
        wrapped = [part for start, end in typed for part in self._wrapped(start, end)]
        return (self._printed() or wrapped, wrapped, filled, typed)

    def _printed(self) -> list[Span]:
        """The lines of a page of the platform, found in the source; nothing where they cannot be followed there."""
        found: list[Span] = []
        shown = self.visible
        at = 0
        text = "".join(self.text[place] for place in shown)
        for line in printed_lines(self.units):
            words = line.text.split()
            places = []
            for word in words:
                at = text.find(word, at, at + len(word) + 400)
                if at < 0:
                    return []
                places.append(at)
                at += len(word)
            if not places:
                return []
            found.append((shown[places[0]], shown[at - 1] + 1))
        found = [(self._line_start(start), end) for start, end in found]
        ends = [*(start for start, _ in found[1:]), len(self.text)]
        return [(start, end) for (start, _), end in zip(found, ends, strict=False)]

    def _line_start(self, place: int) -> int:
        """The beginning of a line of the source where nothing but marks stands before this place."""
        start = self.text.rfind("\n", 0, place) + 1
        return place if place - start > 40 or self.text[start:place].strip(" #>*-+_[0123456789.)") else start

    @cached_property
    def visible(self) -> list[int]:
        """The places of the signs that a reader sees: without emphasis marks, and of a link its words alone."""
        return [place for place in range(len(self.text)) if place not in self.hidden]

    @cached_property
    def hidden(self) -> set[int]:
        """The places of emphasis marks, and of all of a link but its words."""
        hidden: set[int] = set()
        for found in _MARKUP.finditer(self.text):
            if found.group("link") is None:
                hidden.update(range(*found.span()))
            else:
                hidden.add(found.start())
                hidden.update(range(found.end("link"), found.end()))
                hidden.update(
                    found.start("link") + place for place, sign in enumerate(found.group("link")) if sign == "*"
                )
        return hidden

    def _wrapped(self, start: int, end: int) -> list[Span]:
        """One line of the source broken at spaces; an empty one has no number."""
        parts: list[Span] = []
        first, width = start, 0
        for word in re.finditer(r"\S+\s*", self.text[start:end]):
            size = sum(not _is_mark(sign) for sign in word.group().rstrip())
            if width and width + size > MEASURE:
                parts.append((first, start + word.start()))
                first, width = start + word.start(), 0
            width += size + len(word.group()) - len(word.group().rstrip())
        return [*parts, (first, end)] if width else parts

    def line_of(self, place: int) -> int:
        """The number of the line this place is in, as printed."""
        return max(bisect_right([start for start, _ in self.numberings[0]], place), 1)

    def around(self, span: Span) -> str:
        """The line of a place with the words about it, for a refusal."""
        start, end = max(0, span[0] - 25), min(len(self.text), span[1] + 25)
        before = self.text[start : span[0]].split(" ", 1)[-1] if start else self.text[: span[0]]
        after = self.text[span[1] : end].rsplit(" ", 1)[0]
        shown = " ".join(f"{before}{self.text[span[0] : min(span[1], span[0] + 60)]}{after}".split())
        return f"line {self.line_of(span[0])} (“… {shown} …”)"


def _is_mark(sign: str) -> bool:
    return unicodedata.category(sign) in {"Mn", "Me", "Cf"}


def is_wordlike(sign: str) -> bool:
    """Whether a sign needs a space between itself and a word."""
    return is_word(sign) and not _WITHOUT_SPACES.match(sign)


def _count(words: str, mark: str) -> int:
    """How often a mark stands in these words; a single star does not count within a double one."""
    return words.count("**") if mark == "**" else words.replace("**", "").count("*")


def is_whole(words: str) -> bool:
    """Whether no mark of emphasis and no link begins in these words without ending there, or the other way round."""
    stars = all(not _count(words, mark) % 2 for mark in ("**", "*"))
    return stars and words.count("](") <= words.count("[")
