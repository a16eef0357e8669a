"""Reading who backs what."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, select
from sqlalchemy.orm import QueryableAttribute, Session, aliased, contains_eager, joinedload

from app.endorsements.pausing import pauses
from app.extensions import db
from app.models import Plank, Stance, Version
from policies.agreement import Level, level
from policies.endorsements import StanceKind
from policies.mending import Place, place_of_stance

Shown = type[Version]
# A version that is shown, and the one that a stance was taken on.
_SHOWN, _TAKEN = aliased(Version), aliased(Version)


def on_versions(version_ids: Iterable[int]) -> dict[int, dict[str, Stance]]:
    """The stances that count for each of these versions, by version id and group key; one query for all.

    A stance counts for the words it was taken on and for the same words with mended punctuation, so that its own
    version can be an older one.
    """
    ids = list(version_ids)
    return held_where(lambda shown: shown.id.in_(ids))


def held_where(
    condition: Callable[[Shown], ColumnElement[bool]],
    *columns: QueryableAttribute[Any],
    session: Session | None = None,
) -> dict[int, dict[str, Stance]]:
    """The same for the versions for which this holds. Of each stance's own version only `columns` are read, if any are
    named, and with a `session` of their own where one is given."""
    query = _held(tuple(one.key for one in columns)).where(condition(_SHOWN))
    found: dict[tuple[int, Place], dict[str, dict[Place, Stance]]] = defaultdict(lambda: defaultdict(dict))
    for stance, version_id, number, minor in (session or db.session).execute(query):
        place = Place(stance.version.number, stance.version.minor)
        found[version_id, Place(number, minor)][stance.group][place] = stance
    return {version_id: _counting_for(shown_at, of_groups) for (version_id, shown_at), of_groups in found.items()}


@cache
def _held(columns: tuple[str, ...]) -> Select[Stance, int, int, int]:
    """Built once: to put such a question together takes longer than the database takes to answer it."""
    same_words = and_(_SHOWN.plank_id == _TAKEN.plank_id, _SHOWN.number == _TAKEN.number)
    loads = contains_eager(Stance.version.of_type(_TAKEN))
    return (
        select(Stance, _SHOWN.id, _SHOWN.number, _SHOWN.minor)
        .join(_TAKEN, _TAKEN.id == Stance.version_id)
        .join(_SHOWN, same_words)
        .options(loads.load_only(*(getattr(_TAKEN, key) for key in columns)) if columns else loads)
        .order_by(Stance.id)
    )


def _counting_for(shown: Place, of_groups: Mapping[str, Mapping[Place, Stance]]) -> dict[str, Stance]:
    kinds = {group: {place: one.kind for place, one in taken.items()} for group, taken in of_groups.items()}
    places = {group: place_of_stance(taken, shown) for group, taken in kinds.items()}
    return {group: of_groups[group][place] for group, place in places.items() if place is not None}


def on_version(version: Version) -> dict[str, Stance]:
    """The stances on one version, by group key."""
    return on_versions([version.id]).get(version.id, {})


def of_plank(plank: Plank) -> Sequence[Stance]:
    """All stances ever taken on a plank's versions, oldest first."""
    query = select(Stance).where(Stance.plank_id == plank.id).options(joinedload(Stance.version))
    return db.session.scalars(query.order_by(Stance.decided_at, Stance.id)).all()


def kinds(stances: Mapping[str, Stance]) -> dict[str, StanceKind]:
    """The stances as the rules read them."""
    return {group: stance.kind for group, stance in stances.items()}


def level_of(plank: Plank, version: Version, stances: Mapping[str, Stance], *, once_agreed: bool = False) -> Level:
    """The level of one version of a plank, derived; `stances` are those that count for it.

    `once_agreed` says of an older text that the public read it as agreed before the agreed text moved on.
    """
    was = once_agreed or was_agreed(plank, version)
    return level(kinds(stances), was_agreed=was, paused=pauses(stances))


def was_agreed(plank: Plank, version: Version) -> bool:
    """Whether the public once read these very words as agreed: this version, or one with its punctuation mended."""
    agreed = plank.agreed_version
    return agreed is not None and (agreed.number, agreed.minor >= version.minor) == (version.number, True)
