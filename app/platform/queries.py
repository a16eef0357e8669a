"""Reading the platform: planks as lists show them; one plank with its versions, decisions and rounds."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Select, bindparam, func, select
from sqlalchemy.orm import QueryableAttribute, Session, joinedload, load_only

from app import unchanged
from app.endorsements import queries as endorsements
from app.endorsements.levels import shown_level
from app.extensions import db
from app.models import Amendment, Plank, Revision, Round, RoundQuestion, Stance, Version
from app.planks import queries as planks
from app.platform import public_planks
from app.platform.public_planks import ThemeCount
from policies.ballots import RoundKind, RoundStage
from policies.errors import NotThere
from policies.permissions import Actor, PlankFacts
from policies.planks import Cause
from policies.text.units import Unit


@dataclass(frozen=True)
class VersionOfPlank:
    """One version of a plank, at its own address."""

    plank: Plank
    version: Version

    def facts_for(self, actor: Actor) -> PlankFacts:
        """A version is read by those who may read its plank."""
        return self.plank.facts_for(actor)


@dataclass(frozen=True)
class UnitOfVersion:
    """One unit of a version, at its own address."""

    plank: Plank
    version: Version
    unit: Unit

    def facts_for(self, actor: Actor) -> PlankFacts:
        """A unit is read by those who may read its plank."""
        return self.plank.facts_for(actor)


@dataclass(frozen=True)
class VersionLine:
    """A version without its text: what a list of versions says of it."""

    version_id: int
    number: int
    minor: int
    title: str
    sha256: str
    cause: Cause
    amendment_id: int | None
    author_group: str | None
    created_at: datetime

    @property
    def name(self) -> str:
        """ "3", or "3.1" after an editorial change."""
        return f"{self.number}.{self.minor}" if self.minor else str(self.number)


@dataclass(frozen=True)
class Adoption:
    """The amendment that brought a version: its name, who moved it, when it was adopted, and by which round if any."""

    name: str
    group: str
    adopted_at: datetime | None
    round_number: int | None
    is_consensus: bool


@dataclass(frozen=True)
class RoundOnPlank:
    """A round as a plank's page lists it: what was asked, and where it stands. Nothing of its result."""

    round_id: int
    number: int
    version_id: int
    kind: RoundKind
    stage: RoundStage
    opens_at: datetime | None
    closes_at: datetime | None
    published_at: datetime | None
    ended_reason: str
    is_rerun: bool


def on_lists(ids: Sequence[int]) -> Sequence[Plank]:
    """These public planks, in this order, as lists show them: only what a card shows is read of their versions."""
    return _read(ids, Version.number, Version.minor, Version.title, Version.text)


def on_matrix(ids: Sequence[int]) -> Sequence[Plank]:
    """The same as the matrix shows them, without their texts; the units name the clauses a group left out."""
    columns = (Version.number, Version.minor, Version.title, Version.sha256, Version.units, Version.created_at)
    return _read(ids, *columns)


def as_document(ids: Sequence[int]) -> Sequence[Plank]:
    """The same as one document has them, with the words of the versions shown."""
    columns = (Version.number, Version.minor, Version.title, Version.sha256, Version.units, Version.rendered)
    return _read(ids, *columns, Version.created_at)


def in_full(ids: Sequence[int]) -> Sequence[Plank]:
    """The same with their versions whole."""
    return _in_order(planks.public(), ids)


def decisions_on(version_ids: Sequence[int]) -> dict[int, dict[str, Stance]]:
    """Every stance that counts for these versions, by version id and group key, without the versions."""
    return endorsements.held_where(lambda shown: shown.id.in_(version_ids), Version.number, Version.minor)


def counts_by_level() -> dict[str, int]:
    """How many public planks have each level, asked of the database itself; empty levels are left out."""
    levels = select(shown_level().label("level")).where(planks.is_public()).subquery()
    return {row[0]: row[1] for row in db.session.execute(select(levels.c.level, func.count()).group_by(levels.c.level))}


def themes_with_counts() -> list[ThemeCount]:
    """The themes that have public planks, by name."""
    return public_planks.now().themes()


def version_of_plank(actor: Actor, ref: str, name: str) -> VersionOfPlank:
    """The version at a permalink; raises `NotThere` whether absent or not to be seen."""
    plank = planks.visible(actor, ref)
    return VersionOfPlank(plank, planks.version(plank, name))


def unit_of_version(actor: Actor, ref: str, name: str, unit_id: str) -> UnitOfVersion:
    """One unit of the version at a permalink; raises `NotThere` whether absent or not to be seen."""
    found = version_of_plank(actor, ref, name)
    for unit in found.version.units:
        if unit.unit_id == unit_id:
            return UnitOfVersion(found.plank, found.version, unit)
    raise NotThere("This version has no such unit. Its page shows the units it has.")


def units_by_version(plank: Plank) -> dict[int, tuple[Unit, ...]]:
    """The units of every version of a plank, by the version's id."""
    rows = db.session.execute(select(Version.id, Version.units).where(Version.plank_id == plank.id))
    return {row[0]: row[1] for row in rows}


def reasons_of_adopted(plank: Plank) -> dict[int, str]:
    """The reasons that the amendments gave which became versions of a plank, by amendment id."""
    adopted = select(Version.amendment_id).where(Version.plank_id == plank.id, Version.amendment_id.is_not(None))
    query = select(Amendment.id, Revision.reason).join(Revision, Revision.id == Amendment.revision_id)
    return {row[0]: row[1] for row in db.session.execute(query.where(Amendment.id.in_(adopted)))}


def version_lines(plank: Plank) -> Sequence[VersionLine]:
    """All versions of a plank without their texts, oldest first."""
    plank_id = plank.id
    return unchanged.answer(("version lines", plank_id), lambda: _lines_of(plank_id))


def _lines_of(plank_id: int) -> tuple[VersionLine, ...]:
    return tuple(VersionLine(*row) for row in db.session.execute(_version_lines(), {"plank": plank_id}))


@cache
def _version_lines() -> Any:
    columns = (Version.id, Version.number, Version.minor, Version.title, Version.sha256, Version.cause)
    query = select(*columns, Version.amendment_id, Version.author_group, Version.created_at)
    return query.where(Version.plank_id == bindparam("plank")).order_by(Version.number, Version.minor)


def stances_on(plank: Plank) -> Mapping[int, Mapping[str, Stance]]:
    """Every stance that counts for a version of a plank, by version id and group key, also for words mended since."""
    plank_id = plank.id
    return unchanged.rows(("stances on plank", plank_id), lambda session: _stances_on(plank_id, session))


def _stances_on(plank_id: int, session: Session) -> Mapping[int, Mapping[str, Stance]]:
    columns = (Version.number, Version.minor)
    return endorsements.held_where(lambda shown: shown.plank_id == plank_id, *columns, session=session)


def rounds_on(plank: Plank, actor: Actor) -> Sequence[RoundOnPlank]:
    """The rounds on a plank that `actor` may know of, newest first, at most 100."""
    plank_id, is_member = plank.id, actor.is_member
    return unchanged.answer(("rounds on plank", plank_id, is_member), lambda: _rounds_of(plank_id, is_member=is_member))


def _rounds_of(plank_id: int, *, is_member: bool) -> tuple[RoundOnPlank, ...]:
    rows = db.session.execute(_rounds_on(of_member=is_member), {"plank": plank_id})
    return tuple(RoundOnPlank(*tuple(row)) for row in rows)


@cache
def _rounds_on(*, of_member: bool) -> Any:
    query = select(
        Round.id,
        Round.number,
        Round.version_id,
        Round.kind,
        Round.stage,
        Round.opens_at,
        Round.closes_at,
        Round.published_at,
        Round.ended_reason,
        Round.rerun_of_id.is_not(None),
    ).where(Round.plank_id == bindparam("plank"))
    if not of_member:
        # As in `app.ballots.queries.visible`: a round is announced when its notice begins to run, or never.
        query = query.where(Round.opens_at.is_not(None))
    return query.order_by(Round.number.desc()).limit(100)


def round_numbers(plank: Plank) -> dict[int, int]:
    """The public numbers of the published rounds on a plank, by id."""
    published = select(Round.id, Round.number).where(Round.plank_id == plank.id, Round.stage == RoundStage.PUBLISHED)
    return {row[0]: row[1] for row in db.session.execute(published)}


def adoptions(plank: Plank) -> dict[int, Adoption]:
    """The amendments that became versions of a plank, by amendment id."""
    return adoptions_where(Version.plank_id == plank.id)


def adoptions_where(condition: ColumnElement[bool]) -> dict[int, Adoption]:
    """The amendments that became the versions for which this holds, by amendment id."""
    query = (
        select(
            Amendment.id,
            Plank.number,
            Amendment.number,
            Amendment.group,
            Amendment.ended_at,
            Round.number,
            Version.cause,
        )
        .join(Version, Version.amendment_id == Amendment.id)
        .join(Plank, Plank.id == Version.plank_id)
        .outerjoin(RoundQuestion, RoundQuestion.revision_id == Amendment.revision_id)
        .outerjoin(Round, (Round.id == RoundQuestion.round_id) & (Round.stage == RoundStage.PUBLISHED))
        .where(condition)
        .order_by(Round.number)
    )
    return {
        row[0]: Adoption(f"P{row[1]}-A{row[2]}", row[3], row[4], row[5], row[6] is Cause.CONSENSUS)
        for row in db.session.execute(query).all()
    }


def _read(ids: Sequence[int], *columns: QueryableAttribute[Any]) -> Sequence[Plank]:
    of_version = load_only(*columns, raiseload=True)
    versions = (Plank.working_version, Plank.agreed_version)
    return _in_order(planks.public().options(*(joinedload(one).options(of_version) for one in versions)), ids)


def _in_order(query: Select[Plank], ids: Sequence[int]) -> Sequence[Plank]:
    """What is public no longer by now is left out."""
    found = {plank.id: plank for plank in db.session.scalars(query.where(Plank.id.in_(ids)).order_by(None)).unique()}
    return [found[plank_id] for plank_id in ids if plank_id in found]
