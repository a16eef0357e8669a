"""The planks on whose words a group has not decided: it has not voted on them, had no quorum, or named other words."""

from array import array
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Row, Select, and_, select

from app.endorsements.levels import shown_version_id
from app.extensions import db
from app.models import Plank, Stance, Version
from app.models.bearing import bears_on
from app.planks import queries as planks
from app.web.kept_answers import answer_of
from policies.endorsements import BACKING_OF, NO_STANCE, STANCE_WORDS, Backing, StanceKind
from policies.groups import Group

# The word for this list in an address; the others are called by the kind of decision.
UNDECIDED = Backing.UNDECIDED.value
DECIDED = [kind for kind, backing in BACKING_OF.items() if kind is not None and backing is not Backing.UNDECIDED]

Undecided = Row[Any]
"""A line of `with_words`: the plank's `number`, the `title`, `version`, `minor` and `created_at` of its words, the
`kind` of a stance that decides nothing, if there is one, and when it was taken, `decided_at`."""


def undecided(group: Group) -> Sequence[int]:
    """The ids of the public planks on whose words this group has not decided, the newest words first.

    Kept until something public changes: to tell which they are, all planks are looked at.
    """
    return answer_of(f"undecided by {group.key}", lambda: array("i", db.session.scalars(_ids(group))))


def with_words(group: Group, ids: Sequence[int]) -> Sequence[Undecided]:
    """These planks with the words the public reads, the newest first."""
    words: list[Any] = [Version.title, Version.number.label("version"), Version.minor, Version.created_at]
    query = _undecided(group, Plank.number, *words, Stance.kind, Stance.decided_at)
    return db.session.execute(query.where(Plank.id.in_(ids))).all()


def _ids(group: Group) -> Select[Any]:
    return _undecided(group, Plank.id)


def _undecided(group: Group, *columns: Any) -> Select[Any]:
    on_shown = and_(Stance.plank_id == Plank.id, Stance.group == group.key, bears_on(shown_version_id()))
    decided = select(Stance.id).where(on_shown, Stance.kind.in_(DECIDED)).correlate(Plank).exists()
    return (
        select(*columns)
        .select_from(Plank)
        .join(Version, Version.id == shown_version_id())
        .outerjoin(Stance, on_shown)
        .where(planks.is_public(), ~decided)
        .order_by(Version.created_at.desc(), Plank.number)
    )


def name_of(row: Undecided) -> str:
    """The version: "3", or "3.1"."""
    return f"{row.version}.{row.minor}" if row.minor else str(row.version)


def said(kind: StanceKind | None) -> str:
    """What the group has said all the same: "No position yet", that it made no decision, or that it named other words.

    Whether a condition still runs is for the plank's own page to say.
    """
    if kind is StanceKind.CONDITIONAL:
        return "Named another text that it would back"
    return (NO_STANCE if kind is None else STANCE_WORDS[kind])[1]
