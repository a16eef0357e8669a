"""Two wordings as one text with every change tracked: all accepted it is exactly the new one, all refused the old one.

A redline is made for the eye: it shows what was moved once, and leaves formatting to a note. Here nothing is left out.
What was moved, or became another kind of unit, is deleted at its old place and inserted at its new one; words that only
look otherwise are deleted as they looked and inserted as they look.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from policies.text.align import align, longest_run
from policies.text.diff import Op, readable
from policies.text.dressed import PLAIN, Dress, Sign, signs_of
from policies.text.model import Unit

__all__ = ["Stretch", "TrackedUnit", "tracked", "tracked_title", "tracked_words"]


@dataclass(frozen=True)
class Stretch:
    """Some words of one look, and what happens to them."""

    op: Op
    text: str
    dress: Dress


@dataclass(frozen=True)
class TrackedUnit:
    """One unit: as a whole inserted, deleted or staying; then its stretches say what changes in it."""

    op: Op
    unit: Unit
    stretches: tuple[Stretch, ...]

    @property
    def is_changed(self) -> bool:
        """Whether anything happens to it."""
        return self.op is not Op.EQUAL or any(stretch.op is not Op.EQUAL for stretch in self.stretches)


def tracked(old: Sequence[Unit], new: Sequence[Unit]) -> tuple[TrackedUnit, ...]:
    """Both wordings in one. The units not inserted are the old ones in their order, those not deleted the new ones."""
    return tuple(_in_order(old, new, _staying(old, new)))


def tracked_words(old: str, new: str) -> tuple[Stretch, ...]:
    """The same for the Markdown of one unit."""
    return tuple(_stretches(signs_of(old), signs_of(new)))


def tracked_title(old: str, new: str) -> tuple[Stretch, ...]:
    """The same for two titles, which are words and no Markdown."""
    return tuple(_stretches([(sign, PLAIN) for sign in old], [(sign, PLAIN) for sign in new]))


def _staying(old: Sequence[Unit], new: Sequence[Unit]) -> list[tuple[int, int]]:
    """Counterparts of one shape that stay in one order."""
    pairs = [
        (pair.old, pair.new)
        for pair in align(old, new)
        if pair.old is not None and pair.new is not None and _shape(old[pair.old]) == _shape(new[pair.new])
    ]
    return longest_run(sorted(pairs))


def _shape(unit: Unit) -> tuple[object, ...]:
    return unit.kind, unit.level, unit.ordered, len(unit.path), unit.label


def _in_order(old: Sequence[Unit], new: Sequence[Unit], staying: list[tuple[int, int]]) -> Iterator[TrackedUnit]:
    old_place = new_place = 0
    for old_stop, new_stop in [*staying, (len(old), len(new))]:
        yield from (_whole(Op.DELETE, unit) for unit in old[old_place:old_stop])
        yield from (_whole(Op.INSERT, unit) for unit in new[new_place:new_stop])
        if new_stop < len(new):
            words = tracked_words(old[old_stop].markdown, new[new_stop].markdown)
            yield TrackedUnit(Op.EQUAL, new[new_stop], words)
        old_place, new_place = old_stop + 1, new_stop + 1


def _whole(op: Op, unit: Unit) -> TrackedUnit:
    return TrackedUnit(op, unit, tuple(_joined((op, *sign) for sign in signs_of(unit.markdown))))


def _stretches(old: list[Sign], new: list[Sign]) -> Iterator[Stretch]:
    hunks = readable("".join(sign for sign, _ in old), "".join(sign for sign, _ in new))
    before = after = 0
    for hunk in hunks:
        length = len(hunk.text)
        gone, come = old[before : before + length], new[after : after + length]
        if hunk.op is Op.EQUAL:
            yield from _relooked(gone, come)
        else:
            yield from _joined((hunk.op, *sign) for sign in (gone if hunk.op is Op.DELETE else come))
        before += length if hunk.op is not Op.INSERT else 0
        after += length if hunk.op is not Op.DELETE else 0


def _relooked(gone: Sequence[Sign], come: Sequence[Sign]) -> Iterator[Stretch]:
    """The same words on both sides: equal where they look the same, else deleted and inserted."""
    place = 0
    for is_same, group in groupby(zip(gone, come, strict=True), lambda pair: pair[0] == pair[1]):
        end = place + len(list(group))
        if is_same:
            yield from _joined((Op.EQUAL, *sign) for sign in come[place:end])
        else:
            yield from _joined((Op.DELETE, *sign) for sign in gone[place:end])
            yield from _joined((Op.INSERT, *sign) for sign in come[place:end])
        place = end


def _joined(signs: Iterator[tuple[Op, str, Dress]]) -> Iterator[Stretch]:
    for (op, dress), group in groupby(signs, lambda sign: (sign[0], sign[2])):
        yield Stretch(op, "".join(sign for _, sign, _ in group), dress)
