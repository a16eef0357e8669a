"""Applying an amendment that is written in words."""

import re
from collections.abc import Sequence

from policies.errors import RuleBroken
from policies.text.canonical import normalise
from policies.text.instructions.checking import must_read
from policies.text.instructions.grammar import Grammar
from policies.text.instructions.headings import headings_of
from policies.text.instructions.lettering import lettered_on
from policies.text.instructions.pages import Page, Span
from policies.text.instructions.quotations import Source
from policies.text.instructions.reading import Reading
from policies.text.instructions.splicing import Edit, spliced
from policies.text.instructions.trailing import without_preamble
from policies.text.model import Kind, Unit

LONGEST_INSTRUCTION = 410_000
LONGEST_BASE = 400_000
AS_IT_STANDS = "Leave out all and insert what follows as it stands:\n"
NOTHING = re.compile(r"\s*(?:make )?no changes?\.?\s*", re.IGNORECASE)


def apply_instruction(base: str, instruction: str, lines: Sequence[Span] | None = None) -> str:
    """An instruction in words changes exactly the one place it names, or is refused with all the places it could mean.

    `lines` are the spans of the base's numbered lines where they are stored with it; without them a number counts
    only where the lines as typed and the lines as printed lead to the same place.
    """
    if len(base) > LONGEST_BASE or len(instruction) > LONGEST_INSTRUCTION:
        raise RuleBroken(f"A text or an instruction may have at most {LONGEST_BASE:,} characters.")
    text, said = normalise(base), normalise(instruction)
    if said.startswith(AS_IT_STANDS):
        return normalise(said.removeprefix(AS_IT_STANDS))
    if not said.strip():
        raise RuleBroken("The instruction is empty. Write for example: In line 14, delete “X” and insert “Y”.")
    page = Page(text, lines)
    if NOTHING.fullmatch(said):
        return text
    return amended(page, said)


def amended(page: Page, said: str) -> str:
    """The text of a page as an instruction in canonical form changes it."""
    grammar = Grammar(Source(without_preamble(said), headings_of(page)))
    parts = grammar.parts()
    if not parts:
        raise RuleBroken("The instruction asks for nothing. Write for example: In line 14, delete “X” and insert “Y”.")
    reading = Reading(page)
    edits = [edit for part in parts for edit in reading.edits(part)]
    result = renumbered = normalise(spliced(page, edits))
    if grammar.is_renumbered or any(part.verb in {"insert", "move", "swap", "divide", "apart"} for part in parts):
        renumbered = lettered_on(page, result, grammar.is_renumbered)
    if not _keeps_the_rest(page, edits, result) and not _keeps_the_rest(page, edits, renumbered):
        renumbered = lettered_on(page, result, is_asked=True)
        if not _keeps_the_rest(page, edits, renumbered):
            raise RuleBroken("That would make another paragraph, list or heading of what stands there. Name it whole.")
    for part in parts:
        must_read(page.text, renumbered, part.reads)
    return renumbered


def _keeps_the_rest(page: Page, edits: Sequence[Edit], result: str) -> bool:
    """Whether nothing becomes something else but the paragraphs that the instruction is about."""
    if any(edit.start == 0 and edit.end == len(page.text) for edit in edits):
        return True
    before, after = page.units, Page(result).units
    if len(edits) == 1 and edits[0].is_order:
        return sorted(map(_all_of_it, before)) == sorted(map(_all_of_it, after))
    starts = [page.unit_at(edit.start) for edit in edits]
    ends = [page.unit_at(edit.end) for edit in edits]
    head, tail = max(0, min(starts)), len(before) - max(ends) - 1
    is_within = starts == ends and not any(edit.exact or "\n" in edit.new for edit in edits)
    return (
        [*map(_all_of_it, before[:head])] == [*map(_all_of_it, after[:head])]
        and [*map(_all_of_it, before[len(before) - tail :])] == [*map(_all_of_it, after[len(after) - tail :])]
        and (not is_within or [*map(_sort, before)] == [*map(_sort, after)])
    )


def _sort(unit: Unit) -> tuple[Kind, int]:
    return unit.kind, unit.level


def _all_of_it(unit: Unit) -> tuple[Kind, int, str]:
    return unit.kind, unit.level, unit.markdown
