"""How alike two planks are, by the words they share: a hint for clerks, which decides nothing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from policies.text.words import folded_words

# From here on a plank is shown beside another: of the weight of the words in either, this share stands in both.
ALIKE = 0.25
SHOWN_BESIDE = 3
_SHORT = 3
# A title says in few words what a plank is about, so that each of its words weighs as much as these of the text.
_TITLE_WEIGHT = 4


@dataclass(frozen=True)
class Words:
    """A plank as it is compared: its words of more than three letters, each once with its weight, and the sum."""

    weights: Mapping[str, int]
    whole: int


@lru_cache(maxsize=1024)
def words_of(title: str, text: str) -> Words:
    """The words of a title and a text, weighed; kept, because the same planks are compared again and again."""
    weights = {word: 1 for word in folded_words(text) if len(word) > _SHORT}
    weights |= {word: _TITLE_WEIGHT for word in folded_words(title) if len(word) > _SHORT}
    return Words(weights, sum(weights.values()))


def likeness(one: Words, other: Words) -> float:
    """0 where no word of more than three letters is shared, 1 where all are; words of the title weigh more."""
    both = one.weights.keys() & other.weights.keys()
    shared = sum(min(one.weights[word], other.weights[word]) for word in both)
    # What stands in either, each word once: the sum of both without what they share.
    whole = one.whole + other.whole - shared
    return shared / whole if whole else 0.0


def most_alike(asked: Words, others: Mapping[int, Words]) -> Sequence[int]:
    """Which of `others`, by id, are so alike that they are shown beside, the most alike first; a few at most."""
    found = [(likeness(asked, words), plank_id) for plank_id, words in others.items()]
    alike = sorted((pair for pair in found if pair[0] >= ALIKE), key=lambda pair: (-pair[0], pair[1]))
    return [plank_id for _, plank_id in alike[:SHOWN_BESIDE]]
