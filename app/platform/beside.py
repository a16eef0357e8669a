"""What there is about a plank and how many amendments it has: one short question before the long ones of its page."""

from functools import cache
from typing import Any

from sqlalchemy import Select

from app.amendments import queries as amendments
from app.extensions import db
from app.models import Plank
from app.planks import at_hand
from app.planks.at_hand import AtHand
from policies.permissions import Actor


def at_hand_and_amendments(plank: Plank, actor: Actor) -> tuple[AtHand, int]:
    """What there is, and how many amendments, within what `actor` may see."""
    query = _question(is_known=actor.person_id is not None, is_member=actor.is_member)
    *there, counted = db.session.execute(query, {"plank": plank.id, "person": actor.person_id}).one()
    return at_hand.read(there), counted


@cache
def _question(*, is_known: bool, is_member: bool) -> Select[*tuple[Any, ...]]:
    counted = amendments.counting(is_known=is_known, is_member=is_member)
    question: Select[*tuple[Any, ...]] = at_hand.question(is_known=is_known, is_member=is_member)
    return question.add_columns(counted.scalar_subquery())
