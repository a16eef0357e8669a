"""Finding people and counting who may vote."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, select

from app import clock
from app.extensions import db
from app.models import Delegacy, Enquiry, Membership, Mp, Operator, Person
from policies.errors import NotThere
from policies.membership import SIGNS_IN, MembershipStage
from policies.permissions import Actor

MOST_OFFERED = 200


def demonstration_people() -> Sequence[Person]:
    """The people one can sign in as on a demonstration: those offered who are or were members, the first first."""
    query = (
        select(Person)
        .join(Membership, Membership.person_id == Person.id)
        .where(Person.is_offered, Membership.stage.in_(SIGNS_IN))
        .order_by(Person.id)
        .limit(MOST_OFFERED)
    )
    return db.session.scalars(query).unique().all() if clock.is_demonstration() else ()


def demonstration_mps() -> Sequence[Person]:
    """The made-up MPs one can sign in as on a demonstration, those who sit now, by the order they came in."""
    query = (
        select(Person)
        .join(Mp, Mp.person_id == Person.id)
        .where(Person.is_offered, Mp.left_at.is_(None))
        .order_by(Person.id)
    )
    return db.session.scalars(query.limit(MOST_OFFERED)).unique().all() if clock.is_demonstration() else ()


def demonstration_delegates() -> Sequence[Person]:
    """The made-up delegates of MPs one can sign in as on a demonstration."""
    query = select(Person).join(Delegacy, Delegacy.person_id == Person.id).where(Person.is_offered)
    query = query.where(Delegacy.ended_at.is_(None)).order_by(Person.id).limit(MOST_OFFERED)
    return db.session.scalars(query).unique().all() if clock.is_demonstration() else ()


def voters_in_the_background(group: str, limit: int) -> Sequence[Person]:
    """Made-up members of a group that nobody signs in as, those left out who joined a demonstration by mail."""
    query = (
        select(Person)
        .join(Membership, Membership.person_id == Person.id)
        .where(Person.is_demonstration, ~Person.is_offered, Membership.group == group)
        .where(Membership.stage == MembershipStage.ACTIVE, Membership.verified_at.is_(None))
        .order_by(Person.id)
        .limit(limit)
    )
    return db.session.scalars(query).unique().all()


def demonstration_person(asked: str) -> Person:
    """The demonstration member or MP asked for; raises `NotThere` for all others, and outside a demonstration."""
    found = db.session.get(Person, int(asked)) if asked.isascii() and asked.isdigit() and len(asked) < 10 else None
    is_somebody = found is not None and (found.last_membership is not None or found.actor.office is not None)
    if found is None or not is_somebody or not found.is_offered or not clock.is_demonstration():
        raise NotThere("There is no such demonstration member. Choose one from the sign-in page.")
    return found


def with_address(address: str) -> Person | None:
    """The person with this address, in canonical form."""
    return db.session.scalars(select(Person).where(Person.email == address)).one_or_none()


def id_with_address(address: str) -> int | None:
    """That person's id; one statement, whether there is anybody or not."""
    return db.session.scalar(select(Person.id).where(Person.email == address))


def require_with_address(address: str) -> Person:
    """The same; raises `NotThere` where there is nobody, as after an account was erased."""
    person = with_address(address)
    if person is None:
        raise NotThere("There is no account with this address any more. See how to join a group.")
    return person


def person(actor: Actor) -> Person:
    """The person behind an actor who is signed in."""
    return db.session.get_one(Person, actor.person_id)


def own_memberships(actor: Actor) -> Sequence[Membership]:
    """What a person belongs to, belonged to, or has asked to belong to, newest first."""
    query = select(Membership).where(Membership.person_id == actor.person_id).order_by(Membership.id.desc())
    return db.session.scalars(query.where(Membership.stage != MembershipStage.ERASED).limit(20)).all()


def is_asked(membership: Membership) -> bool:
    """Whether a clerk of the group has asked an applicant something and has no answer yet."""
    if membership.stage is not MembershipStage.VERIFIED:
        return False
    asked = select(Enquiry.id).where(Enquiry.membership_id == membership.id, Enquiry.answered_at.is_(None))
    return db.session.scalar(asked.limit(1)) is not None


def own_membership(actor: Actor, key: str) -> Membership:
    """The membership at an address; raises `NotThere`, for anybody else's as well."""
    query = select(Membership).where(Membership.key == key, Membership.person_id == actor.person_id)
    found = db.session.scalars(query).one_or_none()
    if found is None:
        raise NotThere("There is no such membership of yours. Your account’s page lists those there are.")
    return found


def other_clerks(membership: Membership) -> int:
    """How many other clerks the group of a membership has."""
    query = select(func.count()).where(Membership.group == membership.group, Membership.id != membership.id)
    return db.session.scalar(query.where(Membership.is_clerk, Membership.stage == MembershipStage.ACTIVE)) or 0


def clerks_by_group() -> dict[str, frozenset[int]]:
    """The persons who are clerks now, by group."""
    query = select(Membership.group, Membership.person_id).where(Membership.is_clerk)
    found: dict[str, frozenset[int]] = defaultdict(frozenset)
    for group, person_id in db.session.execute(query.where(Membership.stage == MembershipStage.ACTIVE)):
        found[group] |= {person_id}
    return found


def count_clerks(group: str) -> int:
    """How many clerks a group has."""
    return len(clerks_by_group()[group])


def qualified(group: str, active_by: datetime) -> list[int]:
    """The ids of the members of `group` who have been active since `active_by` or earlier: its roll.

    Neither an MP nor an operator votes in a group, so neither stands on a roll and raises a quorum.
    """
    query = select(Membership.person_id).where(
        Membership.group == group, Membership.stage == MembershipStage.ACTIVE, Membership.active_since <= active_by
    )
    query = query.where(Membership.person_id.not_in(select(Mp.person_id).where(Mp.person_id.is_not(None))))
    query = query.where(
        Membership.person_id.not_in(select(Operator.person_id).where(Operator.confirmed_at.is_not(None)))
    )
    return list(db.session.scalars(query.order_by(Membership.person_id)))
