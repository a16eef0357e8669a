"""Reading where a text stands between the groups: decisions on each unit's words, readings by group, releases."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from app.endorsements.pausing import is_paused
from app.extensions import db
from app.models import BracketRelease, Plank, Stance, TemperatureReading, Version
from app.models.bearing import is_last_word
from app.planks import queries as planks
from policies.errors import NotThere
from policies.groups import GROUP_KEYS
from policies.negotiation import Decision, Reading, is_released
from policies.permissions import Actor, NegotiationFacts
from policies.text.units import Unit


@dataclass(frozen=True)
class Negotiated:
    """A plank, the text that is discussed, and the groups whose clerks have released where it stands."""

    plank: Plank
    version: Version
    released_by: frozenset[str]

    @property
    def is_released(self) -> bool:
        """Whether the public may see it: clerks of all groups have said so, and the plank itself is public."""
        return self.plank.number is not None and is_released(self.released_by, GROUP_KEYS)

    def facts_for(self, _actor: Actor) -> NegotiationFacts:
        """This negotiation as the permissions see one."""
        return NegotiationFacts(self.is_released)


def visible(actor: Actor, ref: str) -> Negotiated:
    """The negotiation about a plank that `actor` may see; raises `NotThere`."""
    plank = planks.visible(actor, ref)
    if plank.working_version is None:
        raise NotThere("This plank has not been submitted, so there is nothing to negotiate yet.")
    released = select(BracketRelease.group).where(BracketRelease.version_id == plank.working_version_id)
    return Negotiated(plank, plank.working_version, frozenset(db.session.scalars(released)))


def is_open_to(actor: Actor, plank: Plank) -> bool:
    """Whether `actor` may read where the groups stand on a plank; for members it takes no query."""
    if actor.is_member or plank.number is None:
        return actor.is_member and plank.number is not None
    released = select(BracketRelease.group).where(BracketRelease.version_id == plank.working_version_id)
    return is_released(frozenset(db.session.scalars(released)), GROUP_KEYS)


def decisions_on(plank: Plank) -> dict[str, list[Decision]]:
    """What each group decided on the plank's versions, the newest version first, by group key."""
    query = (
        select(Stance.group, Stance.kind, Stance.units, Version.number, Version.minor, Version.units, is_paused())
        .join(Version, Version.id == Stance.version_id)
        .where(Stance.plank_id == plank.id, is_last_word())
        .order_by(Version.number.desc(), Version.minor.desc())
    )
    found: dict[str, list[Decision]] = defaultdict(list)
    for group, kind, left_out, number, minor, units, paused in db.session.execute(query):
        words = {unit.unit_id: words_of(unit) for unit in units}
        name = f"{number}.{minor}" if minor else str(number)
        found[group].append(Decision(name, kind, words, left_out, is_paused=paused))
    return found


def stances_on(plank: Plank) -> Sequence[Stance]:
    """All that the groups decided on a plank's versions, oldest first, with what their conditions came to."""
    query = (
        select(Stance)
        .where(Stance.plank_id == plank.id)
        .options(joinedload(Stance.version))
        .order_by(Stance.decided_at, Stance.id)
    )
    return db.session.scalars(query).all()


def words_of(unit: Unit) -> tuple[str, str, int]:
    """What of a unit a decision is about: what it is and what it says, wherever it stands."""
    return unit.kind, unit.markdown, unit.level


def readings_before(version: Version, moment: datetime) -> dict[str, Mapping[Reading, int]]:
    """How many members of each group read the version how, by group key, of those who did so before a moment."""
    query = (
        select(TemperatureReading.group, TemperatureReading.reading, func.count())
        .where(TemperatureReading.version_id == version.id, TemperatureReading.read_at < moment)
        .group_by(TemperatureReading.group, TemperatureReading.reading)
    )
    found: dict[str, dict[Reading, int]] = defaultdict(dict)
    for group, reading, number in db.session.execute(query):
        found[group][reading] = number
    return dict(found)


def own_reading(version: Version, actor: Actor) -> Reading | None:
    """What the person asking has said of a version."""
    own = db.session.get(TemperatureReading, (version.id, actor.person_id)) if actor.person_id else None
    return own.reading if own else None


def releases_of(version: Version) -> Sequence[BracketRelease]:
    """The releases of a version so far."""
    return db.session.scalars(select(BracketRelease).where(BracketRelease.version_id == version.id)).all()
