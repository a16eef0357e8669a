"""Which stances count for a version: those taken on it, and on the same words before they were mended.

`policies.mending.place_of_stance` said in SQL, for the newest of the same words; a test holds both together.
"""

from typing import Any

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import QueryableAttribute, aliased

from app.models.planks import Plank, Version
from app.models.stances import Stance

# Made once, since to make an alias costs more than the question it is for: the version that a stance was taken on and
# the one that is shown; and the same again where a later decision, with its version, is looked for.
_TAKEN, _SHOWN = aliased(Version), aliased(Version)
_OWN, _LATER, _ON, _NOW = aliased(Version), aliased(Stance), aliased(Version), aliased(Version)

VersionId = ColumnElement[int] | QueryableAttribute[Any] | int


def bears_on(version_id: VersionId) -> ColumnElement[bool]:
    """Whether a stance is what its group says of the version of this id: none newer counts for the same words.

    Said so that an index finds the few stances on the few versions with these words, and that nothing more is looked
    up for a stance on the very version.
    """
    same_words = select(_TAKEN.id).join(_SHOWN, _same_words(_TAKEN, _SHOWN)).where(_SHOWN.id == version_id)
    on_version = Stance.version_id == version_id
    return and_(Stance.version_id.in_(same_words.correlate(Plank)), or_(on_version, ~_is_followed(version_id)))


def is_last_word() -> ColumnElement[bool]:
    """Whether the group of a stance has not decided anew on the same words after their punctuation was mended.

    Whatever asks what a group backs, of no version in particular, asks this too: the older row stays as it was taken.
    """
    is_newer = and_(_ON.plank_id == _OWN.plank_id, _ON.number == _OWN.number, _ON.minor > _OWN.minor)
    anew = select(_LATER.id).where(_OWN.id == Stance.version_id, _decided_again(), is_newer)
    return ~anew.correlate(Stance).exists()


def _same_words(taken: Any, shown: Any) -> ColumnElement[bool]:
    return and_(taken.plank_id == shown.plank_id, taken.number == shown.number, taken.minor <= shown.minor)


def _is_followed(version_id: VersionId) -> ColumnElement[bool]:
    """Whether the same group decided again on the same words with mended punctuation."""
    is_newer = and_(_OWN.id == Stance.version_id, _ON.minor > _OWN.minor)
    newer = select(_LATER.id).where(_NOW.id == version_id, _decided_again(), _same_words(_ON, _NOW), is_newer)
    return newer.correlate(Stance, Plank).exists()


def _decided_again() -> ColumnElement[bool]:
    """A decision of the same group on the same plank, with its version."""
    return and_(_LATER.plank_id == Stance.plank_id, _LATER.group == Stance.group, _ON.id == _LATER.version_id)
