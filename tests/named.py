"""Having people show their names, as they would."""

from app.visibility import queries, service
from app.web.transactions import transaction
from policies.permissions import Actor
from policies.visibility import Choice, Reach, Role, reach_of


def show(role: Role, key: str, by: Actor, choice: Choice = Choice.EVERYBODY) -> None:
    """Somebody chooses who sees the own name on a thing, and has read who that is."""
    with transaction():
        own = queries.own_thing(by, role, key)
        service.choose(own, choice, reach_of(choice, own.general), by=by)


def show_in_general(reach: Reach, by: Actor) -> None:
    """Somebody chooses who sees the own name wherever "as in general" is chosen."""
    with transaction():
        service.choose_general(reach, reach, by=by)


def take_back(role: Role, key: str, by: Actor) -> None:
    """Somebody takes the own name back."""
    with transaction():
        service.take_back(queries.own_thing(by, role, key), by=by)
