"""What comes of putting two amendments together: a verdict, a text or the places in conflict, and what to read."""

from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from itertools import takewhile

from policies.text.lines import Line, printed_lines
from policies.text.model import Unit
from policies.text.render import plain_with_marks
from policies.text.units import Document
from policies.text.words import signs

__all__ = ["Conflict", "Merge", "Verdict", "line_of"]


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


def line_of(units: tuple[Unit, ...], unit_id: str, start: int) -> int:
    """The number of the printed line on which a place in a unit's Markdown stands."""
    lines = _printed(units)
    own = [line for line in lines if line.unit_id == unit_id]
    unit = next((unit for unit in units if unit.unit_id == unit_id), None)
    if unit is None or not own:
        return len(lines)
    before = signs(plain_with_marks(unit.markdown[:start]))
    ends = [0]
    for line in own[:-1]:
        ends.append(ends[-1] + signs(line.text) + 1)
    return own[0].number + len(list(takewhile(lambda end: end <= before, ends[1:])))


@lru_cache(maxsize=8)
def _printed(units: tuple[Unit, ...]) -> tuple[Line, ...]:
    """The lines of a text, broken once for all its conflicts: there may be one in every unit."""
    return printed_lines(units)
