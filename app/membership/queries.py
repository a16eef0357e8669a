"""Which memberships lapse, and which removals wait for whom."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import and_, exists, func, or_, select
from sqlalchemy.orm import aliased, joinedload

from app.extensions import db
from app.models import Membership, Removal
from app.people import queries as people
from app.people import reminding
from policies.errors import NotThere
from policies.groups import GROUP_KEYS
from policies.membership import MAY_STILL_VOTE, MembershipStage
from policies.permissions import Actor
from policies.removals import RUNNING, TOLD, WAITS, RemovalStage
from policies.two_persons import Matter, may_confirm

LONGEST = 50

Clerks = Mapping[str, frozenset[int]]


def overdue(now: datetime) -> Sequence[int]:
    """The ids of memberships whose time is over. That of a group's only clerk runs on until there is another one."""
    other = aliased(Membership)
    has_other = exists().where(
        other.group == Membership.group,
        other.id != Membership.id,
        other.is_clerk,
        other.stage == MembershipStage.ACTIVE,
    )
    query = select(Membership.id).where(Membership.stage == MembershipStage.ACTIVE, Membership.runs_until <= now)
    return db.session.scalars(query.where(or_(~Membership.is_clerk, has_other)).order_by(Membership.id)).all()


def to_remind(now: datetime) -> Sequence[int]:
    """The ids of memberships that lapse soon, whose members were not reminded yet."""
    return reminding.due(Membership.runs_until, now)


def to_settle(now: datetime) -> Sequence[int]:
    """The ids of removals whose time for the next word is over, or whose membership has ended otherwise."""
    since = func.coalesce(Removal.appealed_at, Removal.confirmed_at, Removal.proposed_at)
    is_proposed = Removal.stage == RemovalStage.PROPOSED
    without_ground = or_(
        and_(is_proposed, Membership.stage.not_in(MAY_STILL_VOTE)),
        and_(~is_proposed, Membership.stage != MembershipStage.SUSPENDED),
    )
    query = select(Removal.id).join(Membership, Membership.id == Removal.membership_id)
    query = query.where(Removal.ended_at.is_(None), or_(since <= now - WAITS, without_ground))
    return db.session.scalars(query.order_by(Removal.id)).all()


def running(membership: Membership) -> Removal | None:
    """The removal of a member that has not ended."""
    query = select(Removal).where(Removal.membership_id == membership.id, Removal.ended_at.is_(None))
    return db.session.scalars(query).one_or_none()


def matter_of(removal: Removal, clerks: Clerks | None = None) -> Matter:
    """Who has to do with a removal, as the rule of two persons sees it. `clerks` are those of all groups, if read."""
    of_group = (clerks or people.clerks_by_group())[removal.group]
    return Matter(removal.group, removal.proposed_by_id, removal.membership.person_id, of_group)


def for_clerk(actor: Actor, key: str) -> Removal:
    """A removal that a clerk may look at: of another member of the own group, or one that waits for this clerk.

    Raises `NotThere` for all others, and for the own one: its member is told once two clerks have said so.
    """
    found = db.session.scalars(select(Removal).where(Removal.key == key)).one_or_none() if actor.is_clerk else None
    if found is None or not (_is_of_own_group(found, actor) or awaits(found, actor)):
        raise NotThere("There is no such removal that you can decide on. The clerk’s desk lists those that wait.")
    return found


def own(actor: Actor, key: str) -> Removal:
    """The newest removal of one's own membership, once one was told of it; raises `NotThere`."""
    query = select(Removal).join(Membership, Membership.id == Removal.membership_id)
    query = query.where(Membership.key == key, Membership.person_id == actor.person_id, Removal.stage.in_(TOLD))
    found = db.session.scalars(query.order_by(Removal.id.desc()).limit(1)).one_or_none()
    if found is None:
        raise NotThere("There is no removal of this membership. Your account’s page says how it stands.")
    return found


def awaits(removal: Removal, actor: Actor, clerks: Clerks | None = None) -> bool:
    """Whether it is this clerk's to confirm, or to answer for the own group on appeal."""
    person = actor.person_id
    if removal.stage is RemovalStage.PROPOSED:
        return may_confirm(matter_of(removal, clerks), actor.group, person)
    has_part = person in {removal.membership.person_id, removal.proposed_by_id, removal.confirmed_by_id}
    return removal.stage is RemovalStage.APPEALED and actor.group != removal.group and not has_part


def before(actor: Actor) -> tuple[Sequence[Removal], Sequence[Removal]]:
    """The running removals that wait for this clerk, the oldest first; and the others of the own group, the clerk's own
    left out."""
    query = select(Removal).join(Membership, Membership.id == Removal.membership_id).options(joinedload(Removal.words))
    query = query.where(Removal.stage.in_(RUNNING)).order_by(Removal.id).limit(LONGEST)
    found = db.session.scalars(query).unique().all()
    # Asked in any case, with the words in one: how many questions a desk takes tells nothing of other groups' removals.
    clerks = people.clerks_by_group()
    waiting = [one for one in found if awaits(one, actor, clerks) and not _has_spoken(one, actor)]
    return waiting, [one for one in found if one not in waiting and _is_of_own_group(one, actor)]


def named(removals: Sequence[Removal], actor: Actor) -> list[int]:
    """Whose names a clerk is told with these: those of the own group alone."""
    return [one.membership.person_id for one in removals if one.group == actor.group]


def other_groups(removal: Removal) -> list[str]:
    """The groups whose clerks decide on an appeal."""
    return [key for key in GROUP_KEYS if key != removal.group]


def _is_of_own_group(removal: Removal, actor: Actor) -> bool:
    return actor.group == removal.group and removal.membership.person_id != actor.person_id


def _has_spoken(removal: Removal, actor: Actor) -> bool:
    return removal.stage is RemovalStage.APPEALED and any(word.group == actor.group for word in removal.words)
