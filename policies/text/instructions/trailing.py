"""What stands around an amendment in words and is no order: its heading, its mover, its reasons."""

import re
from collections.abc import Callable

_QUOTE = "\"“”„'‘’«»"
_VERB = r"(?:leave out|insert|delete|add|omit|remove|replace|substitute|strike|amend|change|move|swap)"
_PREAMBLE = re.compile(
    r"\s{0,9}(?:as )?(?:an? )?amendments? to (?:the )?motions?\b"
    r"(?:[^\n“\"(]|\([^\n]{0,250}?\)(?=[\s,:])){0,300}?(?:[,:]\s{1,5}|\n\s{0,9})"
    rf"(?=(?:{_VERB}|after|before|at|in|line|lines|for|from|paragraph|clause)\b)",
    re.IGNORECASE,
)
_BEG = re.compile(
    r"\s{0,9}(?:(?:I|we) (?:beg to |wish to |would like to )?(?:move|propose|suggest)[,:]?\s{1,5}"
    r"|please (?:could |can )?(?:you )?|in motion [\w/.-]{1,20},?\s{1,5})",
    re.IGNORECASE,
)
_NUMBER = re.compile(
    r"\s{0,9}(?:★\s{0,3})?(?:(?-i:[A-Z])[\w .'’()-]{0,60}\s(?:to move|moves)[,:]?\s{1,5}(?:that )?"
    r"|amendment (?:no\.? )?\(?[\w.]{1,12}\)?\s{0,3}[:,.–—-]?\s{1,5}(?:\([^)\n]{1,40}\)\s{0,3}[:.–—-]?\s{0,5})?"
    r"|(?:(?:emergency |topical |composite )?motion|composite) (?:no\.? )?\(?[\w.]{1,12}\)?\s{0,3}[:\u2013—]\s{1,5}"
    r"|amendment\s{0,3}:\s{0,5}|\d{1,4}\s{1,5}(?=(?:clause|page|schedule)\s))",
    re.IGNORECASE,
)
_MOVER = re.compile(
    r"\s{0,9}(?:moved by|mover|proposed by|proposer|seconded by|seconder|submitted by|from|amendment to motion)"
    r"\s{0,3}:[^\n]{0,200}\n"
    r"|\s{0,9}(?:moved by|proposed by|seconded by|submitted by)\s[^\n“\"]{1,200}\n",
    re.IGNORECASE,
)
_REASONS = re.compile(
    r"\(?(?:reasons?|rationale|explanation|explanatory (?:note|statement)|justification"
    r"|member[’']s explanatory statement)\)?\s{0,3}(?:[:—–]|\n)",
    re.IGNORECASE,
)
_REMARK = re.compile(
    r"[\s.]{0,9}\((?:amended text|changes?|additions?|new text|deletions?)[^)\n]{0,80}"
    r"(?:bold|italics?|underlined)[^)\n]{0,40}\)",
    re.IGNORECASE,
)
_AT_LINE_START = re.compile(r"\n\s{0,20}")
_MORE = re.compile(
    r"(?:\(?(?:\d{1,2}|[a-z]|[ivx]{1,4})[.)]\s{1,5})?(?:and |then |also )?(?:in |on |at |from )?(?:the )?"
    rf"(?:lines?|para(?:graph)?s?|clauses?|page|bullets?|section|{_VERB}|after|before|end)\b",
    re.IGNORECASE,
)
_NUMBERED_ON = re.compile(
    r"[\s,;(\[]{1,9}(?:and )?(?:re-?number|re-?letter)(?:ing)?(?:\s[^\n.“\"]{0,80})?[.)\]\s]{0,4}\Z", re.IGNORECASE
)
_NAMES_A_PLACE = re.compile(
    rf"[{_QUOTE}]|\b(?:lines?|para(?:graph)?s?|clauses?|bullet|point|section) \(?\d", re.IGNORECASE
)


def without_preamble(text: str) -> str:
    """The instruction from its first order on."""
    for pattern in (_MOVER, _MOVER, _MOVER, _BEG, _PREAMBLE, _NUMBER, _MOVER, _PREAMBLE, _BEG):
        found = pattern.match(text)
        text = text[found.end() :] if found else text
    return _REMARK.sub("", text, count=3)


def is_trailing(text: str, at: int) -> bool:
    """Whether reasons begin here."""
    ahead = text[at : at + 40]
    start = at + len(ahead) - len(ahead.lstrip(" \n.)"))
    return bool(_REASONS.match(text, start))


def block_end(text: str, start: int, is_part: Callable[[int], bool]) -> int:
    """Where words without quotation marks end: where reasons or the next order begin, else with the instruction."""
    end = len(text)
    looked = 0
    for found in _AT_LINE_START.finditer(text, start):
        at = found.end()
        if _REASONS.match(text, at):
            end = found.start()
            break
        line = text[at : at + 2000].split("\n", 1)[0]
        if _MORE.match(line) and _NAMES_A_PLACE.search(line) and looked < 50:
            looked += 1
            if is_part(at):
                end = found.start()
                break
    numbered = _NUMBERED_ON.search(text, max(start, end - 160), end)
    return numbered.start() if numbered else end
