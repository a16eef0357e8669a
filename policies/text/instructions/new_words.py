"""The new words of an instruction: quoted, named as a sign, or standing after a colon without quotation marks."""

import re
from collections.abc import Callable

from policies.errors import RuleBroken
from policies.text.instructions.arranging import Arranging
from policies.text.instructions.quotations import Sort, Source, shortened
from policies.text.instructions.targeting import SIGNS
from policies.text.instructions.trailing import block_end

SO_READS = (
    "so that it",
    "so that",
    "so it",
    "such that it",
    "such that",
    "so as",
    "in order that it",
    "to make it",
    "so",
)
READS = ("now reads", "then reads", "reads", "read", "would read", "will read", "to read", "shall read", "should read")
_COLON = re.compile(r"[ ]{0,9}[:—–]")
_FOLLOWING = re.compile(
    r"[ ]{0,9}(?:the )?(?:following|new)(?: new)?(?: (?:words?|text|wording|paragraphs?|sentences?|lines?))?(?=:)",
    re.IGNORECASE,
)
_NUMBERED_WORDS = re.compile(r"\(?(?:\d{1,3}|[A-Za-z]|[ivxIVX]{2,5})[.)]\s{1,3}[A-Z]")
_LABEL_AND_QUOTATION = re.compile(r"\(?[\w]{1,5}[.)]\s{0,3}[\"“‘'«]")


class NewWords(Arranging):
    """Reads the words that an order puts into the text."""

    def __init__(self, source: Source, is_part: Callable[[int], bool]) -> None:
        super().__init__(source)
        self._is_part = is_part

    def new_words(self) -> str | None:
        """The words in quotation marks, a sign by its name, or what follows a colon or dash without marks."""
        return self.attempt(self._new_words)

    def _new_words(self) -> str | None:
        if not _COLON.match(self.source.text, self.at):
            self.accept("text", "sentence", "it", "this", "reading", "to read", "as follows", "with")
        announced = _FOLLOWING.match(self.source.text, self.at)
        self.at = announced.end() if announced else self.at
        colon = re.compile(r"[ ]{0,9}[:—–-]?-?\s{0,20}").match(self.source.text, self.at)
        if self.peek().sort is Sort.QUOTATION:
            words = self.take().said
            following = self.peek()
            is_second = following.sort is Sort.QUOTATION
            is_list = is_second and self.source.text[self.at : following.start].strip()
            return None if is_list and not self._is_pair_next() else words
        if sign := self.accept(*SIGNS):
            return SIGNS[sign]
        if self.peek().sort is Sort.UNCLOSED:
            raise unclosed(self.peek().said)
        is_announced = colon and re.search(r"[:—–\n]|(?: -|-- ?$|- $)", colon.group())
        if colon and self._is_part(colon.end()):
            return None
        if not colon or not (is_announced or _NUMBERED_WORDS.match(self.source.text, colon.end())):
            return None
        end = block_end(self.source.text, colon.end(), self._is_part)
        words = self.source.text[colon.end() : end].strip()
        self.at = end
        return words if words and not _LABEL_AND_QUOTATION.match(words) else None

    def _is_pair_next(self) -> bool:
        """Whether the next quotation is to be replaced itself, as in “‘A’ with ‘B’, ‘C’ with ‘D’”."""
        start = self.at
        self.take()
        is_pair = self.word() in {"with", "by", "to", "becomes"}
        self.at = start
        return is_pair

    def _so_reads_next(self) -> bool:
        start = self.at
        found = self.accept(*SO_READS) and self.accept(*READS)
        self.at = start
        return bool(found)


def unclosed(words: str) -> RuleBroken:
    """The refusal of a quotation that does not end."""
    return RuleBroken(
        f"The quotation that begins at “{shortened(words)}” is not closed, or its quotation marks can be read "
        f"in more than one way. Put other marks around the whole, such as « and »."
    )
