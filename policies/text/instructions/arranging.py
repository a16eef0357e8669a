"""The orders that arrange the parts of a text: to move, swap, join and divide them, and to rename a section."""

from dataclasses import replace
from typing import TypeGuard

from policies.errors import RuleBroken
from policies.text.instructions.saying import Anchor, Every, New, Part, Place, Target, Where
from policies.text.instructions.standing import Standing

MOVE = ("move", "relocate", "transfer", "shift", "transpose")
SWAP = ("swap", "exchange", "interchange", "transpose", "switch", "reverse order of", "reverse")
JOIN = ("merge", "combine", "join", "amalgamate", "unite", "run")
DIVIDE = ("split", "divide", "break")
RENAME = ("rename", "retitle", "re-title", "re-name")


class Arranging(Standing):
    """Reads one of these orders."""

    _is_throughout = False
    _part_start = 0

    def _made(
        self,
        verb: str,
        targets: tuple[Target, ...] = (),
        words: str = "",
        where: Where | None = None,
        new: New | None = None,
        each: tuple[str, ...] = (),
    ) -> Part:
        if self._is_throughout:
            targets = tuple(everywhere(target) for target in targets)
        return Part(verb, self._part_start, targets, words, where, new, self._scope, "", each, self._is_loose)

    def _the_targets(self) -> tuple[Target, ...]:
        """The targets, or the place that was named before the verb."""
        found = self.targets()
        if not found and self._scope and not self._is_loose:
            self.accept("it", "this", "them", "these", "that", "entirely", "completely", "altogether")
            return (self._scope,)
        self.accept("entirely", "completely", "altogether", "in full", "in its entirety", "in their entirety")
        return found

    def _move(self) -> Part | None:
        if not self.accept(*MOVE):
            return None
        return self.attempt(lambda: self._moved(is_list=False)) or self.attempt(lambda: self._moved(is_list=True))

    def _moved(self, is_list: bool) -> Part | None:
        single = None if is_list else self.anchor_or_place()
        targets: tuple[Target, ...] = (single,) if single else self._the_targets()
        self.accept(
            "from", "so that it", "so that they", "so it", "and insert it", "and insert them", "and place it", "down"
        )
        self.accept("up", "follows", "stands", "is", "comes", "and insert", "and place", "and put it", "appears")
        self.accept("to", "it", "be")
        where = self.where()
        return self._made("move", targets, "", where) if targets and where else None

    def _swap(self) -> Part | None:
        if not self.accept(*SWAP):
            return None
        self.accept("round", "around", "order of", "positions of", "places of")
        targets = list(self.targets())
        if self.accept("with", "for") and len(targets) == 1:
            targets += self.targets()
        self.accept("around", "round", "over")
        if len(targets) == 1 and isinstance(place := targets[0], Place) and len(place.numbers) == 2:
            targets = [Place(place.kind, (numbers,), within=place.within) for numbers in place.numbers]
        return self._made("swap", tuple(targets)) if len(targets) == 2 else None

    def _join(self) -> Part | None:
        """“merge paragraphs 2 and 3”, “run paragraph 3 into paragraph 2”."""
        verb = self.accept(*JOIN)
        targets = self.targets() if verb else ()
        if not targets:
            return None
        if self.accept("to read", "so that they read", "so that it reads", "reading"):
            words = self.quotation()
            return None if words is None else self._made("replace", targets, words)
        self.accept("together", "on")
        other = None
        if self.accept("into one", "into single", "as one", "as single", "in one"):
            self.accept("single")
            self.accept("paragraph", "one")
        elif self.accept("with", "into", "to", "onto"):
            other = self.place()
        places = (*targets, other) if other else targets
        return self._made("join", places) if all(isinstance(place, Place) for place in places) else None

    def _divide(self) -> Part | None:
        """“split paragraph 4 after ‘X’”, “start a new paragraph at ‘X’”, “make the last sentence a new paragraph”."""
        if found := self.attempt(self._set_apart):
            return found
        place = self._what_is_divided()
        if not place:
            return None
        side = self.accept("after", "following", "before", "preceding", "at", "from", "with")
        at = self.anchor_or_place() if side else None
        if not at:
            return None
        where = Where(
            {"following": "after", "preceding": "before", "from": "before", "with": "before"}.get(side, side), at
        )
        return self._made("divide", (place,), "", where)

    def _what_is_divided(self) -> Place | None:
        """The place that is to be divided; the whole text where only the new paragraph is named."""
        if self.accept(*DIVIDE):
            place = self.place() or self._scope
            self.accept("into two", "in two", "up")
            self.accept("paragraphs", "bullets", "parts", "bullet points")
            return place
        if self.accept("start", "begin"):
            return Place("whole") if self.accept("new paragraph", "fresh paragraph", "separate paragraph") else None
        return Place("whole") if self.accept("insert paragraph break", "add paragraph break") else None

    def _set_apart(self) -> Part | None:
        if not self.accept("make", "put", *DIVIDE):
            return None
        place = self.anchor_or_place()
        self.accept("off")
        self.accept("into", "as", "to form")
        is_new = self.accept("new paragraph", "separate paragraph", "paragraph of its own", "own paragraph")
        self.accept("of its own")
        return self._made("apart", (place,)) if place and is_new else None

    def _rename(self) -> Part | None:
        """“rename section 3 ‘X’”."""
        if not self.accept(*RENAME):
            return None
        quoted = self.quotation()
        place = Place("section", manner="headed", words=quoted) if quoted is not None else self.place()
        self.accept("to read", "to be", "to", "as")
        words = self.quotation() if place else None
        return self._made("rename", (place,), words) if place and words is not None else None


def everywhere(target: Target, count: int = 0) -> Target:
    """All places of the words, where one of several is not said."""
    return Every(target.words, target.within, count) if _is_plain(target) else target


def _is_plain(target: Target) -> TypeGuard[Anchor]:
    return isinstance(target, Anchor) and target.ordinal is None and not target.beside


def within_of(target: Target, within: Place) -> Target:
    """The words within a place that is said after them."""
    if isinstance(target, Anchor | Every):
        return replace(target, within=target.within or within)
    raise RuleBroken(f"Say “in {within.named()}” first, and then what is to be done there.")
