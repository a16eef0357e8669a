"""Where all public planks stand, to choose, count and sort them by: worked out once, for every reader alike.

It is one question to the database (`app.endorsements.finding.stands`), whose answer a worker keeps until something
public changes or turns by time (`app.web.kept_answers`), so that lists cost the same however many planks there are.
What a page says of a plank that it shows is read from the database all the same.
"""

from array import array
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple, TypeVar

from app.endorsements.finding import part_number, stands
from app.endorsements.levels import READING_ORDER
from app.extensions import db
from app.models import Theme
from app.planks import queries as planks
from app.web.kept_answers import answer_of
from policies.agreement import LevelKey
from policies.endorsements import Backing
from policies.groups import GROUP_KEYS
from policies.overlap import Part, Standing, parts

# What a list can be sorted by, also by what one group decided; a minus before it turns the order round.
ORDERS = ("agreement", "number", "title", "theme", *GROUP_KEYS)
NEWEST = "newest"
"""The order of the page on which groups differ: the newest decision first."""
# How many lists are kept as they were found: so many planks times four bytes each.
MOST_FOUND = 32
Key = TypeVar("Key")
_ALONE = frozenset(part_number(part) for part in parts() if len(part) == 1)
_LEVELS = {key.value: place for place, key in enumerate(READING_ORDER)}
_PARTS = {part_number(part): part for part in parts()}


@dataclass(frozen=True)
class Narrowed:
    """Which of the public planks a list shows: of one theme, of one level, by what groups did with the words shown."""

    theme: Theme | None = None
    level: str | None = None
    backings: Mapping[str, Backing] = field(default_factory=dict)
    part: Part | None = None
    """The groups that back the words shown, at least in part, and no other does."""
    standing: Standing | None = None


EVERYTHING = Narrowed()


@dataclass(frozen=True)
class ThemeCount:
    """A theme, how many public planks it has, and how many of them are agreed."""

    theme: Theme
    planks: int
    agreed: int


class Stand(NamedTuple):
    """What the groups' decisions on a plank come to, as the database says it; many planks have the same."""

    level: str
    backers: int
    in_part: bool
    differ: bool
    by_group: tuple[Any, ...]
    """Of each group its backing; then of each its place in a list sorted by it."""

    def is_so(self, standing: Standing) -> bool:
        """Whether planks that stand so are listed under this."""
        return self.differ if standing is Standing.DIFFER else self.backers in _ALONE

    def is_of(self, asked: Narrowed) -> bool:
        """Whether planks that stand so have the level and the standing asked for."""
        return asked.level in (None, self.level) and (asked.standing is None or self.is_so(asked.standing))

    def is_in(self, asked: Narrowed) -> bool:
        """Whether they are asked for, of whatever theme, level and standing."""
        if asked.part is not None and self.backers != part_number(asked.part):
            return False
        return all(self.by_group[GROUP_KEYS.index(key)] == backing for key, backing in asked.backings.items())


class PublicPlanks:
    """All of them in slim columns, a plank at the same place in each; how planks stand is noted once for all alike."""

    def __init__(self, rows: Iterable[Sequence[Any]]) -> None:
        """Of the answer to `stands`."""
        self._ids, self._themes, self._stand_of = array("i"), array("i"), array("i")
        self._places = {name: array("i") for name in ("number", "title", "theme", NEWEST)}
        stands: dict[Stand, int] = {}
        for plank_id, number, theme_id, title, theme, newest, *said in rows:
            self._ids.append(plank_id)
            self._themes.append(theme_id)
            self._stand_of.append(stands.setdefault(_stand(*said), len(stands)))
            for name, place in zip(self._places, (number, title, theme, newest), strict=True):
                self._places[name].append(place)
        self._stands = tuple(stands)
        self._counts = Counter(zip(self._themes, self._stand_of, strict=True))
        self._sorted: dict[str, array[int]] = {}
        self._found: dict[tuple[Any, ...], array[int]] = {}

    def ids(self, asked: Narrowed = EVERYTHING, order: str = ORDERS[0]) -> Sequence[int]:
        """The ids of those asked for, in this order; planks that are equal in it stand by number."""
        theme_id = None if asked.theme is None else asked.theme.id
        key = (theme_id, asked.level, tuple(sorted(asked.backings.items())), asked.part, asked.standing, order)
        found = self._found.get(key)
        if found is None:
            found = array("i", self._chosen(asked, theme_id, order))
            self._found[key] = found
        while len(self._found) > MOST_FOUND:
            self._found.pop(next(iter(self._found)), None)
        return found

    def _chosen(self, asked: Narrowed, theme_id: int | None, order: str) -> Iterator[int]:
        wanted = {at for at, stand in enumerate(self._stands) if stand.is_in(asked) and stand.is_of(asked)}
        for place in self._in_order(order):
            if self._stand_of[place] in wanted and theme_id in (None, self._themes[place]):
                yield self._ids[place]

    def counts_by_level(self, asked: Narrowed = EVERYTHING) -> dict[str, int]:
        """How many of those asked for have each level, whichever level is asked for; empty levels are left out."""
        return _summed((stand.level, count) for stand, count in self._counted(asked))

    def counts_by_standing(self, asked: Narrowed = EVERYTHING) -> dict[Standing, int]:
        """How many of those asked for, of whatever level, stand so."""
        counted = list(self._counted(asked))
        return {one: sum(count for stand, count in counted if stand.is_so(one)) for one in Standing}

    def overlapping(self) -> list[tuple[Part, int, int]]:
        """The groups that back the words shown, of how many planks, and of how many not every unit."""
        counted = list(self._counted(EVERYTHING))
        in_part = _summed((stand.backers, count) for stand, count in counted if stand.in_part)
        found = _summed((stand.backers, count) for stand, count in counted)
        return [(_PARTS.get(number, Part()), count, in_part.get(number, 0)) for number, count in found.items()]

    def themes(self) -> list[ThemeCount]:
        """The themes that have any, by name. Others would be empty rows, or traces of what is not public yet."""
        every = _summed((theme_id, count) for (theme_id, _), count in self._counts.items())
        agreed = _summed(
            (theme_id, count)
            for (theme_id, at), count in self._counts.items()
            if self._stands[at].level == LevelKey.AGREED
        )
        return [ThemeCount(one, every[one.id], agreed.get(one.id, 0)) for one in planks.themes() if one.id in every]

    def _counted(self, asked: Narrowed) -> Iterator[tuple[Stand, int]]:
        """How many of those asked for stand how, of whatever level and standing."""
        for (theme_id, at), count in self._counts.items():
            stand = self._stands[at]
            if (asked.theme is None or asked.theme.id == theme_id) and stand.is_in(asked):
                yield stand, count

    def _in_order(self, order: str) -> "array[int]":
        """The places of all, sorted by one of `ORDERS` or `NEWEST`: worked out when it is first asked for."""
        if order not in self._sorted:
            values, numbers = self._values(order.removeprefix("-")), self._places["number"]
            turned = -1 if order.startswith("-") else 1
            places = sorted(range(len(values)), key=lambda place: (turned * values[place], numbers[place]))
            self._sorted[order] = array("i", places)
        return self._sorted[order]

    def _values(self, order: str) -> Sequence[int]:
        if order in self._places:
            return self._places[order]
        if order == ORDERS[0]:
            of_stands = [_LEVELS[stand.level] for stand in self._stands]
        else:
            of_stands = [stand.by_group[GROUP_KEYS.index(order) - len(GROUP_KEYS)] for stand in self._stands]
        return [of_stands[at] for at in self._stand_of]


def now() -> PublicPlanks:
    """Where all public planks stand at this moment."""
    return answer_of("where public planks stand", _worked_out)


def _worked_out() -> PublicPlanks:
    return PublicPlanks(db.session.execute(stands().where(planks.is_public())))


def _stand(level: str, backers: int, in_part: bool, differ: bool, *by_group: Any) -> Stand:
    return Stand(level, backers, in_part, differ, by_group)


def _summed(counted: Iterable[tuple[Key, int]]) -> dict[Key, int]:
    found: Counter[Key] = Counter()
    for key, count in counted:
        found[key] += count
    return dict(found)
