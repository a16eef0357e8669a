"""Finding arguments, within what the person asking may see. Hidden words stay behind."""

from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import ColumnElement, and_, case, func, or_, select

from app.amendments import queries as amendments
from app.extensions import db
from app.models import Amendment, Argument, Plank, Round, Version
from app.planks import queries as planks
from policies.arguments import About, Side, why_closed, why_closed_on_amendment
from policies.ballots import RoundStage
from policies.errors import NotThere
from policies.permissions import Actor, AmendmentFacts, PlankFacts

OPENED = (RoundStage.OPEN, RoundStage.CLOSED, RoundStage.PUBLISHED)


@dataclass(frozen=True)
class Place:
    """What is argued about: a version of a plank, or an amendment; and from which side, where that is asked.

    A draft plank has no version yet; nobody argues about it.
    """

    plank: Plank
    version: Version | None = None
    amendment: Amendment | None = None
    side: Side = Side.FOR

    @property
    def about(self) -> tuple[About, int]:
        """The kind and the id of the thing."""
        if self.amendment is not None:
            return About.AMENDMENT, self.amendment.id
        assert self.version is not None
        return About.VERSION, self.version.id

    def facts_for(self, actor: Actor) -> PlankFacts | AmendmentFacts:
        """The thing as the permissions see one."""
        return (self.amendment or self.plank).facts_for(actor)


@dataclass(frozen=True)
class ArgumentLine:
    """An argument as this reader may read it: no words where it is hidden, but from its author.

    `place` counts the arguments of its group and side, the oldest first.
    """

    place: int
    argument_id: int
    key: str
    group: str
    side: Side
    author_id: int
    words: str
    changed_at: datetime
    hidden_at: datetime | None
    hidden_reason: str


def place_on_plank(plank: Plank, number: int | None = None) -> Place:
    """A plank's version of this number, or the working one; an editorial change of it shares its arguments."""
    working = plank.working_version
    if working is None:
        return Place(plank)
    asked = working.number if number is None else number
    if (working.number, working.minor) == (asked, 0):
        return Place(plank, working)
    query = select(Version).where(Version.plank_id == plank.id, Version.number == asked, Version.minor == 0)
    version = db.session.scalars(query).one_or_none()
    if version is None:
        raise NotThere("This plank has no such version. Its page lists the versions it has.")
    return Place(plank, version)


def place_of(argument: Argument) -> Place:
    """What an argument is about."""
    return Place(argument.plank, argument.version, argument.amendment, argument.side)


def to_write_on_plank(actor: Actor, ref: str, side: str) -> Place:
    """Where an argument about a plank's working text goes; raises `NotThere` as the plank does."""
    return replace(place_on_plank(planks.visible(actor, ref)), side=Side(side))


def to_write_on_amendment(actor: Actor, ref: str, side: str) -> Place:
    """Where an argument about an amendment goes; raises `NotThere` as the amendment does."""
    amendment = amendments.visible(actor, ref)
    return Place(amendment.plank, amendment=amendment, side=Side(side))


def visible(actor: Actor, key: str) -> Argument:
    """The argument with this key; raises `NotThere` where it is absent or withdrawn, or its thing is not to be seen."""
    query = (
        select(Argument)
        .outerjoin(Version, Version.id == Argument.version_id)
        .outerjoin(Plank, Plank.id == Version.plank_id)
        .outerjoin(Amendment, Amendment.id == Argument.amendment_id)
        .where(Argument.key == key, Argument.withdrawn_at.is_(None), _shown_to(actor))
    )
    found = db.session.scalars(query).one_or_none()
    if found is None:
        raise NotThere("There is no such argument here. Its author may have withdrawn it.")
    return found


def why_closed_here(place: Place) -> str:
    """Why arguments here are closed, in a sentence; nothing while they can be written and changed."""
    plank, version = place.plank, place.version
    if place.amendment is not None:
        return why_closed_on_amendment(place.amendment.stage, plank.stage)
    working = plank.working_version
    if version is None or working is None:
        return why_closed(plank.stage, is_working=True, had_round=False)
    is_working = working.number == version.number
    return why_closed(plank.stage, is_working=is_working, had_round=is_working and _had_round(plank, version))


def row_of(place: Place, person_id: int | None) -> Argument | None:
    """The one row a person has on this side of this thing, withdrawn or not."""
    about, about_id = place.about
    query = select(Argument).where(_is_about(about, about_id), Argument.side == place.side)
    return db.session.scalars(query.where(Argument.author_id == person_id)).one_or_none()


def earlier_words(place: Place, actor: Actor) -> str:
    """What the person last wrote on this side about an older version of the plank, to go on from."""
    if place.version is None:
        return ""
    query = (
        select(Argument.words)
        .join(Version, Version.id == Argument.version_id)
        .where(Version.plank_id == place.plank.id, Version.number < place.version.number)
        .where(Argument.author_id == actor.person_id, Argument.side == place.side)
        .where(Argument.withdrawn_at.is_(None), Argument.hidden_at.is_(None))
    )
    return db.session.scalar(query.order_by(Version.number.desc()).limit(1)) or ""


def tallies(place: Place) -> dict[tuple[str, Side], int]:
    """How many arguments of each group and side are listed here; those clerks have hidden leave a line too."""
    query = select(Argument.group, Argument.side, func.count()).where(_is_listed(place))
    return {(row[0], row[1]): row[2] for row in db.session.execute(query.group_by(Argument.group, Argument.side))}


def lines(place: Place, actor: Actor, first: int, last: int) -> list[ArgumentLine]:
    """The arguments from the `first` to the `last` of every group and side, the oldest first, and the reader's own."""
    nth = func.row_number().over(
        partition_by=(Argument.group, Argument.side), order_by=(Argument.written_at, Argument.id)
    )
    ranked = select(Argument.id, nth.label("nth")).where(_is_listed(place)).subquery()
    can_be_read, is_own = Argument.hidden_at.is_(None), Argument.author_id == actor.person_id
    columns = (ranked.c.nth, Argument.id, Argument.key, Argument.group, Argument.side, Argument.author_id)
    query = (
        select(
            *columns,
            case((or_(can_be_read, is_own), Argument.words), else_=""),
            Argument.changed_at,
            Argument.hidden_at,
            Argument.hidden_reason,
        )
        .join(ranked, ranked.c.id == Argument.id)
        .where(or_(ranked.c.nth.between(first, last), is_own))
        .order_by(ranked.c.nth)
    )
    return [ArgumentLine(*row) for row in db.session.execute(query)]


def counted_by_version(plank: Plank) -> dict[int, int]:
    """How many arguments about each version of a plank can be read, by the version's number."""
    query = (
        select(Version.number, func.count())
        .join(Argument, Argument.version_id == Version.id)
        .where(Version.plank_id == plank.id, Argument.withdrawn_at.is_(None), Argument.hidden_at.is_(None))
        .group_by(Version.number)
    )
    return {row[0]: row[1] for row in db.session.execute(query)}


def _shown_to(actor: Actor) -> ColumnElement[bool]:
    return or_(
        and_(Argument.about == About.VERSION, planks.shown_to(actor)),
        and_(Argument.about == About.AMENDMENT, amendments.shown_to(actor)),
    )


def _is_about(about: About, about_id: int) -> ColumnElement[bool]:
    return and_(Argument.about == about, Argument.about_id == about_id)


def _is_listed(place: Place) -> ColumnElement[bool]:
    return and_(_is_about(*place.about), Argument.withdrawn_at.is_(None))


def _had_round(plank: Plank, version: Version) -> bool:
    """Whether a round has opened on the plank since this version was written, whatever it asked."""
    opened = select(Round.id).where(Round.plank_id == plank.id, Round.stage.in_(OPENED))
    return db.session.scalar(opened.where(Round.opens_at >= version.created_at).limit(1)) is not None
