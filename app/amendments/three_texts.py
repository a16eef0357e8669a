"""When the text moves under an amendment: what it was, what it is now and what the mover wrote, side by side."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import takewhile

from app.amendments.passages import Passage, passage, plain_passage, unchanged
from app.amendments.wording import name_of
from app.web.filters import summary
from policies.text.render import plain
from policies.text.telling import kind_of
from policies.text.units import Document, Unit

UNTOUCHED_BY_MOVER = "Changed since you wrote; you did not touch it."
BOTH = "Changed since you wrote, and by you."
SAME_NOW = "Changed since you wrote, to what you wrote."
YOURS = "Your change."
OTHER_PLACES = "Both moved the same parts, to different places."
ORDER = "order"
"""What stands for the order of the parts among the ids of units."""


@dataclass(frozen=True)
class Row:
    """One place of the text in the three wordings; none where it is not there."""

    unit_id: str
    place: str
    was: Passage | None
    now: Passage | None
    yours: Passage | None
    note: str
    kinds: Sequence[str] = ("", "", "")
    """What kind of text each is, where that differs."""


@dataclass(frozen=True)
class ThreeTexts:
    """The places that differ, and how many do not."""

    rows: Sequence[Row]
    alike: int


@dataclass(frozen=True)
class _Place:
    unit_id: str
    name: str
    was: Unit | None
    now: Unit | None
    yours: Unit | None

    @property
    def is_alike(self) -> bool:
        return _is_same(self.was, self.now) and _is_same(self.was, self.yours)

    @property
    def note(self) -> str:
        return _noted(_is_same(self.was, self.now), _is_same(self.was, self.yours), _is_same(self.now, self.yours))


def three_texts(was: Document, now: Document, yours: Document) -> ThreeTexts:
    """The places of three wordings that share the ids of their units, in reading order, title first."""
    places = _places(was, now, yours)
    rows = [_row(place) for place in places if not place.is_alike]
    titles = _title_row(was.title, now.title, yours.title)
    return ThreeTexts((*titles, *rows), len(places) + 1 - len(rows) - len(titles))


def _places(was: Document, now: Document, yours: Document) -> list[_Place]:
    by_id = [{unit.unit_id: unit for unit in document.units} for document in (was, now, yours)]
    order = list(by_id[0])
    for units in by_id[1:]:
        _weave(order, list(units))
    places = []
    for unit_id in order:
        found = [units.get(unit_id) for units in by_id]
        name = next(name_of(unit) for unit in (found[1], found[0], found[2]) if unit)
        places.append(_Place(unit_id, name, *found))
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
    first, second, third = [unchanged(words) for words in shown]
    return Row(ORDER, "The order of the parts", first, second, third, OTHER_PLACES)


def _title_row(was: str, now: str, yours: str) -> list[Row]:
    if was == now == yours:
        return []
    note = _noted(was == now, was == yours, now == yours)
    return [Row("title", "Title", unchanged(was), plain_passage(was, now), plain_passage(was, yours), note)]


def _row(place: _Place) -> Row:
    kinds = [kind_of(unit) if unit else "" for unit in (place.was, place.now, place.yours)]
    return Row(
        unit_id=place.unit_id,
        place=place.name,
        was=passage(place.was, place.was),
        now=passage(place.was, place.now),
        yours=passage(place.was, place.yours),
        note=place.note,
        kinds=kinds if len(set(kinds) - {""}) > 1 else ("", "", ""),
    )


def _noted(is_kept_now: bool, is_kept_by_mover: bool, is_alike: bool) -> str:
    """What the change is that stands in a place, and whose."""
    if is_kept_now:
        return YOURS
    if is_kept_by_mover:
        return UNTOUCHED_BY_MOVER
    return SAME_NOW if is_alike else BOTH


def _is_same(one: Unit | None, other: Unit | None) -> bool:
    if one is None or other is None:
        return one is other
    return (kind_of(one), one.markdown) == (kind_of(other), other.markdown)
