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
from policies.endorsements import BACKING_OF, Backing, StanceKind
from policies.groups import GROUP_KEYS


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
