"""Line numbers, as a print with a fixed measure has them.

A line holds as many signs as its kind of unit allows, a sign being what a reader takes for one, and breaks between
words. A word longer than a line has a line of its own. Blank lines are not counted.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from policies.text.model import Kind, Unit
from policies.text.render import plain_with_marks
from policies.text.words import signs

MEASURE = {Kind.PARAGRAPH: 80, Kind.HEADING: 60, Kind.LIST_ITEM: 76, Kind.QUOTE: 76, Kind.FOOTNOTE: 76}
"""How many signs a line of each kind of unit holds; inside lists and quotes four fewer for each further level."""

SHORTEST = 40
"""No line is shorter than this, however deep it stands."""


@dataclass(frozen=True)
class Line:
    """One printed line of a unit: its number in the text and its words."""

    number: int
    unit_id: str
    text: str


def printed_lines(units: Sequence[Unit]) -> tuple[Line, ...]:
    """Every line of a text as it is printed, numbered from 1 through the whole text."""
    lines: list[Line] = []
    for unit in units:
        for words in broken(plain_with_marks(unit.markdown), measure(unit)):
            lines.append(Line(len(lines) + 1, unit.unit_id, words))
    return tuple(lines)


def measure(unit: Unit) -> int:
    """How many signs a line of this unit holds."""
    if unit.kind is Kind.HEADING:
        return MEASURE[unit.kind]
    return max(SHORTEST, MEASURE[unit.kind] - 4 * max(0, unit.level - 1))


def broken(words: str, width: int) -> list[str]:
    """The words in lines of at most so many signs; a word longer than a line has a line of its own."""
    lines: list[str] = []
    room = 0
    for word in words.split(" "):
        length = signs(word)
        if lines and length < room:
            lines[-1] += f" {word}"
            room -= length + 1
        else:
            lines.append(word)
            room = width - length
    return lines
