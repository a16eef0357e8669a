"""Bringing about other standing orders, as two clerks of a group would."""

from dataclasses import replace
from datetime import timedelta
from fractions import Fraction

from app.extensions import db
from app.models import OrdersChange
from app.orders import queries, service
from app.web.transactions import transaction
from policies.groups import group_named
from policies.permissions import Actor
from tests import builders


def proposed(group: str = "green", *, by: Actor | None = None, **changes: object) -> int:
    """A change of a group's standing orders that one of its clerks proposed, from tomorrow on; returns its number."""
    by = by or builders.clerk(group)
    builders.clerk(group)
    with transaction():
        newest = queries.newest(group)
        since = max(newest.since, queries.today()) + timedelta(days=1)
        orders = replace(newest, **{"since": since, **(changes or {"threshold": Fraction(2, 3)})})
        return service.propose(group_named(group), orders, "We want more of us to agree.", by=by).id


def changed(group: str = "green", **changes: object) -> None:
    """Other standing orders of a group, which hold from now on: proposed, confirmed, and the day has come."""
    number, by = proposed(group, **changes), builders.clerk(group)
    with transaction():
        service.confirm(db.session.get_one(OrdersChange, number), by=by)
    builders.move_clock(days=1)
