"""Finding the places that an instruction tells by words of them: a heading, a beginning, an end."""

from policies.errors import RuleBroken
from policies.text.instructions.pages import Page, Span, folded
from policies.text.instructions.quotations import shortened
from policies.text.instructions.saying import Place
from policies.text.instructions.structure import Labelled, bullets, labels, paragraphs, sections, sentences, typed_lines
from policies.text.model import Kind

Scope = tuple[Span, ...]
"""One reading of a place: its passages, in the order of the text."""


class Worded:
    """Finds what is told by words in one page."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.everywhere: list[Scope] = [((0, len(page.text)),)]
        self._labels: list[Labelled] | None = None

    @property
    def labels(self) -> list[Labelled]:
        """The printed numbers and letters of the text."""
        if self._labels is None:
            self._labels = labels(self.page)
        return self._labels

    def told(self, place: Place, span: Span) -> list[Span]:
        """The places whose heading, beginning, end or whole are these words."""
        sought = folded(place.words.strip(" …")).text.strip(" .")
        sought = sought if sought or place.words.strip() else ""
        if not sought:
            raise RuleBroken("A place cannot be named by quoting nothing; quote the words that stand there.")
        found = [one for one in self._candidates(place, span, sought) if span[0] <= one[0] < span[1]]
        if not found:
            raise RuleBroken(f"There is no {place.kind} {place.manner} “{shortened(place.words)}” in this text.")
        return found

    def _candidates(self, place: Place, span: Span, sought: str) -> list[Span]:
        if place.kind == "quoted":
            return self._under(sought, place) or self._quoted(place.words.strip(), sought)
        if place.kind in {"section", "clause"}:
            return self._under(sought, place)
        if place.kind in {"heading", "title"}:
            found = [one for one in self._headings(span) if self._plain_words(one).strip("# ") == sought]
            return found or self._introductions(sought)
        return [one for one in self._all_of(place.kind, span) if self._fits(one, place, sought)]

    def _under(self, sought: str, place: Place) -> list[Span]:
        if place.manner == "verb":
            return [passage for words, passage in sections(self.page) if sought in words.lower()]
        exact = [
            passage for words, passage in sections(self.page) if folded(words).text.strip(" :.") == sought.strip(":")
        ]
        return exact or [
            passage
            for words, passage in sections(self.page)
            if folded(words).text.strip(" :.").casefold() == sought.strip(":").casefold()
        ]

    def _quoted(self, words: str, sought: str) -> list[Span]:
        """Where these words stand; if nowhere else, what stands under the heading that begins with them."""
        found = list(self.page.find(words)[0])
        begun = [
            passage
            for heading, passage in sections(self.page)
            if folded(heading).text.casefold().startswith(f"{sought.casefold()} ")
        ]
        return begun if len(found) == len(begun) == 1 else found

    def _introductions(self, sought: str) -> list[Span]:
        """The lines that end with a colon and have these words, where no heading has them."""
        lines = [span for span in typed_lines(self.page) if self.page.text[slice(*span)].rstrip("*_ ").endswith(":")]
        return [one for one in lines if self._plain_words(one).strip(" :") == sought.strip(" :")]

    def _all_of(self, kind: str, span: Span) -> list[Span]:
        if kind == "sentence":
            return sentences(self.page, span)
        if kind == "paragraph":
            return paragraphs(self.page)
        if kind == "line":
            return typed_lines(self.page)
        return [one for each in bullets(self.page) for one in each] or [one.span for one in self.labels]

    def _plain_words(self, span: Span) -> str:
        index = self.page.unit_at(span[0])
        start = (
            max(span[0], self.page.contents[index][0])
            if index >= 0 and span[0] == self.page.blocks[index][0]
            else span[0]
        )
        return folded(self.page.text[start : span[1]].strip()).text.strip("*_ ")

    def _fits(self, span: Span, place: Place, sought: str) -> bool:
        words = self._plain_words(span)
        match place.manner:
            case "beginning":
                return words.startswith(sought)
            case "ending":
                return words.rstrip(".;, ").endswith(sought.rstrip(".;, "))
            case "containing":
                return sought in words
            case _:
                cut = place.words.rstrip().endswith(("…", "..."))
                return words.startswith(sought) if cut else words.strip(" .;") == sought.strip(" .;")

    def _headings(self, span: Span) -> list[Span]:
        return [
            block
            for unit, block in zip(self.page.units, self.page.blocks, strict=True)
            if unit.kind is Kind.HEADING and span[0] <= block[0] < span[1]
        ]
