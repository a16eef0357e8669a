"""What backing older words of a plank have, said apart from the decisions on the words shown, which they never join."""

from collections.abc import Mapping, Sequence

from app.endorsements import presenters as endorsements
from app.models import Stance
from app.platform.queries import VersionLine
from policies.endorsements import COUNTING


def earlier_backing(
    versions: Sequence[VersionLine], stances: Mapping[int, Mapping[str, Stance]], version_id: int
) -> str:
    """Who backs the newest of the older texts that groups back which have taken no position on this one; or nothing.

    `versions` are the plank's, oldest first; `stances` are by version id and group key.
    """
    place = [line.version_id for line in versions].index(version_id)
    decided = stances.get(version_id, {})
    for line in reversed(versions[:place]):
        held = stances.get(line.version_id, {})
        taken_here = {group: one for group, one in held.items() if one.version_id == line.version_id}
        backing = {group: one for group, one in taken_here.items() if one.kind in COUNTING}
        if backing.keys() - decided.keys():
            return endorsements.backing(backing, line.name)
    return ""
