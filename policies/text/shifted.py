"""Words that one side puts elsewhere and the other takes out: both delete them where they stood, and mean two things.

The same where both put them elsewhere, each in a place of its own, or where one puts them where the other says them
once more. Put together word by word, one side's change would be lost without anybody being asked.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Protocol

from policies.text.words import folded_words, is_word

__all__ = ["is_any_lost", "puts_elsewhere"]

# Too common to say that it is the same words which stand elsewhere, unless they are all that is changed.
_SMALL = frozenset(
    [
        *["a", "an", "the", "this", "that", "it", "its", "our", "we", "are", "be", "is", "will"],
        *["and", "or", "as", "at", "by", "for", "from", "in", "of", "on", "to", "with"],
    ]
)


class _Change(Protocol):
    """A stretch of the base and the words that stand there instead."""

    @property
    def start(self) -> int:
        """Where the stretch begins."""

    @property
    def end(self) -> int:
        """Where it ends, one past its last token."""

    @property
    def words(self) -> Sequence[str]:
        """The tokens that stand there instead."""


def is_any_lost(pieces: Sequence[str], common: Iterable[_Change], base: str, sides: Sequence[str]) -> bool:
    """Whether a change that both make stands for more than either side changed in all.

    A side that deletes a word here and inserts it there has as many of it as before; one that only deletes it has not.
    `sides` are the whole wordings of both.
    """
    made: Counter[str] = Counter()
    telling: set[str] = set()
    for change in common:
        gained = _gained(pieces, change)
        made.update(gained)
        telling |= _telling(gained)
    if not telling:
        return False
    was, *now = (Counter(folded_words(text)) for text in (base, *sides))
    return any(
        not (0 <= made[word] <= side[word] - was[word] or side[word] - was[word] <= made[word] <= 0)
        for word in telling
        for side in now
    )


def puts_elsewhere(pieces: Sequence[str], changes: Iterable[_Change]) -> bool:
    """Whether a wording takes words out in one place and has them in another; else none of its changes can be lost."""
    out: set[str] = set()
    into: set[str] = set()
    telling: set[str] = set()
    for change in changes:
        gained = _gained(pieces, change)
        telling |= _telling(gained)
        into |= {word for word, times in gained.items() if times > 0}
        out |= {word for word, times in gained.items() if times < 0}
    return not telling.isdisjoint(out & into)


def _gained(pieces: Sequence[str], change: _Change) -> Counter[str]:
    """How many more of each word there are by a change; fewer than none where it takes them out."""
    gained = Counter(piece.casefold() for piece in change.words if is_word(piece))
    gained.subtract(piece.casefold() for piece in pieces[change.start : change.end] if is_word(piece))
    return gained


def _telling(gained: Counter[str]) -> set[str]:
    changed = {word for word, times in gained.items() if times}
    return changed - _SMALL or changed
