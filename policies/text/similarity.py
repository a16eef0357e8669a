"""How alike two units are, by the words they share."""

from collections import Counter
from functools import lru_cache

from policies.text.words import folded_words

SIMILAR = 0.4
"""From here on two units count as two wordings of the same thing."""

_RECOGNISABLE = 5


@lru_cache(maxsize=8192)
def bag_of(markdown: str) -> frozenset[tuple[str, int]]:
    """The words, each with its how-manieth occurrence: a multiset that set operations can compare."""
    seen: Counter[str] = Counter()
    bag = []
    for word in folded_words(markdown):
        seen[word] += 1
        bag.append((word, seen[word]))
    return frozenset(bag)


@lru_cache(maxsize=8192)
def similarity(first: str, second: str) -> float:
    """Twice the shared words over all words: 1 for the same words in any order, 0 for none shared or none at all.

    A unit that the other one holds whole, at its beginning and end, counts as similar however much was added to it.
    """
    one, other = bag_of(first), bag_of(second)
    if not one or not other:
        return 0.0
    shared = 2 * len(one & other) / (len(one) + len(other))
    return SIMILAR if shared < SIMILAR and _is_extended(first, second) else shared


def _is_extended(first: str, second: str) -> bool:
    shorter, longer = sorted((folded_words(first), folded_words(second)), key=len)
    if len(shorter) < _RECOGNISABLE:
        return False
    head = next((index for index, word in enumerate(shorter) if word != longer[index]), len(shorter))
    rest = len(shorter) - head
    return rest == 0 or shorter[-rest:] == longer[-rest:]


def triples(markdown: str) -> frozenset[str]:
    """Every three words in a row, as one string each: rare enough to recognise an edited unit by among hundreds."""
    words = folded_words(markdown)
    return frozenset(map(" ".join, zip(words, words[1:], words[2:], strict=False)))
