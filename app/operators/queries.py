"""Finding who was named to run the machine."""

from app.extensions import db
from app.models import Operator
from policies.errors import NotThere
from policies.permissions import Actor


def of_person(person_id: int | None) -> Operator | None:
    """What there is of this person as an operator, confirmed or not."""
    return None if person_id is None else db.session.get(Operator, person_id)


def own_naming(actor: Actor) -> Operator:
    """What the person who asks may confirm; raises `NotThere` for everybody who was not named, or confirmed already."""
    found = of_person(actor.person_id)
    if found is None or found.confirmed_at is not None:
        raise NotThere("There is nothing here to confirm.")
    return found
