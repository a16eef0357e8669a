"""What the search is asked, and when a text answers: words, "words that stand together", and -words to leave out."""

import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from policies.text.words import word_places

LONGEST_QUERY = 200
MOST_WORDS = 16
LONGEST_WORD = 40
MOST_SUGGESTED = 8
SHORTEST_BEGINNING = 2
MOST_SIMILAR = 3

# Too common to look for by themselves; between others, in quotation marks, they count.
_COMMON = """
    a an and are as at be by for from has have in is it its not of on or that the their this to was we were will with
    you your
"""
COMMON = frozenset(_COMMON.split())
_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_SHORTEST_MENDED, _LONGEST_MENDED = 4, 20
_ASKED = re.compile(r'(?P<without>(?<!\S)-)?(?:"(?P<phrase>[^"]*)"?|(?P<word>[^\s"]+))')
_QUOTES = str.maketrans({"“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "−": "-", "–": "-"})
_NUMBER = re.compile(r"(?:p|plank|p\.)? ?([1-9][0-9]{0,5})", re.IGNORECASE)
_AMENDMENT = re.compile(r"(?:p|plank) ?([1-9][0-9]{0,5}) ?[-–−‑] ?a ?([1-9][0-9]{0,5})", re.IGNORECASE)


class Kind(StrEnum):
    """What can be found. The values stand in addresses and in the index."""

    PLANK = "plank"
    AMENDMENT = "amendment"
    STATEMENT = "statement"
    VERSION = "version"

    @property
    def weight(self) -> float:
        """How much a find of this kind counts: the words that stand come before those that were or may be."""
        return _WEIGHTS[self]


_WEIGHTS = {Kind.PLANK: 1.0, Kind.STATEMENT: 0.8, Kind.AMENDMENT: 0.6, Kind.VERSION: 0.4}


class Audience(StrEnum):
    """Who may find something: everybody, or members of any group, who may read what waits for seconders."""

    PUBLIC = "public"
    MEMBERS = "members"


def audiences(*, is_member: bool) -> tuple[Audience, ...]:
    """What somebody may find."""
    return (Audience.PUBLIC, Audience.MEMBERS) if is_member else (Audience.PUBLIC,)


Stem = Callable[[str], str]
Phrase = tuple[str, ...]


@dataclass(frozen=True)
class Asked:
    """A query, read: what is wanted and what is not, each a word or words that stand together, without endings."""

    wanted: tuple[Phrase, ...]
    without: tuple[Phrase, ...] = ()
    loose: tuple[str, ...] = ()
    """The words that were asked for by themselves, whole, as they are spelled."""

    def answered_by(self, fields: Sequence[Sequence[str]], *, every: bool = True) -> bool:
        """Whether a text answers, given the words of its title and of the rest without their endings.

        With `every` unset some of what is wanted will do; what is not wanted never will.
        """
        stands = [any(_stands_in(phrase, field) for field in fields) for phrase in self.wanted]
        if not stands or any(_stands_in(phrase, field) for phrase in self.without for field in fields):
            return False
        return all(stands) if every else any(stands)


@lru_cache(maxsize=32768)
def folded(word: str) -> str:
    """A word as it is compared: in lower case, without accents and without the 's of a genitive, not too long."""
    plain = unicodedata.normalize("NFKD", word.replace("\u2019", "'").casefold())
    if not plain.isascii():
        plain = "".join(sign for sign in plain if not unicodedata.combining(sign)).casefold()
    return plain.removesuffix("'s")[:LONGEST_WORD]


def whole_words(text: str) -> list[str]:
    """The words of a text as they are compared, with their endings."""
    # Of a sign that is nothing but an accent, such as a lone voiced sound mark of Japanese, nothing is left.
    return [word for place in word_places(text) if (word := folded(place.group()))]


def parse(typed: str, stem: Stem) -> Asked:
    """Read what somebody typed. Nothing is wrong: signs that mean nothing are passed over, too many words cut off."""
    wanted: dict[Phrase, None] = {}
    without: dict[Phrase, None] = {}
    loose: dict[str, None] = {}
    left = MOST_WORDS
    for found in _ASKED.finditer(typed[:LONGEST_QUERY].translate(_QUOTES)):
        is_left_out = found["without"] is not None
        for phrase in _phrases(found):
            words = phrase[:left]
            left -= len(words)
            if not words or (len(words) == 1 and words[0] in COMMON and found["phrase"] is None):
                continue
            (without if is_left_out else wanted)[tuple(stem(word) for word in words)] = None
            if len(words) == 1 and not is_left_out:
                loose[words[0]] = None
    return Asked(tuple(wanted), tuple(without), tuple(loose))


def plank_number(typed: str) -> int | None:
    """The number of the plank that this names and nothing else: "P12", "p 12", "plank 12" or "12"."""
    found = _NUMBER.fullmatch(typed.strip())
    return int(found[1]) if found else None


def amendment_name(typed: str) -> str | None:
    """The amendment that this names and nothing else: "P12-A3", with whichever dash."""
    found = _AMENDMENT.fullmatch(typed.strip())
    return f"P{found[1]}-A{found[2]}" if found else None


def beginnings(typed: str) -> tuple[tuple[str, ...], str]:
    """What is being typed: the words that are complete, and the beginning of the last one, empty where it is short."""
    words = whole_words(typed[:LONGEST_QUERY])[:MOST_WORDS]
    if not words:
        return (), ""
    if not typed[-1:].isalnum():
        return tuple(words), ""
    *complete, last = words
    return tuple(complete), last if len(last) >= SHORTEST_BEGINNING else ""


def begins_with(title: Sequence[str], complete: Sequence[str], beginning: str) -> bool:
    """Whether a title has all complete words and one that begins as the last one does."""
    return set(complete) <= set(title) and any(word.startswith(beginning) for word in title)


def misspellings(word: str) -> Iterator[str]:
    """Every word one slip of the finger away: two signs swapped, one left out, added or mistaken for another.

    Words of three letters are too near to everything, and numbers are meant.
    """
    if not _SHORTEST_MENDED <= len(word) <= _LONGEST_MENDED or not word.isalpha():
        return
    parts = [(word[:place], word[place:]) for place in range(len(word) + 1)]
    yield from (head + tail[1] + tail[0] + tail[2:] for head, tail in parts if len(tail) > 1)
    yield from (head + tail[1:] for head, tail in parts if tail)
    yield from (head + letter + tail for head, tail in parts for letter in _LETTERS)
    yield from (head + letter + tail[1:] for head, tail in parts if tail for letter in _LETTERS)


def mended(typed: str, word: str, instead: str) -> str:
    """What was typed with one word spelled otherwise."""
    places = [place for place in word_places(typed) if folded(place.group()) == word]
    for place in reversed(places):
        typed = typed[: place.start()] + instead + typed[place.end() :]
    return typed


def _phrases(found: re.Match[str]) -> Iterator[Phrase]:
    """The words in quotation marks stand together, and so do those that a hyphen joins; all others stand alone."""
    words = tuple(whole_words(found["word"] or found["phrase"] or ""))
    if found["word"] is None or "-" in found["word"]:
        yield words
    else:
        yield from ((word,) for word in words)


def _stands_in(phrase: Phrase, words: Sequence[str]) -> bool:
    if len(phrase) == 1:
        return phrase[0] in words
    return any(tuple(words[place : place + len(phrase)]) == phrase for place in range(len(words)))
