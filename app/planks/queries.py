"""Finding planks, within what the person asking may see."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import BindParameter, ColumnElement, Select, bindparam, func, or_, select
from sqlalchemy.orm import joinedload

from app.extensions import db
from app.models import CompositeOriginal, CompositePart, Plank, PlankSecond, Round, Ruling, Theme, Version
from policies.ballots import RoundStage
from policies.errors import NotThere
from policies.permissions import Actor
from policies.planks import ENDED_STAGES, PUBLIC_STAGES, SECONDING_PERIOD, Second, Stage


def shown_to(actor: Actor) -> ColumnElement[bool]:
    """Which planks `actor` may read: `Permission.PLANK_READ` said in SQL; a test holds the two together."""
    return shown_to_reader(actor.person_id, is_member=actor.is_member)


def shown_to_reader(
    person: int | BindParameter[int] | None, *, is_member: bool, of: type[Plank] = Plank
) -> ColumnElement[bool]:
    """The same of a reader of whom this is known, for questions that are put together once; `of` may be an alias."""
    public = of.number.is_not(None)
    if person is None:
        return public
    own = of.mover_id == person
    if not is_member:
        return or_(public, own)
    return or_(public, own, of.stage != Stage.DRAFT)


def visible(actor: Actor, ref: str) -> Plank:
    """The plank with this public number or key; raises `NotThere` whether it is absent or not to be seen."""
    query = _visible(is_number=ref.isdigit(), is_known=actor.person_id is not None, is_member=actor.is_member)
    asked = {"ref": int(ref) if ref.isdigit() else ref, "person": actor.person_id}
    plank = db.session.scalars(query, asked).one_or_none()
    if plank is None:
        raise NotThere("There is no plank at this address. Look for it by its words in the search.")
    return plank


@cache
def _visible(*, is_number: bool, is_known: bool, is_member: bool) -> Select[Plank]:
    """Put together once for each kind of reader: that takes longer than the answer."""
    ref: BindParameter[Any] = bindparam("ref")
    named = Plank.number == ref if is_number else Plank.key == ref
    person: BindParameter[int] = bindparam("person")
    return _with_versions(select(Plank)).where(
        named, shown_to_reader(person if is_known else None, is_member=is_member)
    )


def own_with_key(actor: Actor, key: str) -> Plank | None:
    """The person's own plank with this key, a draft or submitted."""
    query = _with_versions(select(Plank)).where(Plank.key == key, Plank.mover_id == actor.person_id)
    return db.session.scalars(query).one_or_none()


def is_public() -> ColumnElement[bool]:
    """Which planks stand on public lists: those of public stages, ended ones left out."""
    return Plank.stage.in_(PUBLIC_STAGES - ENDED_STAGES)


def public() -> Select[Plank]:
    """The planks on public lists, by number."""
    return _with_versions(select(Plank)).where(is_public()).order_by(Plank.number)


def public_in_theme(theme: Theme) -> Select[Plank]:
    """The same for one theme."""
    return public().where(Plank.theme_id == theme.id)


def numbered(numbers: Sequence[int]) -> Sequence[Plank]:
    """Planks by public number, in the order asked; those that are not public are left out."""
    found = {plank.number: plank for plank in db.session.scalars(public().where(Plank.number.in_(numbers)))}
    return [found[number] for number in numbers if number in found]


def themes() -> Sequence[Theme]:
    """All themes by name."""
    return db.session.scalars(select(Theme).order_by(Theme.name)).all()


def theme(slug: str) -> Theme:
    """One theme; raises `NotThere`."""
    # A database may refuse to compare what it could never store, such as a zero byte.
    found = db.session.scalars(select(Theme).where(Theme.slug == slug)).one_or_none() if slug.isprintable() else None
    if found is None:
        raise NotThere("There is no such theme. Choose one from the list of themes.")
    return found


def public_counts_by_theme() -> dict[int, int]:
    """How many public planks each theme has, by the theme's id."""
    query = select(Plank.theme_id, func.count()).where(is_public())
    return {row[0]: row[1] for row in db.session.execute(query.group_by(Plank.theme_id))}


def versions(plank: Plank) -> Sequence[Version]:
    """All versions of a plank, oldest first."""
    query = select(Version).where(Version.plank_id == plank.id).order_by(Version.number, Version.minor)
    return db.session.scalars(query).all()


def version(plank: Plank, name: str) -> Version:
    """The version called "3" or "3.1"; raises `NotThere`."""
    number, _, minor = name.partition(".")
    query = select(Version).where(
        Version.plank_id == plank.id, Version.number == int(number), Version.minor == int(minor or 0)
    )
    found = db.session.scalars(query).one_or_none()
    if found is None:
        raise NotThere("This plank has no such version. Its page lists the versions it has.")
    return found


def seconds(plank: Plank) -> list[Second]:
    """Who has seconded a plank, by person and group."""
    rows = db.session.scalars(select(PlankSecond).where(PlankSecond.plank_id == plank.id))
    return [Second(row.person_id, row.group) for row in rows]


def rulings(plank: Plank) -> Sequence[Ruling]:
    """What clerks have said on a plank, oldest first."""
    query = select(Ruling).where(Ruling.plank_id == plank.id).order_by(Ruling.ruled_at, Ruling.group)
    return db.session.scalars(query).all()


def in_stage(stage: Stage, limit: int = 50) -> Sequence[Plank]:
    """Planks of all groups in one stage, the longest waiting first. For members and clerks only."""
    query = _with_versions(select(Plank)).where(Plank.stage == stage).order_by(Plank.submitted_at, Plank.id)
    return db.session.scalars(query.limit(limit)).all()


def moved_by(actor: Actor, limit: int = 50) -> Sequence[Plank]:
    """The person's own planks, newest first."""
    query = _with_versions(select(Plank)).where(Plank.mover_id == actor.person_id).order_by(Plank.id.desc())
    return db.session.scalars(query.limit(limit)).all()


def has_seconded(actor: Actor, plank: Plank) -> bool:
    """Whether this person has seconded the plank."""
    return db.session.get(PlankSecond, (plank.id, actor.person_id)) is not None if actor.person_id else False


def seconded_by(actor: Actor) -> set[int]:
    """The ids of the planks this person has seconded."""
    return set(db.session.scalars(select(PlankSecond.plank_id).where(PlankSecond.person_id == actor.person_id)))


def had_round(plank: Plank) -> bool:
    """Whether a round of ballots has ever opened on a plank."""
    opened = (RoundStage.OPEN, RoundStage.CLOSED, RoundStage.PUBLISHED, RoundStage.ANNULLED)
    query = select(Round.id).where(Round.plank_id == plank.id, Round.stage.in_(opened)).limit(1)
    return db.session.scalar(query) is not None


def originals_of(composite: Plank) -> Sequence[CompositeOriginal]:
    """The planks a composite was put together from, by id, with the versions their clauses were taken from."""
    query = select(CompositeOriginal).where(CompositeOriginal.composite_id == composite.id)
    query = query.options(joinedload(CompositeOriginal.plank), joinedload(CompositeOriginal.version))
    return db.session.scalars(query.order_by(CompositeOriginal.plank_id)).all()


def parts_of(composite: Plank) -> Sequence[CompositePart]:
    """The clauses a composite was put together from, in their order."""
    query = select(CompositePart).where(CompositePart.composite_id == composite.id)
    return db.session.scalars(query.order_by(CompositePart.place)).all()


def overdue_for_seconding(now: datetime) -> Sequence[int]:
    """The ids of planks whose time to find seconders has run out."""
    query = select(Plank.id).where(Plank.stage == Stage.SEEKING_SECONDERS, Plank.submitted_at <= now - SECONDING_PERIOD)
    return db.session.scalars(query.order_by(Plank.id)).all()


@dataclass(frozen=True)
class KnownPlank:
    """By what a plank's file is known again: its id, the file it once came from, the hashes of all its versions."""

    key: str
    number: int | None
    source: str | None
    hashes: frozenset[str]

    @property
    def name(self) -> str:
        """ "P12", or words for a plank that has no number yet."""
        return f"P{self.number}" if self.number else "The plank with this id"


def known_planks() -> list[KnownPlank]:
    """Every plank there is, as files know it. For the import alone: it names drafts too."""
    hashes: dict[int, set[str]] = defaultdict(set)
    for plank_id, sha256 in db.session.execute(select(Version.plank_id, Version.sha256)):
        hashes[plank_id].add(sha256)
    rows = db.session.execute(select(Plank.id, Plank.key, Plank.number, Plank.source).order_by(Plank.id))
    return [KnownPlank(row.key, row.number, row.source, frozenset(hashes[row.id])) for row in rows]


@dataclass(frozen=True)
class FirstTitle:
    """The title a public plank began with, after which its file is named for ever."""

    number: int
    key: str
    theme_slug: str
    title: str


def first_titles() -> list[FirstTitle]:
    """The first titles of all planks that were ever public, by number."""
    query = (
        select(Plank.number, Plank.key, Theme.slug, Version.title)
        .join(Theme, Theme.id == Plank.theme_id)
        .join(Version, (Version.plank_id == Plank.id) & (Version.number == 1) & (Version.minor == 0))
        .where(Plank.number.is_not(None))
        .order_by(Plank.number)
    )
    return [FirstTitle(row.number or 0, row.key, row.slug, row.title) for row in db.session.execute(query)]


def all_public() -> Sequence[Plank]:
    """All planks everybody sees, at once: for the export."""
    return db.session.scalars(public()).all()


def _with_versions(query: Select[Plank]) -> Select[Plank]:
    return query.options(joinedload(Plank.working_version), joinedload(Plank.agreed_version))
