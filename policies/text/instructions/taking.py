"""Going through the tokens of an instruction from left to right, and back where something cannot be read."""

from collections.abc import Callable
from typing import TypeVar

from policies.text.instructions.quotations import Sort, Source, Token

Read = TypeVar("Read")


class Taking:
    """Takes one token after another; what cannot be read leaves the position where it was."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.at = 0

    def peek(self) -> Token:
        return self.source.token(self.at)

    def word(self) -> str:
        """The next word; nothing where a quotation, a label or a break comes next."""
        token = self.peek()
        return token.said if token.sort is Sort.WORD else ""

    def take(self) -> Token:
        token = self.peek()
        self.at = token.end
        return token

    def accept(self, *phrases: str) -> str:
        """Take the first of these phrases that comes next."""
        for phrase in phrases:
            start = self.at
            if all(self._is_next(word) for word in phrase.split(" ")):
                return phrase
            self.at = start
        return ""

    def _is_next(self, word: str) -> bool:
        if self.word() != word:
            return False
        self.take()
        return True

    def attempt(self, read: Callable[[], Read]) -> Read:
        """What this reads; the position stays where it reads nothing."""
        start = self.at
        found = read()
        if found is None:
            self.at = start
        return found

    def quotation(self) -> str | None:
        """The words in quotation marks that come next."""
        return self.take().said if self.peek().sort is Sort.QUOTATION else None

    def heading_name(self) -> str | None:
        """The words of a heading of the text, without quotation marks."""
        found = self.source.heading(self.at)
        if not found:
            return None
        words, self.at = found
        return words
