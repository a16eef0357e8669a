"""Finding people and counting who may vote."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select

from app import clock
from app.extensions import db
from app.models import Membership, Mp, Person
from policies.errors import NotThere
from policies.membership import MembershipStage

MOST_OFFERED = 200


def demonstration_people() -> Sequence[Person]:
    """The people one can sign in as on a demonstration: those offered who are members now, the first to join first."""
    query = (
        select(Person)
        .join(Membership)
        .where(Person.is_offered, Membership.stage == MembershipStage.ACTIVE)
        .order_by(Person.id)
        .limit(MOST_OFFERED)
    )
    return db.session.scalars(query).unique().all() if clock.is_demonstration() else ()


def demonstration_mps() -> Sequence[Person]:
    """The made-up MPs one can sign in as on a demonstration, those who sit now, by the order they came in."""
    query = select(Person).join(Mp).where(Person.is_offered, Mp.left_at.is_(None)).order_by(Person.id)
    return db.session.scalars(query.limit(MOST_OFFERED)).unique().all() if clock.is_demonstration() else ()


def voters_in_the_background(group: str, limit: int) -> Sequence[Person]:
    """Made-up members of a group that nobody signs in as."""
    query = (
        select(Person)
        .join(Membership)
        .where(Person.is_demonstration, ~Person.is_offered, Membership.group == group)
        .where(Membership.stage == MembershipStage.ACTIVE)
        .order_by(Person.id)
        .limit(limit)
    )
    return db.session.scalars(query).unique().all()


def demonstration_person(asked: str) -> Person:
    """The demonstration member or MP asked for; raises `NotThere` for all others, and outside a demonstration."""
    found = db.session.get(Person, int(asked)) if asked.isascii() and asked.isdigit() and len(asked) < 10 else None
    is_somebody = found is not None and (found.membership is not None or found.actor.is_mp)
    if found is None or not is_somebody or not found.is_offered or not clock.is_demonstration():
        raise NotThere("There is no such demonstration member. Choose one from the sign-in page.")
    return found


def qualified(group: str, active_by: datetime) -> list[int]:
    """The ids of the members of `group` who have been active since `active_by` or earlier: its roll."""
    query = select(Membership.person_id).where(
        Membership.group == group, Membership.stage == MembershipStage.ACTIVE, Membership.active_since <= active_by
    )
    return list(db.session.scalars(query.order_by(Membership.person_id)))
