"""What leaves the site, as everybody may read it, whoever asks; and every public address, for the sitemap."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from app.amendments import queries as amendments
from app.extensions import db
from app.models import Amendment, Plank, Round, Stance, Theme, Version
from app.planks import queries as planks
from app.platform import queries as platform
from app.platform.queries import VersionOfPlank
from policies.ballots import RoundStage
from policies.permissions import VISITOR, Actor, PlankFacts


@dataclass(frozen=True)
class CardAsked:
    """The card of a plank's version, at an address that names what it showed when it was linked to."""

    plank: Plank
    version: Version
    digest: str

    def facts_for(self, actor: Actor) -> PlankFacts:
        """A card is seen by those who may read its plank."""
        return self.plank.facts_for(actor)


@dataclass(frozen=True)
class Address:
    """A public page: its endpoint, what its address holds, and when it last changed."""

    endpoint: str
    values: dict[str, str]
    changed: datetime | None = None


def public_plank(_actor: Actor, ref: str) -> Plank:
    """The plank with this public number; raises `NotThere` for one without, also for those who may read it."""
    return planks.visible(VISITOR, ref)


def card_of_plank(_actor: Actor, ref: str, digest: str) -> CardAsked:
    """The card of a plank in the version the public reads."""
    plank = planks.visible(VISITOR, ref)
    assert plank.shown_version is not None
    return CardAsked(plank, plank.shown_version, digest)


def card_of_version(_actor: Actor, ref: str, name: str, digest: str) -> CardAsked:
    """The card of one version."""
    found: VersionOfPlank = platform.version_of_plank(VISITOR, ref, name)
    return CardAsked(found.plank, found.version, digest)


def planks_of(theme: Theme) -> int:
    """How many planks a theme's page lists."""
    query = select(func.count()).select_from(Plank).where(planks.is_public(), Plank.theme_id == theme.id)
    return db.session.scalar(query) or 0


def addresses() -> Iterator[Address]:
    """Every public page that is about one thing, always in the same order; as many queries however many they are."""
    newest: dict[int, datetime] = {}
    versions = []
    for number, ended, name, changed in _versions():
        newest[number] = max(moment for moment in (changed, ended, newest.get(number)) if moment is not None)
        versions.append(Address("platform.version", {"ref": str(number), "name": name}, changed))
    yield from (Address("platform.plank", {"ref": str(number)}, changed) for number, changed in newest.items())
    yield from versions
    yield from _of_amendments()
    yield from _of_rounds()


def _versions() -> Iterator[tuple[int, datetime | None, str, datetime]]:
    """Every version of every public plank: the plank's number and end, the version's name, when it last changed."""
    decided = func.max(Stance.decided_at)
    query = (
        select(Plank.number, Plank.ended_at, Version.number, Version.minor, Version.created_at, decided)
        .join(Version, Version.plank_id == Plank.id)
        .outerjoin(Stance, Stance.version_id == Version.id)
        .where(Plank.number.is_not(None))
        .group_by(Plank.id, Version.id)
        .order_by(Plank.number, Version.number, Version.minor)
    )
    for number, ended, whole, minor, written, decided_at in db.session.execute(query):
        name = f"{whole}.{minor}" if minor else str(whole)
        yield number or 0, ended, name, max(written, decided_at or written)


def _of_amendments() -> Iterator[Address]:
    query = select(Plank.number, Amendment.number, func.coalesce(Amendment.ended_at, Amendment.opened_at))
    query = query.join(Plank, Plank.id == Amendment.plank_id).where(amendments.shown_to(VISITOR))
    for plank, number, changed in db.session.execute(query.order_by(Plank.number, Amendment.number)):
        yield Address("amendments.show", {"ref": f"P{plank}-A{number}"}, changed)


def _of_rounds() -> Iterator[Address]:
    """Those announced; a date only once they are published, since they change by the clock before."""
    published = (Round.stage == RoundStage.PUBLISHED).label("is_published")
    query = select(Round.number, published, Round.published_at).where(Round.opens_at.is_not(None))
    for number, is_published, at in db.session.execute(query.order_by(Round.number)):
        yield Address("ballots.show", {"number": str(number)}, at if is_published else None)
