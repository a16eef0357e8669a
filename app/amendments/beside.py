"""Several wordings of one text beside each other, place by place: the text as it is, and what each would make of it."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.amendments.passages import Passage, passage, plain_passage, unchanged
from app.amendments.wording import name_of
from policies.text.telling import kind_of
from policies.text.units import Document, Unit


@dataclass(frozen=True)
class Beside:
    """One place in all wordings; none where it is not there. `changed` are the wordings that change it."""

    place: str
    base: Passage | None
    wordings: Sequence[Passage | None]
    changed: frozenset[int]


def beside(base: Document, wordings: Sequence[Document]) -> list[Beside]:
    """The places that any of the wordings changes, in reading order, title first; all share the ids of their units."""
    titles = [document.title for document in wordings]
    rows = [_title_row(base.title, titles)]
    by_id = [{unit.unit_id: unit for unit in document.units} for document in (base, *wordings)]
    for unit_id in _order([list(units) for units in by_id]):
        found = [units.get(unit_id) for units in by_id]
        name = next(name_of(unit) for unit in found if unit)
        was, *now = found
        rows.append(_row(name, was, now))
    return [row for row in rows if row.changed]


def _title_row(was: str, now: Sequence[str]) -> Beside:
    changed = frozenset(number for number, title in enumerate(now) if title != was)
    return Beside("Title", unchanged(was), [plain_passage(was, title) for title in now], changed)


def _row(place: str, was: Unit | None, now: Sequence[Unit | None]) -> Beside:
    changed = frozenset(number for number, unit in enumerate(now) if _said(unit) != _said(was))
    return Beside(place, passage(was, was), [passage(was, unit) for unit in now], changed)


def _said(unit: Unit | None) -> tuple[str, str]:
    return ("", "") if unit is None else (kind_of(unit), unit.markdown)


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
