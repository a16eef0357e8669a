"""Who is asking, as the rulebook sees them. Rights are read from the database at each request."""

from flask_login import current_user

from app.extensions import db
from app.models import Person
from policies.permissions import VISITOR, Actor


def current_actor() -> Actor:
    """The actor of this request; a visitor where nobody is signed in."""
    if not current_user.is_authenticated:
        return VISITOR
    actor: Actor = current_user.actor
    return actor


def current_person() -> Person:
    """The row of the person signed in, with what this session has shown."""
    person = db.session.get_one(Person, current_user.id)
    person.session_key, person.proofs = current_user.session_key, current_user.proofs
    return person


def start_page_of(actor: Actor) -> str:
    """The endpoint of the page somebody comes to first: to-do list, brief, the machine, or the account."""
    if actor.is_member:
        return "desk.to_do"
    if actor.is_operator:
        return "operators.show"
    return "mps.brief" if actor.office is not None else "people.account"


def own_made_up_name() -> str:
    """The name of the made-up person who asks; empty for everybody else."""
    if not current_user.is_authenticated or not current_user.is_demonstration:
        return ""
    name: str = current_user.name
    return name
