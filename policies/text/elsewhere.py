"""What an amendment takes out of one unit, or removes whole, and has again in another place of the text.

Where the other side takes out the same, it may mean something else by it: that it is to be gone, or to stand at a third
place. Whole sentences are looked at in `soundness`; here are clauses and short units, such as the points of a list.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from policies.text.model import Unit
from policies.text.weave import PARAGRAPH_END, edits, plain_spaces
from policies.text.words import folded_words, tokens

__all__ = ["Elsewhere", "doubled", "elsewhere"]

_SHORTEST = 3
"""Fewer words than these are the same by chance, unless they are a whole unit."""

Phrase = tuple[str, ...]
Place = tuple[str, int, int]


@dataclass(frozen=True)
class Elsewhere:
    """Phrases that are taken out, by where they stood in the base, and those of them that are there again."""

    out: dict[Place, Phrase]
    again: frozenset[Phrase]


def elsewhere(base: Sequence[Unit], amended: Sequence[Unit]) -> Elsewhere:
    """What an amendment takes out; only units that differ are looked at."""
    now = {unit.unit_id: unit for unit in amended}
    before = [unit for unit in base if unit.unit_id not in now or now[unit.unit_id].markdown != unit.markdown]
    was = {unit.unit_id: unit.markdown for unit in base}
    after = [unit for unit in amended if was.get(unit.unit_id) != unit.markdown]
    out = dict(_taken_out(before, now))
    if not out or not after:
        return Elsewhere(out, frozenset())
    texts = _Texts(before), _Texts(after)
    again = (phrase for phrase in set(out.values()) if texts[1].count(phrase) >= texts[0].count(phrase))
    return Elsewhere(out, frozenset(again))


def _taken_out(before: Sequence[Unit], now: dict[str, Unit]) -> Iterator[tuple[Place, Phrase]]:
    for unit in before:
        if unit.unit_id not in now:
            if phrase := folded_words(unit.markdown):
                yield (unit.unit_id, 0, 0), phrase
            continue
        pieces = plain_spaces(tokens(unit.markdown))
        for edit in edits("".join(pieces), "".join(plain_spaces(tokens(now[unit.unit_id].markdown)))):
            phrase = folded_words("".join(pieces[edit.start : edit.end]))
            if len(phrase) >= _SHORTEST:
                yield (unit.unit_id, edit.start, edit.end), phrase


class _Texts:
    """The words of units, to count phrases in: those of a few words only where they are a whole unit."""

    def __init__(self, units: Sequence[Unit]) -> None:
        every = [folded_words(words) for unit in units for words in unit.markdown.split(PARAGRAPH_END)]
        self._whole = Counter(every)
        self._joined = "\n".join(f" {'  '.join(phrase)} " for phrase in every)

    def count(self, phrase: Phrase) -> int:
        if len(phrase) < _SHORTEST:
            return self._whole[phrase]
        return self._joined.count(f" {'  '.join(phrase)} ")


def _disputed(one: Elsewhere, other: Elsewhere) -> dict[Place, Phrase]:
    """What both take out in one place, and at least one has again."""
    again = one.again | other.again
    return {place: phrase for place, phrase in one.out.items() if phrase in again and other.out.get(place) == phrase}


def doubled(sides: Sequence[Sequence[Unit]], merged: Sequence[Unit]) -> Iterator[tuple[str, str]]:
    """What is in the merged text more often than both sides together meant: from which unit, and the words.

    `sides` are the base and the two amended texts.
    """
    base, ours, theirs = sides
    disputed = _disputed(elsewhere(base, ours), elsewhere(base, theirs))
    if not disputed:
        return
    texts = [_Texts(units) for units in (*sides, merged)]
    for (unit_id, _, _), phrase in disputed.items():
        was, *changed, both = (text.count(phrase) for text in texts)
        more = [times - was for times in changed]
        if both - was > (sum(more) if max(more) > 0 else min(more)):
            yield unit_id, " ".join(phrase)
