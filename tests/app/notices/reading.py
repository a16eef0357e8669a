"""What was told and mailed, read back from the tables."""

from collections import Counter

from flask.testing import FlaskClient
from sqlalchemy import select

from app.extensions import db
from app.models import Mail, Notice
from app.web.transactions import transaction
from policies.notices import Channel, NoticeKind
from policies.permissions import Actor


def told(kind: NoticeKind) -> Counter[int]:
    """Who was told of a kind of thing, and how often."""
    with transaction():
        return Counter(db.session.scalars(select(Notice.person_id).where(Notice.kind == kind)))


def kinds_told(actor: Actor) -> list[NoticeKind]:
    """What somebody was told of, oldest first."""
    with transaction():
        return list(
            db.session.scalars(select(Notice.kind).where(Notice.person_id == actor.person_id).order_by(Notice.id))
        )


def mails_to(actor: Actor) -> list[Mail]:
    """The mails of notices to somebody, oldest first."""
    query = select(Mail).where(Mail.person_id == actor.person_id, Mail.letter.in_(("news", "needs_you")))
    with transaction():
        found = list(db.session.scalars(query.order_by(Mail.id)))
        db.session.expunge_all()
        return found


def choose(client: FlaskClient, **channels: Channel) -> int:
    """Send the settings' form with these kinds chosen; returns the status."""
    return client.post("/notices/settings", data=channels).status_code
