"""One side of a merge seen from the base: where each of the base's units is now, and what is new."""

from collections import Counter
from collections.abc import Collection, Sequence
from difflib import SequenceMatcher

from policies.text.align import align, anchors, longest_run
from policies.text.assemble import Entry
from policies.text.model import Unit
from policies.text.order import Run
from policies.text.regroup import Side, is_plain
from policies.text.touch import tag
from policies.text.words import folded_words

__all__ = ["View", "common_runs", "said"]


_FEW = 40_000


class View:
    """Where each unit of the base is now on one side (`now`), and where each of its units was (`was`)."""

    def __init__(self, base: Side, side: Side) -> None:
        pairs = align(base.units, side.units)
        self.base = base
        self.side = side
        self.now = {pair.old: pair.new for pair in pairs if pair.old is not None and pair.new is not None}
        self.was = {new: old for old, new in self.now.items()}
        self.moved = {pair.old for pair in pairs if pair.moved and pair.old is not None}

    def may_be_regrouped(self, index: int) -> bool:
        """Whether a plain paragraph may have been split or joined with another one.

        It has lost words and stands beside one that is new, or gained some where one beside it is gone.
        """
        place = self.now[index]
        was, now = self.base.units[index], self.side.units[place]
        words = [Counter(folded_words(unit.markdown)) for unit in (was, now)]
        is_split = words[0] - words[1] and _is_plain_beside(self.side.units, place, self.was)
        is_joined = words[1] - words[0] and _is_plain_beside(self.base.units, index, self.now)
        return is_plain(was) and is_plain(now) and bool(is_split or is_joined)

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


def _is_plain_beside(units: Sequence[Unit], at: int, known: Collection[int]) -> bool:
    """Whether a plain paragraph without a counterpart stands right before or after."""
    return any(is_plain(units[near]) and near not in known for near in (at - 1, at + 1) if 0 <= near < len(units))


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
