"""How alike two planks are, by the words they share: a hint for clerks, which decides nothing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from policies.text.words import folded_words

# From here on a plank is shown beside another: of the rarer words of both, this share stands in both.
ALIKE = 0.25
SHOWN_BESIDE = 3
_SHORT = 3
# A title says in few words what a plank is about, so that each of its words weighs as much as these of the text.
_TITLE_WEIGHT = 4


@dataclass(frozen=True)
class Words:
    """A plank as it is compared: its title and its text."""

    title: str
    text: str


def likeness(one: Words, other: Words) -> float:
    """0 where no word of more than three letters is shared, 1 where all are; words of the title weigh more."""
    first, second = _weighed(one), _weighed(other)
    every = first.keys() | second.keys()
    whole = sum(max(first.get(word, 0), second.get(word, 0)) for word in every)
    shared = sum(min(first[word], second[word]) for word in first.keys() & second.keys())
    return shared / whole if whole else 0.0


def most_alike(asked: Words, others: Mapping[int, Words]) -> Sequence[int]:
    """Which of `others`, by id, are so alike that they are shown beside, the most alike first; a few at most."""
    found = [(likeness(asked, words), plank_id) for plank_id, words in others.items()]
    alike = sorted((pair for pair in found if pair[0] >= ALIKE), key=lambda pair: (-pair[0], pair[1]))
    return [plank_id for _, plank_id in alike[:SHOWN_BESIDE]]


@lru_cache(maxsize=2048)
def _weighed(words: Words) -> Mapping[str, int]:
    weights = {word: 1 for word in folded_words(words.text) if len(word) > _SHORT}
    return weights | {word: _TITLE_WEIGHT for word in folded_words(words.title) if len(word) > _SHORT}
