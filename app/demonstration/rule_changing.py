"""The demonstration's clerks change standing orders: one change holds by now, another waits for a second clerk."""

from dataclasses import replace
from datetime import timedelta
from fractions import Fraction

from app.demonstration.members import Cast
from app.extensions import db
from app.models import OrdersChange
from app.orders import queries, service
from app.web.transactions import transaction
from policies.groups import group_named

TOMORROW, NEXT_MONTH = timedelta(days=1), timedelta(days=30)


def hear_minorities(cast: Cast) -> None:
    """Liberal Democrat clerks agree that smaller minorities are kept, and that the same words rest for longer."""
    group = group_named("lib_dem")
    with transaction():
        newest, since = queries.newest(group.key), queries.today() + TOMORROW
        proposed = replace(newest, since=since, minority=Fraction(1, 5), retabling_after=timedelta(days=45))
        reason = "Those who lose a vote should be read for longer, and not be asked again at once."
        number = service.propose(group, proposed, reason, by=cast.clerk(group.key)).id
    with transaction():
        service.confirm(db.session.get_one(OrdersChange, number), by=cast.clerk(group.key, 2))


def give_more_notice(cast: Cast) -> None:
    """A Green clerk proposes a longer notice; nobody has confirmed it yet."""
    group = group_named("green")
    with transaction():
        newest, since = queries.newest(group.key), queries.today() + NEXT_MONTH
        reason = "Three days are too few for a local group to meet."
        service.propose(group, replace(newest, since=since, notice=timedelta(days=5)), reason, by=cast.clerk(group.key))
