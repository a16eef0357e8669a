"""Cutting a text into words, spaces and punctuation, so that no comparison ever stops in the middle of a word."""

import re
import unicodedata
from functools import lru_cache

# Emoji modifiers, tags and joiners belong to the sign before them, as combining marks do.
_JOINER = "\u200d"
_OTHER_EXTENDERS = "\u200c\U0001f3fb-\U0001f3ff\U000e0020-\U000e007f\U000e0100-\U000e01ef"
_LAST_BLOCK_WITH_MARKS = 0x1F000


def _combining_marks() -> str:
    """Every combining mark, as ranges for a character class; `re` itself does not know them."""
    points = [p for p in range(0x300, _LAST_BLOCK_WITH_MARKS) if unicodedata.category(chr(p)).startswith("M")]
    ranges: list[list[int]] = []
    for point in points:
        if ranges and ranges[-1][1] == point - 1:
            ranges[-1][1] = point
        else:
            ranges.append([point, point])
    return "".join(f"{chr(first)}-{chr(last)}" for first, last in ranges)


_EXTENDER = f"[{_combining_marks()}{_OTHER_EXTENDERS}{_JOINER}]"
_LETTER = f"[^\\W_]{_EXTENDER}*"
_WORD = f"(?:{_LETTER})+(?:['\u2019](?:{_LETTER})+|(?<=\\d)[.,](?=\\d)(?:{_LETTER})+)*"
_SPACE = f"\\s+{_EXTENDER}*"
_FLAG = "[\U0001f1e6-\U0001f1ff]{2}"
_SIGN = f".{_EXTENDER}*(?:(?<={_JOINER})[^\\w\\s]{_EXTENDER}*)*"

_TOKEN = re.compile(f"{_WORD}|{_SPACE}|{_FLAG}|{_SIGN}", re.DOTALL)
_ONLY_WORDS = re.compile(_WORD)


def tokens(text: str) -> list[str]:
    """The text as words, runs of white space and single signs; joined they give the text back.

    A word keeps its apostrophe ("don't") and a number its point and comma ("2,500.50"). Combining marks and the parts
    of a joined emoji stay with what they stand on.
    """
    return _TOKEN.findall(text)


def words(text: str) -> list[str]:
    """Only the words and numbers of the text, in order."""
    return _ONLY_WORDS.findall(text)


def is_word(token: str) -> bool:
    """Whether a token is a word or number, not a space or a sign."""
    return token[:1].isalnum()


@lru_cache(maxsize=8192)
def folded_words(text: str) -> tuple[str, ...]:
    """The words in lower case, for comparing; kept, because the same units are compared again and again."""
    return tuple(word.casefold() for word in words(text))
