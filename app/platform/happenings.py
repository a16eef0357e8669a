"""What became public and when, read from planks, versions and rounds alone; nothing of it before it was public."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from functools import lru_cache
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Row,
    Select,
    and_,
    false,
    func,
    literal,
    literal_column,
    or_,
    select,
    union,
    union_all,
)
from sqlalchemy.orm import aliased, joinedload, lazyload, load_only

from app.ballots.outcomes import count_of, form_as_decided
from app.ballots.service import TEXT_QUESTION
from app.extensions import db
from app.models import (
    Ballot,
    ConditionEnd,
    Edition,
    EditionPlank,
    Plank,
    ReferenceBack,
    RegisteredRuling,
    Round,
    Stance,
    Suspension,
    Version,
)
from app.platform.queries import Adoption, VersionLine, adoptions_where
from app.rulings import queries as rulings
from policies.ballots import Outcome, RoundKind, RoundStage
from policies.endorsements import FormKind, StanceKind
from policies.standings import Decided, Standing, standings

Happening = Row[Any]
"""A line of `happenings`: `at`, `kind`, and `of_id`, the id of the plank, version or round it happened to."""
About = Mapping["Kind", Select[Any] | None]
"""Of each kind asked for the ids of what is, or nothing where all of it is."""
# In words that the partial index of newer versions has too, not as parameters.
IS_FIRST = and_(Version.number == literal_column("1"), Version.minor == literal_column("0"))
MOST_QUESTIONS = 16
HAS_OPENED = (RoundStage.OPEN, RoundStage.CLOSED, RoundStage.PUBLISHED, RoundStage.ANNULLED)


class Kind(StrEnum):
    """What can happen. The values stand in the lasting names of a feed's entries."""

    OPENED = "opened"
    VERSION = "version"
    ROUND_OPENED = "round-opened"
    ROUND_PUBLISHED = "round-published"
    ENDED = "ended"
    REFERRED = "referred"
    REFERENCE_ENDED = "reference-ended"
    PAUSED = "paused"
    PAUSE_ENDED = "pause-ended"
    PROMISE_KEPT = "promise-kept"
    EDITION = "edition"


@dataclass(frozen=True)
class Details:
    """What the happenings of one page are about, by id."""

    planks: Mapping[int, tuple[Plank, str, str | None]]
    """Each with the title it was opened with, and the group of whoever proposed it, if somebody did."""
    versions: Mapping[int, tuple[str, VersionLine]]
    """Each with the public number of its plank."""
    adoptions: Mapping[int, Adoption]
    rounds: Mapping[int, Round]
    references: Mapping[int, ReferenceBack]
    """By the id of the ruling."""
    stances: Mapping[int, Stance]
    """Those that were paused, by the id of the pause, with their versions and planks; and those promised, by their own.
    """
    editions: Mapping[int, int]
    """How many planks each edition holds, by its number."""
    standings: Mapping[int, Standing]
    """For each published endorsement round, where its version stood once it was published."""


def happenings(about: About | None = None, most: int | None = None) -> Select[Any]:
    """Everything that became public, newest first; or of the kinds in `about` what happened to those chosen there.

    Of each kind no more than `most` are looked at, where only so many of all are wanted: else the longer the past, the
    longer it would take. A plank that never had a number never happened.
    """
    if about is None:
        return _of_all(most)
    return _together(_chosen(query, about[kind], most) for kind, query in _by_kind().items() if kind in about)


@lru_cache(MOST_QUESTIONS)
def _of_all(most: int | None) -> Select[Any]:
    """Kept for the pages that are asked for most: to put it together takes longer than the answer."""
    return _together(_chosen(query, None, most) for query in _by_kind().values())


def _together(told: Iterable[Select[Any]]) -> Select[Any]:
    columns = union_all(*told).subquery().c
    return select(columns.at, columns.kind, columns.of_id).order_by(
        columns.at.desc(), columns.kind.desc(), columns.of_id.desc()
    )


def newest(length: int, about: About | None = None) -> Sequence[Happening]:
    """The newest few."""
    return db.session.execute(happenings(about, length).limit(length)).all()


def of_planks(condition: ColumnElement[bool]) -> dict[Kind, Select[Any] | None]:
    """What the lines of each kind are about, where that is of a plank for which this holds; an edition is of none."""
    chosen = select(Plank.id).where(condition)
    rounds = select(Round.id).where(Round.plank_id.in_(chosen))
    references = select(ReferenceBack.ruling_id).where(ReferenceBack.plank_id.in_(chosen))
    stances = select(Stance.id).where(Stance.plank_id.in_(chosen))
    return {
        **dict.fromkeys((Kind.OPENED, Kind.ENDED), chosen),
        Kind.VERSION: select(Version.id).where(Version.plank_id.in_(chosen)),
        **dict.fromkeys((Kind.ROUND_OPENED, Kind.ROUND_PUBLISHED), rounds),
        **dict.fromkeys((Kind.REFERRED, Kind.REFERENCE_ENDED), references),
        **of_stances(stances),
        Kind.EDITION: select(Edition.id).where(false()),
    }


def of_stances(stances: Select[Any]) -> dict[Kind, Select[Any] | None]:
    """The same of what became of these stances, by their ids."""
    pauses = select(Suspension.id).where(Suspension.stance_id.in_(stances))
    return {Kind.PAUSED: pauses, Kind.PAUSE_ENDED: pauses, Kind.PROMISE_KEPT: stances}


def _chosen(query: Select[Any], which: Select[Any] | None, most: int | None) -> Select[Any]:
    at, _, of_id = query.selected_columns
    if which is not None:
        query = query.where(of_id.in_(which))
    if most is None:
        return query
    # In brackets of its own: of a question that is one of several, SQLite takes neither an order nor an end.
    few = query.order_by(at.desc(), of_id.desc()).limit(most).subquery().c
    return select(few.at, few.kind, few.of_id)


def _by_kind() -> dict[Kind, Select[Any]]:
    """Of each kind what happened at all, with the moment never empty, so that an index finds the newest."""
    of_version = _of(Kind.VERSION, Version.created_at, Version.id).join(Plank, Plank.id == Version.plank_id)
    references = _of(Kind.REFERRED, RegisteredRuling.ruled_at, ReferenceBack.ruling_id)
    return {
        Kind.OPENED: _of(Kind.OPENED, Plank.opened_at, Plank.id).where(Plank.number.is_not(None)),
        Kind.ENDED: _of(Kind.ENDED, Plank.ended_at, Plank.id).where(Plank.number.is_not(None)),
        Kind.VERSION: of_version.where(Plank.number.is_not(None), ~IS_FIRST),
        Kind.REFERRED: references.join(ReferenceBack, RegisteredRuling.id == ReferenceBack.ruling_id),
        Kind.REFERENCE_ENDED: _of(Kind.REFERENCE_ENDED, ReferenceBack.ended_at, ReferenceBack.ruling_id),
        Kind.ROUND_OPENED: _of(Kind.ROUND_OPENED, Round.opens_at, Round.id).where(Round.stage.in_(HAS_OPENED)),
        Kind.ROUND_PUBLISHED: _of(Kind.ROUND_PUBLISHED, Round.published_at, Round.id).where(
            Round.stage == RoundStage.PUBLISHED
        ),
        Kind.PAUSED: _of_stance(Kind.PAUSED, Suspension.starts_at, Suspension.stance_id, Suspension.id),
        Kind.PAUSE_ENDED: _of_stance(Kind.PAUSE_ENDED, Suspension.ended_at, Suspension.stance_id, Suspension.id),
        Kind.PROMISE_KEPT: _of_stance(
            Kind.PROMISE_KEPT, ConditionEnd.ended_at, ConditionEnd.became_id, ConditionEnd.became_id
        ),
        Kind.EDITION: _of(Kind.EDITION, Edition.published_at, Edition.id),
    }


def _of(kind: Kind, moment: Any, of_id: Any) -> Select[Any]:
    columns = (moment.label("at"), literal(kind.value).label("kind"), of_id.label("of_id"))
    return select(*columns).where(moment.is_not(None))


def _of_stance(kind: Kind, moment: Any, stance_id: Any, of_id: Any) -> Select[Any]:
    """What happened to a stance on a numbered plank."""
    query = _of(kind, moment, of_id).join(Stance, Stance.id == stance_id)
    return query.join(Plank, Plank.id == Stance.plank_id).where(Plank.number.is_not(None))


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
        references=rulings.references_named(ids[Kind.REFERRED] | ids[Kind.REFERENCE_ENDED]),
        stances=_stances(ids[Kind.PAUSED] | ids[Kind.PAUSE_ENDED], ids[Kind.PROMISE_KEPT]),
        editions=_editions(ids[Kind.EDITION]),
        standings=_standings(rounds),
    )


def decided(of_round: Round) -> Decided:
    """A published endorsement round as the rules read one; a ballot that advises decided nothing."""
    binding = [ballot for ballot in of_round.ballots if not ballot.advises]
    return Decided({ballot.group: _asked_and_answered(ballot) for ballot in binding}, of_round.is_rerun)


def _asked_and_answered(ballot: Ballot) -> tuple[FormKind, Outcome]:
    """The outcome on the whole, of the question as it was answered: without the parts that were not carried."""
    return form_as_decided(ballot).kind, count_of(ballot, TEXT_QUESTION).outcome


def _stances(pauses: Collection[int], promised: Collection[int]) -> dict[int, Stance]:
    if not pauses and not promised:
        return {}
    named = load_only(Version.number, Version.minor, Version.title)
    query = select(Stance).outerjoin(Suspension, Suspension.stance_id == Stance.id)
    query = query.where(or_(Suspension.id.in_(pauses), Stance.id.in_(promised)))
    query = query.options(joinedload(Stance.version).options(named, joinedload(Version.plank)))
    found: dict[int, Stance] = {}
    for stance in db.session.scalars(query):
        found |= {-stance.id: stance}
        found |= {stance.suspension.id: stance} if stance.suspension else {}
    return found


def standings_of(version: Version) -> list[tuple[datetime, Standing]]:
    """Where a version's words stood after each of the published rounds on them, oldest first."""
    rounds = [one for one in _rounds((), _deciding(version)) if one.published_at is not None]
    found = _standings(rounds)
    return [(one.published_at, found[one.id]) for one in rounds if one.id in found and one.published_at]


def _deciding(version: Version) -> set[int]:
    """The published rounds on these words, also before they were mended."""
    same_words = (Version.plank_id == version.plank_id, Version.number == version.number)
    query = select(Round.id).join(Version, Version.id == Round.version_id).where(*same_words)
    return set(db.session.scalars(query.where(Round.stage == RoundStage.PUBLISHED)))


def _planks(ids: Collection[int]) -> dict[int, tuple[Plank, str, str | None]]:
    title = load_only(Version.title, raiseload=True)
    query = (
        select(Plank, Version.title, Version.author_group)
        .join(Version, and_(Version.plank_id == Plank.id, Version.number == 1, Version.minor == 0))
        .where(Plank.id.in_(ids))
        .options(joinedload(Plank.working_version).options(title), joinedload(Plank.agreed_version).options(title))
    )
    return {plank.id: (plank, first, group) for plank, first, group in db.session.execute(query)}


def _versions(ids: Collection[int]) -> dict[int, tuple[str, VersionLine]]:
    columns = (Version.id, Version.number, Version.minor, Version.title, Version.sha256, Version.cause)
    query = select(Plank.number, *columns, Version.amendment_id, Version.author_group, Version.created_at)
    rows = db.session.execute(query.join(Plank, Plank.id == Version.plank_id).where(Version.id.in_(ids)))
    return {row[1]: (str(row[0]), VersionLine(*tuple(row)[1:])) for row in rows}


def _editions(numbers: Collection[int]) -> dict[int, int]:
    if not numbers:
        return {}
    query = select(EditionPlank.edition_id, func.count()).where(EditionPlank.edition_id.in_(numbers))
    held: dict[int, int] = dict(db.session.execute(query.group_by(EditionPlank.edition_id)).all())
    return {number: held.get(number, 0) for number in numbers}


def _rounds(opened: Collection[int], published: Collection[int]) -> Sequence[Round]:
    """These rounds, and every round that ever decided on the same words as one of those published."""
    of_round, asked, on = aliased(Round), aliased(Version), aliased(Version)
    as_mended = and_(on.plank_id == asked.plank_id, on.number == asked.number)
    same_words = select(on.id).join(asked, as_mended).join(of_round, of_round.version_id == asked.id)
    is_decided = and_(Round.stage == RoundStage.PUBLISHED, Round.kind == RoundKind.ENDORSEMENT)
    decided_too = select(Round.id).where(is_decided, Round.version_id.in_(same_words.where(of_round.id.in_(published))))
    # Brought together by their ids, so that no round has to be looked at to be left out.
    wanted = union(select(Round.id).where(Round.id.in_({*opened, *published})), decided_too)
    columns = load_only(Version.number, Version.minor, Version.title, Version.units, raiseload=True)
    query = (
        select(Round)
        .where(Round.id.in_(wanted))
        .options(joinedload(Round.version).options(columns), lazyload(Round.openings), lazyload(Round.questions))
        .order_by(Round.published_at, Round.id)
    )
    return db.session.scalars(query).unique().all()


def _standings(rounds: Iterable[Round]) -> dict[int, Standing]:
    on_words: dict[tuple[int, int], list[Round]] = defaultdict(list)
    for one in rounds:
        if one.stage is RoundStage.PUBLISHED and one.kind is RoundKind.ENDORSEMENT:
            on_words[one.plank_id, one.version.number].append(one)
    pauses, given = _pauses_on(on_words), _given_on(on_words)
    return {
        one.id: standing
        for words, on_same in on_words.items()
        for one, standing in zip(
            on_same,
            standings([replace(decided(one), paused=_paused_at(pauses[words], one)) for one in on_same], given[words]),
            strict=True,
        )
    }


def _pauses_on(words: Iterable[tuple[int, int]]) -> Mapping[tuple[int, int], list[tuple[str, Suspension]]]:
    """Every pause on stances on these words, with its group."""
    found: dict[tuple[int, int], list[tuple[str, Suspension]]] = defaultdict(list)
    query = _of_words(words).join(Suspension, Suspension.stance_id == Stance.id).add_columns(Suspension)
    for stance, number, pause in db.session.execute(query.where(Suspension.starts_at.is_not(None))):
        found[stance.plank_id, number].append((stance.group, pause))
    return found


def _given_on(words: Iterable[tuple[int, int]]) -> Mapping[tuple[int, int], dict[str, StanceKind]]:
    """The stances on these words that came of a promise."""
    found: dict[tuple[int, int], dict[str, StanceKind]] = defaultdict(dict)
    query = _of_words(words).join(ConditionEnd, ConditionEnd.became_id == Stance.id)
    for stance, number in db.session.execute(query):
        found[stance.plank_id, number][stance.group] = StanceKind.ENDORSED
    return found


def _of_words(words: Iterable[tuple[int, int]]) -> Select[Stance, int]:
    planks, numbers = {plank for plank, _ in words}, {number for _, number in words}
    query = select(Stance, Version.number).join(Version, Version.id == Stance.version_id)
    return query.where(Stance.plank_id.in_(planks), Version.number.in_(numbers))


def _paused_at(pauses: Iterable[tuple[str, Suspension]], of_round: Round) -> dict[str, datetime]:
    at = of_round.published_at
    return {
        group: pause.until
        for group, pause in pauses
        if at and pause.starts_at and pause.until and pause.starts_at <= at < (pause.ended_at or pause.until)
    }
