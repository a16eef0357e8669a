"""Finding MPs and their positions, and what of the platform an MP's brief tells."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Select, and_, exists, func, or_, select
from sqlalchemy.orm import contains_eager, joinedload, load_only

from app.endorsements.levels import shown_level
from app.extensions import db
from app.models import Mp, Plank, Position, RegisterImport, Stance, Version
from app.planks import queries as planks
from policies.agreement import LevelKey
from policies.errors import NotThere
from policies.permissions import Actor, PlankFacts
from policies.positions import PUBLIC_STATES, PositionState

# A brief is read in a minute: what is older than the newest hundred is found on the planks' own pages.
MOST_NEWS = 100


@dataclass(frozen=True)
class VersionAsked:
    """One version of a plank on which an MP takes a position."""

    plank: Plank
    version: Version

    def facts_for(self, actor: Actor) -> PlankFacts:
        """The facts are those of the plank."""
        return self.plank.facts_for(actor)


def version_asked(actor: Actor, ref: str, name: str) -> VersionAsked:
    """The version at an address; raises `NotThere` whether absent or not to be seen."""
    plank = planks.visible(actor, ref)
    return VersionAsked(plank, planks.version(plank, name))


def visible(_actor: Actor, number: int) -> Mp:
    """An MP, sitting or not; raises `NotThere`."""
    found = db.session.get(Mp, number)
    if found is None:
        raise NotThere("There is no MP at this address. Look for the name or the seat on the list of MPs.")
    return found


def own(actor: Actor) -> Mp:
    """The MP in whose office the person asking is, as that MP or as a delegate; raises `NotThere` for all others."""
    found = db.session.get(Mp, actor.office) if actor.office is not None else None
    if found is None:
        raise NotThere("You do not sit in the Commons, so there is no brief for you.")
    return found


def registered() -> Sequence[Mp]:
    """Every MP the register ever brought, sitting or not; the made-up ones are not among them."""
    return db.session.scalars(select(Mp).where(~Mp.is_demonstration).order_by(Mp.id)).all()


def newest_import() -> RegisterImport | None:
    """The last reading of the register that changed something."""
    return db.session.scalars(select(RegisterImport).order_by(RegisterImport.id.desc()).limit(1)).one_or_none()


def sitting(group: str | None = None, *, with_position: bool = False, words: Sequence[str] = ()) -> Select[Mp]:
    """The MPs who sit now, by name: of one group's party ("other" for the rest), with a position, with these words."""
    query = select(Mp).where(Mp.left_at.is_(None)).order_by(Mp.sought, Mp.id)
    if group is not None:
        query = query.where(Mp.party_group.is_(None) if group == "other" else Mp.party_group == group)
    if with_position:
        query = query.where(exists().where(Position.mp_id == Mp.id, _is_confirmed()))
    for word in words:
        query = query.where(Mp.sought.contains(word, autoescape=True))
    return query


def position_counts(mp_ids: Iterable[int]) -> dict[int, int]:
    """How many confirmed positions each of these MPs has; those without any are left out."""
    query = select(Position.mp_id, func.count()).where(Position.mp_id.in_(list(mp_ids)), _is_confirmed())
    return {row[0]: row[1] for row in db.session.execute(query.group_by(Position.mp_id))}


def positions_of(mp: Mp) -> Select[Position]:
    """What everybody may read of an MP's positions, the newest first."""
    query = _public_positions().where(Position.mp_id == mp.id)
    shown = [joinedload(Version.plank).joinedload(pointer).options(_words()) for pointer in POINTERS]
    return query.options(*(contains_eager(Position.version).options(one) for one in shown)).order_by(
        Position.ended_at.is_not(None), Position.recorded_at.desc(), Position.id.desc()
    )


def positions_on(plank: Plank) -> Select[Position]:
    """What everybody may read of the positions on a plank: on the newest words first, then by name."""
    query = _public_positions().where(Version.plank_id == plank.id).join(Mp, Mp.id == Position.mp_id)
    return query.options(contains_eager(Position.mp)).order_by(
        Position.ended_at.is_not(None), Version.number.desc(), Version.minor.desc(), Mp.sought, Position.id
    )


def confirmed(mp: Mp, version: Version) -> Position | None:
    """An MP's position on one version, if there is one."""
    query = select(Position).where(Position.mp_id == mp.id, Position.version_id == version.id, _is_confirmed())
    return db.session.scalars(query).one_or_none()


def confirmed_of(mp: Mp) -> Sequence[Position]:
    """An MP's positions that stand, the oldest first."""
    return db.session.scalars(
        select(Position).where(Position.mp_id == mp.id, _is_confirmed()).order_by(Position.id)
    ).all()


def recorded_on(mp_id: int, version: Version, limit: int = 20) -> Sequence[Position]:
    """All an MP ever recorded on one version, the newest first. For that MP alone."""
    query = select(Position).where(Position.mp_id == mp_id, Position.version_id == version.id)
    return db.session.scalars(query.order_by(Position.id.desc()).limit(limit)).all()


def own_by_plank(mp: Mp) -> dict[int, list[Position]]:
    """An MP's positions that stand by plank, each plank's on the newest words first."""
    query = select(Position).join(Position.version).where(Position.mp_id == mp.id, _is_confirmed())
    query = query.options(contains_eager(Position.version).options(_words()))
    found: dict[int, list[Position]] = defaultdict(list)
    for position in db.session.scalars(query.order_by(Version.number.desc(), Version.minor.desc())):
        found[position.version.plank_id].append(position)
    return found


def backed_by_all() -> Select[Plank]:
    """The planks that every group backs whole, by number, with the words they back."""
    return planks.public().where(shown_level() == LevelKey.AGREED.value)


def of_interest(mp: Mp) -> ColumnElement[bool]:
    """The planks whose changes are news for an MP: once agreed, or with the own position on them."""
    taken = select(Version.plank_id).join(Position, Position.version_id == Version.id)
    own_ones = Plank.id.in_(taken.where(Position.mp_id == mp.id, _is_confirmed()))
    return Plank.number.is_not(None) & or_(Plank.agreed_version_id.is_not(None), own_ones)


def other_planks_of(mp: Mp) -> Sequence[Plank]:
    """The planks not backed whole by all groups now, with the own position or with a pause; by number, at most 100."""
    own_ones = select(Version.plank_id).join(Position, Position.version_id == Version.id)
    own_ones = own_ones.where(Position.mp_id == mp.id, _is_confirmed())
    query = _named_planks().where(or_(Plank.id.in_(own_ones), _is_paused()), Plank.number.is_not(None))
    query = query.where(or_(~planks.is_public(), shown_level() != LevelKey.AGREED.value))
    return db.session.scalars(query.order_by(Plank.number).limit(MOST_NEWS)).all()


def _is_paused() -> ColumnElement[bool]:
    """What all groups back but for a pause: it is no longer among what they back, and an MP is to see why."""
    return and_(planks.is_public(), shown_level() == LevelKey.PAUSED.value)


def versions_since(mp: Mp, moment: datetime) -> Sequence[Version]:
    """New texts of the planks of interest, the newest first, without their words."""
    query = select(Version).join(Version.plank).where(of_interest(mp), Version.created_at > moment)
    options = [load_only(*NAME, Version.created_at, Version.plank_id), contains_eager(Version.plank)]
    return db.session.scalars(
        query.options(*options).order_by(Version.created_at.desc(), Version.id.desc()).limit(MOST_NEWS)
    ).all()


def stances_since(mp: Mp, moment: datetime) -> Sequence[Stance]:
    """What groups decided on the planks of interest, the newest first."""
    query = select(Stance).join(Stance.version).join(Version.plank)
    query = query.where(of_interest(mp), Stance.decided_at > moment)
    name = contains_eager(Stance.version).options(load_only(*NAME, Version.plank_id), contains_eager(Version.plank))
    return db.session.scalars(
        query.options(name).order_by(Stance.decided_at.desc(), Stance.id.desc()).limit(MOST_NEWS)
    ).all()


def version_names(plank_ids: Iterable[int]) -> dict[int, list[tuple[str, datetime]]]:
    """The names of all versions of these planks with their dates, the oldest first."""
    query = select(Version.plank_id, Version.number, Version.minor, Version.created_at)
    query = query.where(Version.plank_id.in_(list(plank_ids))).order_by(Version.number, Version.minor)
    found: dict[int, list[tuple[str, datetime]]] = defaultdict(list)
    for plank_id, number, minor, created_at in db.session.execute(query):
        found[plank_id].append((f"{number}.{minor}" if minor else str(number), created_at))
    return found


NAME = (Version.number, Version.minor, Version.title)
POINTERS = (Plank.agreed_version, Plank.working_version)


def _words() -> load_only:  # type: ignore[valid-type]
    """Of a version only what bears on positions; not its units, which are as long again."""
    return load_only(*NAME, Version.text, Version.plank_id)


def _public_positions() -> Select[Position]:
    query = select(Position).join(Position.version).join(Plank, Plank.id == Version.plank_id)
    query = query.options(contains_eager(Position.version).options(_words()))
    return query.where(Position.state.in_(PUBLIC_STATES), Plank.number.is_not(None))


def _named_planks() -> Select[Plank]:
    return select(Plank).options(*(joinedload(pointer).options(_words()) for pointer in POINTERS))


def _is_confirmed() -> ColumnElement[bool]:
    return Position.state == PositionState.CONFIRMED
