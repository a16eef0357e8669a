"""The exact difference of two whole texts as hunks, from which either can be rebuilt sign by sign.

The texts are compared as they are, without bringing them into canonical form: block by block, then word by word.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from policies.text.align import align
from policies.text.diff import Hunk, Op, exact
from policies.text.model import Kind, Unit

__all__ = ["accepted", "hunks_of", "rejected"]

_BLOCK_START = re.compile(r"[ \t]*(?:[-*+>#]|\d+[.)])")


def hunks_of(old: str, new: str) -> tuple[Hunk, ...]:
    """What to keep, delete and insert, in order, to make the new text of the old one."""
    hunks: list[Hunk] = []
    for hunk in _compared(_blocks(old), _blocks(new)):
        if hunks and hunks[-1].op is hunk.op:
            hunks[-1] = Hunk(hunk.op, hunks[-1].text + hunk.text)
        else:
            hunks.append(hunk)
    return tuple(hunks)


def accepted(hunks: Sequence[Hunk]) -> str:
    """The new text: all hunks but the deleted ones."""
    return "".join(hunk.text for hunk in hunks if hunk.op is not Op.DELETE)


def rejected(hunks: Sequence[Hunk]) -> str:
    """The old text: all hunks but the inserted ones."""
    return "".join(hunk.text for hunk in hunks if hunk.op is not Op.INSERT)


def _compared(old: list[str], new: list[str]) -> Iterator[Hunk]:
    pairs = align(_units(old), _units(new), by_id=False)
    kept = [(pair.old, pair.new) for pair in pairs if pair.old is not None and pair.new is not None and not pair.moved]
    for (last_old, last_new), (next_old, next_new) in pairwise([(-1, -1), *kept, (len(old), len(new))]):
        yield from (Hunk(Op.DELETE, block) for block in old[last_old + 1 : next_old])
        yield from (Hunk(Op.INSERT, block) for block in new[last_new + 1 : next_new])
        if next_old < len(old):
            yield from exact(old[next_old], new[next_new])


def _units(blocks: list[str]) -> list[Unit]:
    return [Unit("", Kind.PARAGRAPH, 0, (), False, block, 0, 0, "") for block in blocks]


def _blocks(text: str) -> list[str]:
    """The text cut before each paragraph, list item, quote and heading; joined it is the text."""
    blocks: list[str] = []
    for line in text.splitlines(keepends=True):
        is_blank = not line.strip()
        is_new = not blocks or (not is_blank and (_ends_blank(blocks[-1]) or bool(_BLOCK_START.match(line))))
        if is_new:
            blocks.append(line)
        else:
            blocks[-1] += line
    return blocks


def _ends_blank(block: str) -> bool:
    return not block.splitlines()[-1].strip()
