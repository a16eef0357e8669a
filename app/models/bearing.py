"""Which stances count for a version: those taken on it, and on the same words before they were mended.

`policies.mending.place_of_stance` said in SQL; a test holds both together.
"""

from typing import Any

from sqlalchemy import ColumnElement, and_, exists, select
from sqlalchemy.orm import QueryableAttribute, aliased

from app.models.planks import Version
from app.models.stances import Stance

VersionId = ColumnElement[int] | QueryableAttribute[Any] | int


def bears_on(version_id: VersionId) -> ColumnElement[bool]:
    """Whether a stance is what its group says of the version of this id: none newer counts for the same words."""
    taken, shown = aliased(Version), aliased(Version)
    counts = and_(taken.id == Stance.version_id, shown.id == version_id, _same_words(taken, shown))
    return exists().where(counts, ~_is_followed(taken, shown))


def _same_words(taken: Any, shown: Any) -> ColumnElement[bool]:
    return and_(taken.plank_id == shown.plank_id, taken.number == shown.number, taken.minor <= shown.minor)


def _is_followed(taken: Any, shown: Any) -> ColumnElement[bool]:
    """Whether the same group decided again on the same words with mended punctuation."""
    later, on = aliased(Stance), aliased(Version)
    again = and_(later.plank_id == Stance.plank_id, later.group == Stance.group, on.id == later.version_id)
    newer = select(later.id).where(again, _same_words(on, shown), on.minor > taken.minor)
    return newer.correlate(Stance, taken, shown).exists()
