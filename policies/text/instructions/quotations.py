"""Cutting an instruction into its own words and the words it quotes, one token at a time as they are asked for."""

import re
from dataclasses import dataclass
from enum import Enum, auto

LONGEST_SHOWN = 60
Headings = dict[str, list[str]]
"""The headings of a text by their first words, the longest first."""
_BEFORE_HEADING = re.compile(r"[ ]{0,9}(?:the )?", re.IGNORECASE)
_FIRST_WORD = re.compile(r"[^\W_]+")
_DOUBLE, _SINGLE = '"“”„', "'‘’"
_PAIRS = {"«": "»", "‹": "›"}
_BEFORE_OPENER = frozenset(" \n\xa0([{—–-/:\"“‘'")
_AFTER_CLOSER = frozenset(" \n\xa0.,;:!?)]}—–-/\"”’'…")
# What an instruction may say right after a quotation; an apostrophe before anything else belongs to the quoted words.
_GOES_ON = re.compile(
    r"\s{0,20}[,:]\s?[\"'“‘]|\s{0,20}[.,;:)?!]{0,5}\s{0,20}(?:$|\n|[—–-]|→|…|\.\.\.|\(|and\b|to\b|up\b|until\b|till\b|with\b|by\b|for\b|from\b"
    r"|both (?:times|places|instances|occurrences)\b|each time\b| ['‘](?=\w)"
    r"|in\b|on\b|at\b|of\b|so\b|after\b|before\b|between\b|immediately\b|where|throughout|everywhere|instead\b|then\b"
    r"|into\b|replacing|inserting|adding|substituting|an? (?:new|further|additional)\b"
    r"|insert|add\b|leave|delete|remove|omit|strike|replace|substitute|move\b|change\b|amend\b|becomes?\b|should\b|read"
    r"|as\b|also\b|line\b|paragraph\b|inclusive\b|section\b|,\s?[\"'“‘]|onwards?\b|through\b|&|respectively|is\b|be\b|re-?(?:number|letter)"
    r"|(?:the )?(?:words?|following|first|second|third|last|final|rest)\b)",
    re.IGNORECASE,
)
_OPENED_AGAIN = re.compile(r"(\n\s{0,20})“")
_LINE_BEFORE_QUOTATION = re.compile(r"\n\s{0,20}[\"'“‘„«]")
_WORD = re.compile(
    r"\d{1,6}(?:st|nd|rd|th)\b|\d+(?:\.\d+)*[A-Z]?(?![^\W_])|\d+(?:\.\d+)*|[^\W\d_]+(?:-[^\W\d_]+)*|->|\S",
    re.IGNORECASE,
)
_LABEL = re.compile(
    r"\((\d{1,3}[A-Z]{0,2}|[A-Za-z]{1,2}|[ivxlc]{1,6}|[IVXLC]{1,6})\)|([A-Za-z]|[ivx]{1,5}|[IVX]{1,5})\)"
)
_NUMBERING = re.compile(r"(\d{1,3}|[A-Za-z]|[ivx]{1,5})[.)](?=\s)")
_FILLERS = frozenset(
    ["the", "words", "word", "phrase", "phrases", "expression", "please", "a", "an", ",", ":", "following"]
    + ["immediately", "directly", "…", "*", "_", "•", "·", "★", "all-new", "and/or"]
)
_BREAKS = frozenset(";.\n!?")
_SHORT = re.compile(r"\b(?:para|paras|cl|no|nos|pt|l|ll|p|pp|sec|subs)\Z", re.IGNORECASE)
_DASHES = "-–—"


class Sort(Enum):
    """What a token of an instruction is."""

    WORD = auto()
    QUOTATION = auto()
    LABEL = auto()
    BREAK = auto()
    UNCLOSED = auto()
    END = auto()


@dataclass(frozen=True)
class Token:
    """One token: what it says, in small letters where it is a word, and where it stands."""

    sort: Sort
    said: str
    start: int
    end: int


def shortened(words: str) -> str:
    """The words on one line, cut to what a sentence can hold."""
    folded = " ".join(words[: LONGEST_SHOWN * 4].split())
    return folded if len(folded) <= LONGEST_SHOWN else f"{folded[:LONGEST_SHOWN].rstrip()} …"


class Source:
    """An instruction, of which each token is read once, when somebody asks for it."""

    def __init__(self, text: str, headings: Headings | None = None) -> None:
        self.text = text
        self.headings = headings or {}
        self._known: dict[int, Token] = {}

    def heading(self, at: int) -> tuple[str, int] | None:
        """The heading of the text whose words come next, without quotation marks, and where they end."""
        before = _BEFORE_HEADING.match(self.text, at)
        start = before.end() if before else at
        first = _FIRST_WORD.match(self.text, start)
        for words in self.headings.get(first.group().casefold(), []) if first else []:
            end = start + len(words)
            if self.text[start:end].casefold() == words.casefold() and not self.text[end : end + 1].isalnum():
                return words, end
        return None

    def token(self, at: int) -> Token:
        """The first token at or after this place."""
        if at not in self._known:
            self._known[at] = self._read(at)
        return self._known[at]

    def _read(self, at: int) -> Token:
        text = self.text
        while at < len(text):
            token = self._one(at)
            if token and not (token.sort is Sort.WORD and token.said in _FILLERS):
                return token
            at = token.end if token else at + 1
        return Token(Sort.END, "", len(text), len(text))

    def _one(self, at: int) -> Token | None:
        """The token that begins right here; nothing for space and what only divides."""
        text, sign = self.text, self.text[at]
        if sign in _DOUBLE or sign in _SINGLE or sign in _PAIRS:
            if sign == "'" and text[at + 1 : at + 2] == "'" and (doubled := _doubled(text, at)):
                return doubled
            end = closing(text, at)
            return Token(Sort.UNCLOSED, text[at:], at, len(text)) if end is None else self._quotation(at, end)
        label = _LABEL.match(text, at) if not text[max(0, at - 1) : at].isalnum() or sign == "(" else None
        if not label and self._begins_a_part(at):
            label = _NUMBERING.match(text, at)
        if label:
            return Token(Sort.LABEL, label.group(), at, label.end())
        if sign in _BREAKS:
            return None if self._is_no_break(at) else Token(Sort.BREAK, sign, at, at + 1)
        word = _WORD.match(text, at)
        if not word:
            return None
        said = word.group().lower()
        if said in _DASHES or said in {"→", "->"}:
            return Token(Sort.WORD, "to", at, word.end()) if said in {"→", "->"} or self._is_range(at) else None
        return Token(Sort.WORD, said, at, word.end())

    def _is_no_break(self, at: int) -> bool:
        """Whether a line ends before the quotation it announces, or a point belongs to “…” or a shortened word."""
        text, sign = self.text, self.text[at]
        if sign == "\n":
            return bool(_LINE_BEFORE_QUOTATION.match(text, at))
        is_ellipsis = text[at : at + 2] == ".." or text[max(0, at - 1) : at + 1] == ".."
        return is_ellipsis or bool(sign == "." and _SHORT.search(text[max(0, at - 5) : at]))

    def _quotation(self, at: int, end: int) -> Token:
        words = self.text[at + 1 : end]
        if self.text[at] == "“" and words.count("“") > words.count("”"):
            words = _OPENED_AGAIN.sub(r"\1", words)
        return Token(Sort.QUOTATION, words, at, end + 1)

    def _begins_a_part(self, at: int) -> bool:
        before = self.text[max(0, at - 40) : at].rstrip(" ")
        return not before or before[-1] in ";\n" or before.endswith((" and", ";and"))

    def _is_range(self, at: int) -> bool:
        """Whether a dash stands between two numbers, two letters or two quotations."""
        before, after = self.text[max(0, at - 20) : at].rstrip(), self.text[at + 1 : at + 20].lstrip()
        if not before or not after:
            return False
        both = before[-1], after[0]
        return (
            all(sign.isdecimal() for sign in both)
            or (before[-1] == ")" and after[0] == "(")
            or (before[-1] in "\"'”’»" and after[0] in "\"'“‘«")
        )


def _doubled(text: str, at: int) -> Token | None:
    """A quotation between two single marks typed twice for a double one."""
    end = text.find("''", at + 2) if text[at + 2 : at + 3].isalnum() else -1
    return Token(Sort.QUOTATION, text[at + 2 : end], at, end + 2) if end >= 0 else None


def closing(source: str, start: int) -> int | None:
    """Where the quotation that opens here is closed, those inside it left whole; None where it never is."""
    sign = source[start]
    alike = _DOUBLE if sign in _DOUBLE else _SINGLE
    signs = (sign + _PAIRS[sign]) if sign in _PAIRS else alike
    depth = 1
    for found in re.compile(f"[{signs}]").finditer(source, start + 1):
        place = found.start()
        if sign in _PAIRS:
            depth += 1 if source[place] == sign else -1
        else:
            depth += _turn(source, place, depth, sign)
        if not depth:
            return place
    return _repeated(source, start) if sign == "“" else None


def _repeated(source: str, start: int) -> int | None:
    """The end of a quotation of several paragraphs, each of which opens it again."""
    depth = 1
    for found in re.compile("[“”]").finditer(source, start + 1):
        begins_line = source[max(0, found.start() - 2) : found.start()].strip(" ").endswith("\n")
        if found.group() == "”":
            depth -= 1
        elif not begins_line:
            depth += 1
        if not depth:
            return found.start()
    return None


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
    return -1 if depth > 1 or before in ".!?" or _GOES_ON.match(source, place + 1) else 0
