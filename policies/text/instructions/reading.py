"""From the parts of an instruction to edits of the text, every one of them resolved in the text as it was."""

from dataclasses import replace

from policies.errors import RuleBroken
from policies.text.instructions.blocks import removed, replaced, units_in
from policies.text.instructions.inserting import Inserting
from policies.text.instructions.joining import divided, joined, renamed, set_apart
from policies.text.instructions.marking import narrowed
from policies.text.instructions.moving import moved, swapped
from policies.text.instructions.naming import inside
from policies.text.instructions.pages import Span
from policies.text.instructions.quotations import shortened
from policies.text.instructions.saying import Anchor, End, Every, Part, Place, Sign, Stretch, Target, Where, Whole
from policies.text.instructions.splicing import Edit


class Reading(Inserting):
    """Makes the edits of one part after another."""

    def edits(self, part: Part) -> list[Edit]:
        """The edits that one part asks for."""
        self.part = part = _numbered_in_section(self._without_pages(part))
        self.scopes = self.readings(part.scope) if part.scope else self.everywhere
        if part.is_loose and part.scope:
            self.scopes = [*self.scopes, *self.everywhere]
        match part.verb:
            case "insert":
                return self.insertions(part)
            case "move" | "swap" | "join" | "divide" | "apart" | "rename":
                return self._arrangements(part)
            case "delete" if len(part.targets) > 1:
                return self._removals(part.targets)
            case _ if part.each:
                pairs = zip(part.targets, part.each, strict=True)
                single = [(target, replace(part, words=words, targets=(target,))) for target, words in pairs]
                return [edit for target, one in single for edit in self._changes(one, target)]
            case _:
                return [edit for target in part.targets for edit in self._changes(part, target)]

    def _arrangements(self, part: Part) -> list[Edit]:
        """The edits of an order that puts parts of the text elsewhere, or gives them another name."""
        match part.verb:
            case "move":
                return self._moves(part)
            case "join":
                return joined(self.page, [span for target in part.targets for span in self._spans(target)])
            case "rename":
                return [renamed(self.page, self._single(self._spans(part.targets[0])), self._said(part.words))]
            case "swap":
                first, second = (self._spans(target) for target in part.targets)
                return swapped(self.page, self._single(first), self._single(second))
            case _:
                return self._divisions(part)

    def _without_pages(self, part: Part) -> Part:
        """A line of a page that is not known counts for nothing where the words quoted stand only once in the text."""
        page = part.scope
        while page and page.kind != "page":
            page = page.within
        if not page or page.numbers == ((("1",), ("1",)),):
            return part
        places = [*part.targets, *([part.where.at] if part.where else [])]
        for place in places:
            if not isinstance(place, Anchor) or place.ordinal is not None:
                raise RuleBroken("This text has no pages. Name the line, counted from its beginning, or the clause.")
            self.anchor(place, self.everywhere)
        return replace(part, scope=page.within)

    def _removals(self, targets: tuple[Target, ...]) -> list[Edit]:
        """The edits that leave out several passages, those that stand next to each other as one."""
        spans: list[Span] = []
        ends: set[int] = set()
        for target in targets:
            found = self._spans(target)
            spans += found
            if isinstance(target, Stretch) and isinstance(target.last, End):
                ends.update(end for _, end in found)
        return [removed(self.page, span, is_end=span[1] in ends) for span in self._side_by_side(spans)]

    def _said(self, words: str) -> str:
        self.must_say(words)
        return words.strip()

    def _divisions(self, part: Part) -> list[Edit]:
        """The edits that begin a new paragraph."""
        place, where = part.targets[0], part.where
        if not where or not isinstance(place, Place):
            return set_apart(self.page, self._single(self._spans(place)))
        scopes = self.scopes if place.kind == "whole" else self.readings(self.in_scope(place))
        if isinstance(where.at, Anchor):
            return [divided(self.page, self.anchor(where.at, scopes, is_place=True), where.side)]
        at = where.at or place
        span = self.the_one(inside(at, place) if place.kind != "whole" and not at.within else self.in_scope(at))[0]
        return [divided(self.page, span, where.side)]

    def _single(self, spans: list[Span]) -> Span:
        if len(spans) != 1:
            raise RuleBroken("Several places are named where one is needed. Divide the instruction.")
        return spans[0]

    def _changes(self, part: Part, target: Target) -> list[Edit]:
        words = part.words.strip(" ")
        if isinstance(target, Whole):
            if part.scope:
                raise self._unclear("all")
            return [Edit(0, len(self.page.text), words.strip("\n"), exact=True)]
        spans = self._spans(target)
        if part.verb == "delete":
            is_end = isinstance(target, Stretch) and isinstance(target.last, End)
            return [removed(self.page, span, is_end) for span in self._side_by_side(spans)]
        self.must_say(words)
        spans = self._side_by_side(spans) if isinstance(target, Place) else spans
        if len(part.targets) > 1 or (len(spans) > 1 and not isinstance(target, Every | Anchor)):
            raise RuleBroken("It is not clear which of the places the new words stand in. Say it for each by itself.")
        return [self._replacement(target, span, words) for span in spans]

    def _side_by_side(self, spans: list[Span]) -> list[Span]:
        """The passages, those that stand next to each other as one."""
        found: list[Span] = []
        for start, end in sorted(spans):
            if found and start >= found[-1][1] and self._is_next(found[-1], (start, end)):
                found[-1] = found[-1][0], end
            else:
                found.append((start, end))
        return found

    def _is_next(self, one: Span, other: Span) -> bool:
        """Whether two passages are one, with nothing between them but space of the same line, or of whole lines."""
        text = self.page.text
        between = text[one[1] : other[0]]
        if between.strip():
            return False
        is_lines = text[one[0] - 1 : one[0]] in {"", "\n"} and text[other[1] : other[1] + 1] in {"", "\n"}
        return "\n" not in between or is_lines or bool(units_in(self.page, one) and units_in(self.page, other))

    def _replacement(self, target: Target, span: Span, words: str) -> Edit:
        if isinstance(target, Place) and target.kind in {"label", "item", "clause", "section", "paragraph"}:
            words = self.labelled_like(span, words)
        else:
            span, words = narrowed(self.page, span, words)
        return replaced(self.page, span, words)

    def _spans(self, target: Target) -> list[Span]:
        match target:
            case Anchor():
                return self._anchors(target)
            case Every():
                return self.every(target, self.scopes)
            case Place():
                return list(self.the_one(self.in_scope(target)))
            case Sign():
                return [self._sign(target)]
            case Stretch():
                return [self._stretch(target)]
            case _:
                raise RuleBroken("All of the text cannot be moved. Name a part of it.")

    def _anchors(self, said: Anchor) -> list[Span]:
        """The place of the words; where several passages are named, the one place in each of them."""
        scopes = self.scopes_of(said, self.scopes)
        if said.ordinal is None and not said.beside and len(scopes) == 1 and len(scopes[0]) > 1:
            whole = self._found(said.words.strip())[0]
            each = [[span for span in whole if low <= span[0] < high] for low, high in scopes[0]]
            if all(len(spans) == 1 for spans in each):
                return [spans[0] for spans in each]
        return [self.anchor(said, self.scopes)]

    def _sign(self, target: Sign) -> Span:
        """A comma or another sign, right after or before a place."""
        at = target.at
        if isinstance(at, Anchor):
            start, end = self.anchor(at, self.scopes, is_place=True)
        else:
            start, end = self.the_one(self.in_scope(at))[-1]
            end = len(self.page.text[:end].rstrip()) - len(target.sign)
        place = end if target.is_after else len(self.page.text[:start].rstrip()) - 1
        if self.page.text[place : place + 1] != target.sign:
            raise RuleBroken(f"There is no “{target.sign}” at {self.page.around((place, place))}.")
        return place, place + 1

    # -- from one place to another

    def _stretch(self, said: Stretch) -> Span:
        """From one place to another, both included where the instruction does not say otherwise."""
        first = self._edge(said.first, self.scopes, False) if said.first else (self._beginning(), self._beginning())
        is_after = said.is_after or self._is_this_house(first)
        start = self._gap_after(first[1]) if is_after else first[0]
        if isinstance(said.last, End):
            end = self._end(said.last, start, said.first if isinstance(said.first, Anchor) else None)
        else:
            last = self._last(said, said.last, first)
            end = last[0] if said.is_before else last[1]
        if end <= start:
            raise RuleBroken("The passage to be left out ends before it begins.")
        return self.page.with_marks(start, end)

    def _is_this_house(self, span: Span) -> bool:
        """Whether these words are “That this House”, which no amendment of a parliament leaves out."""
        text = self.page.text
        return (
            bool(self.part.words) and text[: span[1]] == "That this House" and not self.part.words.startswith("House")
        )

    def _last(self, said: Stretch, last: Anchor | Place, first: Span) -> Span:
        if isinstance(last, Anchor) and last.within and last.within == said.first:
            return self._edge(last, self.scopes, True)
        following = [
            tuple((max(first[1] if said.first else 0, low), high) for low, high in scope if high > first[1])
            for scope in self.scopes
        ]
        following = [scope for scope in following if scope]
        found = self._edge(last, following, True)
        if isinstance(last, Anchor) and last.ordinal is not None and found != self._edge(last, self.scopes, True):
            name = shortened(said.first.words) if isinstance(said.first, Anchor) else "the beginning"
            raise RuleBroken(f"“{last.which}” can be counted from the beginning or from “{name}”. Quote more words.")
        return found

    def _edge(self, at: Anchor | Place, scopes: list[tuple[Span, ...]], is_last: bool) -> Span:
        if isinstance(at, Anchor):
            return self.anchor(at, scopes)
        return self.the_one(self.in_scope(at))[-1 if is_last else 0]

    def _beginning(self) -> int:
        if self.part.scope:
            return self.scope_span("from the beginning")[0]
        return self.page.contents[0][0] if self.page.units else 0

    def _gap_after(self, place: int) -> int:
        text = self.page.text
        return place + len(text[place:]) - len(text[place:].lstrip())

    def _end(self, said: End, start: int, first: Anchor | None = None) -> int:
        within = first.within if first else None
        is_of_line = bool(said.of and said.of == within and said.of.kind == "line")
        if within and (is_of_line or (not said.of and not said.kind and within.kind != "line")):
            raise RuleBroken(f"Say whether it goes “to end of {within.named()}” or “to end of text”.")
        if said.of:
            return self.the_one(self.in_scope(said.of) if said.of.kind != "line" else said.of)[-1][1]
        if said.kind == "text":
            return len(self.page.text)
        if said.kind:
            return self.around_of(said.kind, start)[1]
        return self._unnamed_end(start)

    def _unnamed_end(self, start: int) -> int:
        """The end of the place that was named before, or of the text."""
        if not self.part.scope:
            return len(self.page.text)
        if self.part.scope.kind == "line":
            return self._end_after_a_line(start)
        if self.part.is_loose:
            raise self._unclear("to end")
        ends = {high for scope in self.scopes for low, high in scope if low <= start < high}
        if len(ends) != 1:
            raise RuleBroken("It is not clear which end is meant. Say for example “to end of paragraph 2”.")
        return ends.pop()

    def _end_after_a_line(self, start: int) -> int:
        """After the number of a line, “to end” is the end of the text, unless that of the line makes sense as well."""
        text = self.page.text
        new, whole = self.part.words.strip(), len(text)
        found = {len(text[:high].rstrip()) for scope in self.scopes for low, high in scope if low <= start < high}
        ends = found - {whole}
        is_motion = len(self.page.units) < 2 and new[-1:] in {".", "!", "?", "”", '"', "’"}
        if not ends or (is_motion and not any(text[end - 1] in ".;:!?," for end in ends)):
            return whole
        raise self._unclear("to end")

    # -- moving

    def _moves(self, part: Part) -> list[Edit]:
        spans = [span for target in part.targets for span in self._spans(target)]
        where = part.where or Where("end")
        if len(spans) != 1:
            raise RuleBroken("Move one passage at a time: say where each of them goes.")
        side = "after" if where.side in {"after", "end"} else "before"
        if where.side not in {"after", "before", "end", "start"}:
            raise RuleBroken("Say after or before which words or paragraph it is to stand.")
        return moved(self.page, spans[0], self._destination(where), side == "after", where.side in {"end", "start"})

    def _destination(self, where: Where) -> Span:
        if isinstance(where.at, Anchor):
            return self.anchor(where.at, self.everywhere if self.part.is_loose else self.scopes, is_place=True)
        if where.at:
            span = self.the_one(self.in_scope(where.at))[-1 if where.side == "after" else 0]
            return self._below_heading(span) if where.side == "start" and where.at.kind == "section" else span
        return (
            self.scope_span("to end")
            if self.part.scope and self.part.scope not in self.part.targets
            else (0, len(self.page.text))
        )

    def _below_heading(self, span: Span) -> Span:
        """The first paragraph or item of a section, below its heading."""
        first = self.page.unit_at(span[0]) + 1
        if first < len(self.page.units) and self.page.blocks[first][0] < span[1]:
            return self.page.blocks[first]
        raise RuleBroken("Nothing stands below that heading. Say after which paragraph it is to stand.")

    def _unclear(self, said: str) -> RuleBroken:
        """Within a line or paragraph these words could mean its end or the end of the text."""
        return RuleBroken(
            f"After a line or paragraph, “{said}” could be about that or about the whole text. "
            "Say for example “to end of paragraph 2” or “to end of text”, or leave the line out."
        )


def _numbered_in_section(part: Part) -> Part:
    """“add new iii) to Conference notes” means its place by number there, as “under Conference notes, …” does."""
    at = part.where.at if part.where and part.where.side == "end" else None
    if part.scope or not (part.new and part.new.label) or not isinstance(at, Place) or at.kind != "section":
        return part
    return replace(part, scope=at, where=None)
