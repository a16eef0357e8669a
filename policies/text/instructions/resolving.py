"""Finding the one place of a text that an instruction means, or refusing with all the places it could mean."""

import re
from collections.abc import Sequence

from policies.errors import RuleBroken
from policies.text.instructions.grammar import ORDINALS
from policies.text.instructions.pages import Page, Span
from policies.text.instructions.quotations import shortened
from policies.text.model import Kind

MOST_PLACES = 5
Said = dict[str, str | None]
_PARAGRAPHS = {Kind.PARAGRAPH, Kind.QUOTE}


def _ordinal(said: str) -> int:
    return ORDINALS.get(said) or int(re.sub(r"\D", "", said))


class Pointer:
    """Finds in a page what the groups of a matched sentence name."""

    def __init__(self, page: Page, quotations: Sequence[str]) -> None:
        self.page = page
        self._quotations = quotations

    def words(self, said: Said, name: str) -> str:
        """The quoted words of this name."""
        return self._quotations[int(said[name] or 0)]

    def has(self, said: Said, name: str) -> bool:
        """Whether the sentence named such a place."""
        return bool(said.get(f"{name}_kind") or said.get(f"{name}_named"))

    def scopes(self, said: Said, name: str) -> list[Span]:
        """The spans that a line or paragraph may mean: one, or one for each way of counting lines."""
        first, last = said[f"{name}_from"] or "", said[f"{name}_to"] or said[f"{name}_from"] or ""
        if (said[f"{name}_kind"] or "").startswith("line"):
            return self._lines(first, last)
        start, end = self.units(said, name)
        return [(self.page.blocks[start][0], self.page.blocks[end][1])]

    def _lines(self, first: str, last: str) -> list[Span]:
        if "." in first + last or not 1 <= int(first) <= int(last):
            raise RuleBroken(f"“{first} to {last}” is no run of lines.")
        spans = {
            (lines[int(first) - 1][0], lines[int(last) - 1][1])
            for lines in self.page.numberings
            if int(last) <= len(lines)
        }
        if not spans:
            raise RuleBroken(f"There is no line {last}; the text has {len(self.page.numberings[0])}.")
        return sorted(spans)

    def block(self, said: Said, name: str) -> Span:
        """The one span of a line, a paragraph or a run of them, where every way of counting gives the same."""
        spans = self.scopes(said, name)
        if len(spans) > 1:
            raise RuleBroken(
                f"Line {said[f'{name}_from']} is not the same line where lines are counted as typed and as printed. "
                "Quote the words, or name the paragraph."
            )
        return spans[0]

    def units(self, said: Said, name: str) -> tuple[int, int]:
        """The first and last unit that a paragraph, clause or item, or a run of them, means."""
        if said[f"{name}_ordinal"]:
            kind = said[f"{name}_named"] or ""
            index = self._counted(kind, _ordinal(said[f"{name}_ordinal"] or ""))
            return index, index
        kind, first = said[f"{name}_kind"] or "", said[f"{name}_from"] or ""
        start, end = self._unit(kind, first), self._unit(kind, said[f"{name}_to"] or first)
        if start > end:
            raise RuleBroken(f"{kind.capitalize()} {said[f'{name}_to']} stands before {first}.")
        return start, end

    def _unit(self, kind: str, number: str) -> int:
        if kind.startswith("clause") or "." in number:
            found = {index for index, unit in enumerate(self.page.units) if unit.clause == number}
        elif kind.startswith("para"):
            found = self._of_kind(kind, int(number)) | self._clause(number) or self._printed(int(number))
        else:
            found = self._of_kind(kind, int(number)) | self._printed(int(number))
        return self._only(found, f"{kind} {number}")

    def _counted(self, kind: str, ordinal: int) -> int:
        found = self._of_kind(kind, ordinal)
        if kind.startswith("para") and ordinal > 0:
            found |= self._clause(str(ordinal))
        return self._only(found, f"{kind} of that number" if ordinal > 0 else f"last {kind}")

    def _only(self, found: set[int], name: str) -> int:
        if not found:
            raise RuleBroken(f"There is no {name} in this text.")
        if len(found) > 1:
            places = ", ".join(self.page.around(self.page.contents[index]) for index in sorted(found))
            raise RuleBroken(f"{name.capitalize()} can mean {places}. Name the clause, or quote its words.")
        return found.pop()

    def _clause(self, number: str) -> set[int]:
        return {
            index for index, unit in enumerate(self.page.units) if unit.clause == number and unit.kind in _PARAGRAPHS
        }

    def _printed(self, number: int) -> set[int]:
        return {
            index
            for index, unit in enumerate(self.page.units)
            if unit.ordered and unit.kind is Kind.LIST_ITEM and unit.path == (number,)
        }

    def _of_kind(self, kind: str, ordinal: int) -> set[int]:
        if kind.startswith("para"):
            counted = [index for index, unit in enumerate(self.page.units) if unit.kind in _PARAGRAPHS]
        else:
            counted = [index for index, unit in enumerate(self.page.units) if unit.kind is Kind.LIST_ITEM]
        place = ordinal - 1 if ordinal > 0 else ordinal
        return {counted[place]} if -len(counted) <= place < len(counted) else set()

    def anchor(self, said: Said, name: str, scopes: Sequence[Span]) -> Span:
        """The one place of quoted words within these spans."""
        if self.has(said, f"{name}_in"):
            scopes = self.scopes(said, f"{name}_in")
        ordinal = next(
            (said[key] for part in ("which", "where", "nth", "occurrence") if said[key := f"{name}_{part}"]), None
        )
        words = self.words(said, name)
        if not words.strip():
            raise RuleBroken("A place cannot be named by quoting nothing; quote the words that stand there.")
        whole, parts = self.page.find(words.strip())
        cut_plurals = [span for span in whole if self._is_possessive_plural(span)]
        whole, parts = [span for span in whole if span not in cut_plurals], sorted([*parts, *cut_plurals])
        picked: set[Span] = set()
        nearby: list[Span] = []
        for start, end in scopes:
            here = [span for span in whole if start <= span[0] < end]
            cut = [span for span in parts if start <= span[0] < end]
            possessive = [span for span in cut if self._is_possessive(span)]
            nearby += here + cut
            if here:
                picked |= self._picked(words, ordinal, here, possessive)
        if len(picked) == 1:
            return picked.pop()
        raise self._several(words, sorted(picked)) if picked else self._absent(words, nearby)

    def _is_possessive(self, span: Span) -> bool:
        """Whether a whole word stands here and only its apostrophe, and what follows it, has been left out."""
        text = self.page.text
        return text[span[1] : span[1] + 1] in {"'", "’"} and not text[span[0] - 1 : span[0]].isalnum()

    def _is_possessive_plural(self, span: Span) -> bool:
        """Whether an apostrophe that belongs to the last word has been left out of the quotation."""
        text = self.page.text
        ends = text[span[1] - 1 : span[1] + 1].lower() in {"s'", "s’"}
        return ends and not text[span[1] + 1 : span[1] + 2].isalnum() and text[span[0] - 1 : span[0]] not in {"'", "‘"}

    def _picked(self, words: str, ordinal: str | None, here: list[Span], possessive: list[Span]) -> set[Span]:
        if possessive and (ordinal or len(here) == 1):
            raise self._several(words, sorted([*here, *possessive]))
        if not ordinal:
            return set(here)
        number = _ordinal(ordinal)
        if number > len(here) or not number:
            raise RuleBroken(f"“{shortened(words)}” does not occur so often: only {self._listed(here)}.")
        return {here[number - 1 if number > 0 else -1]}

    def every(self, said: Said, name: str, scopes: Sequence[Span]) -> list[Span]:
        """All places of quoted words within the one span that is meant."""
        if self.has(said, f"{name}_in"):
            scopes = self.scopes(said, f"{name}_in")
        words = self.words(said, name)
        whole, parts = self.page.find(words.strip())
        if len(scopes) > 1 or not whole or any(map(self._is_possessive, parts)):
            raise self._absent(words, [*whole, *parts])
        found = [span for span in whole if scopes[0][0] <= span[0] < scopes[0][1]]
        if not found or (said["every"] == "both" and len(found) != 2):
            raise self._several(words, found)
        return found

    def _several(self, words: str, spans: Sequence[Span]) -> RuleBroken:
        return RuleBroken(
            f"“{shortened(words)}” occurs {len(spans)} times: {self._listed(spans)}. "
            "Say which one, as in “second ‘…’”, or quote more words."
        )

    def _absent(self, words: str, nearby: Sequence[Span]) -> RuleBroken:
        known = nearby or self._like(words)
        hint = f" Did you mean {self._listed(known)}?" if known else ""
        return RuleBroken(f"“{shortened(words)}” does not occur where the instruction says.{hint}")

    def _like(self, words: str) -> list[Span]:
        """Places that say the same in other letters or elsewhere, only ever to be suggested."""
        whole, _ = self.page.find(words.strip())
        if whole:
            return whole
        lower = Page(self.page.text.lower())
        return lower.find(words.strip().lower())[0] if len(lower.text) == len(self.page.text) else []

    def _listed(self, spans: Sequence[Span]) -> str:
        more = len(spans) - MOST_PLACES
        places = [self.page.around(span) for span in spans[:MOST_PLACES]]
        return ", ".join([*places, f"and {more} more"] if more > 0 else places)
