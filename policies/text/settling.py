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
from policies.text.editing import replace_unit
from policies.text.merge import merge
from policies.text.outcome import Conflict, Merge
from policies.text.units import Document
from policies.text.weave import Clash, edits, weave
from policies.text.words import tokens

__all__ = ["Choice", "Settled", "fingerprint", "offered", "settled_text", "words_for"]

_TITLE = "title"


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


def offered(conflict: Conflict) -> tuple[Choice, ...]:
    """The choices there are: not both in order, where one side leaves nothing."""
    is_one_sided = not (conflict.ours.strip() and conflict.theirs.strip())
    return tuple(choice for choice in Choice if choice is not Choice.BOTH or not is_one_sided)


def settled_text(
    base: Document, ours: Document, theirs: Document, settled: Sequence[Settled] | None = None
) -> Document | None:
    """The adopted text with the open amendment's changes, its places of conflict as they were settled, in their order.

    Without `settled` they are as they are in the adopted text. None where the places cannot be settled one by one.
    """
    conflicts = merge(base, ours, theirs).conflicts
    answers = settled or [Settled(Choice.NOW)] * len(conflicts)
    places: dict[str, list[tuple[Conflict, Settled]]] = {}
    for conflict, answer in zip(conflicts, answers, strict=True):
        places.setdefault(conflict.unit, []).append((conflict, answer))
    sides = _Sides(base, ours, theirs)
    if not all(sides.is_in_place(unit_id, [conflict for conflict, _ in here]) for unit_id, here in places.items()):
        return None
    try:
        text = sides.without_theirs_at(places)
        for unit_id, here in places.items():
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
        """Whether these are all about the words of one unit, which at most one side has removed."""
        was, one, other = self.words_of(unit_id)
        spans = [(conflict.base, conflict.ours, conflict.theirs) for conflict in conflicts]
        return bool(was and (one or other)) and spans == [
            (clash.base, clash.ours, clash.theirs) for clash in self.clashes_at(unit_id)
        ]

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
        if [unit.markdown for unit in added] != [_words_in(self.base, unit_id)]:
            raise _NotInPlace
        units = tuple(replace(unit, unit_id=unit_id) if unit in added else unit for unit in merged.units)
        return replace(merged, title=document.title, units=units)


def _clean(merged: Merge) -> Document:
    if merged.document is None:
        raise _NotInPlace
    return merged.document


def _words_in(document: Document, unit_id: str) -> str:
    if unit_id == _TITLE:
        return document.title
    return next((unit.markdown for unit in document.units if unit.unit_id == unit_id), "")


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
