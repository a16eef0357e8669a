"""What comes of putting two amendments together: a verdict, a text or the places in conflict, and what to read."""

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import accumulate

from policies.text.lines import Line, printed_lines
from policies.text.model import Unit
from policies.text.render import plain_with_marks
from policies.text.units import Document
from policies.text.weave import PARAGRAPH_END
from policies.text.words import signs

__all__ = ["Conflict", "LinePlaces", "Merge", "Verdict"]


# Words in which no sign can be a mark, with one space or line end between each two.
_AS_WRITTEN = re.compile(r"[A-Za-z0-9,;.?%'-]+(?:[ \n][A-Za-z0-9,;.?%'-]+)*")


class Verdict(StrEnum):
    """How close two amendments come to each other. The values are stored."""

    UNTOUCHED = "untouched"
    """They change different units."""
    NEAR = "near"
    """They change different words of one unit, or one place of the text: to be read before it is accepted."""
    REDUNDANT = "redundant"
    """Some changes are the same on both sides and are made once."""
    CONFLICT = "conflict"
    """They change the same words: a person settles it, or a vote."""


@dataclass(frozen=True)
class Conflict:
    """One place where a person has to choose: the base's words, and what each side makes of them.

    `unit` is the unit's id in the base, "title", or "text" where the two do not fit together as a whole; `context` is
    the unit's whole wording in the base; `line` its printed line there, 0 for the title.
    """

    unit: str
    base: str
    ours: str
    theirs: str
    context: str
    line: int


@dataclass(frozen=True)
class Merge:
    """The outcome; there is a document exactly where there is no conflict."""

    verdict: Verdict
    document: Document | None
    conflicts: tuple[Conflict, ...] = ()
    notes: tuple[str, ...] = ()
    agree: bool = False
    """Whether some changes are the same on both sides, and so in the text once."""

    @property
    def text(self) -> str | None:
        """The merged text; nothing where there is a conflict."""
        return self.document.text if self.document else None


class LinePlaces:
    """On which printed lines the units of a text stand, counted once for however many places are asked for."""

    def __init__(self, units: Sequence[Unit]) -> None:
        self._units = {unit.unit_id: unit for unit in units}
        self._ends: dict[str, list[int]] = {}
        self._printed_as_written: dict[str, bool] = {}
        self._lines: dict[str, list[Line]] = defaultdict(list)
        self._last = 0
        for line in printed_lines(units):
            self._lines[line.unit_id].append(line)
            self._last = line.number

    def line_of(self, unit_id: str, start: int) -> int:
        """The number of the printed line on which a place in a unit's Markdown stands.

        A place past its end is in the paragraphs after it, where they were taken as one.
        """
        if unit_id not in self._units:
            return self._last
        unit_id, start = self._part(unit_id, start)
        own = self._lines[unit_id]
        if not start:
            return own[0].number
        if unit_id not in self._ends:
            self._ends[unit_id] = list(accumulate(signs(line.text) + 1 for line in own[:-1]))
        return own[0].number + bisect_right(self._ends[unit_id], self._signs_before(unit_id, start))

    def _part(self, unit_id: str, start: int) -> tuple[str, int]:
        if start <= len(self._units[unit_id].markdown):
            return unit_id, start
        names = list(self._units)
        at = names.index(unit_id)
        while at + 1 < len(names) and start > len(self._units[names[at]].markdown):
            start -= len(self._units[names[at]].markdown) + len(PARAGRAPH_END)
            at += 1
        return names[at], max(start, 0)

    def _signs_before(self, unit_id: str, start: int) -> int:
        """How many signs of a unit are printed before a place in its Markdown."""
        before = self._units[unit_id].markdown[:start]
        if unit_id not in self._printed_as_written:
            self._printed_as_written[unit_id] = bool(_AS_WRITTEN.fullmatch(self._units[unit_id].markdown))
        if self._printed_as_written[unit_id]:
            return len(before) - before[-1:].isspace()
        return signs(plain_with_marks(before))
