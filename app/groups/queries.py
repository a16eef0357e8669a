"""What a group says of itself, now and earlier. What it decided is in `decisions`."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Select, func, select

from app.extensions import db
from app.models import GroupPage, LaunchStatement
from policies.errors import NotThere
from policies.groups import Group, group_named
from policies.permissions import Actor, GroupFacts

LONGEST_CHOICE = 100


@dataclass(frozen=True)
class GroupAsked:
    """The group in the address."""

    group: Group

    def facts_for(self, _actor: Actor) -> GroupFacts:
        """This group as the permissions see one."""
        return GroupFacts(self.group.key)


@dataclass(frozen=True)
class StatementAsked(GroupAsked):
    """One of its launch statements."""

    statement: LaunchStatement


def asked(_actor: Actor, group: str) -> GroupAsked:
    """The group with this key; raises `NotThere`."""
    return GroupAsked(group_named(group))


def statement_asked(_actor: Actor, group: str, number: int) -> StatementAsked:
    """One version of a group's launch statement; raises `NotThere`."""
    found = group_named(group)
    return StatementAsked(found, statement(found, number))


def statement(group: Group, number: int) -> LaunchStatement:
    """The same, for a group that is known."""
    query = select(LaunchStatement).where(LaunchStatement.group == group.key, LaunchStatement.number == number)
    found = db.session.scalars(query).one_or_none()
    if found is None:
        raise NotThere("This group has published no such statement. Its list of statements names those there are.")
    return found


def statements(group: Group) -> Select[LaunchStatement]:
    """All versions of a group's launch statement, newest first."""
    query = select(LaunchStatement).where(LaunchStatement.group == group.key)
    return query.order_by(LaunchStatement.number.desc())


def newest(group: Group) -> LaunchStatement | None:
    """The launch statement that stands."""
    return db.session.scalars(statements(group).limit(1)).one_or_none()


def newest_number(group: Group) -> int:
    """Its number; 0 before there is one."""
    return db.session.scalar(select(func.max(LaunchStatement.number)).where(LaunchStatement.group == group.key)) or 0


def newest_of_all() -> dict[str, LaunchStatement]:
    """The launch statements that stand, by group key; one query."""
    last = select(LaunchStatement.group, func.max(LaunchStatement.number)).group_by(LaunchStatement.group).subquery()
    query = select(LaunchStatement).join(
        last, (LaunchStatement.group == last.c[0]) & (LaunchStatement.number == last.c[1])
    )
    return {found.group: found for found in db.session.scalars(query)}


def to_choose_from(group: Group) -> Sequence[LaunchStatement]:
    """The versions that a comparison offers: the newest, as many as a list can hold."""
    return db.session.scalars(statements(group).limit(LONGEST_CHOICE)).all()


def page(group: Group) -> GroupPage | None:
    """What else the group's clerks keep on its page; None before they did."""
    return db.session.scalars(select(GroupPage).where(GroupPage.group == group.key)).one_or_none()
