"""Reading an instruction: its parts, each a place and what is to be done there.

Every word is looked at a few times at most, whatever it is, so reading takes time in step with the length.
"""

import re
from dataclasses import replace

from policies.errors import RuleBroken
from policies.text.instructions.naming import KINDS, inside
from policies.text.instructions.new_words import READS, SO_READS, unclosed
from policies.text.instructions.orders import CHANGE, VERBS, Orders
from policies.text.instructions.quotations import Sort, Source, shortened
from policies.text.instructions.saying import Part, Path, Place
from policies.text.instructions.targeting import TEXT
from policies.text.instructions.trailing import is_trailing

MOST_PARTS = 300
_JOINED = ("and by", "and", "&", "then", "also", "finally", "furthermore", "additionally", "next", "to", "by", "-")


class Grammar(Orders):
    """Reads the parts of an instruction one after another."""

    def __init__(self, source: Source) -> None:
        super().__init__(source, self._is_order)
        self._is_open = False

    def parts(self) -> list[Part]:
        """All parts of the instruction; one that is not understood refuses the whole."""
        found: list[Part] = []
        self._skip_joints()
        while self.peek().sort is not Sort.END and not is_trailing(self.source.text, self.at):
            self._previous = found[-1].verb if found else ""
            if not self.renumbering():
                found.append(self._part())
            self._skip_joints()
            if len(found) > MOST_PARTS:
                raise RuleBroken(f"An instruction may have at most {MOST_PARTS} parts. Divide it into several.")
        return found

    def _skip_joints(self) -> None:
        """Pass over what joins two parts; a new sentence leaves the place of the one before, but in a list."""
        is_joined = False
        while True:
            token = self.peek()
            if token.sort is Sort.BREAK or (token.sort is Sort.LABEL and self._is_numbering()):
                is_line = token.sort is Sort.LABEL or token.said == "\n"
                if not self._is_list:
                    self._is_loose = True
                    self._scope = None if is_line or not self._scope or self._scope.kind == "line" else self._scope
                self.take()
            elif not is_joined and self.accept(*_JOINED):
                is_joined = True
                continue
            else:
                return
            is_joined = False

    def _is_numbering(self) -> bool:
        """Whether a label numbers the parts of the instruction: an order, or the place of one, comes after it."""
        start = self.at
        self.take()
        said, following = self.word(), self.peek()
        self.at = start
        is_order = any(said == verb.split()[0] for verb in VERBS) or said in {
            *KINDS,
            "in",
            "on",
            "at",
            "after",
            "before",
        }
        return (
            is_order or following.sort in {Sort.END, Sort.LABEL} or said in {"for", "from", "between", "all", "under"}
        )

    def _part(self) -> Part:
        """Read one part: perhaps a line or paragraph, then what is to be done there."""
        self._part_start = self.peek().start
        self._is_throughout = False
        self.attempt(self._amended_as_follows)
        start = self.at
        if found := self.attempt(self.action):
            return self._with_check(found)
        self.at = start
        if self._read_scope():
            outer = self._scope
            found = self.attempt(self.action)
            if not found and outer and not self._is_open and self._read_scope() and self._scope:
                self._scope = inside(self._scope, outer)
                found = self.attempt(self.action)
            if found:
                return self._with_check(found)
        raise self._not_understood()

    def _amended_as_follows(self) -> bool | None:
        """“amend paragraph 2 as follows: …”, “amend paragraph 2 by deleting …”: a place, and what is done there."""
        if not self.accept(*CHANGE):
            return None
        place = self.place()
        if not place:
            self.accept(*TEXT)
        is_said = self.accept("as follows", "in following way", "in following ways", "by")
        if not is_said or not self._is_order(self.at):
            return None
        self._scope, self._is_loose = place, False
        self._is_list = self._list_follows()
        return True

    def _not_understood(self) -> RuleBroken:
        token = self.peek()
        if token.sort is Sort.UNCLOSED:
            return unclosed(token.said)
        for _ in range(4):
            token = self.source.token(token.end)
            if token.sort is Sort.UNCLOSED:
                return unclosed(token.said)
        return RuleBroken(
            f"This was not understood: “{shortened(self.source.text[self.peek().start :])}”. "
            "Write for example: In line 14, delete “X” and insert “Y”."
        )

    # -- where a part is

    def _read_scope(self) -> bool:
        preposition = self.accept("in", "on", "at", "within", "under", "from", "to", "for", "below", "of", "throughout")
        is_throughout = preposition == "throughout"
        place = self.attempt(self._quoted_scope) if preposition in {"in", "under", "within", "below"} else None
        place = place or (self.attempt(self._named_scope) if not preposition else None)
        place = place or (self.attempt(self.lone_label) if preposition in {"in", "at"} else None) or self.place()
        if not place and not is_throughout:
            return False
        place = self.attempt(lambda: self._with_another(place)) or place
        if place and place.kind in {"heading", "quoted"} and place.words and preposition in {"under", "below"}:
            place = Place("section", manner="headed", words=place.words)
        if is_throughout:
            self.accept("motion", "text", "document", "resolution", "paper", "policy")
        self._is_throughout = is_throughout
        self._scope, self._is_loose = place, False
        self._is_list = self._list_follows()
        self.accept("only")
        self._is_open = bool(self.accept("and"))
        return True

    def _named_scope(self) -> Place | None:
        """“Conference resolves: …”: a heading that stands before what is to be done below it."""
        words = self.heading_name()
        is_apart = self.source.text[self.at : self.at + 1] in {":", ","}
        return Place("section", manner="headed", words=words) if words and is_apart else None

    def _with_another(self, place: Place | None) -> Place | None:
        """“line 1 and line 4”: both of them."""
        other = self.place() if self.accept("and", "&") and place else None
        if not place or not other or other.kind != place.kind or other.within != place.within:
            return None
        both = _numbers(place), _numbers(other)
        return replace(place, ordinal=0, numbers=(*both[0], *both[1])) if all(both) else None

    def _quoted_scope(self) -> Place | None:
        """“under ‘Housing’”, “in ‘Housing’ section”, “in ‘all of a sentence’”."""
        self.accept("sentence", "paragraph", "text")
        words = self.quotation() or self.heading_name()
        if words is None or (self.source.text[self.at - 1].isalnum() and self.peek().said[:1].isdecimal()):
            return None
        is_section = bool(self.accept("section", "heading", "part"))
        return Place("section" if is_section else "quoted", manner="headed", words=words)

    def _list_follows(self) -> bool:
        """Whether the parts for this place come numbered, or one a line, below it."""
        between = re.compile(r"[\s:—–-]{0,9}").match(self.source.text, self.at)
        token = self.peek()
        has_colon = bool(between and ":" in between.group())
        if token.sort is Sort.BREAK and has_colon:
            while self.peek().sort is Sort.BREAK:
                self.take()
            token = self.peek()
            if token.sort is Sort.LABEL:
                self.take()
            return True
        if token.sort is Sort.LABEL and has_colon:
            self.take()
            return True
        return False

    # -- what is said after a part

    def _with_check(self, part: Part) -> Part:
        """The part with the words that it is to give, where they are told."""
        if part.verb == self._previous == "replace":
            self.accept("respectively")
        reads = self.attempt(self._reading) or ""
        return replace(part, reads=reads)

    def _reading(self) -> str | None:
        start = self.at
        while self.peek().sort is Sort.BREAK and self.peek().said in {";", "\n"}:
            self.take()
        if self.accept("to read", "to make"):
            self.at = start
            self.accept("to")
        elif not self.accept(*SO_READS):
            return None
        self.attempt(self.place)
        self.accept("line", "sentence", "paragraph", "clause", "section", "bullet point", "bullet", "text", "phrase")
        self.accept("it", "they")
        if not self.accept(*READS):
            return None
        self.accept("as follows", "in full")
        return self.new_words()

    def _is_order(self, at: int) -> bool:
        """Whether an order can be read here, within an instruction whose new words stand without marks."""
        other = Grammar(Source(self.source.text[at : at + 2000], self.source.headings))
        other._is_part = _nowhere
        try:
            other._skip_joints()
            other._part()
        except RuleBroken:
            return False
        return True


def _numbers(place: Place) -> tuple[tuple[Path, Path], ...]:
    """The numbers of a place, of which an ordinal is one; none where it is counted from the end."""
    number = (str(place.ordinal),)
    return place.numbers or (((number, number),) if place.ordinal > 0 and place.count == 1 else ())


def _nowhere(_: int) -> bool:
    """No order is looked for within one that is only looked at."""
    return False
