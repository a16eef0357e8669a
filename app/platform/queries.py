"""Reading the platform: planks by level, theme and backing; one plank with its versions, decisions and rounds."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Select, Subquery, bindparam, case, func, select
from sqlalchemy.orm import QueryableAttribute, Session, joinedload, load_only

from app import unchanged
from app.endorsements import queries as endorsements
from app.endorsements.finding import backed_in_part, backers, by_backing, differing, holding, part_number
from app.endorsements.levels import READING_ORDER, in_reading_order, shown_level, shown_version_id
from app.extensions import db
from app.models import Amendment, Plank, Revision, Round, RoundQuestion, Stance, Theme, Version
from app.planks import queries as planks
from policies.ballots import RoundKind, RoundStage
from policies.endorsements import Backing
from policies.errors import NotThere
from policies.groups import GROUP_KEYS
from policies.overlap import Part, Standing, parts
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


@dataclass(frozen=True)
class ThemeCount:
    """A theme, how many public planks it has, and how many of them are agreed."""

    theme: Theme
    planks: int
    agreed: int


# What a list can be sorted by, also by what one group decided; a minus before it turns the order round.
ORDERS = ("agreement", "number", "title", "theme", *GROUP_KEYS)


@dataclass(frozen=True)
class Narrowed:
    """Which of the public planks a list shows: of one theme, of one level, by what groups did with the words shown."""

    theme: Theme | None = None
    level: str | None = None
    backings: Mapping[str, Backing] = field(default_factory=dict)
    part: Part | None = None
    """The groups that back the words shown, at least in part, and no other does."""
    standing: Standing | None = None


EVERYTHING = Narrowed()


def narrowed_to(asked: Narrowed) -> Select[Plank]:
    """The public planks asked for, by number."""
    return planks.public().where(*_conditions(asked))


def on_lists(asked: Narrowed = EVERYTHING, order: str = ORDERS[0]) -> Select[Plank]:
    """Public planks as lists show them, the most agreed first. Only what a card shows is read of their versions."""
    columns = (Version.number, Version.minor, Version.title, Version.text)
    return _reading_only(_in_order(narrowed_to(asked), order), *columns)


def on_matrix(asked: Narrowed, order: str) -> Select[Plank]:
    """Public planks as the matrix shows them, without their texts; the units name the clauses a group left out."""
    columns = (Version.number, Version.minor, Version.title, Version.sha256, Version.units, Version.created_at)
    return _reading_only(_in_order(narrowed_to(asked), order), *columns)


def as_document(asked: Narrowed) -> Select[Plank]:
    """Public planks as one document has them: theme by theme, then by number, with the words of the versions shown."""
    columns = (Version.number, Version.minor, Version.title, Version.sha256, Version.units, Version.rendered)
    return _reading_only(_in_order(narrowed_to(asked), "theme"), *columns, Version.created_at)


def decisions_shown(asked: Narrowed) -> dict[int, dict[str, Stance]]:
    """Every stance on the versions shown of the planks asked for, by version id and group key, without the versions."""
    asked_for = select(shown_version_id()).where(*_conditions(asked))
    return endorsements.held_where(lambda shown: shown.id.in_(asked_for), Version.number, Version.minor)


def where_groups_differ() -> Select[Plank]:
    """Public planks on which the groups differ, the newest decision first."""
    decided = select(func.max(Stance.decided_at)).where(Stance.plank_id == Plank.id).correlate(Plank).scalar_subquery()
    return planks.public().where(differing()).order_by(None).order_by(decided.desc(), Plank.number)


def first_of(query: Select[Plank], length: int) -> Sequence[Plank]:
    """The first few planks of a list. Which these are is found without what is shown of them, so that only theirs is
    read."""
    found = query.with_only_columns(Plank.id).limit(length).correlate(None).scalar_subquery()
    return db.session.scalars(query.where(Plank.id.in_(found))).unique().all()


def not_agreed() -> Select[Plank]:
    """Public planks that not all groups back whole, the nearest to it first."""
    return on_lists().where(shown_level() != "agreed")


def counts_by_level(asked: Narrowed = EVERYTHING) -> dict[str, int]:
    """How many of the planks asked for have each level, whichever level is asked for; empty levels are left out."""
    levels = _levels(asked)
    return {row[0]: row[1] for row in db.session.execute(select(levels.c.level, func.count()).group_by(levels.c.level))}


def counts_by_standing(asked: Narrowed = EVERYTHING) -> dict[Standing, int]:
    """How many of the planks asked for, of whatever level, stand so; one query for all."""
    conditions = _conditions(replace(asked, level=None, standing=None))
    columns = [func.count().filter(_stands(standing)) for standing in Standing]
    row = db.session.execute(select(*columns).select_from(Plank).where(*conditions)).one()
    return dict(zip(Standing, row, strict=True))


def overlapping() -> list[tuple[Part, int, int]]:
    """The groups that back the words shown of a public plank, of how many planks, and of how many not every unit."""
    by_number = {part_number(part): part for part in parts()}
    shown = select(backers().label("part"), case((backed_in_part(), 1), else_=0).label("in_part"))
    shown_planks = shown.where(planks.is_public()).subquery()
    query = select(shown_planks.c.part, func.count(), func.sum(shown_planks.c.in_part)).group_by(shown_planks.c.part)
    return [(by_number.get(number, Part()), count, in_part) for number, count, in_part in db.session.execute(query)]


def themes_with_counts() -> list[ThemeCount]:
    """The themes that have public planks, by name. Others would be empty rows, or traces of what is not public yet."""
    levels = _levels()
    rows = db.session.execute(
        select(
            levels.c.theme_id, func.count(), func.count().filter(levels.c.level == "agreed").label("agreed")
        ).group_by(levels.c.theme_id)
    )
    counts = {row[0]: (row[1], row[2]) for row in rows}
    return [ThemeCount(theme, *counts[theme.id]) for theme in planks.themes() if theme.id in counts]


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


def _in_order(query: Select[Plank], order: str) -> Select[Plank]:
    """Sorted by one of `ORDERS`; planks that are equal in it stand by number."""
    if order == ORDERS[0]:
        return in_reading_order(query)
    place = {key.value: position for position, key in enumerate(READING_ORDER)}
    title = select(func.lower(Version.title)).where(Version.id == shown_version_id()).correlate(Plank)
    columns: dict[str, ColumnElement[Any]] = {
        "agreement": case(place, value=shown_level()),
        "number": Plank.number.expression,
        "title": title.scalar_subquery(),
        "theme": select(func.lower(Theme.name)).where(Theme.id == Plank.theme_id).correlate(Plank).scalar_subquery(),
        **{key: by_backing(key) for key in GROUP_KEYS},
    }
    column = columns[order.removeprefix("-")]
    return query.order_by(None).order_by(column.desc() if order.startswith("-") else column, Plank.number)


def _reading_only(query: Select[Plank], *columns: QueryableAttribute[Any]) -> Select[Plank]:
    of_version = load_only(*columns, raiseload=True)
    return query.options(
        joinedload(Plank.working_version).options(of_version), joinedload(Plank.agreed_version).options(of_version)
    )


def _levels(asked: Narrowed = EVERYTHING) -> Subquery:
    """Theme and level of the public planks asked for, of whatever level."""
    columns = select(Plank.theme_id.label("theme_id"), shown_level().label("level"))
    return columns.where(*_conditions(replace(asked, level=None, standing=None))).subquery()


def _stands(standing: Standing) -> ColumnElement[bool]:
    if standing is Standing.DIFFER:
        return differing()
    return backers().in_([part_number(part) for part in parts() if len(part) == 1])


def _conditions(asked: Narrowed) -> list[ColumnElement[bool]]:
    conditions = [planks.is_public(), holding(asked.backings)]
    if asked.theme is not None:
        conditions.append(Plank.theme_id == asked.theme.id)
    if asked.level is not None:
        conditions.append(shown_level() == asked.level)
    if asked.part is not None:
        conditions.append(backers() == part_number(asked.part))
    if asked.standing is not None:
        conditions.append(_stands(asked.standing))
    return conditions
