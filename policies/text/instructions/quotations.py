"""Cutting an instruction into its own words and the words it quotes, in one pass from left to right."""

import re
from dataclasses import dataclass

from policies.errors import RuleBroken

LONGEST_SHOWN = 60
_DOUBLE, _SINGLE = '"“”„', "'‘’"
_PAIRS = {"«": "»", "‹": "›"}
_BEFORE_OPENER = frozenset(" \n\xa0([{—–-/:\"“‘'")
_AFTER_CLOSER = frozenset(" \n\xa0.,;:!?)]}—–-/\"”’'")
# What an instruction may say right after a quotation; an apostrophe before anything else belongs to the quoted words.
_GOES_ON = re.compile(
    r"\s{0,20}[.,;:)]{0,5}\s{0,20}(?:$|\n|[—–-]|\(|and\b|to\b|up\b|until\b|with\b|by\b|for\b|from\b|in\b|on\b|at\b|after\b|before\b|between\b|immediately\b"
    r"|where|throughout|instead\b|then\b|insert|add\b|leave|delete|remove|omit|strike|replace|substitute|as\b|also\b"
    r"|,\s?[\"'“‘]|(?:the )?(?:words?|following|first|second|third|last|final)\b|inclusive\b)",
    re.IGNORECASE,
)
_LINE_BEFORE_QUOTATION = re.compile(r"\n\s{0,20}[\"'“‘„«]")
_WORD = re.compile(r"\d+(?:\.\d+)*(?:st|nd|rd|th)?(?![^\W\d_])|[^\W\d_]+|\S")
_NUMBERING = re.compile(r"\((?:[a-z]|[ivx]{1,5}|\d{1,3})\)|(?:[a-z]|[ivx]{1,5}|\d{1,3})[.)](?=\s)", re.IGNORECASE)
_FILLERS = frozenset({"the", "words", "word", "phrase", "please", "a", "an", ",", ":", "point"})
_BREAKS = frozenset(";.\n")


@dataclass(frozen=True)
class Instruction:
    """An instruction with each quotation as Q0, Q1 …, and ; for the end of a sentence, # for a number or letter."""

    source: str
    shape: str
    quotations: tuple[str, ...]
    starts: tuple[tuple[int, int], ...]
    """For each word of the shape: where it begins there, and where in the source."""

    def shown_from(self, position: int) -> str:
        """The source from this place of the shape on, cut to what a sentence can hold."""
        start = max(at for offset, at in self.starts if offset <= position)
        return shortened(self.source[start:])


def shortened(words: str) -> str:
    """The words on one line, cut to what a sentence can hold."""
    folded = " ".join(words.split())
    return folded if len(folded) <= LONGEST_SHOWN else f"{folded[:LONGEST_SHOWN].rstrip()} …"


def cut(source: str) -> Instruction:
    """Cut an instruction at its quotations; one that is not closed refuses the whole."""
    pieces: list[tuple[str, int]] = []
    quotations: list[str] = []
    position = 0
    while position < len(source):
        sign = source[position]
        if sign in _DOUBLE or sign in _SINGLE or sign in _PAIRS:
            end = _closing(source, position)
            pieces.append((f"Q{len(quotations)}", position))
            quotations.append(source[position + 1 : end])
            position = end + 1
        else:
            position = _own_word(source, position, pieces)
    return _shaped(source, pieces, tuple(quotations))


def _own_word(source: str, position: int, pieces: list[tuple[str, int]]) -> int:
    """Add one word of the instruction itself, and say where the next begins."""
    numbering = _NUMBERING.match(source, position) if _may_be_numbered(source, position, pieces) else None
    if numbering:
        pieces.append(("#", position))
        return numbering.end()
    if source[position] in _BREAKS and not _LINE_BEFORE_QUOTATION.match(source, position):
        pieces.append((";", position))
        return position + 1
    word = _WORD.match(source, position)
    if not word:
        return position + 1
    if (said := word.group().lower()) not in _FILLERS:
        pieces.append(("-" if said in "–—" else said, position))
    return word.end()


def _may_be_numbered(source: str, position: int, pieces: list[tuple[str, int]]) -> bool:
    if source[position] == "(":
        return True
    return (not pieces or pieces[-1][0] in {";", "and"}) and not source[max(0, position - 1) : position].isalnum()


def _shaped(source: str, pieces: list[tuple[str, int]], quotations: tuple[str, ...]) -> Instruction:
    starts = [(0, 0)]
    words: list[str] = []
    offset = 0
    for word, at in pieces:
        if word != ";" or words[-1:] not in ([], [";"], ["#"]):
            starts.append((offset, at))
            words.append(word)
            offset += len(word) + 1
    return Instruction(source, " ".join(words), quotations, tuple(starts))


def _closing(source: str, start: int) -> int:
    """Where the quotation that opens here is closed, those inside it left whole."""
    sign = source[start]
    alike = _DOUBLE if sign in _DOUBLE else _SINGLE
    kinds = {sign: 1, _PAIRS[sign]: -1} if sign in _PAIRS else dict.fromkeys(alike, 0)
    depth = 1
    for place in range(start + 1, len(source)):
        if source[place] not in kinds:
            continue
        depth += kinds[source[place]] or _turn(source, place, depth, opened_by=sign)
        if not depth:
            return place
    raise RuleBroken(
        f"The quotation that begins at “{shortened(source[start:])}” is not closed, or its quotation marks can be read "
        f"in more than one way. Put other marks around the whole, such as « and »."
    )


def _turn(source: str, place: int, depth: int, opened_by: str) -> int:
    """1 where a quotation mark opens, -1 where it closes, 0 where it is an apostrophe."""
    sign, before, after = source[place], source[place - 1], source[place + 1 : place + 2]
    ends = not after or after in _AFTER_CLOSER
    if sign == "„" or (sign in "“‘" and not (opened_by == "„" and ends)):
        return 1
    if sign == "”":
        return -1
    if sign in "\"'" and before in _BEFORE_OPENER and after.strip() and not ends:
        return 1
    if not ends:
        return 0
    if sign in _DOUBLE:
        return -1
    return -1 if depth > 1 or _GOES_ON.match(source, place + 1) else 0
