"""What a group did with the words shown, of many planks at once: the rules said in SQL, for filters and lists.

What ends in `_said` counts over the stances on the words shown of one plank: of one plank at a time as a column
(`app.endorsements.levels.on_shown`), or of all of them at once (`stands`).
"""

from collections.abc import Collection, Mapping
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, func, literal, or_, select
from sqlalchemy.orm import QueryableAttribute

from app.endorsements.levels import bears_on_shown, level_said, on_shown, shown_version_id
from app.endorsements.pausing import is_paused
from app.models import Plank, Stance, Theme, Version
from app.models.bearing import bears_on
from policies.differences import DECIDED, DIFFERING, DIFFERING_AT_THE_END
from policies.endorsements import BACKING_OF, BY_BACKING, COUNTING, Backing, StanceKind
from policies.groups import GROUP_KEYS
from policies.overlap import Part


def holding(backings: Mapping[str, Backing]) -> ColumnElement[bool]:
    """Planks on whose shown version each of these groups backs it so, or does not."""
    return and_(True, *(on_shown(backing_said(group)) == backing.value for group, backing in backings.items()))


def stands() -> Select[Any]:
    """Where every plank stands, in one question: its level, its backers, whether one of them backs it in part, whether
    groups differ, and each group's backing; and its places in lists sorted by a name, by what each group did, or by the
    newest decision, if groups differ on it."""
    differs = _differs()
    newest = case((differs, _newest())).desc()
    ordered = {"title": func.lower(Version.title), "theme": func.lower(Theme.name), "newest": newest}
    return (
        select(Plank.id, Plank.number, Plank.theme_id)
        .add_columns(*(func.dense_rank().over(order_by=column).label(name) for name, column in ordered.items()))
        .add_columns(level_said().label("level"), backers_said().label("backers"))
        .add_columns(in_part_said().label("in_part"), differs.label("differ"))
        .add_columns(*(backing_said(group).label(f"backing_{group}") for group in GROUP_KEYS))
        .add_columns(*(place_said(group).label(f"place_{group}") for group in GROUP_KEYS))
        .join(Theme, Theme.id == Plank.theme_id)
        .join(Version, Version.id == shown_version_id())
        .outerjoin(Stance, bears_on_shown())
        .group_by(Plank.id, Theme.id, Version.id)
    )


def backing_said(group: str) -> ColumnElement[str]:
    """How a group backs the words: one without a stance has what the rulebook says of none, one that pauses as well."""
    kinds = {backing: [kind for kind, found in BACKING_OF.items() if kind and found is backing] for backing in Backing}
    is_of = [(Stance.kind.in_(of_it), literal(backing.value)) for backing, of_it in kinds.items()]
    held = func.min(case((and_(Stance.group == group, ~is_paused()), case(*is_of))))
    return func.coalesce(held, BACKING_OF[None].value)


def place_said(group: str) -> ColumnElement[int]:
    """The place in which a list sorted by one group shows a plank: `policies.endorsements.BY_BACKING` said in SQL.

    Backing that is paused stands behind all that counts.
    """
    places = {kind: 2 * place for place, kind in enumerate(BY_BACKING) if kind is not None}
    paused = 2 * len(COUNTING) - 1
    place = case((and_(Stance.kind.in_(COUNTING), is_paused()), paused), else_=case(places, value=Stance.kind))
    return func.coalesce(func.min(case((Stance.group == group, place))), 2 * len(BY_BACKING))


def backers_said() -> ColumnElement[int]:
    """The groups whose backing of the words counts now, as `part_number` has them: `policies.overlap.part_of`."""
    place = case({key: 2**position for position, key in enumerate(GROUP_KEYS)}, value=Stance.group)
    counts_now = and_(Stance.kind.in_(COUNTING), ~is_paused())
    return func.coalesce(func.sum(case((counts_now, place), else_=0)), 0)


def in_part_said() -> ColumnElement[bool]:
    """Whether a group backs the words except some units, and that counts now."""
    return func.count(case((and_(Stance.kind == StanceKind.OPT_OUT, ~is_paused()), 1))) > 0


def differ_said() -> ColumnElement[bool]:
    """Whether the groups differ on the words: `policies.differences` said in SQL; a test holds both."""
    decided, at_the_end = _number(DECIDED), _number(DIFFERING_AT_THE_END)
    return or_(_number(DIFFERING) > 0, and_(at_the_end > 0, decided == len(GROUP_KEYS)))


def part_number(part: Part) -> int:
    """Some of the groups as one number: 1 for the first, 2 for the second, 4 for the third, added up."""
    return sum(2**position for position, key in enumerate(GROUP_KEYS) if key in part)


def _differs() -> ColumnElement[bool]:
    """Whether there is a difference on the version the public reads or on the one members work on, if another."""
    is_newer = Plank.working_version_id != shown_version_id()
    return or_(differ_said(), and_(is_newer, _differ_on(Plank.working_version_id)))


def _differ_on(version_id: QueryableAttribute[Any]) -> ColumnElement[bool]:
    counts = (Stance.plank_id == Plank.id, bears_on(version_id), Stance.group.in_(GROUP_KEYS))
    of_version = select(case((differ_said(), 1), else_=0))
    return of_version.select_from(Stance).where(*counts).correlate(Plank).scalar_subquery() == 1


def _newest() -> ColumnElement[Any]:
    """When a group last decided on a plank, on whatever version."""
    return select(func.max(Stance.decided_at)).where(Stance.plank_id == Plank.id).correlate(Plank).scalar_subquery()


def _number(kinds: Collection[StanceKind]) -> ColumnElement[int]:
    return func.count(case((Stance.kind.in_(kinds), 1)))
