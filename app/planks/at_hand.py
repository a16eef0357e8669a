"""What there is at all about a plank, asked in one short question before the long ones of its page.

Most planks were never ruled on, combined or argued about: then the long questions are not asked. Each part says too
much rather than too little: where it says yes, the long question decides what may be seen.
"""

from dataclasses import dataclass
from functools import cache

from sqlalchemy import BindParameter, Select, bindparam, exists, select

from app.extensions import db
from app.models import Amendment, Argument, CompositeOriginal, Follow, Plank, RegisteredRuling, Round, Ruling, Version
from policies.permissions import Actor


@dataclass(frozen=True)
class AtHand:
    """Whether there is such a thing of a plank."""

    is_followed: bool
    """By the person who asks."""
    said_by_clerks: bool
    rulings: bool
    composites: bool
    arguments: bool
    amendments: bool
    rounds: bool


def at_hand(plank: Plank, actor: Actor) -> AtHand:
    """What there is of a plank at this moment."""
    found = db.session.execute(_question(), {"plank": plank.id, "person": actor.person_id}).one()
    return AtHand(*(bool(one) for one in found))


@cache
def _question() -> Select[bool, bool, bool, bool, bool, bool, bool]:
    """Put together once: that takes longer than the answer."""
    plank: BindParameter[int] = bindparam("plank")
    return select(
        exists().where(Follow.plank_id == plank, Follow.person_id == bindparam("person")),
        exists().where(Ruling.plank_id == plank),
        exists().where(RegisteredRuling.plank_id == plank),
        exists().where(CompositeOriginal.plank_id == plank),
        exists().where(Argument.version_id == Version.id, Version.plank_id == plank),
        exists().where(Amendment.plank_id == plank),
        exists().where(Round.plank_id == plank),
    )
