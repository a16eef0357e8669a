"""Reading the platform: planks by level and theme, one plank with its versions, decisions, rounds and amendments."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, Subquery, func, select
from sqlalchemy.orm import joinedload, load_only

from app.amendments import queries as amendments
from app.endorsements.levels import in_reading_order, shown_level
from app.extensions import db
from app.models import Amendment, Plank, Round, RoundQuestion, Stance, Theme, Version
from app.planks import queries as planks
from policies.ballots import RoundKind, RoundStage
from policies.permissions import Actor, PlankFacts
from policies.planks import Cause


@dataclass(frozen=True)
class VersionOfPlank:
    """One version of a plank, at its own address."""

    plank: Plank
    version: Version

    def facts_for(self, actor: Actor) -> PlankFacts:
        """A version is read by those who may read its plank."""
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


def on_lists(level: str | None = None, theme: Theme | None = None) -> Select[Plank]:
    """Public planks as lists show them, the most agreed first; of one level and one theme where asked.

    Only what a card shows is read of their versions.
    """
    query = planks.public() if theme is None else planks.public_in_theme(theme)
    if level is not None:
        query = query.where(shown_level() == level)
    card = load_only(Version.number, Version.minor, Version.title, Version.text, raiseload=True)
    return in_reading_order(query).options(
        joinedload(Plank.working_version).options(card), joinedload(Plank.agreed_version).options(card)
    )


def first_of(query: Select[Plank], length: int) -> Sequence[Plank]:
    """The first few planks of a list."""
    return db.session.scalars(query.limit(length)).unique().all()


def not_agreed() -> Select[Plank]:
    """Public planks that not all groups back whole, the nearest to it first."""
    return on_lists().where(shown_level() != "agreed")


def counts_by_level() -> dict[str, int]:
    """How many public planks there are of each level; levels without any are left out."""
    levels = _levels()
    return {row[0]: row[1] for row in db.session.execute(select(levels.c.level, func.count()).group_by(levels.c.level))}


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


def version_lines(plank: Plank) -> list[VersionLine]:
    """All versions of a plank without their texts, oldest first."""
    columns = (Version.id, Version.number, Version.minor, Version.title, Version.sha256, Version.cause)
    query = select(*columns, Version.amendment_id, Version.author_group, Version.created_at)
    rows = db.session.execute(query.where(Version.plank_id == plank.id).order_by(Version.number, Version.minor))
    return [VersionLine(*row) for row in rows]


def stances_on(plank: Plank) -> dict[int, dict[str, Stance]]:
    """Every stance on a plank, by version id and group key."""
    found: dict[int, dict[str, Stance]] = defaultdict(dict)
    for stance in db.session.scalars(select(Stance).where(Stance.plank_id == plank.id).order_by(Stance.id)):
        found[stance.version_id][stance.group] = stance
    return found


def rounds_on(plank: Plank, actor: Actor) -> list[RoundOnPlank]:
    """The rounds on a plank that `actor` may know of, newest first, at most 100."""
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
    ).where(Round.plank_id == plank.id)
    if not actor.is_member:
        # As in `app.ballots.queries.visible`: a round is announced when its notice begins to run, or never.
        query = query.where(Round.opens_at.is_not(None))
    return [RoundOnPlank(*tuple(row)) for row in db.session.execute(query.order_by(Round.number.desc()).limit(100))]


def round_numbers(plank: Plank) -> dict[int, int]:
    """The public numbers of the published rounds on a plank, by id."""
    published = select(Round.id, Round.number).where(Round.plank_id == plank.id, Round.stage == RoundStage.PUBLISHED)
    return {row[0]: row[1] for row in db.session.execute(published)}


def adoptions(plank: Plank) -> dict[int, Adoption]:
    """The amendments that became versions of a plank, by amendment id."""
    query = (
        select(Amendment.id, Amendment.number, Amendment.group, Amendment.ended_at, Round.number)
        .join(Version, Version.amendment_id == Amendment.id)
        .outerjoin(RoundQuestion, RoundQuestion.revision_id == Amendment.revision_id)
        .outerjoin(Round, (Round.id == RoundQuestion.round_id) & (Round.stage == RoundStage.PUBLISHED))
        .where(Version.plank_id == plank.id)
        .order_by(Round.number)
    )
    return {
        row[0]: Adoption(f"{plank.name}-A{row[1]}", row[2], row[3], row[4]) for row in db.session.execute(query).all()
    }


def amendments_counted(plank: Plank, actor: Actor) -> int:
    """How many amendments of a plank `actor` may see."""
    seen = amendments.shown_to(actor)
    query = select(func.count()).select_from(Amendment).where(Amendment.plank_id == plank.id, seen)
    return db.session.scalar(query) or 0


def _levels() -> Subquery:
    """Theme and level of every public plank."""
    return select(Plank.theme_id.label("theme_id"), shown_level().label("level")).where(planks.is_public()).subquery()
