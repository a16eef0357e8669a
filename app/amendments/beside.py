"""Several wordings of one text beside each other, place by place: the text as it is, and what each would make of it."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.amendments.wording import name_of
from policies.text.diff import Hunk, Op, readable
from policies.text.render import plain_with_marks
from policies.text.units import Document


@dataclass(frozen=True)
class Beside:
    """One place in all wordings; empty hunks are where it is not there. `changed` are the wordings that change it."""

    place: str
    base: Sequence[Hunk]
    wordings: Sequence[Sequence[Hunk]]
    changed: frozenset[int]


def beside(base: Document, wordings: Sequence[Document]) -> list[Beside]:
    """The places that any of the wordings changes, in reading order, title first; all share the ids of their units."""
    titles = [document.title for document in wordings]
    rows = [_row("Title", base.title, titles)]
    by_id = [{unit.unit_id: unit for unit in document.units} for document in (base, *wordings)]
    for unit_id in _order([list(units) for units in by_id]):
        found = [units.get(unit_id) for units in by_id]
        name = next(name_of(unit) for unit in found if unit)
        was, *now = [unit.markdown if unit else "" for unit in found]
        rows.append(_row(name, was, now))
    return [row for row in rows if row.changed]


def _row(place: str, was: str, now: Sequence[str]) -> Beside:
    words, changed = _words(was), frozenset(number for number, one in enumerate(now) if one != was)
    wordings = [readable(words, _words(one)) if one or words else () for one in now]
    return Beside(place, (Hunk(Op.EQUAL, words),) if words else (), wordings, changed)


def _order(lists: Sequence[Sequence[str]]) -> list[str]:
    """All ids in one order: those of the base, and after each what another wording puts there."""
    after: dict[str, list[str]] = {}
    known = set(lists[0])
    for ids in lists[1:]:
        before = ""
        for unit_id in ids:
            if unit_id not in known:
                known.add(unit_id)
                after.setdefault(before, []).append(unit_id)
            before = unit_id
    order: list[str] = []
    waiting = [*reversed([*after.get("", []), *lists[0]])]
    while waiting:
        unit_id = waiting.pop()
        order.append(unit_id)
        waiting += reversed(after.get(unit_id, []))
    return order


def _words(markdown: str) -> str:
    return plain_with_marks(markdown, True) if markdown else ""
