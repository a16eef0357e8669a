"""What an edition would hold at this moment, and what has moved since one was proposed or published."""

from collections.abc import Iterable, Mapping, Sequence

from sqlalchemy import select

from app import drawer
from app.editions import queries
from app.endorsements import queries as endorsements
from app.endorsements.levels import shown_level
from app.extensions import db
from app.models import Plank, Stance, Version
from app.planks import queries as planks
from policies.edition_changes import Backed, Changed, Entry, Gone, belongs, changes, why_gone
from policies.edition_manifest import hash_of
from policies.endorsements import StanceKind
from policies.groups import GROUP_KEYS
from policies.moderation import is_tombstone

Held = Mapping[str, Stance]


def of_now() -> tuple[Entry, ...]:
    """Every plank that belongs in an edition now, by number."""
    return tuple(_entry(plank, version, held) for plank, version, held in agreed_now())


def agreed_now() -> list[tuple[Plank, Version, Held]]:
    """The same planks, with the exact version that every group backs, and each group's stance on it."""
    query = planks.public().where(Plank.agreed_version_id.is_not(None), shown_level() == "agreed")
    found = db.session.scalars(query).unique().all()
    stances = endorsements.on_versions([plank.agreed_version_id for plank in found if plank.agreed_version_id])
    shown = [
        (plank, version, stances.get(version.id, {}))
        for plank in found
        if (version := plank.agreed_version) is not None
    ]
    return [one for one in shown if _belongs(*one)]


def moved_since(entries: Sequence[Entry]) -> list[Changed]:
    """What has changed since, plank by plank."""
    now = of_now()
    return changes(entries, now, reasons({one.plank for one in entries} - {one.plank for one in now}))


def reasons(numbers: Iterable[int]) -> dict[int, Gone]:
    """Why planks that were in an edition do not belong in one now, by number."""
    found = queries.planks_numbered(numbers)
    shown = {number: plank.shown_version for number, plank in found.items()}
    stances = endorsements.on_versions([version.id for version in shown.values() if version is not None])
    return {
        number: _why(found[number], version, stances.get(version.id, {}))
        for number, version in shown.items()
        if version is not None
    }


def lock(entries: Sequence[Entry]) -> None:
    """Keep what is agreed to as it is until this transaction ends: planks come first in the order of locks."""
    numbers = [one.plank for one in entries]
    query = select(Plank.id).where(Plank.number.in_(numbers)).order_by(Plank.id).with_for_update()
    db.session.execute(query)
    db.session.expire_all()


def _belongs(plank: Plank, version: Version, held: Held) -> bool:
    level = endorsements.level_of(plank, version, held).key
    return belongs(plank.stage, level, is_hidden=_is_hidden(version, held))


def _why(plank: Plank, version: Version, held: Held) -> Gone:
    level = endorsements.level_of(plank, version, held).key
    return why_gone(plank.stage, level, is_hidden=_is_hidden(version, held))


def _is_hidden(version: Version, held: Held) -> bool:
    """Whether clerks have hidden the words, or those of a reservation: nobody can agree to what nobody can read."""
    said = (one for one in held.values() if is_tombstone(one.statement))
    return drawer.is_hidden_version(version) or any(drawer.is_hidden(one) for one in said)


def _entry(plank: Plank, version: Version, held: Held) -> Entry:
    backed = tuple(_backed(held[group]) for group in GROUP_KEYS)
    return Entry(plank.number or 0, version.name, version.sha256, backed)


def _backed(stance: Stance) -> Backed:
    said = hash_of(stance.statement) if stance.kind is StanceKind.RESERVATION else ""
    return Backed(stance.group, stance.kind, stance.version.name, stance.decided_at.date(), said)
