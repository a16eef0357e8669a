"""How an instruction says where something is to stand, and what is to stand there."""

import re

from policies.text.instructions.naming import KINDS
from policies.text.instructions.numerals import ordinal
from policies.text.instructions.quotations import Sort
from policies.text.instructions.saying import Anchor, End, New, Place, Where
from policies.text.instructions.targeting import Targeting

_NEW = {"new", "further", "additional", "extra", "another", "separate", "fresh", "more"}


class Standing(Targeting):
    """Reads places where something is put, and names of what is new."""

    # -- where something is put

    def where(self) -> Where | None:
        """After or before a place, between two, at an end or at the beginning."""
        return self.attempt(self._where)

    def _where(self) -> Where | None:
        if self.accept("between"):
            first = self.anchor_or_place()
            if isinstance(first, Place) and len(first.numbers) == 2:
                second: Anchor | Place | None = Place(first.kind, first.numbers[1:], within=first.within)
                return Where("between", Place(first.kind, first.numbers[:1], within=first.within), second)
            return self._between(first)
        side = self.accept("after", "before", "following", "below", "above", "preceding", "underneath", "beneath")
        if side:
            self.accept("end of")
            at = self.anchor_or_place()
            is_before = side in {"before", "above", "preceding"}
            return Where("before" if is_before else "after", at) if at else None
        return self._at_end()

    def _between(self, first: Anchor | Place | None) -> Where | None:
        if not first or not self.accept("and"):
            return None
        second = self.anchor_or_place()
        return Where("between", first, second) if second else None

    def _at_end(self) -> Where | None:
        preposition = self.accept("at", "to", "on to", "onto", "as")
        self.accept("very")
        if preposition != "as" and (found := self.attempt(self.end)):
            return _edge("end", found)
        if preposition != "as" and self.accept("beginning", "start", "top", "front", "head"):
            return _edge("start", self._of_what())
        return None

    # -- what the new words are to be

    def new(self) -> New | None:
        """“a new paragraph”, “new final bullet point”, “new section 5”, “new D)”."""
        return self.attempt(self._new)

    def _new(self) -> New | None:
        is_as = bool(self.accept("as"))
        number, is_new = self._adjectives()
        is_new = is_new or is_as
        kind = KINDS.get(self.word(), "")
        if self.accept("text", "wording", "words", "amendment", "material") and is_new:
            return New()
        if kind:
            self.take()
            if kind == "bullet":
                self.accept("point", "points", "item", "items")
            is_new = is_new or number is not None or kind == "page" or self._may_be_bare(kind)
        label = self.attempt(self._new_label) or ""
        if not is_new or not (kind or label) or kind == "page":
            return None
        self.accept(
            "at that point", "there", "to list", "to read", "reading", "as follows", "which reads", "that reads"
        )
        self.accept("saying", "stating", "to say", "that says", "worded")
        return New(kind, label, number or 0)

    def numbered_new(self) -> New | None:
        """“add point 4: …”, “insert new Resolves 4: …”: the number it is to have, and under which words."""
        is_new = bool(self.accept("new"))
        place = self.place()
        number = place.numbers[0][0] if place and place.numbers else ()
        section = place.within if place else None
        is_followed = self.source.text[self.at :].lstrip(". ")[:1] in {":", '"', "'", "“", "‘", "«"}
        if not place or place.kind not in {"item", "label", "bullet"} or len(number) != 1 or not is_followed:
            return None
        if section and section.kind != "section":
            return None
        self._scope, self._is_loose = section or self._scope, self._is_loose and not section
        return New("item", number[0].strip("()."), is_last=not is_new)

    def _may_be_bare(self, kind: str) -> bool:
        """“insert a paragraph”: without a number after it, the word names no place of the text."""
        return kind != "line" and self.peek().sort is not Sort.LABEL and not self.word()[:1].isdecimal()

    def _adjectives(self) -> tuple[int | None, bool]:
        number: int | None = None
        is_new = False
        for _ in range(4):
            found = ordinal(self.word())
            if self.word() in _NEW:
                is_new = True
            elif found is not None and number is None:
                number = found
            else:
                break
            self.take()
        return number, is_new

    def _new_label(self) -> str | None:
        path = self._path()
        if not path:
            return None
        dot = re.compile(r"[.)](?=[\s:,])").match(self.source.text, self.at)
        self.at = dot.end() if dot else self.at
        return path[-1].strip("().")


def _edge(side: str, found: End) -> Where:
    if found.kind == "text":
        return Where(side, Place("whole"))
    return Where(side, found.of) if found.of or not found.kind else Where(f"{side} of {found.kind}")
