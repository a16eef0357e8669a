"""Who changed this: for any unit of a text, what brought it and what changed its words since, through all versions.

A unit is followed by its id, which survives edits. A unit without a counterpart in the version before may have been
split off another there, and one may have taken in the words of another that is gone: both are followed too, so that
nobody is said to have brought words that were only cut out of, or joined to, their neighbours.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from policies.text.align import align
from policies.text.editorial import is_editorial
from policies.text.model import Unit
from policies.text.render import plain_with_marks
from policies.text.words import folded_words

__all__ = ["Act", "History", "Step", "blame", "history_of"]

FEWEST_WORDS = 3
"""Fewer words in common than these do not show that one unit was split off another, or joined to it."""


class Act(StrEnum):
    """What a version did to a unit. The first is where a unit begins; the next three change its words."""

    BROUGHT = "brought"
    SPLIT = "split"
    JOINED = "joined"
    REWORDED = "reworded"
    EDITORIAL = "editorial"
    MARKED = "marked"
    RETAGGED = "retagged"
    MOVED = "moved"


OF_WORDS = frozenset({Act.BROUGHT, Act.SPLIT, Act.JOINED, Act.REWORDED})


@dataclass(frozen=True)
class Step:
    """What one version, by its place in the chain, did to a unit: from which units before, to what after."""

    version: int
    acts: tuple[Act, ...]
    before: tuple[Unit, ...]
    after: Unit


@dataclass(frozen=True)
class History:
    """Everything that happened to one unit, oldest first; the first step is its origin."""

    steps: tuple[Step, ...]

    @property
    def origin(self) -> Step:
        """The version that brought it."""
        return self.steps[0]

    @property
    def last_worded(self) -> Step:
        """The version that last changed its words; its origin where none did."""
        return next(step for step in reversed(self.steps) if OF_WORDS & set(step.acts))


def blame(versions: Sequence[Sequence[Unit]]) -> dict[str, History]:
    """The history of every unit of the newest of these versions, by its id; the versions stand oldest first."""
    known: dict[str, tuple[Step, ...]] = {}
    before: Sequence[Unit] = ()
    for place, units in enumerate(versions):
        known = {unit.unit_id: steps for unit, steps in _followed(place, before, units, known)}
        before = units
    return {unit_id: History(steps) for unit_id, steps in known.items()}


def history_of(unit_id: str, versions: Sequence[Sequence[Unit]]) -> History:
    """The history of one unit of the newest version."""
    return blame(versions)[unit_id]


def _followed(
    place: int, old: Sequence[Unit], new: Sequence[Unit], known: dict[str, tuple[Step, ...]]
) -> Iterator[tuple[Unit, tuple[Step, ...]]]:
    pairs = align(old, new)
    gone = [old[pair.old] for pair in pairs if pair.new is None and pair.old is not None]
    kept = {pair.new: old[pair.old] for pair in pairs if pair.new is not None and pair.old is not None}
    moved = {pair.new for pair in pairs if pair.moved}
    shortened = [(was, new[index]) for index, was in kept.items() if not _holds(new[index], was)]
    for index, unit in enumerate(new):
        was = kept.get(index)
        if was is None:
            step = _begun(place, unit, shortened, gone)
            yield unit, (*(known[step.before[0].unit_id] if step.before else ()), step)
            continue
        joined = [other for other in gone if not _holds(was, other) and _holds(unit, other)]
        acts = _acts(was, unit, is_joined=bool(joined), is_moved=index in moved)
        steps = known[was.unit_id]
        yield unit, (*steps, Step(place, acts, (was, *joined), unit)) if acts else steps


def _begun(place: int, unit: Unit, shortened: Sequence[tuple[Unit, Unit]], gone: Sequence[Unit]) -> Step:
    """How a unit without a counterpart began: split off another, joined of several that are gone, or brought."""
    for was, now in shortened:
        if _holds(was, unit) and not _holds(now, unit):
            return Step(place, (Act.SPLIT,), (was,), unit)
    if whole := [other for other in gone if _holds(other, unit)]:
        return Step(place, (Act.SPLIT,), (whole[0],), unit)
    if parts := [other for other in gone if _holds(unit, other)]:
        return Step(place, (Act.JOINED if len(parts) > 1 else Act.REWORDED,), tuple(parts), unit)
    return Step(place, (Act.BROUGHT,), (), unit)


def _acts(was: Unit, now: Unit, *, is_joined: bool, is_moved: bool) -> tuple[Act, ...]:
    acts = [Act.JOINED] if is_joined else []
    if was.markdown != now.markdown and not is_joined:
        acts.append(_of_wording(was.markdown, now.markdown))
    if (was.kind, was.level, was.ordered, was.label) != (now.kind, now.level, now.ordered, now.label):
        acts.append(Act.RETAGGED)
    if is_moved:
        acts.append(Act.MOVED)
    return tuple(acts)


def _of_wording(old: str, new: str) -> Act:
    if plain_with_marks(old, targets=True) == plain_with_marks(new, targets=True):
        return Act.MARKED
    return Act.EDITORIAL if is_editorial("", old, "", new) else Act.REWORDED


def _holds(whole: Unit, part: Unit) -> bool:
    """Whether the words of one unit stand within those of another, in a row."""
    words, sought = _words(whole), _words(part)
    if len(sought) < FEWEST_WORDS:
        return False
    return f" {' '.join(sought)} " in f" {' '.join(words)} "


def _words(unit: Unit) -> tuple[str, ...]:
    return folded_words(plain_with_marks(unit.markdown))
