"""What became public and when, read from planks, versions and rounds alone; nothing of it before it was public."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy import Row, Select, and_, literal, or_, select, union_all
from sqlalchemy.orm import joinedload, lazyload, load_only

from app.extensions import db
from app.models import Plank, Round, Version
from app.platform.queries import Adoption, VersionLine, adoptions_where
from policies.ballots import RoundKind, RoundStage
from policies.standings import Decided, Standing, standings

Happening = Row[Any]
"""A line of `happenings`: `at`, `kind`, and `of_id`, the id of the plank, version or round it happened to."""
HAS_OPENED = (RoundStage.OPEN, RoundStage.CLOSED, RoundStage.PUBLISHED, RoundStage.ANNULLED)


class Kind(StrEnum):
    """What can happen. The values stand in the lasting names of a feed's entries."""

    OPENED = "opened"
    VERSION = "version"
    ROUND_OPENED = "round-opened"
    ROUND_PUBLISHED = "round-published"
    ENDED = "ended"


@dataclass(frozen=True)
class Details:
    """What the happenings of one page are about, by id."""

    planks: Mapping[int, tuple[Plank, str]]
    """Each with the title it was opened with."""
    versions: Mapping[int, tuple[str, VersionLine]]
    """Each with the public number of its plank."""
    adoptions: Mapping[int, Adoption]
    rounds: Mapping[int, Round]
    standings: Mapping[int, Standing]
    """For each published endorsement round, where its version stood once it was published."""


def happenings() -> Select[Any]:
    """Everything that became public, newest first. A plank that never had a number never happened."""
    is_first = and_(Version.number == 1, Version.minor == 0)
    of_numbered = select(Version.created_at, literal(Kind.VERSION.value), Version.id).join(
        Plank, Plank.id == Version.plank_id
    )
    all_of_them = union_all(
        select(Plank.opened_at.label("at"), literal(Kind.OPENED.value).label("kind"), Plank.id.label("of_id")).where(
            Plank.number.is_not(None)
        ),
        select(Plank.ended_at, literal(Kind.ENDED.value), Plank.id).where(
            Plank.number.is_not(None), Plank.ended_at.is_not(None)
        ),
        of_numbered.where(Plank.number.is_not(None), ~is_first),
        select(Round.opens_at, literal(Kind.ROUND_OPENED.value), Round.id).where(Round.stage.in_(HAS_OPENED)),
        select(Round.published_at, literal(Kind.ROUND_PUBLISHED.value), Round.id).where(
            Round.stage == RoundStage.PUBLISHED
        ),
    ).subquery()
    columns = all_of_them.c
    return select(columns.at, columns.kind, columns.of_id).order_by(
        columns.at.desc(), columns.kind.desc(), columns.of_id.desc()
    )


def newest(length: int) -> Sequence[Happening]:
    """The newest few."""
    return db.session.execute(happenings().limit(length)).all()


def details(found: Iterable[Happening]) -> Details:
    """What these happenings are about, in as many queries however many they are."""
    ids: dict[str, set[int]] = defaultdict(set)
    for one in found:
        ids[one.kind].add(one.of_id)
    rounds = _rounds(ids[Kind.ROUND_OPENED], ids[Kind.ROUND_PUBLISHED])
    return Details(
        planks=_planks(ids[Kind.OPENED] | ids[Kind.ENDED]),
        versions=_versions(ids[Kind.VERSION]),
        adoptions=adoptions_where(Version.id.in_(ids[Kind.VERSION])),
        rounds={one.id: one for one in rounds},
        standings=_standings(rounds),
    )


def decided(of_round: Round) -> Decided:
    """A published endorsement round as the rules read one."""
    return Decided(
        {ballot.group: (ballot.form, ballot.counts[0].outcome) for ballot in of_round.ballots}, of_round.is_rerun
    )


def _planks(ids: Collection[int]) -> dict[int, tuple[Plank, str]]:
    title = load_only(Version.title, raiseload=True)
    query = (
        select(Plank, Version.title)
        .join(Version, and_(Version.plank_id == Plank.id, Version.number == 1, Version.minor == 0))
        .where(Plank.id.in_(ids))
        .options(joinedload(Plank.working_version).options(title), joinedload(Plank.agreed_version).options(title))
    )
    return {plank.id: (plank, first) for plank, first in db.session.execute(query)}


def _versions(ids: Collection[int]) -> dict[int, tuple[str, VersionLine]]:
    columns = (Version.id, Version.number, Version.minor, Version.title, Version.sha256, Version.cause)
    query = select(Plank.number, *columns, Version.amendment_id, Version.author_group, Version.created_at)
    rows = db.session.execute(query.join(Plank, Plank.id == Version.plank_id).where(Version.id.in_(ids)))
    return {row[1]: (str(row[0]), VersionLine(*tuple(row)[1:])) for row in rows}


def _rounds(opened: Collection[int], published: Collection[int]) -> Sequence[Round]:
    """These rounds, and every round that ever decided on the same words as one of those published."""
    same_words = select(Round.version_id).where(Round.id.in_(published))
    is_decided = and_(Round.stage == RoundStage.PUBLISHED, Round.kind == RoundKind.ENDORSEMENT)
    columns = load_only(Version.number, Version.minor, Version.title, Version.units, raiseload=True)
    query = (
        select(Round)
        .where(or_(Round.id.in_({*opened, *published}), and_(is_decided, Round.version_id.in_(same_words))))
        .options(joinedload(Round.version).options(columns), lazyload(Round.openings), lazyload(Round.questions))
        .order_by(Round.published_at, Round.id)
    )
    return db.session.scalars(query).unique().all()


def _standings(rounds: Iterable[Round]) -> dict[int, Standing]:
    on_version: dict[int, list[Round]] = defaultdict(list)
    for one in rounds:
        if one.stage is RoundStage.PUBLISHED and one.kind is RoundKind.ENDORSEMENT:
            on_version[one.version_id].append(one)
    return {
        one.id: standing
        for on_same in on_version.values()
        for one, standing in zip(on_same, standings([decided(one) for one in on_same]), strict=True)
    }
