"""Whom to tell: sets of people, each a question to the database, so that telling a thousand is one statement."""

from collections.abc import Sequence

from sqlalchemy import Select, and_, or_, select
from sqlalchemy.sql import ColumnElement

from app.models import AmendmentSecond, Follow, Membership, Person, PlankSecond, RollEntry
from policies.membership import MembershipStage

Audience = Select[int]


def one(person_id: int | None) -> Audience:
    """The mover of something; nobody where it has none, as what was imported."""
    return select(Person.id).where(Person.id == person_id)


def on_the_roll(round_id: int) -> Audience:
    """Everybody on the frozen rolls of a round, whether they have voted or not: nothing may depend on that."""
    return select(RollEntry.person_id).where(RollEntry.round_id == round_id)


def followers(plank_id: int) -> Audience:
    """Those who follow a plank."""
    return select(Follow.person_id).where(Follow.plank_id == plank_id)


def followers_of_group(plank_id: int, group: str) -> Audience:
    """Those of them who belong to one group."""
    members = select(Membership.person_id).where(Membership.stage == MembershipStage.ACTIVE, Membership.group == group)
    return followers(plank_id).where(Follow.person_id.in_(members))


def followers_not_voting(plank_id: int, round_id: int) -> Audience:
    """Those of them who do not vote in a round, and so are told of it by nothing else."""
    return followers(plank_id).where(Follow.person_id.not_in(on_the_roll(round_id)))


def voters_and_followers(plank_id: int, round_id: int) -> Audience:
    """Everybody whom the result of a round concerns."""
    either = or_(Person.id.in_(on_the_roll(round_id)), Person.id.in_(followers(plank_id)))
    return select(Person.id).where(either)


def clerks(group: str | None = None) -> Audience:
    """The clerks of one group, or of all."""
    query = select(Membership.person_id).where(Membership.is_clerk, Membership.stage == MembershipStage.ACTIVE)
    return query if group is None else query.where(Membership.group == group)


def clerks_elsewhere(group: str) -> Audience:
    """The clerks of all groups but one."""
    return clerks().where(Membership.group != group)


def seconders_of_plank(plank_id: int) -> Audience:
    """Those who seconded a plank."""
    return select(PlankSecond.person_id).where(PlankSecond.plank_id == plank_id)


def seconders_of_words(revision_ids: Sequence[int]) -> Audience:
    """Those who seconded an amendment in these revisions."""
    return select(AmendmentSecond.person_id).where(AmendmentSecond.revision_id.in_(revision_ids))


def can_be_told() -> ColumnElement[bool]:
    """Who reads notices: active members, but for the made-up voters that nobody can sign in as."""
    somebody = or_(~Person.is_demonstration, Person.is_offered, Membership.verified_at.is_not(None))
    return and_(Membership.stage == MembershipStage.ACTIVE, somebody)
