"""How many MPs said what of the words a list shows: personal positions, counted by kind, never as a group's."""

from collections import defaultdict
from collections.abc import Iterable, Mapping

from sqlalchemy import and_, func, select
from sqlalchemy.orm import aliased

from app.extensions import db
from app.models import Position, Version
from policies.positions import NO_POSITION, PositionKind, PositionState

# One MP, and several.
SAID: dict[PositionKind, tuple[str, str]] = {
    PositionKind.SUPPORTS: ("supports it", "support it"),
    PositionKind.RESERVATION: ("supports it with a reservation", "support it with a reservation"),
    PositionKind.WILL_NOT: ("will not support it", "will not support it"),
    PositionKind.CONSIDERING: ("is considering it", "are considering it"),
}
Counts = Mapping[PositionKind, int]


def counts_on(version_ids: Iterable[int]) -> dict[int, dict[PositionKind, int]]:
    """The positions that stand on each of these versions, or on the same words before or after they were mended.

    One query; of an MP who took several on the same words the newest words count.
    """
    shown, taken = aliased(Version), aliased(Version)
    same_words = and_(taken.plank_id == shown.plank_id, taken.number == shown.number)
    age = func.row_number().over(partition_by=(shown.id, Position.mp_id), order_by=taken.minor.desc())
    stand = (
        select(shown.id.label("version_id"), Position.kind, age.label("age"))
        .join(taken, same_words)
        .join(Position, Position.version_id == taken.id)
        .where(shown.id.in_(list(version_ids)), Position.state == PositionState.CONFIRMED)
        .subquery()
    )
    query = select(stand.c.version_id, stand.c.kind, func.count()).where(stand.c.age == 1)
    found: dict[int, dict[PositionKind, int]] = defaultdict(dict)
    for version_id, kind, count in db.session.execute(query.group_by(stand.c.version_id, stand.c.kind)):
        found[version_id][PositionKind(kind)] = count
    return found


def counts_in_words(counts: Counts) -> str:
    """ "3 support it; 1 is considering it"; nobody's silence is counted."""
    said = [
        f"{counts[kind]} {one if counts[kind] == 1 else several}"
        for kind, (one, several) in SAID.items()
        if kind in counts
    ]
    return "; ".join(said) or NO_POSITION
