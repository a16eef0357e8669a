"""Finding editions, what they hold, and what clerks have proposed."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import Select, select, tuple_
from sqlalchemy.orm import joinedload

from app.extensions import db
from app.models import (
    Edition,
    EditionPaper,
    EditionPlank,
    EditionProposal,
    EditionReservation,
    Plank,
    Theme,
    Version,
)
from policies.edition_changes import Entry
from policies.edition_manifest import planks_of
from policies.editions import ANSWERED_WITHIN, EditionStage
from policies.errors import NotThere
from policies.permissions import Actor


def published(_actor: Actor, number: int) -> Edition:
    """The edition with this number; raises `NotThere`."""
    found = db.session.get(Edition, number)
    if found is None:
        raise NotThere("There is no edition with this number. The list of editions has those that are published.")
    return found


def all_published() -> Select[Edition]:
    """Every edition, the newest first."""
    return select(Edition).order_by(Edition.id.desc())


def newest() -> Edition | None:
    """The newest edition."""
    return db.session.scalars(all_published().limit(1)).first()


def numbers() -> Sequence[int]:
    """The numbers of all editions, the newest first."""
    return db.session.scalars(select(Edition.id).order_by(Edition.id.desc())).all()


def from_to(first: int, last: int) -> Sequence[Edition]:
    """All editions from one number to another, in their order."""
    return db.session.scalars(select(Edition).where(Edition.id.between(first, last)).order_by(Edition.id)).all()


def signed_by() -> list[tuple[int, str]]:
    """The number of each edition and the public key that signed it, the newest first."""
    query = select(Edition.id, Edition.public_key).order_by(Edition.id.desc())
    return [(row[0], row[1]) for row in db.session.execute(query)]


def entries_of(edition: Edition) -> tuple[Entry, ...]:
    """The planks of an edition, as what was signed has them."""
    return planks_of(edition.manifest)


def held_by(edition: Edition) -> Sequence[EditionPlank]:
    """The planks and versions of an edition, by theme and number."""
    query = (
        select(EditionPlank)
        .join(EditionPlank.plank)
        .join(Theme, Theme.id == Plank.theme_id)
        .where(EditionPlank.edition_id == edition.id)
        .options(joinedload(EditionPlank.plank), joinedload(EditionPlank.version))
    )
    return db.session.scalars(query.order_by(Theme.name, Plank.number)).unique().all()


def reservations_of(edition: Edition) -> dict[tuple[int, str], str]:
    """The words of the reservations in an edition, by the plank's number and the group's key."""
    query = select(Plank.number, EditionReservation.group, EditionReservation.statement)
    query = query.join(Plank, Plank.id == EditionReservation.plank_id)
    rows = db.session.execute(query.where(EditionReservation.edition_id == edition.id))
    return {(row[0] or 0, row[1]): row[2] for row in rows}


def versions_named(names: Iterable[tuple[int, str]]) -> dict[tuple[int, str], Version]:
    """Versions by the plank's number and their own name, such as (3, "2.1"); one query for all."""
    asked = [(plank, *_place(name)) for plank, name in names]
    if not asked:
        return {}
    query = select(Plank.number, Version).join(Plank, Plank.id == Version.plank_id)
    rows = db.session.execute(query.where(tuple_(Plank.number, Version.number, Version.minor).in_(asked)))
    return {(row[0] or 0, row[1].name): row[1] for row in rows}


def planks_numbered(numbers: Iterable[int]) -> dict[int, Plank]:
    """Planks by number, ended ones too."""
    query = select(Plank).where(Plank.number.in_(list(numbers)))
    query = query.options(joinedload(Plank.working_version), joinedload(Plank.agreed_version))
    return {plank.number or 0: plank for plank in db.session.scalars(query)}


def proposal(actor: Actor, key: str) -> EditionProposal:
    """The proposal with this key, for members; raises `NotThere` whether absent or not to be seen."""
    query = select(EditionProposal).where(EditionProposal.key == key)
    found = db.session.scalars(query).one_or_none() if actor.is_member else None
    if found is None:
        raise NotThere("There is no proposed edition at this address. The list of editions has those published.")
    return found


def waiting() -> EditionProposal | None:
    """The one proposal that waits for clerks."""
    query = select(EditionProposal).where(EditionProposal.stage == EditionStage.OPEN)
    return db.session.scalars(query).one_or_none()


def late(now: datetime) -> Sequence[int]:
    """The ids of proposals that have waited too long."""
    query = select(EditionProposal.id).where(EditionProposal.stage == EditionStage.OPEN)
    return db.session.scalars(query.where(EditionProposal.proposed_at <= now - ANSWERED_WITHIN)).all()


def without_paper() -> bool:
    """Whether a PDF has still to be made of some edition."""
    made = select(EditionPaper.edition_id).where(EditionPaper.edition_id == Edition.id).exists()
    return db.session.scalar(select(Edition.id).where(~made).limit(1)) is not None


def paper(edition_id: int, covered: str) -> EditionPaper | None:
    """The PDF of an edition, as it is while just this of its words is hidden."""
    return db.session.get(EditionPaper, (edition_id, covered))


def _place(name: str) -> tuple[int, int]:
    number, _, minor = name.partition(".")
    return int(number), int(minor or 0)
