"""What a group has decided, on which exact words: planks by decision, each decision beside the version it belongs to.

Of a plank's versions that a group backs, lists name the newest, however far it is backed. A text that it declined or
took its backing from is listed apart; that leaves its backing of other words as it is. What a group has not decided
is on no list, since no decision is not opposition.
"""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Select, String, Subquery, case, cast, func, literal, select
from sqlalchemy.orm import contains_eager, load_only

from app.endorsements.pausing import is_paused
from app.extensions import db
from app.models import Plank, Stance, Version
from app.models.bearing import is_last_word
from app.planks import queries as planks
from policies.endorsements import COUNTING, StanceKind
from policies.groups import Group

# In the order of the page.
LISTED = (
    StanceKind.ENDORSED,
    StanceKind.RESERVATION,
    StanceKind.OPT_OUT,
    StanceKind.DECLINED,
    StanceKind.WITHDRAWN,
)


def counts() -> dict[str, dict[StanceKind, int]]:
    """How many planks stand on each list, by group key; one query for all groups."""
    listed = _listed()
    query = select(listed.c.group_key, listed.c.kind, func.count()).where(listed.c.age == 1)
    found: dict[str, dict[StanceKind, int]] = defaultdict(dict)
    for group, kind, number in db.session.execute(query.group_by(listed.c.group_key, listed.c.kind)):
        found[group][StanceKind(kind)] = number
    return found


def paused() -> dict[str, int]:
    """How many of them each group pauses at this moment."""
    listed = _listed()
    query = select(listed.c.group_key, func.count()).join(Stance, Stance.id == listed.c.id)
    query = query.where(listed.c.age == 1, Stance.kind.in_(COUNTING), is_paused()).group_by(listed.c.group_key)
    return {row[0]: row[1] for row in db.session.execute(query)}


def first_of_each(group: Group, length: int) -> Sequence[Stance]:
    """The newest few decisions of every kind, with their versions and planks; one query."""
    listed = _listed()
    latest_first = (listed.c.decided_at.desc(), listed.c.plank_number)
    place = func.row_number().over(partition_by=listed.c.kind, order_by=latest_first)
    ranked = select(listed.c.id, place.label("place")).where(listed.c.age == 1, listed.c.group_key == group.key)
    few = ranked.subquery()
    query = _with_words(select(Stance).join(few, few.c.id == Stance.id)).where(few.c.place <= length)
    return db.session.scalars(query.order_by(*_latest_first())).all()


def of_kind(group: Group, kind: StanceKind) -> Select[Stance]:
    """One list, whole: the newest decision first."""
    listed = _listed()
    query = _with_words(select(Stance).join(listed, listed.c.id == Stance.id))
    return query.where(listed.c.age == 1, Stance.group == group.key, Stance.kind == kind).order_by(*_latest_first())


def _listed() -> Subquery:
    """Every decision on a public plank with its `age` among those of its family on the plank: 1 for the newest text."""
    family = case((Stance.kind.in_(COUNTING), literal("backing")), else_=cast(Stance.kind, String))
    age = func.row_number().over(
        partition_by=(Stance.group, Stance.plank_id, family),
        order_by=(Version.number.desc(), Version.minor.desc()),
    )
    return (
        select(
            Stance.id,
            Stance.group.label("group_key"),
            Stance.kind,
            Stance.decided_at,
            Plank.number.label("plank_number"),
            age.label("age"),
        )
        .join(Version, Version.id == Stance.version_id)
        .join(Plank, Plank.id == Stance.plank_id)
        .where(Stance.kind.in_(LISTED), planks.is_public(), is_last_word())
        .subquery()
    )


def _with_words(query: Select[Stance]) -> Select[Stance]:
    """Of each version what a list says: its name, its title, and the units that could be opted out of."""
    named = load_only(Version.number, Version.minor, Version.title, Version.units, raiseload=True)
    numbered = load_only(Plank.key, Plank.number, raiseload=True)
    loads = contains_eager(Stance.version)
    return (
        query.join(Version, Version.id == Stance.version_id)
        .join(Plank, Plank.id == Stance.plank_id)
        .options(loads.options(named, contains_eager(Version.plank).options(numbered)))
    )


def _latest_first() -> tuple[Any, ...]:
    return Stance.decided_at.desc(), Plank.number, Stance.id
