"""How an instruction names what is to go or change."""

import re
from collections.abc import Callable
from dataclasses import replace
from functools import partial

from policies.text.instructions.naming import KINDS, NAMED, RESOLVES, Naming, inside
from policies.text.instructions.numerals import ordinal
from policies.text.instructions.quotations import Sort, Source
from policies.text.instructions.saying import AT_END, Anchor, End, Every, Place, Sign, Stretch, Target, Whole

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
TEXT = ("motion", "text", "question", "resolution", "plank", "document", "policy", "amendment", "statement", "paper")
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
_THE_WORDS = re.compile(
    r"[ ]{0,5}(?:the )?(?:words?|text|wording)[ ](?=after|before|following|preceding)", re.IGNORECASE
)
_UPTO = ("up to", "down to", "to", "until", "till", "through to", "through")
_RENUMBER = ("renumber", "re-number", "reletter", "re-letter", "renumbering", "relettering", "re-numbering")


class Targeting(Naming):
    """Reads passages, lists of them, and places where something is put."""

    def __init__(self, source: Source) -> None:
        super().__init__(source)
        self.is_renumbered = False
        self._scope: Place | None = None
        self._is_loose = False

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
        found = self.accept(*_WHEREVER) or self.attempt(self._all_of_a_number)
        if found:
            self.accept("that", "where")
            self.accept("it appears", "it occurs", "they appear", "they occur", "occurs", "occurring")
            self.accept(*(f"{word} {text}" for word in ("in", "of") for text in TEXT), *TEXT)
        return found

    def _all_of_a_number(self) -> str:
        """“in all three places”."""
        start = self.at
        self.accept("in", "at", "on")
        self.accept("all", "each of")
        number = self._number()
        if number.isdecimal() and self.accept("places", "times", "instances", "occurrences", "cases", "mentions"):
            return number
        self.at = start
        return ""

    def targets(self) -> tuple[Target, ...]:
        """One target or a list of them."""
        found: list[Target] = []
        while len(found) < MOST_TARGETS:
            target = self.attempt(partial(self._further_target, found[-1])) if found else self.attempt(self.target)
            if target is None:
                break
            found.append(target)
        return tuple(found)

    def _further_target(self, last: Target) -> Target | None:
        """Another one of a list; what is the place of the next part is none."""
        is_joined = bool(self.accept("and also", "and", "&", "as well as"))
        token = self.peek()
        if isinstance(last, Place) and token.sort is Sort.QUOTATION and last.manner and last.count > 1:
            return replace(last, words=self.take().said)
        if isinstance(last, Place) and not is_joined and token.sort is Sort.QUOTATION:
            return None
        is_words = token.sort is Sort.QUOTATION or ordinal(self.word()) is not None
        if not is_words and not (is_joined and (self.word() in {*KINDS, *RESOLVES} or token.sort is Sort.LABEL)):
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
            *(self._stretch, self._rest, self._some_of, self._every, self._whole, self._sign, self._anchored),
            self.place,
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
            within = found.within or self.attempt(self._within) or self.attempt(self.place)
            return Every(found.words, within, how_many(everywhere))
        return self.attempt(lambda: self._at_the_end(found)) or self.attempt(lambda: self._beside_other(found)) or found

    def _beside_other(self, found: Anchor) -> Anchor | None:
        """“‘Y’ after ‘X’”; what is the place of the next part is none."""
        if "," in self.source.text[self.at : self.peek().start]:
            return None
        side = self.accept("after", "following", "before", "preceding")
        other = self.anchor() if side else None
        if not other or self._is_scope_of_next():
            return None
        return replace(found, beside=other, is_before=side in {"before", "preceding"})

    def _some_of(self) -> Target | None:
        """“the first two occurrences of ‘X’”, “the first and third ‘X’”."""
        found = self.attempt(self._first_ones) or self.attempt(self._listed_ones)
        if not found:
            return None
        self.accept("occurrences", "instances", "mentions", "uses", "references", "occurrence")
        self.accept("of", "to")
        words = self.quotation()
        return Every(words, self.attempt(self._within), ordinals=found) if words is not None else None

    def _first_ones(self) -> tuple[int, ...] | None:
        which = self.accept("first", "last")
        count = self._number() if which else ""
        if not count.isdecimal() or int(count) > MOST_TARGETS:
            return None
        return tuple(range(1, int(count) + 1)) if which == "first" else tuple(range(-int(count), 0))

    def _listed_ones(self) -> tuple[int, ...] | None:
        found: list[int] = []
        while len(found) < MOST_TARGETS and (number := ordinal(self.word())):
            self.take()
            found.append(number)
            self.accept("and", "&")
        return tuple(found) if len(found) > 1 else None

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
        return Every(found.words, found.within, how_many(said)) if found and found.ordinal is None else None

    def _whole(self) -> Target | None:
        said = self.accept("all", "everything", "whole", "entire", "existing", "whole of", "entirety of")
        self.accept("of")
        self.accept("existing", "current")
        text = self.accept(*TEXT)
        if not said and text not in {"motion", "text"}:
            return None
        self.accept(*(f"of {text}" for text in TEXT), "text")
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
        at = self.anchor_or_place()
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
        if between := self.attempt(self._between_two):
            return between
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

    def _between_two(self) -> Stretch | None:
        """“between X and Y”, neither of them included."""
        first = self.anchor_or_place() if self.accept("between") else None
        last = self.anchor_or_place() if first and self.accept("and") else None
        return Stretch(first, last, is_after=True, is_before=True) if last else None

    def _first(self) -> Anchor | Place | End | None:
        if self.accept("very beginning", "beginning", "start"):
            self.accept(*(f"of {text}" for text in TEXT))
            return End()
        return self.anchor_or_place()

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
        last = last or self.anchor_or_place()
        self.accept("inclusive", "( inclusive )")
        if last and self._scope and self._scope.kind == "line":
            self.accept("in same line", "on same line", "of same line", "in that line")
        return Stretch(first, last, is_after, is_before) if last else None

    def _rest(self) -> Target | None:
        """“all after X”, “everything before X”, “the rest of paragraph 2 after X”, “everything up to X”."""
        if not self.accept("all", "everything", "rest", "remainder", "any") and not self._are_words_of_scope():
            return None
        self.accept("of text", "of motion", "text", "that comes", "that follows", "which follows", "of", "in")
        within = self.place()
        self.accept("that comes", "which comes", "coming")
        side = self.accept("after", "following", "beyond", "before", "preceding", "from", "that follows", "up to")
        if side in {"", "from"}:
            return None
        place = within
        at = self.anchor_or_place()
        if not at:
            return None
        if side in {"before", "preceding"}:
            return Stretch(within, _inside_of(at, within), is_before=True)
        if side == "up to":
            return None
        self.accept("in it", "there")
        at = _inside_of(at, within)
        if isinstance(at, Anchor) and at.within and not place:
            place = at.within
        return Stretch(at, End(place), is_after=True)

    def _are_words_of_scope(self) -> bool:
        """“the words after ‘X’” within a place that was named; without one it is not said where they end."""
        return bool(self._scope and not self._is_loose and _THE_WORDS.match(self.source.text, self.at))

    def end(self) -> End | None:
        """An end of something; without saying of what, that of the text or of the place named before."""
        self.accept("very")
        if not self.accept("end"):
            return None
        return self._of_what()

    def _heading_alone(self) -> str | None:
        """A heading, and no number below it."""
        words = self.heading_name()
        return words if not self.peek().said[:1].isdecimal() else None

    def _of_what(self) -> End:
        start = self.at
        if not self.accept("of", "in"):
            return End()
        self.accept("that", "this", "same", "whole", "entire")
        if self.accept(*TEXT):
            return End(kind="text")
        if words := self.quotation() or self.attempt(self._heading_alone):
            self.accept(*NAMED)
            return End(Place("section", manner="headed", words=words))
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


def _inside_of(at: Anchor | Place, within: Place | None) -> Anchor | Place:
    """What is named within a place that was named before it."""
    if not within or at.within:
        return at
    return replace(at, within=within) if isinstance(at, Anchor) else inside(at, within)


def how_many(everywhere: str) -> int:
    """How many places are meant: two of “both”, three of “in all three places”, else any number."""
    return 2 if "both" in everywhere else int(everywhere) if everywhere.isdecimal() else 0
