"""What is looked at once more when two amendments are in one text: its footnotes, and sentences that stand there twice.

Each side may be right by itself and the two together wrong all the same.
"""

from collections import Counter
from collections.abc import Iterator, Sequence

from policies.text.model import Unit
from policies.text.touch import note_marks
from policies.text.words import folded_words, sentences

__all__ = ["added_sentences", "doubled", "notes_at_odds"]

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


def added_sentences(base: Sequence[Unit], amended: Sequence[Unit]) -> dict[Sentence, set[str]]:
    """The sentences in units that the base does not have like that, each with the ids of these units."""
    known = {unit.markdown for unit in base}
    added: dict[Sentence, set[str]] = {}
    for unit in amended:
        if unit.markdown not in known:
            for sentence, _ in _sentences(unit):
                added.setdefault(sentence, set()).add(unit.unit_id)
    return added


def doubled(sides: Sequence[Sequence[Unit]], merged: Sequence[Unit]) -> Iterator[tuple[int, str]]:
    """Sentences that both sides add, each at another place, so that they stand twice: the unit's index, the words.

    `sides` are the base and the two amended texts.
    """
    base, ours, theirs = sides
    both = added_sentences(base, ours).keys() & added_sentences(base, theirs).keys()
    if not both:
        return
    counts = [Counter(sentence for unit in units for sentence, _ in _sentences(unit)) for units in sides]
    seen: Counter[Sentence] = Counter()
    for index, unit in enumerate(merged):
        for sentence, words in _sentences(unit):
            seen[sentence] += 1
            if sentence in both and seen[sentence] > max(count[sentence] for count in counts):
                yield index, words


def _sentences(unit: Unit) -> Iterator[tuple[Sentence, str]]:
    """Each sentence as it is compared, and as it is written."""
    for words in sentences(unit.markdown):
        sentence = folded_words(words)
        if len(sentence) >= SHORTEST:
            yield sentence, words.strip()
