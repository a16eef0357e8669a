"""Members who are signed in, and a round in which all of them may vote, in the database that is measured."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import timedelta

from itsdangerous import URLSafeTimedSerializer
from sqlalchemy import func, insert, select

from app import clock, create_app
from app.config import Settings
from app.extensions import db
from app.models import Ballot, Membership, Person, Plank, RollEntry, Round, RoundOrders
from app.models.orders import figures_of
from app.orders import queries as standing_orders
from app.people import sessions
from app.web.transactions import transaction
from bench.running import SECRET
from policies.ballots import RoundKind, RoundStage
from policies.endorsements import FormKind
from policies.groups import GROUP_KEYS
from policies.planks import Stage

# What Flask-Login notes of a browser that asks from this machine and does not say what it is, as wrk does not.
BROWSER = hashlib.sha512(b"127.0.0.1|None").hexdigest()


@dataclass(frozen=True)
class Voter:
    """A browser of a member: its cookie, and the token that its forms hold."""

    cookie: str
    token: str


def signed_in(url: str, number: int) -> list[Voter]:
    """So many members of the newest, each signed in with a browser."""
    app = create_app(Settings(database_url=url, secret_key=SECRET, environment="development", limits="off"))
    serializer = app.session_interface.get_signing_serializer(app)  # type: ignore[attr-defined]
    voters = []
    with app.app_context():
        with transaction():
            found = db.session.scalars(select(Person).order_by(Person.id.desc()).limit(number)).all()
            keys = [sessions.start(person).session_key for person in found]
        signs = URLSafeTimedSerializer(SECRET, salt="wtf-csrf-token")
        for key in keys:
            secret = secrets.token_hex(20)
            session = {"_permanent": True, "_user_id": key, "_fresh": True, "_id": BROWSER, "csrf_token": secret}
            voters.append(Voter(f"session={serializer.dumps(session)}", signs.dumps(secret)))
        db.session.remove()
        db.engine.dispose()
    return voters


def open_round(url: str) -> int:
    """A round on the last plank, open now, in which every member may vote; its number."""
    app = create_app(Settings(database_url=url, secret_key=SECRET, environment="development", limits="off"))
    with app.app_context():
        with transaction():
            number = _open_round()
        db.session.remove()
        db.engine.dispose()
    return number


def _open_round() -> int:
    now = clock.now()
    plank = db.session.scalars(select(Plank).order_by(Plank.id.desc()).limit(1)).unique().one()
    number = 1 + (db.session.scalar(select(func.max(Round.number))) or 0)
    made = Round(number=number, plank=plank, version=plank.working_version, kind=RoundKind.ENDORSEMENT)
    made.groups, made.stage, made.prepared_at = list(GROUP_KEYS), RoundStage.OPEN, now - timedelta(days=4)
    made.opens_at, made.closes_at = now - timedelta(days=1), now + timedelta(days=6)
    plank.stage = Stage.BALLOTING
    db.session.add(made)
    db.session.flush()
    for key, orders in standing_orders.current().items():
        db.session.add(RoundOrders(round_id=made.id, group=key, version=orders.version, **figures_of(orders)))
        who = db.session.scalars(select(Membership.person_id).where(Membership.group == key)).all()
        ballot = Ballot(round_id=made.id, group=key, form=FormKind.ENDORSE, orders_version=orders.version)
        ballot.quorum_mode, ballot.quorum, ballot.threshold = (
            orders.quorum_mode,
            str(orders.quorum),
            str(orders.threshold),
        )
        ballot.threshold_is_strict, ballot.minority = orders.threshold_is_strict, str(orders.minority)
        ballot.roll_size = len(who)
        db.session.add(ballot)
        db.session.flush()
        rows = [{"ballot_id": ballot.id, "person_id": one, "round_id": made.id} for one in who]
        db.session.execute(insert(RollEntry), rows)
    return number
