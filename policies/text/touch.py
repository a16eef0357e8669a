"""Which places of a base text an amendment touches, down to the lines it would put there."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain, pairwise

from policies.text.align import Pair, align
from policies.text.layout import Layout, Lines, layout, marker, remaining_gap
from policies.text.model import Unit
from policies.text.units import Document

Gap = tuple[str | None, str | None]
"""Between two neighbouring units of the base, by their ids; None before the first and after the last."""

_NOTE_MARK = re.compile(r"\[\^([^\]\s]+)\]")


@dataclass(frozen=True)
class Touch:
    """What an amendment does to its base, at the level of units; all ids and gaps are the base's."""

    title: bool = False
    edited: frozenset[str] = frozenset()
    deleted: frozenset[str] = frozenset()
    retagged: frozenset[str] = frozenset()
    moved: frozenset[str] = frozenset()
    """Units that have moved, and all those they moved past; `retagged` are those of another kind or marker."""
    gaps: frozenset[Gap] = frozenset()
    """Where something is inserted, or the lines between two units differ; also on both sides of what is retagged."""
    notes_added: frozenset[str] = frozenset()
    notes_dropped: frozenset[str] = frozenset()
    notes_marked: frozenset[str] = frozenset()
    """Labels of the footnotes it defines anew, of those it deletes, and of those its own words refer to."""

    @property
    def units(self) -> frozenset[str]:
        """Every unit of the base that is not left as it is."""
        return self.edited | self.deleted | self.retagged | self.moved


@dataclass(frozen=True)
class Stretch:
    """What an amendment puts between two units of the base that it keeps: `lines`, holding the units `inserted`.

    The base's units from `first` up to, not including, `end` stand there in the base and are deleted.
    """

    first: int
    end: int
    lines: Lines
    inserted: tuple[Unit, ...]


@dataclass(frozen=True)
class Changes:
    """An amendment taken apart over its base."""

    kept: dict[int, Unit]
    """For each unit of the base that keeps its place, by index: what the amendment makes of it."""
    blocks: dict[int, Lines]
    """The same units' lines in the amendment."""
    stretches: tuple[Stretch, ...]
    moves: tuple[tuple[int, int, int], ...]
    """For each unit that moved: its index in the base, and the indexes of the kept units around its new place."""


def changes(base: Document, amended: Document) -> Changes:
    """Take an amendment apart: what it makes of the units that stay, and what it puts between them."""
    pairs = align(base.units, amended.units)
    kept = {pair.old: pair.new for pair in pairs if pair.old is not None and pair.new is not None and not pair.moved}
    text = layout(amended.text, amended.units)
    ends = [(-1, -1), *kept.items(), (len(base.units), len(amended.units))]
    stretches = tuple(
        Stretch(old + 1, next_old, _lines_between(text, new, next_new), amended.units[new + 1 : next_new])
        for (old, new), (next_old, next_new) in pairwise(ends)
    )
    return Changes(
        {old: amended.units[new] for old, new in kept.items()},
        {old: text.blocks[new] for old, new in kept.items()},
        stretches,
        tuple(_moves(pairs, ends)),
    )


def _lines_between(text: Layout, new: int, next_new: int) -> Lines:
    """The lines after one unit and before another one, with the units between them."""
    pieces = [text.gaps[new + 1]]
    for index in range(new + 1, next_new):
        pieces += [text.blocks[index], text.gaps[index + 1]]
    return tuple(chain.from_iterable(pieces))


def _moves(pairs: Sequence[Pair], ends: list[tuple[int, int]]) -> list[tuple[int, int, int]]:
    moves = []
    for pair in pairs:
        if pair.moved and pair.old is not None and pair.new is not None:
            before = max(old for old, new in ends if new < pair.new)
            after = min(old for old, new in ends if new > pair.new)
            moves.append((pair.old, before, after))
    return moves


def touched(base: Document, amended: Document) -> Touch:
    """Which units and gaps of the base an amendment touches."""
    return touch_of(base, amended.title, changes(base, amended))


def touch_of(base: Document, title: str, parts: Changes) -> Touch:
    """The same for an amendment that is taken apart already."""
    text = layout(base.text, base.units)
    edited = {index for index, block in parts.blocks.items() if block != text.blocks[index]}
    retagged = {index for index in parts.kept if _is_retagged(base, text, parts, index)}
    gone = {index for stretch in parts.stretches for index in range(stretch.first, stretch.end)}
    deleted = gone - {old for old, _, _ in parts.moves}
    filled = {
        gap for stretch in parts.stretches if is_filled(text, stretch) for gap in range(stretch.first, stretch.end + 1)
    }
    beside = {gap for index in retagged for gap in (index, index + 1)}
    passed, spanned = _passed(parts.moves, len(base.units))
    inserted = [unit for part in parts.stretches for unit in part.inserted]
    relabelled = [parts.kept[index] for index in retagged]
    own_words = [parts.kept[index] for index in edited] + inserted
    return Touch(
        title=title != base.title,
        edited=_ids(base, edited),
        deleted=_ids(base, deleted),
        retagged=_ids(base, retagged),
        moved=_ids(base, passed),
        gaps=_gaps(base, filled | beside | spanned),
        notes_added=frozenset(unit.label for unit in [*inserted, *relabelled]) - {""},
        notes_dropped=frozenset(base.units[index].label for index in gone | retagged) - {""},
        notes_marked=frozenset(label for unit in own_words for label in note_marks(unit)),
    )


def _passed(moves: Sequence[tuple[int, int, int]], units: int) -> tuple[set[int], set[int]]:
    """The units from where one stood to where it stands now, and the gaps between them."""
    passed: set[int] = set()
    gaps: set[int] = set()
    for old, before, after in moves:
        first, last = max(0, min(old, before)), min(units - 1, max(old, after))
        passed |= set(range(first, last + 1))
        gaps |= set(range(first + 1, last + 1))
    return passed, gaps


def _ids(base: Document, indexes: set[int]) -> frozenset[str]:
    return frozenset(base.units[index].unit_id for index in indexes)


def _gaps(base: Document, indexes: set[int]) -> frozenset[Gap]:
    places = [None, *(unit.unit_id for unit in base.units), None]
    return frozenset((places[index], places[index + 1]) for index in indexes)


def _is_retagged(base: Document, text: Layout, parts: Changes, index: int) -> bool:
    """Whether kind, level or marker differ: an indentation can draw the lines beside it into a list."""
    was, now = base.units[index], parts.kept[index]
    return tag(was) != tag(now) or marker(was, text.blocks[index]) != marker(now, parts.blocks[index])


def tag(unit: Unit) -> tuple[object, ...]:
    """What a unit is, apart from its words and its number."""
    return unit.kind, unit.level, unit.ordered, unit.label


def note_marks(unit: Unit) -> list[str]:
    """The labels of the footnotes that a unit's words refer to."""
    return _NOTE_MARK.findall(unit.markdown)


def is_filled(text: Layout, stretch: Stretch) -> bool:
    """Whether the amendment puts anything there but what is left when the units between are deleted."""
    gaps = text.gaps[stretch.first : stretch.end + 1]
    return stretch.lines != remaining_gap(gaps, stretch.first == 0, stretch.end == len(text.blocks))
