"""Finding what was decided, recounts of it, and the traces of who voted that are to be erased."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Select, exists, func, select
from sqlalchemy.orm import aliased, contains_eager, lazyload, load_only, selectinload
from sqlalchemy.sql.base import ExecutableOption

from app.ballots.queries import LIVE_STAGES
from app.extensions import db
from app.models import (
    AuditRow,
    Ballot,
    Count,
    CountedPaper,
    CountedReceipt,
    Participation,
    Plank,
    Recount,
    Round,
    Theme,
    Version,
)
from policies.ballots import Choice, Outcome, RoundKind, RoundStage
from policies.results import PARTICIPATION_KEPT, Turn, may_forget_participation, votable_until


@dataclass(frozen=True)
class Wanted:
    """What the register of decisions is narrowed to; what is None is not asked for."""

    group: str | None = None
    theme: str | None = None
    outcome: Outcome | None = None
    kind: RoundKind | None = None
    year: int | None = None


def decisions(wanted: Wanted) -> Select[Any]:
    """Every decision of a group that is published, the newest first: one for each question of each ballot."""
    query: Any = (
        select(Count, Ballot)
        .join(Ballot, Ballot.id == Count.ballot_id)
        .join(Ballot.round)
        .join(Round.version)
        .join(Round.plank)
        .join(Plank.theme)
        .where(Round.stage == RoundStage.PUBLISHED, Plank.number.is_not(None))
        .options(*_with_words())
    )
    asked = (
        (Ballot.group, wanted.group),
        (Theme.slug, wanted.theme),
        (Count.outcome, wanted.outcome),
        (Round.kind, wanted.kind),
    )
    for column, value in asked:
        query = query if value is None else query.where(column == value)
    if wanted.year is not None:
        first, after = (datetime(year, 1, 1, tzinfo=UTC) for year in (wanted.year, wanted.year + 1))
        query = query.where(Round.published_at >= first, Round.published_at < after)
    newest_first: Select[Any] = query.order_by(
        Round.published_at.desc(), Round.number.desc(), Ballot.id, Count.question
    )
    return newest_first


def first_of(query: Select[Any], most: int) -> Sequence[tuple[Count, Ballot]]:
    """The first few of these decisions."""
    return [(count, ballot) for count, ballot in db.session.execute(query.limit(most))]


def themes() -> Sequence[Theme]:
    """Those of which a decision is published, by name: another one would betray what is not public yet."""
    rounds = select(Plank.theme_id).join(Round, Round.plank_id == Plank.id).where(Round.stage == RoundStage.PUBLISHED)
    return db.session.scalars(select(Theme).where(Theme.id.in_(rounds)).order_by(Theme.name)).all()


def years() -> list[int]:
    """The years from the first published round to the newest, newest first."""
    published = select(func.min(Round.published_at), func.max(Round.published_at))
    first, last = db.session.execute(published.where(Round.stage == RoundStage.PUBLISHED)).one()
    return [] if first is None or last is None else list(range(last.year, first.year - 1, -1))


def recounts_of(of_round: Round) -> Sequence[Recount]:
    """All recounts of a round that were asked for, the newest first."""
    query = select(Recount).where(Recount.round_id == of_round.id).order_by(Recount.id.desc())
    return db.session.scalars(query.limit(50)).all()


def waiting_recount(of_round: Round) -> Recount | None:
    """The recount that one group has asked for and another has not yet agreed to."""
    query = select(Recount).where(Recount.round_id == of_round.id, Recount.answer.is_(None))
    return db.session.scalars(query).one_or_none()


def recounts_waiting(limit: int) -> Sequence[tuple[Recount, Round]]:
    """Recounts that one group has asked for and another has not yet agreed to, the longest waiting first."""
    query = select(Recount, Round).join(Round, Round.id == Recount.round_id).where(Recount.answer.is_(None))
    plain = query.options(lazyload(Round.ballots), lazyload(Round.openings), lazyload(Round.questions))
    return [(recount, of_round) for recount, of_round in db.session.execute(plain.order_by(Recount.id).limit(limit))]


def papers_of(ballot: Ballot) -> Mapping[str, Sequence[Choice]]:
    """The choices on every counted paper of a ballot, by question."""
    found: dict[str, list[Choice]] = defaultdict(list)
    query = select(CountedPaper.question, CountedPaper.choice).where(CountedPaper.ballot_id == ballot.id)
    for question, choice in db.session.execute(query):
        found[question].append(choice)
    return found


def receipts_counted(ballot: Ballot) -> int:
    """How many receipts were counted in a ballot."""
    query = select(func.count()).select_from(CountedReceipt).where(CountedReceipt.ballot_id == ballot.id)
    return db.session.scalar(query) or 0


def round_numbered(number: int) -> Round | None:
    """The published round with this number, where it is here."""
    query = select(Round).where(Round.number == number, Round.stage == RoundStage.PUBLISHED)
    return db.session.scalars(query).unique().one_or_none()


def participation_to_forget(now: datetime) -> Sequence[int]:
    """The ids of ballots of which it is no longer to be known who voted."""
    rows = db.session.execute(_old_participation(now)).all()
    if not rows:
        return []
    plank_ids = {row.plank_id for row in rows}
    working, agreed = _working_texts(plank_ids), _agreed_texts(plank_ids)
    return [
        row.id
        for row in rows
        if may_forget_participation(
            votable_until(row.number, working[row.plank_id], agreed[row.plank_id], ended_at=row.ended_at), now
        )
    ]


def _old_participation(now: datetime) -> Select[int, int, int, datetime | None]:
    """Ballots long published, with participation still noted, on words on which no round is under way."""
    other, on = Round.__table__.alias(), aliased(Version)
    is_on_them = (other.c.plank_id == Round.plank_id, on.id == other.c.version_id, on.number == Version.number)
    is_live = exists().where(other.c.stage.in_(LIVE_STAGES), *is_on_them)
    return (
        select(Ballot.id, Round.plank_id, Version.number, Plank.ended_at)
        .join(Round, Round.id == Ballot.round_id)
        .join(Version, Version.id == Round.version_id)
        .join(Plank, Plank.id == Round.plank_id)
        .where(Round.stage == RoundStage.PUBLISHED, Round.published_at <= now - PARTICIPATION_KEPT, ~is_live)
        .where(exists().where(Participation.ballot_id == Ballot.id))
        .order_by(Ballot.id)
    )


def _working_texts(plank_ids: set[int]) -> Mapping[int, Sequence[Turn]]:
    found: dict[int, list[Turn]] = defaultdict(list)
    columns = (Version.plank_id, Version.number, Version.created_at)
    query = select(*columns).where(Version.plank_id.in_(plank_ids)).order_by(Version.number, Version.minor)
    for plank_id, number, at in db.session.execute(query):
        found[plank_id].append(Turn(number, at))
    return found


def _agreed_texts(plank_ids: set[int]) -> Mapping[int, Sequence[Turn]]:
    """From the record of changes, the one place that keeps when a text was agreed."""
    found: dict[int, list[Turn]] = defaultdict(list)
    query = select(AuditRow).where(AuditRow.act == "agreed text moved", AuditRow.subject_id.in_(plank_ids))
    versions = db.session.execute(select(Version.id, Version.number).where(Version.plank_id.in_(plank_ids)))
    numbers = {row.id: row.number for row in versions}
    for row in db.session.scalars(query.order_by(AuditRow.id)):
        found[row.subject_id].append(Turn(numbers[row.details["agreed_version"]], row.at))
    return found


def _with_words() -> tuple[ExecutableOption, ...]:
    """Of round, plank and version what a line of the register says; the groups' figures come with the ballot."""
    of_round = contains_eager(Ballot.round)
    words = load_only(Version.number, Version.minor, Version.title, Version.sha256, Version.units, raiseload=True)
    return (
        of_round.options(lazyload(Round.ballots), lazyload(Round.openings), lazyload(Round.questions)),
        of_round.contains_eager(Round.version).options(words),
        of_round.contains_eager(Round.plank).contains_eager(Plank.theme),
        selectinload(Ballot.separate_votes),
    )
