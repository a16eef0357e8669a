"""What there is about a plank, asked in one short question before the long ones of its page.

Most planks were never ruled on, combined or argued about: then the long questions are not asked. Each part says
what the reader may see and nothing else: a question more or less would tell of what is hidden.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import BindParameter, Select, bindparam, exists, or_, select, true
from sqlalchemy.orm import aliased

from app.extensions import db
from app.models import Argument, CompositeOriginal, Follow, Plank, RegisteredRuling, Round, Ruling, Version
from app.planks.queries import shown_to_reader
from policies.permissions import Actor
from policies.planks import GROUP_STAGES


@dataclass(frozen=True)
class AtHand:
    """Whether there is such a thing of a plank, within what the reader may see."""

    is_followed: bool
    """By the person who asks."""
    said_by_clerks: bool
    """What members alone are shown."""
    rulings: bool
    composites: bool
    arguments: bool
    rounds: bool


def at_hand(plank: Plank, actor: Actor) -> AtHand:
    """What there is of a plank at this moment."""
    asked = question(is_known=actor.person_id is not None, is_member=actor.is_member)
    return read(db.session.execute(asked, {"plank": plank.id, "person": actor.person_id}).one())


def read(row: Sequence[Any]) -> AtHand:
    """A row that answers `question`."""
    return AtHand(*(bool(one) for one in row))


@cache
def question(*, is_known: bool, is_member: bool) -> Select[bool, bool, bool, bool, bool, bool]:
    """Of the `plank` and the `person` it is asked with; put together once for each kind of reader, which takes longer
    than the answer."""
    plank: BindParameter[int] = bindparam("plank")
    person: BindParameter[int] = bindparam("person")
    composite = aliased(Plank)
    may_see = shown_to_reader(person if is_known else None, is_member=is_member, of=composite)
    may_know = or_(composite.number.is_not(None), composite.stage.in_(GROUP_STAGES))
    of_plank = CompositeOriginal.plank_id == plank
    can_be_read = (Argument.withdrawn_at.is_(None), Argument.hidden_at.is_(None))
    return select(
        exists().where(Follow.plank_id == plank, Follow.person_id == person),
        exists().where(Ruling.plank_id == plank),
        exists().where(RegisteredRuling.plank_id == plank, RegisteredRuling.amendment_id.is_(None)),
        exists().where(of_plank, CompositeOriginal.composite_id == composite.id, may_see, may_know),
        exists().where(Argument.version_id == Version.id, Version.plank_id == plank, *can_be_read),
        exists().where(Round.plank_id == plank, true() if is_member else Round.opens_at.is_not(None)),
    )
