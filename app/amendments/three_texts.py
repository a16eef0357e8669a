"""When the text moves under an amendment: what it was, what it is now and what the mover wrote, side by side."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import takewhile

from app.amendments.wording import name_of
from app.web.filters import summary
from policies.text.diff import Hunk, Op, readable
from policies.text.render import plain, plain_with_marks
from policies.text.telling import kind_of
from policies.text.units import Document

UNTOUCHED_BY_MOVER = "Changed since you wrote; you did not touch it."
BOTH = "Changed since you wrote, and by you."
SAME_NOW = "Changed since you wrote, to what you wrote."
YOURS = "Your change."
OTHER_PLACES = "Both moved the same parts, to different places."
ORDER = "order"
"""What stands for the order of the parts among the ids of units."""


@dataclass(frozen=True)
class Row:
    """One place of the text in the three wordings; an empty one is not there."""

    unit_id: str
    place: str
    was: Sequence[Hunk]
    now: Sequence[Hunk]
    yours: Sequence[Hunk]
    note: str
    kinds: Sequence[str] = ("", "", "")
    """What kind of text each is, where that differs."""


@dataclass(frozen=True)
class ThreeTexts:
    """The places that differ, and how many do not."""

    rows: Sequence[Row]
    alike: int


@dataclass(frozen=True)
class _Said:
    """What stands in one place: its kind, and its words in Markdown."""

    kind: str
    markdown: str


@dataclass(frozen=True)
class _Place:
    unit_id: str
    name: str
    was: _Said | None
    now: _Said | None
    yours: _Said | None

    @property
    def is_alike(self) -> bool:
        return self.was == self.now == self.yours

    @property
    def note(self) -> str:
        if self.was == self.now:
            return YOURS
        if self.was == self.yours:
            return UNTOUCHED_BY_MOVER
        return SAME_NOW if self.now == self.yours else BOTH


def three_texts(was: Document, now: Document, yours: Document) -> ThreeTexts:
    """The places of three wordings that share the ids of their units, in reading order, title first."""
    titles = [_Said("", document.title) for document in (was, now, yours)]
    places = [_Place("title", "Title", *titles), *_places(was, now, yours)]
    rows = tuple(_row(place) for place in places if not place.is_alike)
    return ThreeTexts(rows, len(places) - len(rows))


def _places(was: Document, now: Document, yours: Document) -> list[_Place]:
    by_id = [{unit.unit_id: unit for unit in document.units} for document in (was, now, yours)]
    order = list(by_id[0])
    for units in by_id[1:]:
        _weave(order, list(units))
    places = []
    for unit_id in order:
        found = [units.get(unit_id) for units in by_id]
        name = next(name_of(unit) for unit in (found[1], found[0], found[2]) if unit)
        places.append(_Place(unit_id, name, *(_Said(kind_of(unit), unit.markdown) if unit else None for unit in found)))
    return places


def _weave(order: list[str], ids: Sequence[str]) -> None:
    """Put those not in `order` yet after the one they follow."""
    known = set(order)
    place = 0
    for unit_id in ids:
        if unit_id in known:
            place = order.index(unit_id) + 1
        else:
            order.insert(place, unit_id)
            place += 1


def order_row(was: Document, now: Document, yours: Document) -> Row:
    """The parts that all three have, in the order of each, as far as those differ."""
    orders = [[unit.unit_id for unit in document.units] for document in (was, now, yours)]
    shared = set(orders[0]).intersection(*orders[1:])
    kept = [[unit_id for unit_id in order if unit_id in shared] for order in orders]
    head = len(list(takewhile(lambda ids: len(set(ids)) == 1, zip(*kept, strict=True))))
    tail = len(list(takewhile(lambda ids: len(set(ids)) == 1, zip(*(order[::-1] for order in kept), strict=True))))
    named = {unit.unit_id: f"{name_of(unit)}: {summary(plain(unit.markdown), 40)}" for unit in was.units}
    shown = [" · ".join(named[unit_id] for unit_id in order[head : len(order) - tail]) for order in kept]
    first, second, third = [(Hunk(Op.EQUAL, words),) for words in shown]
    return Row(ORDER, "The order of the parts", first, second, third, OTHER_PLACES)


def _row(place: _Place) -> Row:
    was = _words(place.was)
    kinds = [said.kind if said else "" for said in (place.was, place.now, place.yours)]
    return Row(
        unit_id=place.unit_id,
        place=place.name,
        was=(Hunk(Op.EQUAL, was),) if was else (),
        now=readable(was, _words(place.now)),
        yours=readable(was, _words(place.yours)),
        note=place.note,
        kinds=kinds if len(set(kinds) - {""}) > 1 else ("", "", ""),
    )


def _words(said: _Said | None) -> str:
    return plain_with_marks(said.markdown, True) if said and said.markdown else ""
