"""Reading who backs what."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from app.extensions import db
from app.models import Plank, Stance, Version
from policies.agreement import Level, level
from policies.endorsements import StanceKind


def on_versions(version_ids: Iterable[int]) -> dict[int, dict[str, Stance]]:
    """The stances on each of these versions, by version id and group key; one query for all."""
    found: dict[int, dict[str, Stance]] = defaultdict(dict)
    query = select(Stance).where(Stance.version_id.in_(list(version_ids))).options(joinedload(Stance.version))
    for stance in db.session.scalars(query):
        found[stance.version_id][stance.group] = stance
    return found


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


def level_of(plank: Plank, version: Version, stances: Mapping[str, Stance]) -> Level:
    """The level of one version of a plank, derived."""
    return level(kinds(stances), was_agreed=plank.agreed_version_id == version.id)
