"""Where the numbered lines of a text stand in its source, so that "in line 14" leads to the words printed there."""

import re
from collections.abc import Sequence
from itertools import accumulate, groupby

from policies.text.lines import printed_lines
from policies.text.model import Kind, Unit

Span = tuple[int, int]
_WORD = re.compile(r"\S+")


def line_places(text: str, units: Sequence[Unit]) -> list[Span] | None:
    """The place of each printed line in a canonical text; none where marks keep words and source from going together.

    A line begins where its first word does and reaches to the first word of the next one of its unit.
    """
    starts = [0, *accumulate(len(line) + 1 for line in text.split("\n"))]
    counts = {
        unit_id: [len(line.text.split()) for line in lines]
        for unit_id, lines in groupby(printed_lines(units), key=lambda line: line.unit_id)
    }
    places: list[Span] = []
    for unit in units:
        start, end = starts[unit.first_line], starts[unit.last_line] - 1
        words = _own_words(text[start:end], unit)
        if words is None or len(words) != sum(counts[unit.unit_id]):
            return None
        firsts = [start + words[at] for at in accumulate(counts[unit.unit_id][:-1], initial=0)] if words else [start]
        places += zip(firsts, [*firsts[1:], end], strict=True)
    return places


def _own_words(block: str, unit: Unit) -> list[int] | None:
    """Where the words of a unit begin in its block, after its marker; none where other signs stand among them."""
    found = [word for word in _WORD.finditer(block) if unit.kind is not Kind.QUOTE or word.group().strip(">")]
    sought = unit.markdown.split()
    own = found[len(found) - len(sought) :]
    return [word.start() for word in own] if [word.group() for word in own] == sought else None
