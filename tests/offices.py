"""The offices of MPs in tests: whom an MP has draft positions."""

from app.extensions import db
from app.models import Person
from app.mps import delegates
from app.web.transactions import transaction
from policies.permissions import Actor


def delegate(by: Actor, address: str = "delegate@example.org") -> Actor:
    """Somebody whom an MP invited to draft positions, and who accepted."""
    with transaction():
        assert delegates.accept(delegates.invite(address, by=by), address)
        return db.session.query(Person).filter_by(email=address).one().actor
