"""Finding editorial changes, and what of the open amendments changes punctuation only."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import contains_eager, joinedload

from app.amendments import queries as amendments
from app.extensions import db
from app.models import Amendment, EditorialChange, Plank, Revision, Version
from app.planks import queries as planks
from policies.amendments import AmendmentStage
from policies.errors import NotThere
from policies.mending import EditorialStage
from policies.permissions import Actor, PlankFacts
from policies.planks import Stage

LONGEST = 20


def visible(actor: Actor, key: str) -> EditorialChange:
    """The change with this key, for members; raises `NotThere` whether absent or not to be seen."""
    query = select(EditorialChange).where(EditorialChange.key == key).options(joinedload(EditorialChange.base))
    found = db.session.scalars(query).one_or_none() if actor.is_member else None
    if found is None:
        raise NotThere("There is no editorial change at this address. The plank’s page has its text.")
    return found


def open_on(plank: Plank) -> EditorialChange | None:
    """The one change that waits on a plank."""
    query = select(EditorialChange).where(EditorialChange.plank_id == plank.id)
    return db.session.scalars(query.where(EditorialChange.stage == EditorialStage.OPEN)).one_or_none()


def waiting() -> Sequence[EditorialChange]:
    """The changes that wait for clerks, the longest waiting first."""
    query = select(EditorialChange).where(EditorialChange.stage == EditorialStage.OPEN)
    options = joinedload(EditorialChange.base)
    return db.session.scalars(query.options(options).order_by(EditorialChange.id).limit(LONGEST)).all()


def amendments_to_look_at() -> Sequence[Amendment]:
    """Open amendments to the text as it is that change few words, the shortest change first: some mend punctuation."""
    query = (
        select(Amendment)
        .join(Amendment.plank)
        .join(Revision, Revision.id == Amendment.revision_id)
        .where(Amendment.stage == AmendmentStage.OPEN, Plank.stage == Stage.OPEN)
        .where(Revision.base_id == Plank.working_version_id)
        .options(contains_eager(Amendment.plank), contains_eager(Amendment.revision).joinedload(Revision.base))
        .order_by(Revision.changed_tokens, Amendment.id)
    )
    return db.session.scalars(query.limit(LONGEST)).unique().all()


def without_ground(_now: datetime) -> Sequence[int]:
    """The ids of open changes whose text has moved, or whose plank has ended."""
    query = select(EditorialChange.id).join(Plank, Plank.id == EditorialChange.plank_id)
    query = query.where(EditorialChange.stage == EditorialStage.OPEN, ~_stands())
    return db.session.scalars(query.order_by(EditorialChange.id)).all()


def stands(change: EditorialChange) -> bool:
    """Whether a change is about the words of now, on a plank that goes on; while groups vote it waits."""
    plank = change.plank
    is_live = plank.stage in (Stage.OPEN, Stage.BALLOTING)
    return is_live and change.base_id in (plank.working_version_id, plank.agreed_version_id)


def _stands() -> ColumnElement[bool]:
    base = EditorialChange.base_id
    is_agreed = and_(Plank.agreed_version_id.is_not(None), base == Plank.agreed_version_id)
    of_now = or_(base == Plank.working_version_id, is_agreed)
    return and_(Plank.stage.in_([Stage.OPEN, Stage.BALLOTING]), of_now)


@dataclass(frozen=True)
class Mended:
    """A version whose punctuation is to be mended, at its own address."""

    plank: Plank
    version: Version

    def facts_for(self, actor: Actor) -> PlankFacts:
        """The facts are those of the plank."""
        return self.plank.facts_for(actor)


def to_mend(actor: Actor, ref: str, name: str) -> Mended:
    """The version at an address; raises `NotThere` whether absent or not to be seen."""
    plank = planks.visible(actor, ref)
    return Mended(plank, planks.version(plank, name))


def words_of(actor: Actor, ref: str, base: Version) -> tuple[str, str] | None:
    """The words an open amendment would give a version, to begin with; nothing where it is about other words."""
    revision = amendments.visible(actor, ref).revision
    return (revision.title, revision.text) if revision is not None and revision.base_id == base.id else None
