"""The orders of an instruction that change words: to leave out, replace, change and insert."""

from collections.abc import Callable
from dataclasses import replace

from policies.errors import RuleBroken
from policies.text.instructions.arranging import DIVIDE, JOIN, MOVE, RENAME, SWAP, everywhere, within_of
from policies.text.instructions.new_words import NewWords
from policies.text.instructions.quotations import Sort, Source
from policies.text.instructions.saying import AT_END, Anchor, New, Part, Place, Target, Where
from policies.text.instructions.targeting import how_many

INSERT = ("insert", "add in", "add", "put in", "put", "append", "include", "add on", "inserting", "adding")
DELETE = (
    "leave out",
    "omit",
    "delete",
    "remove",
    "strike out",
    "strike",
    "cut out",
    "cut",
    "take out",
    "erase",
    "drop",
    *("deleting", "removing", "leaving out", "omitting"),
)
REPLACE = ("replace", "substitute", "swap out", "replacing", "substituting")
CHANGE = ("change", "amend", "alter", "correct", "reword", "revise", "edit", "modify")
VERBS = (*INSERT, *DELETE, *REPLACE, *CHANGE, *MOVE, *SWAP, *JOIN, *DIVIDE, *RENAME)
_INSTEAD = (
    "instead",
    "there",
    "in its place",
    "in their place",
    "in lieu thereof",
    "in lieu",
    "in place",
    "in its stead",
    "therefor",
)
_REPLACED = (
    *("replaced with", "replaced by", "changed to read", "changed to", "amended to read", "amended to"),
    *("altered to", "corrected to", "substituted with", "substituted by"),
)


class Orders(NewWords):
    """Reads one order."""

    def __init__(self, source: Source, is_part: Callable[[int], bool]) -> None:
        super().__init__(source, is_part)
        self._is_list = False
        self._previous = ""

    # -- what is to be done

    def action(self) -> Part | None:
        """The next order, if one comes next."""
        readers: tuple[Callable[[], Part | None], ...] = (
            *(self._swap, self._move, self._join, self._divide, self._rename),
            *(self._delete, self._replace, self._change, self._for, self._beside, self._insert, self._stated),
        )
        return next((found for read in readers if (found := self.attempt(read)) is not None), None)

    def _delete(self) -> Part | None:
        if not self.accept(*DELETE):
            return None
        targets = self._the_targets()
        if not targets:
            return None
        if together := self.attempt(lambda: self._and_insert(targets)):
            return together
        return self._made("delete", targets)

    def _beside(self) -> Part | None:
        """“after ‘X’ leave out ‘Y’”, “at end, replace ‘X’ with ‘Y’”: which of several places of Y is meant."""
        where = self.where()
        self.accept("and")
        while where and self.peek().said == "\n":
            self.take()
        part = next(
            (
                found
                for read in (self._delete, self._replace, self._change, self._for)
                if where and (found := self.attempt(read))
            ),
            None,
        )
        if not where or not part or len(part.targets) != 1 or part.each:
            return None
        target = part.targets[0]
        if not isinstance(target, Anchor) or target.ordinal is not None or target.beside:
            return None
        if where.side in {"after", "before"} and isinstance(where.at, Anchor):
            target = replace(target, beside=where.at, is_before=where.side == "before")
        elif where.side == "end" and not isinstance(where.at, Anchor):
            target = Anchor(target.words, -1, where.at or target.within, AT_END)
        else:
            return None
        return replace(part, targets=(target,))

    def _and_insert(self, targets: tuple[Target, ...]) -> Part | None:
        """“and insert ‘Y’” after what is left out, unless it says another place."""
        while self.peek().sort is Sort.BREAK and self.peek().said in {";", ".", "\n"}:
            self.take()
        if "•" in self.source.text[self.at : self.peek().start]:
            return None
        self.accept("and then", "and", "then", "&")
        verb = self.accept(*INSERT, "substitute", "replace it with", "replace them with", "replace with", "replace by")
        verb = verb or self.accept(
            "replace it by", "replacing it with", "replacing with", "inserting", "adding", "with"
        )
        if not verb:
            return None
        self.accept(*_INSTEAD)
        if len(targets) > 1 and (each := self.attempt(lambda: self._respectively(targets))):
            return self._made("replace", targets, each=each)
        new = self.new() if verb in INSERT else self.new() and None
        if new and (new.label or new.kind == "sentence" or self.where()):
            return None
        words = self.new_words()
        if words is None:
            return None
        self.accept(*_INSTEAD)
        if self.where():
            return None
        return self._narrowed(self._made("replace", targets, words))

    def _narrowed(self, part: Part) -> Part:
        """The part with what is said after its words: in which line, or wherever they occur."""
        targets = part.targets
        if said := self.wherever():
            targets = tuple(everywhere(target, how_many(said)) for target in targets)
            if len(targets) == 1 and (place := self.attempt(self.place)):
                targets = (within_of(targets[0], place),)
        if len(targets) == 1:
            targets = (self._which_one(targets[0]),)
        within = self.attempt(self._within)
        self.accept("only", "alone")
        if within and len(targets) == 1:
            said = self.wherever()
            target = everywhere(targets[0], how_many(said)) if said else self._which_one(targets[0])
            targets = (within_of(target, within),)
        elif within:
            raise RuleBroken(f"Say for each of the words whether they are in {within.named()}.")
        return replace(part, targets=targets)

    def _which_one(self, target: Target) -> Target:
        """The words with what is said after the new ones: “where it first occurs”."""
        if not isinstance(target, Anchor) or target.ordinal is not None:
            return target
        return replace(target, ordinal=self.attempt(self._which_after))

    def _replace(self) -> Part | None:
        verb = self.accept(*REPLACE)
        if not verb:
            return None
        if verb == "substitute" and (found := self.attempt(self._substituted)):
            return found
        return self.attempt(lambda: self._replaced(("with", "by", "as follows"))) or self.attempt(
            lambda: self._replaced(("to",))
        )

    def _replaced(self, joints: tuple[str, ...]) -> Part | None:
        anchor = self.anchor() if joints == ("to",) else None
        targets: tuple[Target, ...] = (anchor,) if anchor else self._the_targets() if joints != ("to",) else ()
        if not targets or not self.accept(*joints):
            return None
        return self._replacement(targets)

    def _replacement(self, targets: tuple[Target, ...]) -> Part | None:
        if len(targets) > 1 and (each := self.attempt(lambda: self._respectively(targets))):
            return self._made("replace", targets, each=each)
        self.new()
        words = self.new_words()
        return None if words is None else self._narrowed(self._made("replace", targets, words))

    def _respectively(self, targets: tuple[Target, ...]) -> tuple[str, ...] | None:
        """“insert ‘C’ and ‘D’ respectively”: one of them for each of the targets."""
        is_said = bool(self.accept("respectively"))
        found: list[str] = []
        while self.peek().sort is Sort.QUOTATION:
            found.append(self.take().said)
            start = self.at
            self.accept("and", "&")
            if self.peek().sort is not Sort.QUOTATION:
                self.at = start
        is_said = bool(self.accept("respectively")) or is_said
        if not is_said:
            return None
        if len(found) != len(targets):
            raise RuleBroken(
                f"The instruction names {len(targets)} places and {len(found)} new texts for them. "
                "Say what stands in the place of each."
            )
        return tuple(found)

    def _substituted(self) -> Part | None:
        words = self.quotation()
        if words is None or not self.accept("for", "in place of", "instead of"):
            return None
        targets = self.targets()
        return self._made("replace", targets, words) if targets else None

    def _change(self) -> Part | None:
        if not self.accept(*CHANGE):
            return None
        readers = (lambda: self._changed(has_to=False), lambda: self._changed(has_to=True))
        return next((found for read in readers if (found := self.attempt(read)) is not None), None)

    def _changed(self, has_to: bool) -> Part | None:
        if has_to:
            self.accept("from")
        anchor = self.anchor() if has_to else None
        targets: tuple[Target, ...] = (anchor,) if anchor else self._the_targets()
        if not targets or not self.accept(
            *(
                "so that it reads as follows",
                "so that it reads",
                "to read as follows",
                "to now read",
                "to read",
                "as follows",
            ),
            *(
                "so that they read",
                "to say",
                "to be",
                "to become",
                "so it reads",
                "such that it reads",
                "into",
                "to",
                "as",
            ),
        ):
            return None
        self.accept("instead", "as")
        return self._replacement(targets)

    def _for(self) -> Part | None:
        """“for ‘X’ substitute ‘Y’”."""
        if not self.accept("for", "in place of", "instead of"):
            return None
        targets = self.targets()
        if not targets or not self.accept("substitute", "insert", "read", "put"):
            return None
        return self._replacement(targets)

    def _stated(self) -> Part | None:
        """“‘X’ to become ‘Y’”, “paragraph 2 to be deleted”."""
        start = self.at
        self.accept("that")
        anchor = self.anchor()
        if (
            anchor
            and self.accept("to", "becomes", "to become")
            and (found := self.attempt(lambda: self._replacement((anchor,))))
        ):
            return found
        if anchor and self._previous == "replace" and self.accept("with", "by"):
            return self._replacement((anchor,))
        self.at = start
        self.accept("that")
        targets = self.targets()
        if not targets:
            return None
        if self.accept("to be", "should be", "be", "shall be", "is", "are", "must be"):
            if self.accept("deleted", "removed", "left out", "omitted", "struck out"):
                return self.attempt(lambda: self._and_inserted(targets)) or self._made("delete", targets)
            is_said = self.accept(*_REPLACED) or self.peek().sort is Sort.QUOTATION
            return self._replacement(targets) if is_said and isinstance(targets[0], Anchor | Place) else None
        if not self.accept(
            "should read", "to read", "becomes", "to become", "now reads", "should become", "should be", "to"
        ):
            return None
        return self._replacement(targets) if isinstance(targets[0], Anchor | Place) else None

    def _and_inserted(self, targets: tuple[Target, ...]) -> Part | None:
        """“… be left out and ‘Y’ be inserted”."""
        self.accept("and that", "and")
        words = self.quotation()
        if words is None or not self.accept("be inserted", "inserted", "be substituted", "substituted", "added"):
            return None
        self.accept(*_INSTEAD)
        return None if self.where() else self._made("replace", targets, words)

    def _insert(self) -> Part | None:
        """The ways to say what is inserted and where, in any order."""
        new = self.new() if self.word() == "as" else None
        where = self.where()
        while where and self.peek().sort is Sort.BREAK and self.peek().said == "\n":
            self.take()
        verb = self.accept(*INSERT)
        if not verb:
            return None
        self.accept("in", "at this point") if self.peek().sort is Sort.QUOTATION else None
        new = new or self.new() or self.attempt(self.numbered_new)
        where = where or self.where() or self._to_section(verb)
        new = new or self.new()
        scope = None if where else self.attempt(self._within)
        if scope:
            self._scope, self._is_loose = scope, False
            where = self.where()
        self.attempt(lambda: (self.renumbering(is_before_words=True) and (where or new)) or None)
        if self._so_reads_next() and where:
            return self._made("insert", (), "", where, new)
        words = self.new_words()
        if words is None:
            return None
        return self._inserted(verb, words, where, new)

    def _to_section(self, verb: str) -> Where | None:
        """“add to ‘Conference believes’: …”."""
        return self.attempt(self._section_added_to) if verb.startswith(("add", "append")) else None

    def _section_added_to(self) -> Where | None:
        if not self.accept("to"):
            return None
        words = self.quotation() or self.heading_name()
        place = Place("section", manner="headed", words=words) if words else self.place()
        self.accept("section", "list")
        return Where("end", place) if place else None

    def _inserted(self, verb: str, words: str, where: Where | None, new: New | None) -> Part | None:
        new = new or self.new()
        if not where:
            where = self.where() or self._to_section(verb)
            if not where and (scope := self.attempt(self._within)):
                self._scope, self._is_loose = scope, False
                where = self.where()
        new = new or self.new()
        if not where and not new and self._scope and self._scope.kind == "section" and verb in {"add", "append"}:
            where = Where("end")
        if not where and not new and not (verb.startswith(("add", "append")) and not self._scope):
            return None
        return self._made("insert", (), words, where, new)
