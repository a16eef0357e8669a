"""Who waits to become a member, who is one, and who was invited: each clerk sees the own group alone."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, Select, and_, exists, func, or_, select
from sqlalchemy.orm import aliased, joinedload

from app import clock
from app.extensions import db
from app.models import Delegacy, Enquiry, LaunchStatement, Membership, Mp, Operator, Person
from policies.applications import ANSWERED_WITHIN, REFUSED_KEPT
from policies.errors import NotThere
from policies.groups import Group
from policies.membership import LASTING, UNPROVEN, UNPROVEN_KEPT, MembershipStage
from policies.permissions import Actor

# So many of a queue stand on the page; the next come up as these are decided.
LONGEST = 100


def of_own_group(actor: Actor, key: str) -> Membership:
    """A membership of the clerk's own group; raises `NotThere` for any other."""
    query = _memberships(actor.group).where(Membership.key == key)
    found = db.session.scalars(query).unique().one_or_none() if actor.is_clerk else None
    if found is None:
        raise NotThere("There is no such person in your group. Look at the list of members.")
    return found


def waiting(group: str | None) -> Sequence[Membership]:
    """Those who proved their address and wait for a clerk, also those who are asked, the longest waiting first."""
    query = _memberships(group).where(Membership.stage == MembershipStage.VERIFIED)
    return db.session.scalars(query.order_by(Membership.verified_at).limit(LONGEST)).unique().all()


def how_many(group: str | None, stage: MembershipStage) -> int:
    """How many of a group are at this stage."""
    query = select(func.count()).where(Membership.group == group, Membership.stage == stage)
    return db.session.scalar(query) or 0


def count_waiting(group: str | None) -> int:
    """How many wait for a clerk: whoever is asked something is waited for instead, for two weeks."""
    query = select(func.count()).where(Membership.group == group, Membership.stage == MembershipStage.VERIFIED)
    asked = exists().where(
        Enquiry.membership_id == Membership.id,
        Enquiry.answered_at.is_(None),
        Enquiry.asked_at > clock.now() - ANSWERED_WITHIN,
    )
    return db.session.scalar(query.where(~asked)) or 0


def enquiries(memberships: Sequence[Membership]) -> Sequence[Enquiry]:
    """What these were asked, the first question first; one query, however many they are."""
    query = select(Enquiry).where(Enquiry.membership_id.in_([one.id for one in memberships]))
    return db.session.scalars(query.order_by(Enquiry.membership_id, Enquiry.number)).all()


def question_to(membership: Membership) -> Enquiry:
    """What a person was asked and can answer; raises `NotThere` where there is nothing."""
    query = select(Enquiry).where(Enquiry.membership_id == membership.id, Enquiry.answered_at.is_(None))
    found = db.session.scalars(query.order_by(Enquiry.number.desc()).limit(1)).one_or_none()
    if found is None or membership.stage is not MembershipStage.VERIFIED:
        raise NotThere("The group’s clerks ask you nothing now. Your account’s page says how you stand.")
    return found


def statement(group: Group) -> LaunchStatement | None:
    """The launch statement of a group that stands."""
    query = select(LaunchStatement).where(LaunchStatement.group == group.key)
    return db.session.scalars(query.order_by(LaunchStatement.number.desc()).limit(1)).one_or_none()


def openings() -> dict[str, str]:
    """The words of the launch statements that stand, by group; one query."""
    last = select(LaunchStatement.group, func.max(LaunchStatement.number)).group_by(LaunchStatement.group).subquery()
    is_last = (LaunchStatement.group == last.c[0]) & (LaunchStatement.number == last.c[1])
    query = select(LaunchStatement.group, LaunchStatement.text).join(last, is_last)
    return {row[0]: row[1] for row in db.session.execute(query)}


def invited(group: str | None) -> Sequence[Membership]:
    """Those who have not answered their invitation, newest first."""
    query = _memberships(group).where(Membership.stage == MembershipStage.INVITED)
    return db.session.scalars(query.order_by(Membership.asked_at.desc()).limit(LONGEST)).unique().all()


def active(group: str | None) -> Select[Membership]:
    """The members of a group, clerks first, then by name."""
    query = _memberships(group).where(Membership.stage == MembershipStage.ACTIVE)
    return query.order_by(Membership.is_clerk.desc(), func.lower(Person.name), Membership.id)


def lasting(person: Person, group: str) -> Membership | None:
    """The one membership of a person in a group that is, or may become, active."""
    query = select(Membership).where(
        Membership.person_id == person.id, Membership.group == group, Membership.stage.in_(LASTING)
    )
    return db.session.scalars(query).one_or_none()


def to_forget(now: datetime) -> Sequence[int]:
    """The ids of applications and invitations of which nothing may be kept any longer: not proven, refused, ended."""
    query = select(Membership.id).where(or_(_unproven(now), _refused(now), _taken_back()))
    return db.session.scalars(query.order_by(Membership.id)).all()


def is_known_by_nothing_else(person: Person) -> bool:
    """Whether all we know of somebody is applications and invitations that came to nothing."""
    other = aliased(Membership)
    kept = exists().where(other.person_id == person.id, other.stage != MembershipStage.ERASED)
    sits = exists().where(Mp.person_id == person.id)
    drafts = exists().where(Delegacy.person_id == person.id, Delegacy.ended_at.is_(None))
    runs = exists().where(Operator.person_id == person.id)
    return not db.session.scalar(select(or_(kept, sits, drafts, runs)))


def _unproven(now: datetime) -> ColumnElement[bool]:
    return and_(Membership.stage.in_(UNPROVEN), Membership.asked_at <= now - UNPROVEN_KEPT)


def _refused(now: datetime) -> ColumnElement[bool]:
    was_refused = and_(Membership.stage == MembershipStage.REMOVED, Membership.active_since.is_(None))
    return and_(was_refused, Membership.refused_at <= now - REFUSED_KEPT)


def _taken_back() -> ColumnElement[bool]:
    """Ended by the applicant before any clerk decided."""
    return and_(Membership.stage == MembershipStage.LEFT, Membership.active_since.is_(None))


def _memberships(group: str | None) -> Select[Membership]:
    return (
        select(Membership)
        .join(Person, Person.id == Membership.person_id)
        .options(joinedload(Membership.person))
        .where(Membership.group == group)
    )
