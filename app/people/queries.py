"""Finding people and counting who may vote."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select

from app import clock
from app.extensions import db
from app.models import Membership, Person
from policies.errors import NotThere
from policies.membership import MembershipStage


def person(person_id: int) -> Person | None:
    """The person of a session, with the memberships that give rights."""
    return db.session.get(Person, person_id)


def demonstration_people() -> Sequence[Person]:
    """The people one can sign in as on a demonstration, clerks first in each group."""
    query = (
        select(Person)
        .join(Membership)
        .where(Person.is_offered)
        .order_by(Membership.group, Membership.is_clerk.desc(), Person.id)
        .limit(60)
    )
    return db.session.scalars(query).unique().all()


def voters_in_the_background(group: str, limit: int) -> Sequence[Person]:
    """Made-up members of a group that nobody signs in as."""
    query = (
        select(Person)
        .join(Membership)
        .where(Person.is_demonstration, ~Person.is_offered, Membership.group == group)
        .order_by(Person.id)
        .limit(limit)
    )
    return db.session.scalars(query).unique().all()


def demonstration_person(asked: str) -> Person:
    """The demonstration member asked for; raises `NotThere` for anybody else, and where this is no demonstration."""
    found = db.session.get(Person, int(asked)) if asked.isascii() and asked.isdigit() and len(asked) < 10 else None
    if found is None or not found.is_offered or not clock.is_demonstration():
        raise NotThere("There is no such demonstration member. Choose one from the sign-in page.")
    return found


def qualified(group: str, active_by: datetime) -> list[int]:
    """The ids of the members of `group` who have been active since `active_by` or earlier: its roll."""
    query = select(Membership.person_id).where(
        Membership.group == group, Membership.stage == MembershipStage.ACTIVE, Membership.active_since <= active_by
    )
    return list(db.session.scalars(query.order_by(Membership.person_id)))
