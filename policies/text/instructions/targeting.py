"""How an instruction names what is to go or change, and where something is to stand."""

import re
from collections.abc import Callable

from policies.text.instructions.naming import KINDS, Naming
from policies.text.instructions.numerals import ordinal
from policies.text.instructions.quotations import Sort, Source
from policies.text.instructions.saying import (
    AT_END,
    Anchor,
    End,
    Every,
    New,
    Place,
    Sign,
    Stretch,
    Target,
    Where,
    Whole,
)

MOST_TARGETS = 300
SIGNS = {
    "comma": ",",
    "semicolon": ";",
    "semi-colon": ";",
    "colon": ":",
    "full stop": ".",
    "full-stop": ".",
    "period": ".",
    "question mark": "?",
    "exclamation mark": "!",
}
_TEXT = ("motion", "text", "question", "resolution", "plank", "document", "policy", "amendment", "statement", "paper")
_WHEREVER = (
    *(
        "throughout",
        "everywhere",
        "wherever it occurs",
        "wherever it appears",
        "wherever they occur",
        "wherever they appear",
    ),
    *(
        "wherever occurring",
        "where it occurs",
        "in all places",
        "in both places",
        "in each place",
        "each time it occurs",
    ),
    *(
        "each time it appears",
        "each time",
        "in every instance",
        "in all instances",
        "in every place",
        "whenever it occurs",
    ),
    *("in all cases", "both times", "in both instances", "in both cases", "in each case", "whenever it appears"),
    *("where they occur", "at each occurrence", "in each instance"),
)
_UPTO = ("up to", "down to", "to", "until", "till", "through to", "through")
_NEW = {"new", "further", "additional", "extra", "another", "separate", "fresh", "more"}
_RENUMBER = ("renumber", "re-number", "reletter", "re-letter", "renumbering", "relettering", "re-numbering")


class Targeting(Naming):
    """Reads passages, lists of them, and places where something is put."""

    def __init__(self, source: Source) -> None:
        super().__init__(source)
        self.is_renumbered = False

    def renumbering(self, is_before_words: bool = False) -> bool:
        """“and renumber the remaining paragraphs accordingly”, “with any consequential amendments”."""
        start = self.at
        self.accept("(")
        if is_before_words:
            self.accept("and")
        self.accept("with", "make", "all", "any")
        self.accept("all", "any", "necessary")
        if self.accept(*_RENUMBER):
            self.is_renumbered = True
        elif not self.accept("consequential", "consequent", "consequentially"):
            self.at = start
            return False
        while self.peek().sort in {Sort.WORD, Sort.LABEL} and self.peek().sort is not Sort.END:
            if self.word() in {"insert", "delete", "add", "replace", "move"}:
                break
            if is_before_words and self.source.text[self.at : self.peek().start].strip().startswith(":"):
                break
            if self.take().said in {*_RENUMBER}:
                self.is_renumbered = True
        return True

    def wherever(self) -> str:
        """How it is said that all places are meant; nothing where it is not."""
        found = self.accept(*_WHEREVER)
        if found:
            self.accept("that", "where")
            self.accept("it appears", "it occurs", "they appear", "they occur", "occurs", "occurring")
            self.accept(*(f"{word} {text}" for word in ("in", "of") for text in _TEXT), *_TEXT)
        return found

    def targets(self) -> tuple[Target, ...]:
        """One target or a list of them."""
        found: list[Target] = []
        while len(found) < MOST_TARGETS:
            target: Target | None = self.attempt(self._further_target if found else self.target)
            if target is None:
                break
            found.append(target)
        return tuple(found)

    def _further_target(self) -> Target | None:
        """Another one of a list; what is the place of the next part is none."""
        is_joined = bool(self.accept("and also", "and", "&", "as well as"))
        token = self.peek()
        is_words = token.sort is Sort.QUOTATION or ordinal(self.word()) is not None
        if not is_words and not (is_joined and (self.word() in KINDS or token.sort is Sort.LABEL)):
            return None
        target = self.target()
        return target if target and not self._is_scope_of_next() else None

    def _is_scope_of_next(self) -> bool:
        return self.word() in {
            "insert",
            "add",
            "delete",
            "leave",
            "omit",
            "remove",
            "replace",
            "after",
            "before",
            "for",
        }

    def target(self) -> Target | None:
        """What is to go or change."""
        readers: list[Callable[[], Target | None]] = [
            *(self._stretch, self._rest, self._every, self._whole, self._sign, self._anchored, self.place)
        ]
        for read in readers:
            found: Target | None = self.attempt(read)
            if found is not None:
                return found
        return None

    def _anchored(self) -> Target | None:
        self.accept(
            "sentence", "sentences", "reference to", "references to", "text", "passage", "figure", "number", "date"
        )
        found = self.anchor()
        if not found or found.ordinal is not None:
            return found
        if everywhere := self.attempt(lambda: self.wherever() or None):
            return Every(found.words, found.within or self.attempt(self._within), "both" in everywhere)
        return self.attempt(lambda: self._at_the_end(found)) or found

    def _at_the_end(self, found: Anchor) -> Anchor | None:
        """“‘and’ at the end of paragraph (b)”."""
        if not self.accept("at end", "from end"):
            return None
        within = self.place() if self.accept("of") else found.within
        return Anchor(found.words, -1, within, AT_END)

    def _every(self) -> Target | None:
        said = self.accept("every", "each", "all", "both")
        if not said:
            return None
        self.accept("occurrences", "instances", "mentions", "occurrence", "instance", "mention", "references", "uses")
        self.accept("of", "to")
        found = self.anchor()
        return Every(found.words, found.within, said == "both") if found and found.ordinal is None else None

    def _whole(self) -> Target | None:
        said = self.accept("all", "everything", "whole", "entire", "existing", "whole of", "entirety of")
        self.accept("of")
        self.accept("existing", "current")
        text = self.accept(*_TEXT)
        if not said and text not in {"motion", "text"}:
            return None
        self.accept(*(f"of {text}" for text in _TEXT), "text")
        if self.word() in {"after", "from", "before", "following", "of", "in", "up", "between"} or self.word() in KINDS:
            return None
        return None if self.peek().sort is Sort.QUOTATION else Whole()

    def _sign(self) -> Target | None:
        name = self._sign_name()
        if not name:
            return None
        side = self.accept("after", "following", "before", "preceding", "at end of", "from end of", "at end")
        if not side or side == "at end":
            return None
        at = self._anchor_or_place()
        return at and Sign(SIGNS[name], at, side not in {"before", "preceding"})

    def _sign_name(self) -> str:
        self.accept("final", "last")
        return self.accept(*SIGNS)

    # -- from one place to another

    def _stretch(self) -> Target | None:
        """“from X to Y”, with what is said about either end."""
        self.accept("all", "everything", "whole")
        self.accept("text", "passage", "section", "part", "sentences", "sentence")
        is_named = bool(self.accept("starting with", "beginning with", "starting from", "starting at", "beginning"))
        is_named = bool(self.accept("from and including", "from", "between")) or is_named
        is_after = bool(self.accept("after", "end of"))
        first: Anchor | Place | End | None = self.attempt(self._first)
        if isinstance(first, End):
            return self._from_start()
        if first is None or (isinstance(first, Place) and not (is_named or is_after)):
            return None
        if self.accept("onwards", "onward", "on to end", "on"):
            return Stretch(first, End(), is_after)
        self.accept("and ending with", "and ending")
        if isinstance(first, Place) and is_named and not is_after and any(low != high for low, high in first.numbers):
            return first
        return self._to(first, is_after)

    def _first(self) -> Anchor | Place | End | None:
        if self.accept("very beginning", "beginning", "start"):
            self.accept(*(f"of {text}" for text in _TEXT))
            return End()
        return self._anchor_or_place()

    def _from_start(self) -> Target | None:
        found = self._to(None, is_after=False)
        return found if isinstance(found, Stretch) and not isinstance(found.last, End) else None

    def _to(self, first: Anchor | Place | None, is_after: bool) -> Stretch | None:
        if not self.accept(*_UPTO):
            return None
        is_before = bool(
            self.accept("but not including", "just before", "before", "but excluding", "start of", "beginning of")
        )
        self.accept("and including", "including")
        last: Anchor | Place | End | None = self.attempt(self.end)
        last = last or self._anchor_or_place()
        self.accept("inclusive", "( inclusive )")
        return Stretch(first, last, is_after, is_before) if last else None

    def _rest(self) -> Target | None:
        """“all after X”, “everything before X”, “the rest of paragraph 2 after X”, “everything up to X”."""
        if not self.accept("all", "everything", "rest", "remainder", "any"):
            return None
        self.accept("of text", "of motion", "text", "that comes", "that follows", "which follows", "of")
        within = self.place()
        self.accept("that comes", "which comes", "coming")
        side = self.accept("after", "following", "beyond", "before", "preceding", "from", "that follows", "up to")
        if side in {"", "from"}:
            return None
        place = within
        at = self._anchor_or_place()
        if not at:
            return None
        if side in {"before", "preceding"}:
            return Stretch(None, at, is_before=True)
        if side == "up to":
            return None
        self.accept("in it", "there")
        if isinstance(at, Anchor) and at.within and not place:
            place = at.within
        return Stretch(at, End(place), is_after=True)

    def end(self) -> End | None:
        """An end of something; without saying of what, that of the text or of the place named before."""
        self.accept("very")
        if not self.accept("end"):
            return None
        return self._of_what()

    def _of_what(self) -> End:
        start = self.at
        if not self.accept("of", "in"):
            return End()
        self.accept("that", "this", "same", "whole", "entire")
        if self.accept(*_TEXT):
            return End(kind="text")
        place = self.place()
        if place and (place.kind, place.numbers, place.ordinal) != (place.kind, (), 0) or (place and place.words):
            return End(place)
        if place and place.kind in {"title", "list"}:
            return End(place)
        kind = KINDS.get(self.word(), "")
        if kind:
            self.take()
            return End(kind=kind)
        self.at = start
        return End()

    # -- where something is put

    def where(self) -> Where | None:
        """After or before a place, between two, at an end or at the beginning."""
        return self.attempt(self._where)

    def _where(self) -> Where | None:
        if self.accept("between"):
            first = self._anchor_or_place()
            if isinstance(first, Place) and len(first.numbers) == 2:
                second: Anchor | Place | None = Place(first.kind, first.numbers[1:], within=first.within)
                return Where("between", Place(first.kind, first.numbers[:1], within=first.within), second)
            return self._between(first)
        side = self.accept("after", "before", "following", "below", "above", "preceding", "underneath", "beneath")
        if side:
            self.accept("end of")
            at = self._anchor_or_place()
            is_before = side in {"before", "above", "preceding"}
            return Where("before" if is_before else "after", at) if at else None
        return self._at_end()

    def _anchor_or_place(self) -> Anchor | Place | None:
        return self.anchor() or self.place()

    def _between(self, first: Anchor | Place | None) -> Where | None:
        if not first or not self.accept("and"):
            return None
        second = self._anchor_or_place()
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
        self.accept("as")
        number, is_new = self._adjectives()
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

    def _may_be_bare(self, kind: str) -> bool:
        """“insert a paragraph”: without a number after it, the word names no place of the text."""
        return kind != "line" and self.peek().sort is not Sort.LABEL and not self.word()[:1].isdigit()

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
