"""Settling what conflicts: a mover says of each place what it is to say, and the rest of both sides stays as it is.

What comes of it is a draft, which its mover reads as a redline before it is submitted. Where the places cannot be told
apart from what is around them, nothing is offered here, and the mover writes the whole text.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import accumulate, takewhile

from policies.text import ENGINE_VERSION
from policies.text.editing import replace_unit, replace_units
from policies.text.merge import merge
from policies.text.model import Kind, Unit
from policies.text.outcome import Conflict, Merge
from policies.text.reading import units_without_ids
from policies.text.units import Document
from policies.text.weave import Clash, edits, weave
from policies.text.words import tokens

__all__ = ["Choice", "Settled", "about_order", "disputed_kinds", "fingerprint", "offered", "settled_text", "words_for"]

_TITLE = "title"
_Places = dict[str, list[tuple["Conflict", "Settled"]]]


class Choice(StrEnum):
    """What a mover wants in a place of conflict. The values are stored."""

    NOW = "now"
    """The text as it is now."""
    MINE = "mine"
    """The mover's own words for the place."""
    BOTH = "both"
    """Both in order: the text as it is now, then the mover's words."""
    OWN = "own"
    """Other words, typed now."""
    VOTE = "vote"
    """The mover's whole clause against the clause as it is now, for a vote between the two."""


@dataclass(frozen=True)
class Settled:
    """A choice, and the words typed where it is for other words."""

    choice: Choice
    words: str = ""


def fingerprint(conflict: Conflict) -> str:
    """What a conflict is known again by: the words of the three sides, and the engine that found it."""
    spans = [ENGINE_VERSION, conflict.base, conflict.ours, conflict.theirs]
    return hashlib.sha256(json.dumps(spans, ensure_ascii=True).encode()).hexdigest()


def disputed_kinds(conflict: Conflict) -> tuple[Unit, Unit] | None:
    """The unit as it is now and as the mover has it, where each made it another kind; none where words differ."""
    read = [units_without_ids(block) for block in (conflict.base, conflict.ours, conflict.theirs)]
    if any(len(units) != 1 for units in read) or len({_tag(units[0]) for units in read}) != len(read):
        return None
    return read[1][0], read[2][0]


def offered(conflict: Conflict) -> tuple[Choice, ...]:
    """The choices there are: not both in order, where one side leaves nothing; of two kinds, one or the other."""
    if disputed_kinds(conflict):
        return Choice.NOW, Choice.MINE, Choice.VOTE
    is_one_sided = not (conflict.ours.strip() and conflict.theirs.strip())
    return tuple(choice for choice in Choice if choice is not Choice.BOTH or not is_one_sided)


def about_order(base: Document, ours: Document, theirs: Document, conflicts: Sequence[Conflict]) -> frozenset[int]:
    """Which of these conflicts, by their places, are about the order of the parts: one choice settles them all."""
    sides = _Sides(base, ours, theirs)
    units = [conflict.unit for conflict in conflicts]
    return frozenset(
        place for place, one in enumerate(conflicts) if units.count(one.unit) == 1 and sides.is_moved(one.unit, [one])
    )


def settled_text(
    base: Document, ours: Document, theirs: Document, settled: Sequence[Settled] | None = None
) -> Document | None:
    """The adopted text with the open amendment's changes, its places of conflict as they were settled, in their order.

    Without `settled` they are as they are in the adopted text. None where the places cannot be settled one by one.
    """
    conflicts = merge(base, ours, theirs).conflicts
    answers = settled or [Settled(Choice.NOW)] * len(conflicts)
    places: _Places = {}
    for conflict, answer in zip(conflicts, answers, strict=True):
        places.setdefault(conflict.unit, []).append((conflict, answer))
    sides = _Sides(base, ours, theirs)
    if not all(sides.is_in_place(unit_id, [conflict for conflict, _ in here]) for unit_id, here in places.items()):
        return None
    try:
        sides, worded = sides.with_sides_chosen(places)
        text = sides.without_theirs_at(worded)
        for unit_id, here in worded.items():
            words = sides.words_at(unit_id, here)
            text = text if words is None else sides.put(text, unit_id, words)
    except _NotInPlace:
        return None
    return text


class _NotInPlace(Exception):
    """A unit cannot be put back where it stood, or the rest of both sides conflicts without it."""


@dataclass(frozen=True)
class _Sides:
    """The three wordings, to look up what each makes of a unit of the base; empty words where it is gone."""

    base: Document
    ours: Document
    theirs: Document

    def words_of(self, unit_id: str) -> tuple[str, str, str]:
        found = [_words_in(document, unit_id) for document in (self.base, self.ours, self.theirs)]
        return found[0], found[1], found[2]

    def clashes_at(self, unit_id: str) -> tuple[Clash, ...]:
        words = self.words_of(unit_id)
        return weave(*words).clashes if all(words) else (Clash(0, *words),)

    def is_in_place(self, unit_id: str, conflicts: Sequence[Conflict]) -> bool:
        """Whether these are about the words of one unit, which at most one side has removed, its kind or its place."""
        if self.is_reframed(unit_id):
            return len(conflicts) == 1
        if self.is_moved(unit_id, conflicts):
            return True
        was, one, other = self.words_of(unit_id)
        spans = [(conflict.base, conflict.ours, conflict.theirs) for conflict in conflicts]
        return bool(was and (one or other)) and spans == [
            (clash.base, clash.ours, clash.theirs) for clash in self.clashes_at(unit_id)
        ]

    def is_reframed(self, unit_id: str) -> bool:
        """Whether each side made the unit another kind of text."""
        found = [_unit_in(document, unit_id) for document in (self.base, self.ours, self.theirs)]
        return len({_tag(unit) for unit in found if unit}) == len(found)

    def is_moved(self, unit_id: str, conflicts: Sequence[Conflict]) -> bool:
        """Whether nothing is in dispute but the unit's place among the others."""
        words = self.words_of(unit_id)
        spans = [(one.base, one.ours, one.theirs) for one in conflicts]
        return all(words) and len(set(words)) == 1 and spans == [words] and not self.is_reframed(unit_id)

    def with_sides_chosen(self, places: _Places) -> tuple["_Sides", _Places]:
        """Of kinds and places in dispute, the side that is not chosen leaves them as in the base; and what is left.

        Both sides must be able to, whatever is chosen, so that no choice is offered that cannot be made.
        """
        reframed = [unit_id for unit_id in places if self.is_reframed(unit_id)]
        moved = [unit_id for unit_id, here in places.items() if self.is_moved(unit_id, [one for one, _ in here])]
        sides = self
        for unit_id in reframed:
            one, other = sides._unchanged_at(sides.ours, unit_id), sides._unchanged_at(sides.theirs, unit_id)
            sides = sides._without(places[unit_id][0][1].choice, one, other)
        if moved:
            one, other = sides._in_base_order(sides.ours), sides._in_base_order(sides.theirs)
            sides = sides._without(places[moved[0]][0][1].choice, one, other)
        return sides, {unit_id: places[unit_id] for unit_id in places if unit_id not in {*reframed, *moved}}

    def _without(self, choice: Choice, ours: Document, theirs: Document) -> "_Sides":
        """The sides, of which the one that is not chosen is replaced by this one."""
        return replace(self, theirs=theirs) if choice is Choice.NOW else replace(self, ours=ours)

    def _in_base_order(self, document: Document) -> Document:
        """The document with the base's units in the base's order, and what is new where it was written beside."""
        here = {unit.unit_id: unit for unit in document.units}
        known = {unit.unit_id: unit for unit in self.base.units}
        if any(_tag(here[unit_id]) != _tag(unit) for unit_id, unit in known.items() if unit_id in here):
            raise _NotInPlace
        words = {unit_id: here[unit_id].markdown if unit_id in here else "" for unit_id in known}
        changed = {unit_id: said for unit_id, said in words.items() if said != known[unit_id].markdown}
        text = replace_units(self.base.text, self.base.units, changed)
        ordered = Document.read(document.title, text, self.base.units, edited=changed)
        text = replace_units(document.text, document.units, dict.fromkeys(here.keys() - known.keys(), ""))
        short = Document.read(document.title, text, document.units)
        return _clean(merge(short, ordered, document))

    def _unchanged_at(self, document: Document, unit_id: str) -> Document:
        """The document with that unit as it is in the base, where it stood there."""
        text = replace_unit(document.text, document.units, unit_id, "")
        return self._with_unit(Document.read(document.title, text, document.units), unit_id)

    def without_theirs_at(self, places: Mapping[str, object]) -> Document:
        """Both sides put together, but for what theirs makes of these units."""
        theirs = self.theirs
        for unit_id in places:
            theirs = self.put(theirs, unit_id, self.words_of(unit_id)[0])
        return _clean(merge(self.base, self.ours, theirs))

    def words_at(self, unit_id: str, here: Sequence[tuple[Conflict, Settled]]) -> str | None:
        """What the unit is to say as it was settled; None where it is to stay as it is now."""
        if all(answer.choice is Choice.NOW for _, answer in here) and not all(self.words_of(unit_id)):
            return None
        if any(answer.choice is Choice.VOTE for _, answer in here):
            return self.words_of(unit_id)[2]
        was, one, other = self.words_of(unit_id)
        clashes = self.clashes_at(unit_id)
        words = [words_for(conflict, answer) for conflict, answer in here]
        if not (one and other):
            return words[0]
        return _woven(was, (one, other), clashes, words)

    def put(self, document: Document, unit_id: str, words: str) -> Document:
        """The document with these words as that unit, which is put back first where it is gone."""
        if unit_id == _TITLE:
            return replace(document, title=" ".join(words.split()))
        if not _words_in(document, unit_id):
            document = self._with_unit(document, unit_id)
        text = replace_unit(document.text, document.units, unit_id, words)
        return Document.read(document.title, text, document.units, edited=unit_id)

    def _with_unit(self, document: Document, unit_id: str) -> Document:
        """The document with that unit of the base where it stood, by merging what the base has more without it."""
        short = Document.read(
            self.base.title, replace_unit(self.base.text, self.base.units, unit_id, ""), self.base.units
        )
        known = {unit.unit_id for unit in document.units}
        merged = _clean(merge(short, document, self.base))
        added = [unit for unit in merged.units if unit.unit_id not in known]
        stood = _unit_in(self.base, unit_id)
        if [(unit.markdown, _tag(unit)) for unit in added] != [(one.markdown, _tag(one)) for one in [stood] if one]:
            raise _NotInPlace
        units = tuple(replace(unit, unit_id=unit_id) if unit in added else unit for unit in merged.units)
        return replace(merged, title=document.title, units=units)


def _clean(merged: Merge) -> Document:
    if merged.document is None:
        raise _NotInPlace
    return merged.document


def _unit_in(document: Document, unit_id: str) -> Unit | None:
    return next((unit for unit in document.units if unit.unit_id == unit_id), None)


def _words_in(document: Document, unit_id: str) -> str:
    if unit_id == _TITLE:
        return document.title
    unit = _unit_in(document, unit_id)
    return unit.markdown if unit else ""


def _tag(unit: Unit) -> tuple[Kind, int, bool]:
    return unit.kind, unit.level, unit.ordered


def words_for(conflict: Conflict, answer: Settled) -> str:
    """What a place is to say as it was settled."""
    if answer.choice is Choice.NOW:
        return conflict.ours
    if answer.choice is Choice.BOTH:
        return _in_order(conflict)
    if answer.choice is Choice.OWN:
        like = conflict.theirs or conflict.ours
        lead = like[: len(like) - len(like.lstrip())]
        return f"{lead}{answer.words.strip()}{like[len(like.rstrip()) :]}"
    return conflict.theirs


def _in_order(conflict: Conflict) -> str:
    """Ours, then theirs, between what both leave of the base at either end."""
    sides = [tokens(words) for words in (conflict.ours, conflict.theirs, conflict.base)]
    head = _common(sides)
    tail = _common([side[head:][::-1] for side in sides])
    ours, theirs, _ = ("".join(side[head : len(side) - tail]) for side in sides)
    glue = "" if ours[-1:].isspace() or theirs[:1].isspace() else " "
    return "".join(sides[0][:head]) + ours + glue + theirs + "".join(sides[0][len(sides[0]) - tail :])


def _common(sides: Sequence[Sequence[str]]) -> int:
    return len(list(takewhile(lambda pieces: len(set(pieces)) == 1, zip(*sides, strict=False))))


def _woven(base: str, sides: tuple[str, str], clashes: Sequence[Clash], words: Sequence[str]) -> str:
    """The base with both sides' changes, those in a place of conflict replaced by what was settled for it."""
    ends = [0, *accumulate(map(len, tokens(base)))]
    spans = [(clash.start, clash.start + len(clash.base)) for clash in clashes]
    changes = {
        (ends[edit.start], ends[edit.end], "".join(edit.words))
        for side in sides
        for edit in edits(base, side)
        if not any(start <= ends[edit.start] and ends[edit.end] <= end for start, end in spans)
    }
    changes |= {(start, end, settled) for (start, end), settled in zip(spans, words, strict=True)}
    pieces: list[str] = []
    place = 0
    for start, end, new in sorted(changes):
        pieces += [base[place:start], new]
        place = end
    return "".join([*pieces, base[place:]])
