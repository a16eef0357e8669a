"""Cutting a text into words, spaces and punctuation, so that no comparison ever stops in the middle of a word."""

import re
import unicodedata
from collections.abc import Iterator
from functools import cache, lru_cache

_JOINER = "\u200d"


def _points(first: int, last: int) -> list[str]:
    return [chr(point) for point in range(first, last + 1)]


@cache
def _extenders() -> frozenset[str]:
    """What belongs to the sign before it: combining marks, joiners, emoji modifiers, tags, variation selectors."""
    marks = [sign for sign in _points(0x300, 0x1F000) if unicodedata.category(sign).startswith("M")]
    others = _points(0x1F3FB, 0x1F3FF) + _points(0xE0020, 0xE007F) + _points(0xE0100, 0xE01EF)
    return frozenset((*marks, "\u200c", _JOINER, *others))


# Chinese signs and Japanese hiragana: they are written without spaces, so each counts as a word.
_IDEOGRAPHS = "\u3040-\u309f\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_FLAG = "[\U0001f1e6-\U0001f1ff]{2}"


def _patterns(extenders: str, joined: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """One pattern for every token of a text, and one for its words; `extenders` may follow any sign."""
    letter = f"[^\\W_{_IDEOGRAPHS}]"
    letters = f"(?:{letter}{extenders})+" if extenders else f"{letter}+"
    word = f"(?:(?=[^\\W_])[{_IDEOGRAPHS}]{extenders}|{letters}(?:['\u2019]{letters}|(?<=\\d)[.,](?=\\d){letters})*)"
    token = f"{word}|\\s+{extenders}|{_FLAG}|.{extenders}{joined}"
    return re.compile(token, re.DOTALL), re.compile(word)


@cache
def _extender() -> str:
    return f"[{''.join(sorted(_extenders()))}]"


def _joined() -> str:
    return f"(?:(?<={_JOINER})[^\\w\\s]{_extender()}*)*"


@cache
def _whole() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """The patterns of tokens, words and signs of any text. Made when a text needs them: that takes long."""
    token, word = _patterns(f"{_extender()}*", _joined())
    return token, word, re.compile(f"{_FLAG}|.{_extender()}*{_joined()}", re.DOTALL)


# Most texts hold no extender at all, and without the long list of them the patterns run many times faster.
_SIMPLE_TOKEN, _SIMPLE_WORD = _patterns("", "")


_SENTENCE_END = re.compile("[.!?\u2026][^\\w\\s]*\\s+|[\u3002\uff01\uff1f]|\n\n")
_IDEOGRAPH = re.compile(f"[{_IDEOGRAPHS}]")
_SIMPLE_SIGN = re.compile(f"{_FLAG}|.", re.DOTALL)


def _is_simple(text: str) -> bool:
    return text.isascii() or _extenders().isdisjoint(text)


def tokens(text: str) -> list[str]:
    """The text as words, runs of white space and single signs; joined they give the text back.

    A word keeps its apostrophe ("don't") and a number its point and comma ("2,500.50"); each Chinese sign is a word.
    Combining marks and the parts of a joined emoji stay with what they stand on.
    """
    return (_SIMPLE_TOKEN if _is_simple(text) else _whole()[0]).findall(text)


def words(text: str) -> list[str]:
    """Only the words and numbers of the text, in order."""
    return (_SIMPLE_WORD if _is_simple(text) else _whole()[1]).findall(text)


def word_places(text: str) -> Iterator[re.Match[str]]:
    """The same words with where they stand."""
    return (_SIMPLE_WORD if _is_simple(text) else _whole()[1]).finditer(text)


def sentences(text: str) -> list[str]:
    """The text cut at the ends of its sentences and of its paragraphs."""
    return _SENTENCE_END.split(text)


def signs(text: str) -> int:
    """How many signs a reader sees: marks, joined emoji and flags count as one with what they stand on."""
    return len(text) if text.isascii() else len((_SIMPLE_SIGN if _is_simple(text) else _whole()[2]).findall(text))


def is_word(token: str) -> bool:
    """Whether a token is a word or number, not a space or a sign."""
    return token[:1].isalnum()


def is_ideograph(token: str) -> bool:
    """Whether a token is one sign of a script that puts no spaces between words."""
    return bool(_IDEOGRAPH.match(token))


@lru_cache(maxsize=8192)
def folded_words(text: str) -> tuple[str, ...]:
    """The words in lower case, for comparing; kept, because the same units are compared again and again."""
    return tuple(word.casefold() for word in words(text))
