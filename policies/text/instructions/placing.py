"""Finding the passages that a named place can mean: one reading for each way of counting."""

from collections.abc import Callable, Iterable
from dataclasses import replace

from policies.errors import RuleBroken
from policies.text.instructions.pages import Span
from policies.text.instructions.saying import Path, Place
from policies.text.instructions.structure import PARAGRAPHS, Labelled, bullets, paragraphs, sections, sentences
from policies.text.instructions.wording import Scope, Worded
from policies.text.model import Kind

Numbered = tuple[Path, Span, bool, str]
"""A printed number, its passage, whether that is an item of a list, and how the number is printed."""

MOST_READINGS = 12


class Placing(Worded):
    """Finds what places mean in one page."""

    def readings(self, place: Place) -> list[Scope]:
        """All that a place can mean; a refusal where there is no such place."""
        if place.within and place.within.kind == "line" and place.kind == "label":
            return self._labelled_at_line(place, place.within)
        larger = self.readings(place.within) if place.within else self.everywhere
        found: dict[Scope, None] = {}
        refusal: RuleBroken | None = None
        for scope in larger:
            for span in scope:
                try:
                    found.update(dict.fromkeys(self._within(place, span)))
                except RuleBroken as problem:
                    refusal = refusal or problem
        if not found:
            raise refusal or RuleBroken(f"There is no {place.named()} in this text.")
        if len(found) > MOST_READINGS:
            raise self._too_many(place, [scope[0] for scope in found])
        return list(found)

    def _labelled_at_line(self, place: Place, line: Place) -> list[Scope]:
        """“2. (line 12)”: what the number means by itself, or the one of them that begins in that line."""
        found = self.readings(replace(place, within=None))
        try:
            lines = [span for scope in self.readings(line) for span in scope]
        except RuleBroken:
            return found
        here = [scope for scope in found if any(low <= scope[0][0] < high for low, high in lines)]
        return here or found

    def _too_many(self, place: Place, spans: list[Span]) -> RuleBroken:
        return RuleBroken(
            f"{place.named().capitalize()} can mean {self.listed(spans)}. Say in which section or paragraph."
        )

    def the_one(self, place: Place) -> Scope:
        """What a place means where every way of counting gives the same."""
        found = self.readings(place)
        if len(found) == 1:
            return found[0]
        if place.kind == "line":
            raise RuleBroken(
                f"{place.named().capitalize()} is not the same line where lines are counted as typed and as printed: "
                f"{self.listed(scope[0] for scope in found)}. Quote the words, or name the paragraph."
            )
        raise RuleBroken(
            f"{place.named().capitalize()} can mean {self.listed(scope[0] for scope in found)}. "
            "Name the clause, or quote its words."
        )

    def listed(self, spans: Iterable[Span], most: int = 5) -> str:
        """The places with their lines, the first few of many."""
        found = sorted(set(spans))
        shown = [self.page.around(span) for span in found[:most]]
        return ", ".join([*shown, f"and {len(found) - most} more"] if len(found) > most else shown)

    # -- one kind after another

    def _within(self, place: Place, span: Span) -> list[Scope]:
        if place.kind == "whole":
            return [(span,)]
        if place.manner:
            return [(found,) for found in self.told(place, span)]
        finders: dict[str, Callable[[Place, Span], list[Scope]]] = {
            "line": self._lines,
            "page": self._pages,
            "sentence": self._sentences,
            "paragraph": self._paragraphs,
            "bullet": self._bullets,
            "item": self._items,
            "clause": self._clauses,
            "section": self._clauses,
            "label": lambda place, span: self._ranges(place, [self._labelled_in(span)]),
            "heading": self._heading,
            "title": lambda place, span: [(self._title(),)],
            "list": self._lists,
        }
        return finders[place.kind](place, span)

    def _heading(self, place: Place, span: Span) -> list[Scope]:
        """The heading of this number, or the only one."""
        found = self._headings(span)
        if place.ordinal or place.numbers or not found:
            return self._counted(place, [found])
        if len(found) > 1:
            raise RuleBroken(f"The text has {len(found)} headings. Say which one, as in “second heading”, or quote it.")
        return [(found[0],)]

    def _lines(self, place: Place, span: Span) -> list[Scope]:
        if place.ordinal:
            lines = [line for line in self.page.numberings[0] if span[0] <= line[0] < span[1]]
            return self._counted(place, [lines])
        found: dict[Scope, None] = {}
        for numbering in self.page.numberings:
            lines = list(numbering)
            ends = [(self._line(first), self._line(last)) for first, last in place.numbers]
            if any(not 1 <= first <= last for first, last in ends):
                raise RuleBroken(f"“{place.named()}” is no run of lines.")
            inner = [line for line in lines if span[0] <= line[0] < span[1]]
            if len(inner) < len(lines) and all(last <= len(inner) for _, last in ends):
                found[tuple((inner[first - 1][0], inner[last - 1][1]) for first, last in ends)] = None
            if all(last <= len(lines) for _, last in ends):
                spans = tuple((lines[first - 1][0], lines[last - 1][1]) for first, last in ends)
                if all(span[0] <= low < span[1] for low, _ in spans):
                    found[spans] = None
        if not found:
            most = len(self.page.numberings[0])
            highest = max(self._line(last) for _, last in place.numbers)
            where = f"; the text has {most}" if highest > most else " at that place"
            raise RuleBroken(f"There is no line {highest}{where}.")
        return self._plain(found)

    def _sentences(self, place: Place, span: Span) -> list[Scope]:
        """Sentences, counted in the passage; in the whole text only those of its first paragraph and its last one."""
        found = self._counted(place, [sentences(self.page, span)])
        prose = paragraphs(self.page)
        is_whole = span[1] - span[0] >= len(self.page.text) and len(prose) > 1
        if is_whole and place.ordinal >= 0 and found[0][-1][1] > prose[0][1]:
            raise RuleBroken(f"Say in which paragraph, as in “{place.named()} of paragraph 2”.")
        return found

    def _plain(self, found: dict[Scope, None]) -> list[Scope]:
        """The readings; those that differ in nothing but the space around them are one."""
        text = self.page.text
        seen: dict[tuple[str, ...], Scope] = {}
        for scope in found:
            key = tuple(
                f"{low + len(text[low:high]) - len(text[low:high].lstrip())} {low + len(text[low:high].rstrip())}"
                for low, high in scope
            )
            seen.setdefault(key, scope)
        return list(seen.values())

    def _line(self, path: Path) -> int:
        if len(path) > 1 or not path[0].isdecimal():
            raise RuleBroken(f"“Line {path[0]}” is no run of lines. A line has a number.")
        return int(path[0])

    def _pages(self, place: Place, span: Span) -> list[Scope]:
        return [(span,)]

    def _counted(self, place: Place, lists: list[list[Span]]) -> list[Scope]:
        """What an ordinal or a number gives in each of these lists."""
        if place.ordinal or not place.numbers:
            found = [self._run(spans, place) for spans in lists]
            return self._some([(span,) for span in found if span], place)
        scopes: list[Scope] = []
        for spans in lists:
            ends = [(self._index(spans, first), self._index(spans, last)) for first, last in place.numbers]
            if all(first is not None and last is not None for first, last in ends):
                scopes.append(tuple(self._joined(first, last, place) for first, last in ends if first and last))
        return self._some(scopes, place)

    def _run(self, spans: list[Span], place: Place) -> Span | None:
        first = place.ordinal - 1 if place.ordinal > 0 else len(spans) + place.ordinal - place.count + 1
        last = first + place.count - 1
        return (spans[first][0], spans[last][1]) if 0 <= first <= last < len(spans) and place.ordinal else None

    def _index(self, spans: list[Span], path: Path) -> Span | None:
        number = path[0].strip("().")
        if len(path) > 1 or not number.isdecimal() or not 1 <= int(number) <= len(spans):
            return None
        return spans[int(number) - 1]

    def _joined(self, first: Span, last: Span, place: Place) -> Span:
        if last[0] < first[0]:
            raise RuleBroken(f"{place.named().capitalize()}: the second stands before the first.")
        return first[0], last[1]

    def _some(self, scopes: list[Scope], place: Place) -> list[Scope]:
        if not scopes:
            raise RuleBroken(f"There is no {place.named()} in this text.")
        return list(dict.fromkeys(scopes))

    def _merged(self, place: Place, *finders: Callable[[], list[Scope]]) -> list[Scope]:
        found: dict[Scope, None] = {}
        refusal: RuleBroken | None = None
        for finder in finders:
            try:
                found.update(dict.fromkeys(finder()))
            except RuleBroken as problem:
                refusal = problem if "stands before" in str(problem) else refusal
        if not found and refusal:
            raise refusal
        return self._some(list(found), place)

    def _paragraphs(self, place: Place, span: Span) -> list[Scope]:
        inside = [one for one in paragraphs(self.page) if span[0] <= one[0] < span[1]]
        is_whole = span[1] - span[0] >= len(self.page.text)
        if place.ordinal and (place.ordinal < 0 or not is_whole or place.count > 1):
            return self._counted(place, [inside])
        is_by_line = len(inside) > sum(unit.kind in PARAGRAPHS for unit in self.page.units)
        number = (str(place.ordinal),)
        numbered = Place("clause", ((number, number),)) if place.ordinal else place
        return (
            self._merged(
                place,
                lambda: self._counted(place, [inside]),
                lambda: self._ranges(numbered, [self._derived(True)] if is_whole and not is_by_line else []),
                lambda: self._ranges(numbered, [_not_of_lists(self._labelled_in(span))]) if not place.ordinal else [],
            )
            if inside
            else self._ranges(numbered, [self._labelled_in(span)])
        )

    def _bullets(self, place: Place, span: Span) -> list[Scope]:
        lists = [[one for one in each if span[0] <= one[0] < span[1]] for each in bullets(self.page)]
        lists = [each for each in lists if each]
        flat = [one for each in lists for one in each]
        if place.ordinal < 0 or len(lists) < 2:
            return self._merged(
                place, lambda: self._counted(place, [flat]), lambda: self._ranges(place, [self._labelled_in(span)])
            )
        return self._merged(place, lambda: self._counted(place, [flat, *lists]))

    def _items(self, place: Place, span: Span) -> list[Scope]:
        if place.ordinal:
            return self._bullets(place, span)
        labelled = self._labelled_in(span)
        found = self._merged_or_none(lambda: self._ranges(place, [labelled]))
        if found or any(is_item for _, _, is_item, _ in labelled):
            return self._some(found, place)
        return self._bullets(place, span)

    def _merged_or_none(self, finder: Callable[[], list[Scope]]) -> list[Scope]:
        try:
            return finder()
        except RuleBroken:
            return []

    def _clauses(self, place: Place, span: Span) -> list[Scope]:
        """A clause by its printed number; where none is printed, by the one that the page shows."""
        printed = _not_of_lists(self._labelled_in(span))
        if all(len(path) == 1 for ends in place.numbers for path in ends):
            printed = [one for one in printed if not one[3].startswith("(")]
        if found := self._merged_or_none(lambda: self._ranges(place, [printed])):
            return found
        if place.ordinal:
            return self._counted(place, [self._section_spans(span)])
        return self._merged(
            place,
            lambda: self._ranges(place, [self._derived(False)]) if place.kind == "clause" else [],
            lambda: self._ranges(place, [self._labelled_in(span)]),
            lambda: self._counted(place, [self._section_spans(span)]) if place.kind == "section" else [],
        )

    def _section_spans(self, span: Span) -> list[Span]:
        found = [passage for _, passage in sections(self.page) if span[0] <= passage[0] < span[1]]
        whole = self.page.units and self.page.units[0].kind is Kind.HEADING and self.page.units[0].level == 1
        return [one for one in found if not (whole and one[0] == self.page.blocks[0][0] and len(found) > 1)]

    def _derived(self, is_of_paragraphs: bool) -> list[Numbered]:
        return [
            ((unit.clause,), self.page.blocks[index], False, "")
            for index, unit in enumerate(self.page.units)
            if unit.kind in PARAGRAPHS or not is_of_paragraphs or "." in unit.clause
        ]

    def _labelled_in(self, span: Span) -> list[Numbered]:
        found: list[Numbered] = []
        tops = {passage[0]: passage for _, passage in sections(self.page)}
        for one in self.labels:
            if span[0] <= one.start < span[1]:
                whole = tops.get(one.start, one.span) if one.is_heading else one.span
                found.append((one.path, self._unit_of(one, whole), one.is_list_item, one.style))
        return found

    def _unit_of(self, one: Labelled, span: Span) -> Span:
        """The item of a list with all of its lines."""
        if not one.is_list_item:
            return span
        index = self.page.unit_at(one.start)
        return self.page.blocks[index][0], max(span[1], self.page.blocks[index][1])

    def _ranges(self, place: Place, lists: list[list[Numbered]]) -> list[Scope]:
        """What printed numbers give, of which only the last parts need be said."""
        scopes: list[Scope] = [()]
        for first, last in place.numbers:
            starts = _numbered(lists, first)
            ends = starts if last == first else _numbered(lists, last)
            if max(len(starts), len(ends)) > MOST_READINGS:
                raise self._too_many(place, starts)
            pairs = [(start, end) for start in starts for end in ends if end[0] >= start[0]]
            if last == first:
                pairs = [(start, start) for start in starts]
            if starts and ends and not pairs:
                raise RuleBroken(f"{place.named().capitalize()}: the second stands before the first.")
            if last != first:
                pairs = _nearest(pairs)
            scopes = [(*scope, (start[0], end[1])) for scope in scopes for start, end in pairs][: MOST_READINGS + 1]
        return self._some([scope for scope in scopes if scope], place)

    def _title(self) -> Span:
        if not self.page.units or self.page.units[0].kind is not Kind.HEADING:
            raise RuleBroken("The title is no part of this text. Amend it on its own, or quote words of the text.")
        return self.page.blocks[0]

    def _lists(self, place: Place, span: Span) -> list[Scope]:
        lists = [each for each in bullets(self.page) if span[0] <= each[0][0] < span[1]]
        if len(lists) != 1:
            raise RuleBroken(f"The text has {len(lists) or 'no'} lists. Say after which item, or under which heading.")
        return [((lists[0][0][0], lists[0][-1][1]),)]


def _not_of_lists(found: list[Numbered]) -> list[Numbered]:
    return [one for one in found if not one[2]]


def _numbered(lists: list[list[Numbered]], sought: Path) -> list[Span]:
    """The passages of this number; one said in brackets is one printed in brackets, where there is such a one."""
    bare = tuple(piece for part in sought for piece in part.strip("().").split("."))
    found = [one for each in lists for one in each if one[0][-len(bare) :] == bare and len(bare) >= _size(one[3])]
    found = found or [one for each in lists for one in each if one[0] == (".".join(bare),)]
    alike = [one for one in found if one[3].startswith("(")] if sought[-1].startswith("(") else []
    exact = [one for one in alike or found if one[3] == sought[-1]]
    return [span for _, span, _, _ in exact or alike or found]


def _size(style: str) -> int:
    """How many numbers a printed one is made of: two of 2.1, which “1” alone does not name."""
    return style.strip("().").count(".") + 1


def _nearest(pairs: list[tuple[Span, Span]]) -> list[tuple[Span, Span]]:
    """For each beginning the nearest end, and for each end the nearest beginning."""
    ends = {start: min(end for one, end in pairs if one == start) for start, _ in pairs}
    return [
        (start, end) for start, end in ends.items() if start == max(one for one, other in ends.items() if other == end)
    ]


__all__ = ["Placing", "Scope"]
