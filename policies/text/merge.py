"""Putting two amendments of one text together: `ours` is adopted, `theirs` still open.

Unit by unit and word by word. The result holds every change of both sides once and nothing that neither side wrote; in
doubt there is no result but a conflict, which a person settles. Order and words are merged apart from each other, so
an edited unit keeps its edit wherever the other side moved it.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cached_property
from itertools import count

from policies.text.assemble import Entry, entry_of, with_words, written
from policies.text.belonging import in_its_list, is_remarked, strays, ways_of_both
from policies.text.elsewhere import doubled
from policies.text.emphasis import weave_marked
from policies.text.further import with_longer
from policies.text.layout import marker
from policies.text.model import Kind, Unit
from policies.text.naming import with_ids
from policies.text.notes import careful_words
from policies.text.order import Run, merged_order, slots
from policies.text.outcome import Conflict, LinePlaces, Merge, Verdict
from policies.text.regroup import PARAGRAPH_END, regrouped, torn
from policies.text.soundness import notes_at_odds, repeated
from policies.text.telling import place_of
from policies.text.touch import tag
from policies.text.units import Document
from policies.text.views import View, common_runs, said

__all__ = ["Conflict", "Merge", "Verdict", "merge"]


def merge(base: Document, ours: Document, theirs: Document) -> Merge:
    """Both sides' changes of the base in one text, or the places where they conflict; nothing is ever guessed.

    The units of both sides carry the ids of the base. The verdict is the same with the sides exchanged, and so is the
    text, but for the order of new units in one place: ours come first.
    """
    was, one, other = ((document.title, document.text) for document in (base, ours, theirs))
    if one == was:
        return Merge(Verdict.UNTOUCHED, theirs)
    if other == was:
        return Merge(Verdict.UNTOUCHED, ours)
    if one == other:
        return Merge(Verdict.REDUNDANT, ours, agree=True)
    return _Merging(base, ours, theirs).result()


_Pieces = tuple[list[Entry], list[Entry], list[Entry]]


class _Merging:
    """A merge under way: what it has found so far."""

    def __init__(self, base: Document, ours: Document, theirs: Document) -> None:
        self.documents = (base, ours, theirs)
        self.sides = regrouped(base, ours, theirs)
        self.base = self.sides[0]
        self.views = (View(self.base, self.sides[1]), View(self.base, self.sides[2]))
        self.conflicts: list[Conflict] = []
        self.notes: list[str] = []
        self.agree = False
        self.is_remarked = False

    def result(self) -> Merge:
        title = self._title()
        for unit, words in torn(*self.documents):
            self._conflict(unit, 0, *words)
        kept = self._kept_units()
        orders = self._in_order(kept)
        entries, text = orders[0], None
        if not self.conflicts:
            self._check_whole(entries)
        if not self.conflicts:
            entries, text = self._in_some_order(orders)
        if text is None and not self.conflicts:
            was, ours, theirs = (document.text for document in self.documents)
            self.conflicts.append(Conflict("text", was, ours, theirs, "", 1))
        if text is None:
            return Merge(Verdict.CONFLICT, None, tuple(self.conflicts), tuple(self.notes))
        verdict = Verdict.REDUNDANT if self.agree else Verdict.UNTOUCHED
        document = Document(title, text[0], with_ids(text[1], entries, self.sides))
        return Merge(Verdict.NEAR if self.notes else verdict, document, (), tuple(self.notes), self.agree)

    def _in_some_order(self, orders: Sequence[list[Entry]]) -> tuple[list[Entry], tuple[str, tuple[Unit, ...]] | None]:
        """The first order that can be written.

        What is new may only be what it is in another order than the first, such as the last paragraph under a heading.
        """
        for entries in orders:
            text = self._written(entries)
            if text is not None:
                return entries, text
        self._astray(orders[0])
        return orders[0], None

    def _written(self, entries: list[Entry]) -> tuple[str, tuple[Unit, ...]] | None:
        """The text that reads as these passages, each under what it was written under."""
        text = written(entries, self.sides)
        return None if text is None or any(strays(entries, text[1], self.sides)) else text

    def _astray(self, entries: list[Entry]) -> None:
        """What one side adds under a heading or in a list that the other moves or removes."""
        text = written(entries, self.sides)
        for number, index in strays(entries, text[1], self.sides) if text else ():
            self._out_of_place(number, index)

    # -- words

    def _title(self) -> str:
        was, ours, theirs = (document.title for document in self.documents)
        woven = weave_marked(was, ours, theirs)
        self.agree |= woven.agree
        self.conflicts += [Conflict("title", clash.base, clash.ours, clash.theirs, was, 0) for clash in woven.clashes]
        if woven.near:
            self._read("Title", careful_words(was, ours, theirs))
        return ours if woven.text is None else woven.text

    def _kept_units(self) -> dict[int, Entry]:
        kept = {}
        for index, unit in enumerate(self.base.units):
            places = [view.now.get(index) for view in self.views]
            ours, theirs = places
            if ours is not None and theirs is not None:
                kept[index] = self._both(index, ours, theirs)
            elif ours is None and theirs is None:
                self.agree = True
            elif self._is_changed(index):
                words = [
                    "" if place is None else self._words(view, place)
                    for view, place in zip(self.views, places, strict=True)
                ]
                self._conflict(unit, 0, unit.markdown, *words)
        return kept

    def _words(self, view: View, place: int) -> str:
        return view.side.units[place].markdown

    def _is_changed(self, index: int) -> bool:
        """Whether the side that kept a unit changed or moved it."""
        was = self.base.units[index]
        units = [view.side.units[view.now[index]] for view in self.views if index in view.now]
        return any(said(unit) != said(was) for unit in units) or any(index in view.moved for view in self.views)

    def _both(self, index: int, ours: int, theirs: int) -> Entry:
        places = (index, ours, theirs)
        found = [entry_of(side, place, places) for side, place in zip(self.sides, places, strict=True)]
        if not all(entry.is_numbered for entry in found if entry.unit.ordered):
            found = [replace(entry, is_numbered=False) for entry in found]
        was, one, other = found
        self.is_remarked |= any(is_remarked(was, entry) for entry in (one, other))
        changed = [_is_other(entry, was) for entry in (one, other)]
        moved = [index in view.moved for view in self.views]
        self._read_if_near(was, changed, moved)
        if not changed[0]:
            return other
        if not changed[1]:
            return one
        return self._rewritten(index, was, one, other)

    def _read_if_near(self, was: Entry, changed: Sequence[bool], moved: Sequence[bool]) -> None:
        """A unit that one side moved and the other changed."""
        if (moved[0] and changed[1]) or (moved[1] and changed[0]):
            self._read(place_of(was.unit), "one moves it, the other changes it")

    def _rewritten(self, index: int, was: Entry, ours: Entry, theirs: Entry) -> Entry:
        """A unit that both sides changed."""
        forms = [_form(entry) for entry in (was, ours, theirs)]
        words = [entry.unit.markdown for entry in (was, ours, theirs)]
        framed = [form != forms[0] for form in forms[1:]]
        worded = [markdown != words[0] for markdown in words[1:]]
        if (all(framed) and forms[1] != forms[2]) or self._is_torn(index, framed, ours, theirs):
            self._conflict(was.unit, 0, *("\n".join(entry.block) for entry in (was, ours, theirs)))
            return ours
        woven = weave_marked(*words)
        for clash in woven.clashes:
            self._conflict(was.unit, clash.start, clash.base, clash.ours, clash.theirs)
        self.agree |= woven.agree or (all(framed) and forms[1] == forms[2])
        if woven.near or (framed != worded and any(framed) and any(worded) and not (all(framed) or all(worded))):
            self._read(place_of(was.unit), careful_words(*words) or "both change it")
        is_ours = framed[0] or (not framed[1] and _lead(ours) != _lead(was))
        ready = [entry for entry in (ours, theirs) if all(framed) and entry.unit.markdown == woven.text]
        frame = max(ready, key=lambda entry: entry.block) if ready else ours if is_ours else theirs
        return ours if woven.text is None else with_words(frame, woven.text)

    def _is_torn(self, index: int, framed: Sequence[bool], ours: Entry, theirs: Entry) -> bool:
        """Whether one side makes a paragraph something else that the other split or joined, or may have."""
        are_several = any(PARAGRAPH_END in entry.unit.markdown for entry in (ours, theirs))
        return framed[0] != framed[1] and (are_several or self.views[framed[0]].may_be_regrouped(index))

    # -- order

    def _in_order(self, kept: dict[int, Entry]) -> tuple[list[Entry], ...]:
        ours, theirs = (sorted(kept, key=lambda index, view=view: view.now[index]) for view in self.views)  # type: ignore[misc]
        order, disputed = merged_order(list(kept), ours, theirs, self.views[0].moved & self.views[1].moved)
        for index in disputed:
            unit = self.base.units[index]
            self._conflict(unit, 0, unit.markdown, *(self._words(view, view.now[index]) for view in self.views))
            self.notes.append(f"{place_of(unit)}: both move it, to different places.")
        if list(kept) not in (ours, theirs):
            self.agree |= ours == theirs
            if ours != theirs and not disputed:
                self._read("Order", "both move parts of the text")
        return self._with_new(order, kept)

    def _with_new(self, order: list[int], kept: dict[int, Entry]) -> tuple[list[Entry], ...]:
        """All passages in order, in each way in which the new units of both can follow one another."""
        placed = []
        following = dict(zip([None, *order], [*order, None], strict=True))
        for number, view in enumerate(self.views):
            other = self.views[1 - number]
            found, lost = slots(order, view.runs(kept), other.moved & set(kept))
            placed.append(found)
            for run in lost:
                self._lost(number, run)
            for run in view.runs(kept):
                self._check_within_removed(number, run)
            for place, run in found.items():
                self._read_beside(place, run, following[place], other, kept)
        orders: tuple[list[Entry], ...] = ([], [], [])
        for place in [None, *order]:
            here = [] if place is None else [kept[place]]
            runs = [found.get(place) for found in placed]
            pieces = self._new_units(place, [run.new if run else [] for run in runs], kept)
            ways = [ways_of_both(ours, theirs, self.sides) for ours, theirs, _shared in pieces]
            for number, entries in enumerate(orders):
                entries += here
                for way, (_ours, _theirs, shared) in zip(ways, pieces, strict=True):
                    entries += way[number] + shared
        return orders

    def _read_beside(
        self, place: int | None, run: Run, following: int | None, other: View, kept: dict[int, Entry]
    ) -> None:
        """New units of one side, where the other moved or removed what they were written beside."""
        gone = [index for index in self._removed_after(run.before, kept) if index not in other.now]
        alone = [index for index in gone if any(index in view.now for view in self.views)]
        if alone or (run.before, run.after) != (place, following):
            self._read(self._after(place), "one adds something here, the other moves or removes what was beside it")

    def _out_of_place(self, number: int, index: int) -> None:
        """A new unit that would stand under another heading or in another list than it was written in."""
        words = ["", ""]
        words[number - 1] = self._text_of(number, [index])
        was = self.views[number - 1].was
        beside = sorted((abs(near - index), near) for near in was)
        if beside:
            self._conflict(self.base.units[was[beside[0][1]]], 0, "", *words)

    def _check_within_removed(self, number: int, run: Run) -> None:
        """New units between two that the other side removes both."""
        own, other = self.views[number], self.views[1 - number]
        for start in (index for index in run.new if index - 1 in own.was):
            end = next(index for index in count(start) if index in own.was or index == len(own.side.units))
            around = [own.was[start - 1], own.was.get(end, -1)]
            if end == len(own.side.units) or any(index in other.now for index in around):
                continue
            words = ["", ""]
            words[number] = self._text_of(number + 1, range(start - 1, end + 1))
            base = "\n\n".join(self.base.units[index].markdown for index in sorted(around))
            self._conflict(self.base.units[around[0]], 0, base, *words)

    def _lost(self, number: int, run: Run) -> None:
        """New units whose neighbours the other side moved apart."""
        words = ["", ""]
        words[number] = self._text_of(number + 1, run.new)
        places = [index for index in (run.before, run.after) if index is not None]
        self._conflict(self.base.units[places[0]], 0, "", *words)

    def _text_of(self, number: int, new: Sequence[int]) -> str:
        blocks = self.sides[number].parts.blocks
        return "\n\n".join("\n".join(blocks[index]) for index in new)

    def _new_units(self, place: int | None, new: list[list[int]], kept: dict[int, Entry]) -> list[_Pieces]:
        """The new units of both sides in one place, cut at those that both have: ours, theirs, those of both."""
        ours, theirs = new
        words = [[said(view.side.units[index]) for index in run] for view, run in zip(self.views, new, strict=True)]
        pieces: list[_Pieces] = []
        first = second = shared = 0
        for one_start, other_start, size in common_runs(*with_longer(*words)):
            twins = zip(ours[one_start : one_start + size], theirs[other_start:], strict=False)
            mine = [self._new(1, index, kept) for index in ours[first:one_start]]
            other = [self._new(2, index, kept) for index in theirs[second:other_start]]
            pieces.append((mine, other, [self._new_in_both(*places, kept) for places in twins]))
            first, second = one_start + size, other_start + size
            shared += size
        self.agree |= bool(shared)
        if not shared or (len(ours) > shared and len(theirs) > shared):
            self._apart(place, new, kept)
        return pieces

    def _apart(self, place: int | None, new: list[list[int]], kept: dict[int, Entry]) -> None:
        """One or both add something of their own: in the stead of what both removed it is a conflict.

        Elsewhere it is to be read where both do.
        """
        if not any(new):
            return
        gone = [
            index for index in self._removed_after(place, kept) if not any(index in view.now for view in self.views)
        ]
        if gone:
            base = "\n\n".join(self.base.units[index].markdown for index in gone)
            words = [self._text_of(number, run) for number, run in enumerate(new, start=1)]
            self._conflict(self.base.units[gone[0]], 0, base, *words)
        elif all(new):
            self._both_new(place, new)

    def _both_new(self, place: int | None, new: list[list[int]]) -> None:
        where = self._after(place)
        texts = [self._text_of(number, run) for number, run in enumerate(new, start=1)]
        self._read(where, careful_words("", *texts) or "both add something here")

    def _after(self, place: int | None) -> str:
        if place is None:
            return "At the beginning"
        name = place_of(self.base.units[place])
        return f"After {name[0].lower()}{name[1:]}"

    def _removed_after(self, place: int | None, kept: dict[int, Entry]) -> list[int]:
        gone = []
        for index in range(0 if place is None else place + 1, len(self.base.units)):
            if index in kept:
                break
            gone.append(index)
        return gone

    def _new(self, number: int, index: int, kept: dict[int, Entry]) -> Entry:
        places = (None, index, None) if number == 1 else (None, None, index)
        side, was = self.sides[number], self.views[number - 1].was
        entry = entry_of(side, index, places)
        if not self.is_remarked or entry.unit.kind is not Kind.LIST_ITEM:
            return entry
        marked = in_its_list(entry, side, index, lambda near: kept.get(was.get(near, -1)))
        if marked is None:
            self._out_of_place(number, index)
        return marked or entry

    def _new_in_both(self, ours: int, theirs: int, kept: dict[int, Entry]) -> Entry:
        """A new unit that both have; its lines may differ in how they are indented, and one may go on further."""
        both = self._new(1, ours, kept), self._new(2, theirs, kept)
        entry = max(both, key=lambda found: (len(found.unit.markdown), found.block))
        return replace(entry, places=(None, ours, theirs))

    # -- what is told

    def _check_whole(self, entries: Sequence[Entry]) -> None:
        """By being put together no mark may lose its footnote, and no label and no sentence come to be there twice."""
        units = [side.units for side in self.sides]
        merged = [entry.unit for entry in entries]
        for label in notes_at_odds(units, merged):
            notes = ["\n\n".join(unit.markdown for unit in side if unit.label == label) for side in units]
            owner = next((unit for unit in self.base.units if unit.label == label), None)
            unit_id = owner.unit_id if owner else "text"
            self.conflicts.append(
                Conflict(unit_id, notes[0], notes[1], notes[2], f"[^{label}]", self._line(unit_id, 0))
            )
        for index, words in repeated(units, merged):
            near = next((at for at in (e.places[0] for e in reversed(entries[: index + 1])) if at is not None), None)
            unit_id = "text" if near is None else self.base.units[near].unit_id
            self.conflicts.append(Conflict(unit_id, "", words, words, words, self._line(unit_id, 0)))
        for unit_id, words in doubled([document.units for document in self.documents], merged):
            self.conflicts.append(Conflict(unit_id, words, words, words, words, self._line(unit_id, 0)))

    def _conflict(self, unit: Unit, start: int, base: str, ours: str, theirs: str) -> None:
        line = self._line(unit.unit_id, start)
        self.conflicts.append(Conflict(unit.unit_id, base, ours, theirs, unit.markdown, line))

    @cached_property
    def _places(self) -> LinePlaces:
        return LinePlaces(self.documents[0].units)

    def _line(self, unit_id: str, start: int) -> int:
        return self._places.line_of(unit_id, start)

    def _read(self, place: str, what: str) -> None:
        self.notes.append(f"{place}: {what or 'both change it'}.")


def _form(entry: Entry) -> tuple[object, ...]:
    """What a unit is and how it is marked, apart from its words and number."""
    lead = re.sub(r"\d+", "1", _lead(entry))
    return (*tag(entry.unit), lead.strip())


def _lead(entry: Entry) -> str:
    return marker(entry.unit, entry.block)


def _is_other(entry: Entry, was: Entry) -> bool:
    return entry.block != was.block or tag(entry.unit) != tag(was.unit)
