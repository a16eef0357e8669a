"""How an instruction names places and words of the text: read from its tokens, from left to right."""

import re
from dataclasses import replace

from policies.text.instructions.numerals import NUMBERS, ordinal
from policies.text.instructions.quotations import Sort
from policies.text.instructions.saying import CODE, Anchor, Path, Place
from policies.text.instructions.taking import Taking

KINDS = {
    **dict.fromkeys(["line", "lines", "l", "ll"], "line"),
    **dict.fromkeys(["page", "pages", "p", "pp"], "page"),
    **dict.fromkeys(["paragraph", "paragraphs", "para", "paras"], "paragraph"),
    **dict.fromkeys(["bullet", "bullets", "bullet-point", "bullet-points", "bulletpoint", "bulletpoints"], "bullet"),
    **dict.fromkeys(["item", "items", "point", "points", "sub-point", "demand", "demands"], "item"),
    **dict.fromkeys(["clause", "clauses", "article", "articles", "cl"], "clause"),
    **dict.fromkeys(["section", "sections", "part", "parts"], "section"),
    **dict.fromkeys(
        ["subsection", "subsections", "sub-section", "sub-sections", "subparagraph", "sub-paragraph"], "label"
    ),
    **dict.fromkeys(["sub-clause", "subclause", "sub-paragraphs", "subparagraphs", "sub-clauses"], "label"),
    **dict.fromkeys(["sentence", "sentences"], "sentence"),
    **dict.fromkeys(["heading", "headings", "subheading", "sub-heading", "header", "title", "headline"], "heading"),
    "list": "list",
}
RESOLVES = {"notes": "note", "believes": "believe", "resolves": "resolve", "calls": "call", "welcomes": "welcome"}
_BODIES = ("conference", "council", "congress", "branch", "clp", "party", "meeting", "union", "further")
NAMED = ("section", "heading", "chapter", "sub-heading", "subheading")
_TIMES = {"occurrence", "occurrences", "instance", "instances", "mention", "mentions", "appearance", "use", "time"}
_HEADED = {"headed", "entitled", "titled", "called", "named", "under"}
_BEGINNING = {"beginning", "starting", "begins", "starts", "commencing"}
_CONTAINING = {"containing", "contains"}
_ENDING = {"ending", "ends"}
_BARE_LABEL = re.compile(
    r"\s{0,3}([B-HJ-Z]|[AI](?=[,.;:)]|\Z| (?:and|to|delete|insert|replace|leave|after|before)\b)"
    r"|[b-hj-z]|[ivx]{2,5}|[IVX]{2,5})\b(?!['’])"
)
_SCOPE_LABEL = re.compile(
    r"\s{1,3}([A-Z]|\d{1,2}|[ivx]{1,5}|[IVX]{1,5})[.)]?"
    r"(?=\s{0,3}(?:[,:]|(?:delete|insert|replace|leave|after|before|add|substitute|omit|remove)\b))"
)
_DOTTED = re.compile(r"\.[ ]?(?=\(?[a-zA-Z]{1,4}\))")
_DOT_LETTER = re.compile(r"\.([a-z])\b\.?(?!\w)")
_LETTER = re.compile(r"(?!(?:l|p)\.\s?\d)([B-HJ-Z]|[b-hj-z]|[IVX]{1,5}|[ivx]{2,5})\.(?=[\s,:;]|\Z)")
_LETTER_A = re.compile(r"\s{0,3}(A)\.(?=[\s,:;]|\Z)")
_APART = re.compile(r"[:;\n]|[ ][–—-]")
_LARGE = {"clause", "section", "paragraph"}
_SMALL = {"label", "item", "bullet", "sentence"}
MOST_RANGES = 300
MOST_NESTED = 6
LONGEST_NUMBER = 12


class Naming(Taking):
    """Reads places and quoted words; what cannot be read leaves the position where it was."""

    # -- places

    def place(self) -> Place | None:
        """One place, with the larger places it is in, named before it or after it."""
        found = self.attempt(self._core)
        if not found:
            return None
        for _ in range(MOST_NESTED):
            further = self._further_of(found)
            if not further:
                break
            found = further
        return found

    def _further_of(self, found: Place) -> Place | None:
        return self.attempt(lambda: self._further(found))

    def _further(self, found: Place) -> Place | None:
        """“of paragraph 2” after a place, or a smaller place right after it."""
        start = self.at
        brackets = self.accept("(")
        preposition = self.accept("of", "in", "from", "on", "at", "within", "under")
        if not preposition and not brackets and _APART.search(self.source.text[start : self.peek().start]):
            return None
        if preposition in {"under", "of", "in"} and found.kind not in {"line", "page"}:
            words = self.quotation() or self.heading_name()
            if words:
                return inside(found, Place("section", manner="headed", words=words))
        other = self._core()
        if not other or (not preposition and not self._may_follow(found, other)):
            return None
        if brackets and not self.accept(")"):
            return None
        if preposition and other.kind in _SMALL and found.kind in _LARGE and "," in self.source.text[start : start + 2]:
            return inside(other, found)
        return inside(found, other) if preposition or brackets else inside(other, found)

    def _may_follow(self, found: Place, other: Place) -> bool:
        return (other.kind, bool(other.numbers)) != (found.kind, bool(found.numbers)) or found.kind != other.kind

    def _core(self) -> Place | None:
        self.accept("whole of", "whole", "entire", "all of", "entirety of", "that", "this")
        if headed := self.attempt(self._named_before):
            return headed
        if self.peek().sort is Sort.LABEL:
            return self._numbered("label")
        if self.word() in {"title", "motion title"}:
            self.take()
            return Place("title")
        if found := self.attempt(self._several_ordinals) or self._coded():
            return found
        counted = self._ordinal()
        if counted:
            return self._counted(counted)
        is_plural = self.word().endswith("s")
        kind = self._kind()
        if kind:
            return self._of_kind(kind, is_plural)
        if self.word()[:1].isdecimal() and not ordinal(self.word()):
            return self._bare_number()
        return self._resolved()

    def _named_before(self) -> Place | None:
        """“the ‘Housing’ section”, “the Housing section”."""
        words = self.quotation() or self.heading_name()
        kind = self.accept(*NAMED) if words else ""
        return Place(KINDS.get(kind, "section"), manner="headed", words=words) if words and kind else None

    def _coded(self) -> Place | None:
        """“PB101” or “II.”: a paragraph or item by what stands at its beginning."""
        if code := CODE.match(self.source.text, self.peek().start):
            self.at = code.end()
            return Place("paragraph", manner="beginning", words=code.group())
        # “A” alone would be taken for an article and passed over.
        letter = _LETTER.match(self.source.text, self.peek().start) or _LETTER_A.match(self.source.text, self.at)
        if letter:
            self.at = letter.end()
            path = (letter.group().strip(),)
            return Place("label", ((path, path),))
        return None

    def lone_label(self) -> Place | None:
        """“In C, …”, “in 2, …”: an item by its letter or number alone, before what is to be done there."""
        found = _SCOPE_LABEL.match(self.source.text, self.at)
        if not found:
            return None
        self.at = found.end()
        return Place("label", (((found.group(1),), (found.group(1),)),))

    def _several_ordinals(self) -> Place | None:
        """“the second and third bullet points”."""
        found: list[int] = []
        is_range = False
        while (number := ordinal(self.word())) is not None and number > 0:
            self.take()
            found.append(number)
            if self.accept("to"):
                is_range = True
            elif not self.accept("and"):
                break
        kind = self._kind() if len(found) > 1 else ""
        if not kind or (is_range and len(found) > 2):
            return None
        paths = [(str(number),) for number in found]
        return Place(kind, ((paths[0], paths[1]),) if is_range else tuple((path, path) for path in paths))

    def _kind(self) -> str:
        kind = KINDS.get(self.word(), "")
        if kind:
            self.take()
            if kind == "bullet":
                self.accept("point", "points", "item", "items")
            if kind == "list":
                self.accept("item", "items")
        return kind

    def _ordinal(self) -> tuple[int, int] | None:
        """An ordinal and how many from there on: “the first two”."""
        if self.accept("last but one", "second last", "next to last"):
            return -2, 1
        start = self.at
        first = ordinal(self.word())
        if first is None:
            return None
        self.take()
        count = self._number()
        if count and self.word() not in KINDS:
            self.at = start
            return None
        return first, int(count) if count and count.isdecimal() else 1

    def _counted(self, counted: tuple[int, int]) -> Place | None:
        kind = self._kind()
        if not kind:
            return None
        first, count = counted
        if kind == "heading" and count == 1 and self.peek().sort is not Sort.QUOTATION:
            return Place("heading", ordinal=first)
        return Place(kind, ordinal=first, count=count)

    def _of_kind(self, kind: str, is_plural: bool) -> Place | None:
        numbered = self.attempt(lambda: self._numbered(kind))
        if numbered:
            return numbered
        if kind == "bullet" and is_plural and self.word() in {"under", "in", "of"}:
            return Place("list")
        described = self.attempt(lambda: self._described(kind))
        if described:
            return replace(described, count=2 if is_plural else 1)
        return Place(kind) if kind in {"list", "heading"} else None

    def _described(self, kind: str) -> Place | None:
        """A paragraph, section … told by words that it has."""
        self.accept("that", "which")
        said = self.word()
        manner = next(
            (
                name
                for name, words in [
                    ("headed", _HEADED),
                    ("beginning", _BEGINNING),
                    ("containing", _CONTAINING),
                    ("ending", _ENDING),
                ]
                if said in words
            ),
            "headed" if kind in {"section", "heading"} else "reading",
        )
        if said in _HEADED | _BEGINNING | _CONTAINING | _ENDING:
            self.take()
            self.accept("with", "in", "by", "at", "heading", "title")
        if manner == "headed" and (words := self.attempt(self._unquoted)):
            return Place(kind, manner=manner, words=words)
        token = self.peek()
        is_apart = manner == "reading" and _APART.search(self.source.text[self.at : token.start])
        if token.sort is not Sort.QUOTATION or is_apart or kind == "list":
            return None
        return Place(kind, manner=manner, words=self.take().said)

    def _unquoted(self) -> str | None:
        """“section on Housing”: a heading without quotation marks."""
        self.accept("on", "about")
        return self.heading_name()

    def _numbered(self, kind: str) -> Place | None:
        """Numbers, runs of numbers, and labels in brackets: “3 to 5 and 7”, “2(b)”, “(a) to (c)”."""
        ranges: list[tuple[Path, Path]] = []
        for _ in range(MOST_RANGES):
            first = None if ranges and self._is_apart() else self.attempt(self._path)
            if not first:
                break
            last = self.attempt(self._upto) or first
            ranges.append((first, last))
            start = self.at
            if self.accept("and", "&", "or") and not self._is_more(kind):
                self.at = start
                break
        return Place(kind, tuple(ranges)) if ranges else None

    def _is_apart(self) -> bool:
        """Whether a colon, a dash or nothing at all stands between a number and the next one."""
        between = self.source.text[self.at : self.peek().start]
        joined = "," in between or self.source.text[max(0, self.at - 5) : self.at].rstrip().endswith(("and", "&", "or"))
        return bool(re.search(r"[:;—–]", between)) or not joined

    def _is_more(self, kind: str) -> bool:
        """Whether another number of the same list comes, and not the next part of the instruction."""
        start = self.at
        path = self.attempt(self._path)
        following = self.word()
        self.at = start
        return bool(path) and following not in KINDS

    def _upto(self) -> Path | None:
        if not self.accept("to", "through", "until"):
            return None
        self.accept("line", "paragraph", "clause", "bullet", "and including")
        return self._path()

    def _path(self) -> Path | None:
        token = self.peek()
        if token.sort is Sort.LABEL:
            labels = [self.take().said]
        elif number := self._number():
            labels = [number]
        else:
            bare = _BARE_LABEL.match(self.source.text, self.at)
            if not bare or (self.peek().start != bare.start(1) and bare.group(1) != "A"):
                return None
            self.at = bare.end()
            return (bare.group(1),)
        dotted = _DOTTED.match(self.source.text, self.at)
        self.at = dotted.end() if dotted else self.at
        if labels[0].isdecimal() and (letter := _DOT_LETTER.match(self.source.text, self.at)):
            self.at = letter.end()
            labels.append(letter.group(1))
        while self.peek().sort is Sort.LABEL and self.source.text[self.at : self.peek().start] in {"", " "}:
            labels.append(self.take().said)
        return tuple(labels)

    def _number(self) -> str:
        said = self.word()
        if said in {"no", "number", "#"}:
            self.take()
            said = self.word()
        if said in NUMBERS:
            self.take()
            if NUMBERS[said] >= 20 and NUMBERS.get(self.word(), 99) < 10:
                return str(NUMBERS[said] + NUMBERS[self.take().said])
            return str(NUMBERS[said])
        if said[:1].isdecimal() and len(said) < LONGEST_NUMBER and ordinal(said) is None:
            return self.take().said.upper()
        return ""

    def _bare_number(self) -> Place | None:
        """“2(b)” or “2.” without saying what it is."""
        start = self.peek().start
        if re.compile(r"\d{1,3}(?:\.\d{1,3})*[A-Za-z]?(?:\(|[.:)],?(?:\s|\Z)|\.[a-z]\b|\.\d|\s[a-z]{1,3}\))").match(
            self.source.text, start
        ):
            found = self._numbered("label")
            dot = re.compile(r"[.)](?=[\s,])").match(self.source.text, self.at)
            self.at = dot.end() if dot else self.at
            return found
        return None

    def _resolved(self) -> Place | None:
        """“resolves 2”: a number below the words “Conference resolves”."""
        is_named = bool(self.accept(*_BODIES))
        self.accept("further", "also")
        verb = self.word()
        if verb not in RESOLVES:
            return None
        self.take()
        self.accept("for", "on", "to")
        self.accept("point", "item", "number", "paragraph", "clause")
        numbered = self._numbered("label")
        dot = re.compile(r"\.(?=[\s,:])").match(self.source.text, self.at)
        self.at = dot.end() if dot else self.at
        section = Place("section", manner="verb", words=RESOLVES[verb])
        return inside(numbered, section) if numbered else section if is_named else None

    # -- quoted words

    def anchor_or_place(self) -> Anchor | Place | None:
        """Quoted words, or a place."""
        return self.anchor() or self.place()

    def anchor(self) -> Anchor | None:
        """Quoted words, with what says which of several places is meant."""
        return self.attempt(self._anchor)

    def _anchor(self) -> Anchor | None:
        which = self.word() if ordinal(self.word()) is not None else ""
        number = ordinal(self.take().said) if which else None
        if number is not None and self.accept(*_TIMES):
            self.accept("of")
        self.accept("sentence", "clause", "name", "figure", "number", "date", "text", "passage")
        words = self.quotation()
        if words is None or (number is None and self.word() in NAMED and not self._is_numbered_next()):
            return None
        if number is None:
            number = self.attempt(self._which_after)
        within = self.attempt(self._within)
        return Anchor(words, number, within, which)

    def _is_numbered_next(self) -> bool:
        """Whether “section” after quoted words has a number, and is another place."""
        start = self.at
        self.take()
        is_numbered = bool(self._path())
        self.at = start
        return is_numbered

    def _which_after(self) -> int | None:
        """“where it last occurs”, “(second time)”, “second occurrence”."""
        brackets = self.accept("(")
        where = self.accept("where it occurs", "where it appears", "where it", "when it")
        self.accept("on", "at", "for")
        number = ordinal(self.word())
        if number is None:
            return None
        self.take()
        told = self.accept(*_TIMES, "occurs", "appears")
        if brackets:
            return number if self.accept(")") else None
        return number if told or where else None

    def _within(self) -> Place | None:
        brackets = self.accept("(")
        preposition = self.accept("in", "on", "at", "of", "from", "under", "within")
        if not brackets and not preposition:
            return None
        is_quoted = preposition in {"in", "within", "under"} and self.peek().sort is Sort.QUOTATION
        place = Place("quoted", manner="headed", words=self.take().said) if is_quoted else self.place()
        return place if place and (not brackets or self.accept(")")) else None


def inside(small: Place, large: Place) -> Place:
    """The small place, within the large one."""
    within = inside(small.within, large) if small.within else large
    return Place(small.kind, small.numbers, small.ordinal, small.count, small.manner, small.words, within)
