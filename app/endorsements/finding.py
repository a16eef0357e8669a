"""What a group did with the words shown, of many planks at once: the rules said in SQL, for filters and lists."""

from collections.abc import Collection, Mapping
from typing import Any

from sqlalchemy import ColumnElement, and_, case, func, or_, select
from sqlalchemy.orm import QueryableAttribute

from app.endorsements.levels import shown_version_id
from app.endorsements.pausing import is_paused
from app.models import Plank, Stance
from app.models.bearing import bears_on
from policies.differences import DECIDED, DIFFERING, DIFFERING_AT_THE_END
from policies.endorsements import BACKING_OF, BY_BACKING, COUNTING, Backing, StanceKind
from policies.groups import GROUP_KEYS
from policies.overlap import Part


def holding(backings: Mapping[str, Backing]) -> ColumnElement[bool]:
    """Planks on whose shown version each of these groups backs it so, or does not."""
    return and_(True, *(_has(group, backing) for group, backing in backings.items()))


def differing() -> ColumnElement[bool]:
    """Planks with a difference on the version the public reads or on the one members work on."""
    return or_(differing_on(shown_version_id()), differing_on(Plank.working_version_id))


def differing_on(version_id: ColumnElement[int] | QueryableAttribute[Any]) -> ColumnElement[bool]:
    """Planks on whose version of this id the groups differ: `policies.differences` said in SQL; a test holds both."""
    decided, at_the_end = _number(DECIDED), _number(DIFFERING_AT_THE_END)
    differ = or_(_number(DIFFERING) > 0, and_(at_the_end > 0, decided == len(GROUP_KEYS)))
    counts = (Stance.plank_id == Plank.id, bears_on(version_id), Stance.group.in_(GROUP_KEYS))
    said = select(case((differ, 1), else_=0)).select_from(Stance).where(*counts).correlate(Plank)
    return said.scalar_subquery() == 1


def backers() -> ColumnElement[int]:
    """The groups whose backing of the words shown counts now, as `part_number` has them: `policies.overlap.part_of`."""
    place = case({key: 2**position for position, key in enumerate(GROUP_KEYS)}, value=Stance.group)
    found = select(func.coalesce(func.sum(place), 0)).select_from(Stance).where(*_counts_now())
    return found.correlate(Plank).scalar_subquery()


def backed_in_part() -> ColumnElement[bool]:
    """Planks of which a group backs the words shown except some units."""
    held = select(Stance.id).where(*_counts_now(), Stance.kind == StanceKind.OPT_OUT)
    return held.correlate(Plank).exists()


def part_number(part: Part) -> int:
    """Some of the groups as one number: 1 for the first, 2 for the second, 4 for the third, added up."""
    return sum(2**position for position, key in enumerate(GROUP_KEYS) if key in part)


def by_backing(group: str) -> ColumnElement[int]:
    """The place in which a list sorted by one group shows a plank: `policies.endorsements.BY_BACKING` said in SQL.

    Backing that is paused stands behind all that counts.
    """
    places = {kind: 2 * place for place, kind in enumerate(BY_BACKING) if kind is not None}
    paused = 2 * len(COUNTING) - 1
    place = case((and_(Stance.kind.in_(COUNTING), is_paused()), paused), else_=case(places, value=Stance.kind))
    on_shown = (Stance.plank_id == Plank.id, bears_on(shown_version_id()), Stance.group == group)
    found = select(func.min(place)).select_from(Stance).where(*on_shown).correlate(Plank).scalar_subquery()
    return func.coalesce(found, 2 * len(BY_BACKING))


def _counts_now() -> tuple[ColumnElement[bool], ...]:
    on_shown = (Stance.plank_id == Plank.id, bears_on(shown_version_id()), Stance.group.in_(GROUP_KEYS))
    return (*on_shown, Stance.kind.in_(COUNTING), ~is_paused())


def _has(group: str, backing: Backing) -> ColumnElement[bool]:
    """A group without a stance has what the rulebook says of none."""
    kinds = [kind for kind, found in BACKING_OF.items() if kind is not None and found is backing]
    others = [kind for kind, found in BACKING_OF.items() if kind is not None and found is not backing]
    on_shown = (Stance.plank_id == Plank.id, bears_on(shown_version_id()), ~is_paused())
    held = select(Stance.id).where(*on_shown, Stance.group == group).correlate(Plank)
    if BACKING_OF[None] is backing:
        return ~held.where(Stance.kind.in_(others)).exists()
    return held.where(Stance.kind.in_(kinds)).exists()


def _number(kinds: Collection[StanceKind]) -> ColumnElement[int]:
    return func.count(case((Stance.kind.in_(kinds), 1)))
