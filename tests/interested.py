"""People of no party who have registered interest, through the services, as they would."""

from sqlalchemy import select

from app.extensions import db
from app.interest import service as interest
from app.models import Mail
from app.people import links
from app.web.transactions import transaction
from policies.interest import ConsentPurpose
from policies.links import Purpose


def asked_to_hear(address: str, *purposes: ConsentPurpose, name: str = "") -> str:
    """Somebody who registered interest and has not confirmed it; returns the secret of the link in the letter."""
    with transaction():
        interest.register(name, address, purposes)
    with transaction():
        query = select(Mail).where(Mail.address == address, Mail.letter == interest.ASKING).order_by(Mail.id.desc())
        letter = db.session.scalars(query.limit(1)).one()
        return letter.body.split("/interest/confirm/")[1].split()[0]


def supporter(address: str, *purposes: ConsentPurpose, name: str = "") -> str:
    """Somebody who registered interest and confirmed it; returns the key to their choices."""
    secret = asked_to_hear(address, *purposes, name=name)
    with transaction():
        found = interest.confirm(links.opened(secret, Purpose.INTEREST), address)
        assert found is not None
        return found.key
