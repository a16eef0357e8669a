"""Texts as blocks of a paper: one version with its lines and brackets, or two with every change tracked."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace

from app.papers.paper import Block
from policies.groups import GROUPS
from policies.text.diff import Op
from policies.text.dressed import Dressed, dressed, in_lines
from policies.text.lines import Line
from policies.text.model import Kind, Unit
from policies.text.tracked import Stretch, TrackedUnit, tracked, tracked_title
from policies.text.units import Document

DISCLAIMER = "Compass groups are not parties."


def blocks_of(units: Sequence[Unit], lines: Sequence[Line] = (), bracketed: Collection[str] = ()) -> tuple[Block, ...]:
    """A text as it stands; with `lines` they are numbered, and `bracketed` units stand in brackets."""
    by_unit: dict[str, list[Line]] = {}
    for line in lines:
        by_unit.setdefault(line.unit_id, []).append(line)
    blocks = [_block(unit, by_unit.get(unit.unit_id, []), unit.unit_id in bracketed) for unit in units]
    return tuple(_without_leaps(blocks, under=0))


def changes_of(old: Document, new: Document) -> tuple[Block, ...]:
    """Two wordings in one, the title first: accepted it is the new one, refused the old one."""
    title = Block(Kind.HEADING, tracked_title(old.title, new.title), level=1)
    blocks = [_tracked_block(one) for one in tracked(old.units, new.units)]
    return (title, *_without_leaps(blocks, under=1))


def changed_alone(old: Document, new: Document) -> tuple[Block, ...]:
    """Only what changes: the title if it does, and the units that do, in their order."""
    return tuple(_alone(one) for one in changes_of(old, new) if one.is_changed)


def disclaimers() -> list[str]:
    """Which party each group is not; it stands in every file."""
    return [DISCLAIMER, *(f"The {group.title} is {group.disclaimer}." for group in GROUPS)]


def _without_leaps(blocks: Sequence[Block], under: int) -> Iterator[Block]:
    """The same blocks, headings ranked by what they stand under: a text may begin with `##`, a paper may not."""
    above: list[int] = []
    for block in blocks:
        if block.kind is Kind.HEADING:
            above = [*(level for level in above if level < block.level), block.level]
            yield replace(block, level=under + len(above))
        else:
            yield block


def _alone(block: Block) -> Block:
    """Outside its list, an entry stands at the margin."""
    return replace(block, path=block.path[-1:] if block.kind is Kind.LIST_ITEM else ())


def _block(unit: Unit, lines: Sequence[Line], is_bracketed: bool) -> Block:
    words = dressed(unit.markdown)
    numbered = tuple((number, _staying(part)) for number, part in in_lines(words, lines))
    return _of(unit, _staying(words), Op.EQUAL, is_bracketed, numbered)


def _tracked_block(one: TrackedUnit) -> Block:
    return _of(one.unit, one.stretches, one.op)


def _of(
    unit: Unit,
    stretches: tuple[Stretch, ...],
    op: Op,
    is_bracketed: bool = False,
    lines: tuple[tuple[int, tuple[Stretch, ...]], ...] = (),
) -> Block:
    return Block(
        kind=unit.kind,
        stretches=stretches,
        op=op,
        level=unit.level,
        # The number of a clause that goes is soon another one's.
        clause="" if op is Op.DELETE else unit.clause,
        path=unit.path,
        ordered=unit.ordered,
        # Only the first paragraph of a footnote carries its label.
        label="" if "-" in unit.clause else unit.label,
        is_bracketed=is_bracketed,
        lines=lines,
    )


def _staying(words: Sequence[Dressed]) -> tuple[Stretch, ...]:
    return tuple(Stretch(Op.EQUAL, one.text, one.dress) for one in words)
