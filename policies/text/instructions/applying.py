"""Applying an amendment that is written in words."""

import re
from collections.abc import Sequence

from policies.errors import RuleBroken
from policies.text.canonical import normalise
from policies.text.instructions.grammar import NOTHING
from policies.text.instructions.pages import Page, Span
from policies.text.instructions.quotations import Instruction, cut
from policies.text.instructions.reading import edits_of
from policies.text.instructions.splicing import Edit, spliced
from policies.text.model import Kind, Unit

LONGEST_INSTRUCTION = 410_000
LONGEST_BASE = 400_000
AS_IT_STANDS = "Leave out all and insert what follows as it stands:\n"
# An instruction may end with words that are in no quotation marks, after a colon.
_UNQUOTED = re.compile(r"([^\"“”„'‘’«»‹›:]{1,200}):\s*([^\"“”„'‘’«»‹›\s].*)", re.DOTALL)
_LOOKS_LIKE_MORE = re.compile(
    r"(?:\n|;|\. )\s{0,20}(?:\(?\w{1,3}[.)]\s*)?(?:and |then )?(?:in line|in para|leave out|delete|insert|add|omit"
    r"|remove|replace|substitute|after|before|at end|at the end|strike|line|lines|paragraph)\b",
    re.IGNORECASE,
)


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
    shaped = _cut(said)
    if NOTHING.fullmatch(shaped.shape):
        return text
    edits = edits_of(page, shaped)
    if not edits:
        raise RuleBroken("The instruction asks for nothing. Write for example: In line 14, delete “X” and insert “Y”.")
    result = normalise(spliced(page, edits))
    _must_keep_the_rest(page, edits, result)
    return result


def _cut(said: str) -> Instruction:
    unquoted = _UNQUOTED.fullmatch(said)
    if unquoted:
        head = cut(unquoted.group(1))
        if (
            re.search(
                r"\b(?:insert|add|new (?:paragraph|bullet|item|clause)|with|by|substitute|to read|end|new .* \d+)$",
                head.shape,
            )
            and not head.quotations
        ):
            words = unquoted.group(2)
            if _LOOKS_LIKE_MORE.search(words):
                raise RuleBroken("Put the new words in quotation marks, so that it is clear where they end.")
            return Instruction(
                said, f"{head.shape} Q0", (words,), (*head.starts, (len(head.shape) + 1, unquoted.start(2)))
            )
    return cut(said)


def _must_keep_the_rest(page: Page, edits: Sequence[Edit], result: str) -> None:
    """Refuse what would make something else of a paragraph than the instruction says."""
    if any(edit.start == 0 and edit.end == len(page.text) for edit in edits):
        return
    before, after = page.units, Page(result).units
    starts = [page.unit_at(edit.start) for edit in edits]
    ends = [page.unit_at(edit.end) for edit in edits]
    head, tail = max(0, min(starts)), len(before) - max(ends) - 1
    is_within = starts == ends and not any(edit.exact or "\n" in edit.new for edit in edits)
    if (
        [*map(_all_of_it, before[:head])] != [*map(_all_of_it, after[:head])]
        or [*map(_all_of_it, before[len(before) - tail :])] != [*map(_all_of_it, after[len(after) - tail :])]
        or (is_within and [*map(_sort, before)] != [*map(_sort, after)])
    ):
        raise RuleBroken("That would make another paragraph, list or heading of what stands there. Name it whole.")


def _sort(unit: Unit) -> tuple[Kind, int]:
    return unit.kind, unit.level


def _all_of_it(unit: Unit) -> tuple[Kind, int, str]:
    return unit.kind, unit.level, unit.markdown
