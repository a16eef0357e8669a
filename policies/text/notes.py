"""What to read with care where two sides changed the same clause: numbers, negations, modal words, directions."""

from collections import Counter
from collections.abc import Iterable

from policies.text.words import words

__all__ = ["careful_words"]


def _listed(text: str) -> frozenset[str]:
    return frozenset(text.split())


NEGATIONS = _listed(
    "no not never none nor neither nobody nothing nowhere without cannot unless except only "
    "can't won't don't doesn't didn't isn't aren't wasn't weren't shan't shouldn't wouldn't couldn't mustn't "
    "hasn't haven't hadn't needn't"
)
MODALS = _listed("must shall should will would may might can could ought need all any every some most")
DIRECTIONS = _listed(
    "raise raises raised cut cuts increase increases increased reduce reduces reduced lower lowers lowered rise rises "
    "fall falls more less fewer above below before after maximum minimum least most end ends begin begins start starts "
    "stop stops keep keeps abolish abolishes ban bans allow allows support supports oppose opposes repeal repeals"
)
_NUMBER_WORDS = _listed(
    "one two three four five six seven eight nine ten eleven twelve twenty thirty forty fifty sixty seventy eighty "
    "ninety hundred thousand million billion trillion half third quarter double twice first second"
)


def careful_words(base: str, *sides: str) -> str:
    """The changed numbers, negations, modal words and words like “cut” as the end of a sentence; empty with none."""
    was = Counter(_folded(base))
    changed = {word: None for side in sides for word in _differences(was, Counter(_folded(side)))}
    named = [
        _named("numbers", (word for word in changed if word[0].isdigit() or word in _NUMBER_WORDS)),
        _named("negations", (word for word in changed if word in NEGATIONS)),
        _named("modal words", (word for word in changed if word in MODALS)),
        _named("words of direction", (word for word in changed if word in DIRECTIONS)),
    ]
    return "; ".join(name for name in named if name)


def _folded(text: str) -> list[str]:
    return [word.casefold().replace("\u2019", "'") for word in words(text)]


def _differences(was: Counter[str], now: Counter[str]) -> list[str]:
    return [word for word in {**was, **now} if was[word] != now[word]]


def _named(kind: str, changed: Iterable[str]) -> str:
    quoted = ", ".join(f"“{word}”" for word in changed)
    return f"{kind} changed: {quoted}" if quoted else ""
