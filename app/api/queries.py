"""What visitors may read, asked for by the API's own narrowings. Nothing here sees more than a visitor does."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, exists, or_, select
from sqlalchemy.orm import contains_eager, joinedload, lazyload, load_only

from app.amendments import queries as amendments
from app.api.questions import Asked
from app.endorsements import queries as endorsements
from app.endorsements.finding import holding
from app.endorsements.levels import shown_level
from app.extensions import db
from app.models import (
    Amendment,
    Ballot,
    Count,
    Mp,
    Plank,
    Position,
    Revision,
    Round,
    Stance,
    Suspension,
    Theme,
    Version,
)
from app.planks import queries as planks
from app.results import queries as register
from app.results.queries import Wanted
from policies.ballots import RoundStage
from policies.endorsements import Backing
from policies.errors import NotUnderstood
from policies.groups import GROUP_KEYS
from policies.permissions import VISITOR
from policies.positions import PUBLIC_STATES

HAS_OPENED = (RoundStage.OPEN, RoundStage.CLOSED, RoundStage.PUBLISHED, RoundStage.ANNULLED)
MOST_RESULTS = 1_000
NAME = (Version.number, Version.minor, Version.title, Version.sha256)
_NAMED_PLANK = load_only(Plank.key, Plank.number)


def planks_asked(asked: Asked) -> Select[Plank]:
    """Planks with a number, ended ones among them, narrowed as asked."""
    named = load_only(*NAME, raiseload=True)
    query = select(Plank).where(planks.shown_to(VISITOR))
    query = query.options(
        joinedload(Plank.working_version).options(named), joinedload(Plank.agreed_version).options(named)
    )
    if "theme" in asked:
        query = query.where(Plank.theme_id == _theme(asked["theme"]).id)
    if "state" in asked:
        query = query.where(Plank.stage == asked["state"])
    if "changed_since" in asked:
        query = query.where(_changed_since(asked["changed_since"]))
    backings = {group: Backing(asked[group]) for group in GROUP_KEYS if group in asked}
    if "level" in asked or backings:
        query = query.where(has_level(), holding(backings))
    return query.where(shown_level() == asked["level"]) if "level" in asked else query


def has_level() -> ColumnElement[bool]:
    """Whether a plank is said to stand anywhere: one that ended undecided stands nowhere."""
    return or_(planks.is_public(), exists().where(Stance.plank_id == Plank.id))


def stances_on(version_ids: Iterable[int]) -> Mapping[int, Mapping[str, Stance]]:
    """Of each of these versions the stances that count for it, by group key; one query."""
    ids = list(version_ids)
    return endorsements.held_where(lambda shown: shown.id.in_(ids), *NAME)


def with_decisions(plank_ids: Iterable[int]) -> set[int]:
    """Those of these planks on which a group has ever decided."""
    return set(db.session.scalars(select(Stance.plank_id).where(Stance.plank_id.in_(list(plank_ids))).distinct()))


def versions_of(plank: Plank) -> Select[Version]:
    """The versions of a plank, without their words."""
    columns = (*NAME, Version.plank_id, Version.cause, Version.amendment_id, Version.author_group, Version.created_at)
    return select(Version).where(Version.plank_id == plank.id).options(load_only(*columns, raiseload=True))


def all_versions(_asked: Asked) -> Select[Version]:
    """Every version of every plank with a number, with its words."""
    query = select(Version).join(Version.plank).where(planks.shown_to(VISITOR))
    return query.options(contains_eager(Version.plank), lazyload(Version.plank, Plank.working_version))


def stances_asked(asked: Asked) -> Select[Stance]:
    """Decisions of groups on exact words, with the words' names."""
    query = select(Stance).join(Stance.version).join(Version.plank).where(planks.shown_to(VISITOR))
    named = contains_eager(Stance.version)
    query = query.options(named.load_only(*NAME, Version.plank_id), named.contains_eager(Version.plank))
    conditions: list[ColumnElement[bool]] = []
    if "group" in asked:
        conditions.append(Stance.group == asked["group"])
    if "plank" in asked:
        conditions.append(Plank.number == asked["plank"])
    if "kind" in asked:
        conditions.append(Stance.kind == asked["kind"])
    if "changed_since" in asked:
        conditions.append(or_(Stance.decided_at >= asked["changed_since"], _paused_since(asked["changed_since"])))
    return query.where(*conditions)


def round_numbers(round_ids: Iterable[int]) -> dict[int, int]:
    """The numbers of published rounds by id; one query."""
    query = select(Round.id, Round.number).where(Round.id.in_(set(round_ids)), Round.stage == RoundStage.PUBLISHED)
    return {row[0]: row[1] for row in db.session.execute(query)}


def amendments_asked(asked: Asked) -> Select[Amendment]:
    """Amendments with a number, with the words they have now."""
    query = select(Amendment).join(Amendment.plank).join(Revision, Revision.id == Amendment.revision_id)
    query = query.where(amendments.shown_to(VISITOR), planks.shown_to(VISITOR))
    query = query.options(
        contains_eager(Amendment.plank),
        contains_eager(Amendment.revision).joinedload(Revision.base).load_only(*NAME, raiseload=True),
    )
    if "plank" in asked:
        query = query.where(Plank.number == asked["plank"])
    if "group" in asked:
        query = query.where(Amendment.group == asked["group"])
    return query.where(Amendment.stage == asked["state"]) if "state" in asked else query


def rounds_asked(asked: Asked) -> Select[Round]:
    """Rounds whose notice has begun to run; before that a round is the groups' own matter."""
    query = select(Round).join(Round.plank).where(Round.opens_at.is_not(None), planks.shown_to(VISITOR))
    query = query.options(
        contains_eager(Round.plank),
        joinedload(Round.version).load_only(*NAME, Version.units, Version.plank_id, raiseload=True),
        *(lazyload(one) for one in (Round.ballots, Round.openings, Round.questions)),
    )
    if "plank" in asked:
        query = query.where(Plank.number == asked["plank"])
    if "kind" in asked:
        query = query.where(Round.kind == asked["kind"])
    return query.where(Round.stage == asked["state"]) if "state" in asked else query


def mps_asked(asked: Asked) -> Select[Mp]:
    """Every MP there is a page of."""
    query = select(Mp)
    return query.where(Mp.party_group == asked["group"]) if "group" in asked else query


def positions_asked(asked: Asked) -> Select[Position]:
    """What everybody may read of what MPs said."""
    query = select(Position).join(Position.mp).join(Position.version).join(Version.plank)
    query = query.where(Position.state.in_(PUBLIC_STATES), planks.shown_to(VISITOR))
    version = contains_eager(Position.version)
    query = query.options(
        contains_eager(Position.mp),
        version.load_only(*NAME, Version.plank_id),
        version.contains_eager(Version.plank).options(_NAMED_PLANK),
    )
    if "plank" in asked:
        query = query.where(Plank.number == asked["plank"])
    if "mp" in asked:
        query = query.where(Mp.id == asked["mp"])
    return query.where(Position.kind == asked["kind"]) if "kind" in asked else query


def require_theme(slug: str) -> None:
    """Refuse a theme without a plank that has a number: to know it would betray what is not public yet."""
    _theme(slug)


def _theme(slug: str) -> Theme:
    public = exists().where(Plank.theme_id == Theme.id, planks.shown_to(VISITOR))
    query = select(Theme).where(Theme.slug == slug, public)
    # A database may refuse to compare what it could never store, such as a zero byte.
    found = db.session.scalars(query).one_or_none() if slug.isprintable() else None
    if found is None:
        raise NotUnderstood("There is no such theme. /api/v1/themes lists those there are.")
    return found


def _changed_since(moment: datetime) -> ColumnElement[bool]:
    """Planks whose words, standing, rounds or amendments changed at or after this moment, as far as it is public."""
    of_plank: tuple[tuple[Any, Sequence[Any], Sequence[ColumnElement[bool]]], ...] = (
        (Version.plank_id, (Version.created_at,), ()),
        (Stance.plank_id, (Stance.decided_at,), ()),
        (Round.plank_id, (Round.opens_at, Round.published_at), (Round.stage.in_(HAS_OPENED),)),
        (Amendment.plank_id, (Amendment.opened_at, Amendment.ended_at), (Amendment.number.is_not(None),)),
    )
    told = [
        exists().where(plank_id == Plank.id, or_(*(one >= moment for one in moments)), *conditions)
        for plank_id, moments, conditions in of_plank
    ]
    pauses = exists().where(Stance.plank_id == Plank.id, _paused_since(moment))
    return or_(Plank.opened_at >= moment, Plank.ended_at >= moment, *told, pauses)


def _paused_since(moment: datetime) -> ColumnElement[bool]:
    changed = or_(Suspension.starts_at >= moment, Suspension.ended_at >= moment)
    return exists().where(and_(Suspension.stance_id == Stance.id, changed))


def results_of(of_round: Round) -> Sequence[tuple[Count, Ballot]]:
    """What is counted in a published round, by group and question; nothing before, nor of what is not public."""
    order = Ballot.id, Count.question
    query = register.decisions(Wanted()).where(Round.id == of_round.id).order_by(None).order_by(*order)
    return register.first_of(query, MOST_RESULTS)
