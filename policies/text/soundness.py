"""What is looked at once more when two amendments are in one text: its footnotes, and sentences that stand there twice.

Each side may be right by itself and the two together wrong all the same.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate

from policies.text.model import Unit
from policies.text.touch import note_marks
from policies.text.words import folded_words, sentences

__all__ = ["Said", "may_repeat", "notes_at_odds", "repeated", "said"]

SHORTEST = 5
"""Sentences of fewer words than these may well be said twice."""

Sentence = tuple[str, ...]


def notes_at_odds(sides: Sequence[Sequence[Unit]], merged: Sequence[Unit]) -> list[str]:
    """The labels of footnotes that two share, or that are referred to and gone, only because of being put together.

    `sides` are the base and the two amended texts.
    """
    counts = [_labels(units) for units in sides]
    labels = _labels(merged)
    twice = [label for label in labels if labels[label] > max(count[label] for count in counts)]
    orphans = _orphans(merged).difference(*map(_orphans, sides))
    return [*twice, *sorted(orphans)]


def _labels(units: Sequence[Unit]) -> Counter[str]:
    """How many footnotes have each label; the further paragraphs of one do not count."""
    return Counter(unit.label for unit in units if unit.label and "-" not in unit.clause)


def _orphans(units: Sequence[Unit]) -> set[str]:
    """The labels that are referred to and nowhere defined."""
    defined = {unit.label for unit in units}
    return {label for unit in units for label in note_marks(unit)} - defined


@dataclass(frozen=True)
class Said:
    """What an amendment does to whole sentences of its base.

    `added` are those in units that the base does not have like that, with the ids of these units, or none where one of
    them is new; `moved` those of the base that now stand in another unit, or in another order in their own; `gone`
    those that are there fewer times.
    """

    added: dict[Sentence, frozenset[str]]
    moved: frozenset[Sentence]
    gone: frozenset[Sentence]


def said(base: Sequence[Unit], amended: Sequence[Unit]) -> Said:
    """The sentences an amendment adds, moves and takes out; only units that differ are looked at."""
    before, after = _only_in(base, amended), _only_in(amended, base)
    known = {unit.unit_id for unit in base}
    added = {
        sentence: frozenset(found) if known.issuperset(found) else frozenset() for sentence, found in after.items()
    }
    moved = (sentence for sentence in after.keys() & before.keys() if not set(after[sentence]) <= set(before[sentence]))
    gone = (sentence for sentence, found in before.items() if len(found) > len(after.get(sentence, ())))
    turned = (sentence for was, now in _reworded(base, amended) for sentence in _turned_round(was, now))
    return Said(added, frozenset((*moved, *turned)), frozenset(gone))


def _reworded(base: Sequence[Unit], amended: Sequence[Unit]) -> Iterator[tuple[Unit, Unit]]:
    was = {unit.unit_id: unit for unit in base}
    for now in amended:
        if now.unit_id in was and was[now.unit_id].markdown != now.markdown:
            yield was[now.unit_id], now


def _turned_round(was: Unit, now: Unit) -> Iterator[Sentence]:
    """The sentences of a unit that stand before one they stood after, or the other way round."""
    before, after = ([sentence for sentence, _ in _sentences(unit)] for unit in (was, now))
    times = Counter(before), Counter(after)
    once = {sentence for sentence in times[0] if times[0][sentence] == times[1][sentence] == 1}
    rank = {sentence: place for place, sentence in enumerate(before)}
    common = [sentence for sentence in after if sentence in once]
    highest = accumulate((rank[sentence] for sentence in common), max)
    lowest = [*accumulate((rank[sentence] for sentence in reversed(common)), min)][::-1]
    for sentence, high, low in zip(common, highest, lowest, strict=True):
        if high > rank[sentence] or low < rank[sentence]:
            yield sentence


def _only_in(units: Sequence[Unit], others: Sequence[Unit]) -> dict[Sentence, list[str]]:
    known = {unit.markdown for unit in others}
    found: dict[Sentence, list[str]] = defaultdict(list)
    for unit in units:
        if unit.markdown not in known:
            for sentence, _ in _sentences(unit):
                found[sentence].append(unit.unit_id)
    return found


def may_repeat(one: Said, other: Said) -> bool:
    """Whether both add one sentence, but not both by rewording the same unit, or one moves what the other takes out."""
    both = one.added.keys() & other.added.keys()
    is_added = any(one.added[sentence] != other.added[sentence] or not one.added[sentence] for sentence in both)
    return is_added or bool(one.moved & other.gone or one.gone & other.moved)


def repeated(sides: Sequence[Sequence[Unit]], merged: Sequence[Unit]) -> Iterator[tuple[int, str]]:
    """Sentences that stand there once too often, each as the unit's index and the words.

    Both sides add them, each at another place, or one moves them and the other takes them out. `sides` are the base and
    the two amended texts.
    """
    base, ours, theirs = sides
    one, other = said(base, ours), said(base, theirs)
    taken = one.moved & other.gone | one.gone & other.moved
    watched = one.added.keys() & other.added.keys() | taken
    if not watched:
        return
    counts = [Counter(sentence for unit in units for sentence, _ in _sentences(unit)) for units in sides]
    seen: Counter[Sentence] = Counter()
    for index, unit in enumerate(merged):
        for sentence, words in _sentences(unit):
            seen[sentence] += 1
            limit = (min if sentence in taken else max)(count[sentence] for count in counts)
            if sentence in watched and seen[sentence] > limit:
                yield index, words


def _sentences(unit: Unit) -> Iterator[tuple[Sentence, str]]:
    """Each sentence as it is compared, and as it is written."""
    for words in sentences(unit.markdown):
        sentence = folded_words(words)
        if len(sentence) >= SHORTEST:
            yield sentence, words.strip()
