"""One side of a merge seen from the base: where each of the base's units is now, and what is new."""

from collections.abc import Sequence
from difflib import SequenceMatcher

from policies.text.align import align, anchors, longest_run
from policies.text.assemble import Entry
from policies.text.model import Unit
from policies.text.order import Run
from policies.text.regroup import Side
from policies.text.touch import tag

__all__ = ["View", "common_runs", "said"]


_FEW = 40_000


class View:
    """Where each unit of the base is now on one side (`now`), and where each of its units was (`was`)."""

    def __init__(self, base: Side, side: Side) -> None:
        pairs = align(base.units, side.units)
        self.side = side
        self.now = {pair.old: pair.new for pair in pairs if pair.old is not None and pair.new is not None}
        self.was = {new: old for old, new in self.now.items()}
        self.moved = {pair.old for pair in pairs if pair.moved and pair.old is not None}

    def runs(self, kept: dict[int, Entry]) -> list[Run]:
        """The new units, between the units that stay in the end."""
        runs = [Run(None, None)]
        for index in range(len(self.side.units)):
            old = self.was.get(index)
            if old is None:
                runs[-1].new.append(index)
            elif old in kept:
                runs[-1].after = old
                runs.append(Run(old, None))
        return [run for run in runs if run.new]


def common_runs(ours: list[tuple[object, ...]], theirs: list[tuple[object, ...]]) -> list[tuple[int, int, int]]:
    """What both have in one order: where it starts on each side and its length; the same with the sides exchanged."""
    is_turned = str(ours) > str(theirs)
    one, other = (theirs, ours) if is_turned else (ours, theirs)
    is_small = len(one) * len(other) <= _FEW
    blocks = SequenceMatcher(None, one, other, autojunk=False).get_matching_blocks() if is_small else _runs(one, other)
    return [(block[1], block[0], block[2]) if is_turned else (block[0], block[1], block[2]) for block in blocks]


def _runs(one: Sequence[object], other: Sequence[object]) -> list[tuple[int, int, int]]:
    """The same for many, in time that grows with their number: the equal ends, and what is there once on each side."""
    blocks: list[tuple[int, int, int]] = []
    for first, second in longest_run(anchors(one, other)):
        if blocks and (first, second) == (blocks[-1][0] + blocks[-1][2], blocks[-1][1] + blocks[-1][2]):
            blocks[-1] = (*blocks[-1][:2], blocks[-1][2] + 1)
        else:
            blocks.append((first, second, 1))
    return [*blocks, (len(one), len(other), 0)]


def said(unit: Unit) -> tuple[object, ...]:
    """What a unit is and says."""
    return (*tag(unit), unit.markdown)
