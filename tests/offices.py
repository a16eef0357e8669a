"""The offices of MPs in tests: whom an MP has draft positions, and who says to be an MP."""

from datetime import timedelta

from app import clock
from app.extensions import db
from app.models import Mp, MpRequest, Person
from app.mps import delegates
from app.web.transactions import transaction
from policies.permissions import Actor


def delegate(by: Actor, address: str = "delegate@example.org") -> Actor:
    """Somebody whom an MP invited to draft positions, and who accepted."""
    with transaction():
        assert delegates.accept(delegates.invite(address, by=by), address)
        return db.session.query(Person).filter_by(email=address).one().actor


def registered_mp(name: str = "Demonstration Member of Nowhere", number: int = 1) -> int:
    """Somebody whom the register names, with no account; the name is plainly made up. Returns the number of the MP."""
    with transaction():
        mp = Mp(name=name, party="Labour", seat=f"Nowhere {number}", sought=name.lower(), came_at=clock.now())
        mp.register_id, mp.gss = f"made-up-{number}", f"E1400000{number}"
        db.session.add(mp)
        db.session.flush()
        return mp.id


def proven_request(address: str = "made.up.mp@parliament.uk") -> str:
    """Somebody has asked for the account of a registered MP and proven the address; returns the request's key."""
    mp_id = registered_mp()
    with transaction():
        now = clock.now()
        request = MpRequest(mp_id=mp_id, address=address, digest="a" * 64, asked_at=now, proven_at=now)
        request.expires_at = now + timedelta(days=2)
        db.session.add(request)
        db.session.flush()
        return request.key
