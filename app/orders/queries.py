"""Which standing orders hold, held and will hold; which a round runs under; what waits for another clerk."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select

from app import clock
from app.extensions import db
from app.models import Membership, OrdersChange, Round, RoundOrders
from policies import standing_orders
from policies.errors import NotThere
from policies.groups import GROUP_KEYS, Group, group_named
from policies.membership import MembershipStage
from policies.orders_changes import ChangeStage
from policies.permissions import Actor, GroupFacts
from policies.standing_orders import StandingOrders, holding_on


@dataclass(frozen=True)
class OrdersAsked:
    """The group in the address, whose standing orders are asked for."""

    group: Group

    def facts_for(self, _actor: Actor) -> GroupFacts:
        """This group as the permissions see one."""
        return GroupFacts(self.group.key)


def asked(_actor: Actor, group: str) -> OrdersAsked:
    """The group with this key; raises `NotThere`."""
    return OrdersAsked(group_named(group))


def change_asked(actor: Actor, group: str, number: int) -> OrdersChange:
    """A proposed change, which the clerks of its group alone can see; raises `NotThere`."""
    found = db.session.get(OrdersChange, number)
    if found is None or found.group != group or not actor.is_clerk or actor.group != group:
        raise NotThere("There is no such change of your group’s standing orders. Their page shows what waits.")
    return found


def today() -> date:
    """The day on which standing orders are read, in UTC."""
    return clock.now().date()


def versions() -> dict[str, list[StandingOrders]]:
    """Every version of every group's standing orders, the lowest number first; one query.

    The file is the version to begin with. What two clerks confirmed under a number stands, whatever a file says of it.
    """
    found = {key: {orders.version: orders} for key, orders in standing_orders.load().items()}
    for change in _confirmed():
        version = change.version or 0
        found[change.group][version] = change.orders_of(change.group, version)
    return {group: [known[number] for number in sorted(known)] for group, known in found.items()}


def newest(group: str) -> StandingOrders:
    """The last version of a group's standing orders, whether or not it has begun to hold."""
    return versions()[group][-1]


def current() -> dict[str, StandingOrders]:
    """What holds for each group today: a round prepared now runs under these."""
    return on_day(today())


def on_day(day: date) -> dict[str, StandingOrders]:
    """What held for each group on a day."""
    return {key: holding_on(known, day) for key, known in versions().items()}


def of_round(of_round: Round) -> dict[str, StandingOrders]:
    """What a round runs under, from its preparing on; one from before rounds kept them, what held on its day."""
    rows = db.session.scalars(select(RoundOrders).where(RoundOrders.round_id == of_round.id)).all()
    kept = {row.group: row.orders for row in rows}
    if all(group in kept for group in of_round.groups):
        return kept
    return {**on_day(of_round.prepared_at.date()), **kept}


def in_order(orders: dict[str, StandingOrders]) -> list[StandingOrders]:
    """The same in the order of the list of groups."""
    return [orders[key] for key in GROUP_KEYS if key in orders]


def confirmed_changes(group: Group) -> Sequence[OrdersChange]:
    """The changes that became versions of a group's standing orders, the newest first."""
    return [change for change in reversed(_confirmed()) if change.group == group.key]


def waiting(group: str | None) -> OrdersChange | None:
    """The change of a group's standing orders that waits for another clerk."""
    query = select(OrdersChange).where(OrdersChange.group == group, OrdersChange.stage == ChangeStage.WAITING)
    return db.session.scalars(query).one_or_none()


def last_decided(group: str) -> OrdersChange | None:
    """The change that was turned down or taken back last."""
    ended = (ChangeStage.TURNED_DOWN, ChangeStage.TAKEN_BACK)
    query = select(OrdersChange).where(OrdersChange.group == group, OrdersChange.stage.in_(ended))
    return db.session.scalars(query.order_by(OrdersChange.id.desc()).limit(1)).one_or_none()


def clerks_of(group: str) -> int:
    """How many clerks a group has."""
    query = select(func.count()).where(Membership.group == group, Membership.is_clerk)
    return db.session.scalar(query.where(Membership.stage == MembershipStage.ACTIVE)) or 0


def waits_since(actor: Actor) -> datetime | None:
    """Since when a change of the own group's standing orders waits; None where none does."""
    change = waiting(actor.group)
    return change.proposed_at if change else None


def _confirmed() -> Sequence[OrdersChange]:
    query = select(OrdersChange).where(OrdersChange.stage == ChangeStage.CONFIRMED)
    return db.session.scalars(query.order_by(OrdersChange.version)).all()
