"""Each kind of text there is: reported in two clicks from its page, hidden there, and put back to the letter."""

from dataclasses import dataclass

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app import drawer
from app.extensions import db
from app.groups import service as groups
from app.models import (
    Amendment,
    AppealVoice,
    GroupPage,
    LaunchStatement,
    Model,
    Objection,
    Offer,
    OrdersChange,
    Plank,
    Position,
    ReferenceBack,
    RegisteredRuling,
    Round,
    Stance,
    Suspension,
    Version,
)
from app.moderation.finding import texts_on
from app.orders import service as orders_service
from app.rounds import joint
from app.rulings import appeals
from app.rulings import queries as ruling_queries
from app.rulings import service as rulings
from app.suspensions import service as suspensions
from app.web.transactions import transaction
from policies.endorsements import Form, FormKind
from policies.groups import group_named
from policies.moderation import CaseStage, Kind, Verdict
from policies.permissions import VISITOR, Actor
from policies.positions import PositionKind
from tests import builders, moderated, orders

SECRET = "Zebulon"


# The hours in which one can object to an amendment run anew once it is shown again.
ANEW = {"opened_at"}


@dataclass(frozen=True)
class Made:
    """A text with the secret in it: where it is read, the row it is in, and who reads it."""

    page: str
    model: type[Model]
    reader: Actor = VISITOR


def version() -> Made:
    """The words of a plank."""
    builders.open_plank(text=f"{builders.TEXT}\n{SECRET}\n")
    return Made("/planks/1", Version)


def reason() -> Made:
    """Why its mover proposes it."""
    builders.open_plank(reason=SECRET)
    return Made("/planks/1?view=history", Plank)


def amendment() -> Made:
    """What an amendment would have the text say."""
    builders.open_amendment(builders.open_plank(), builders.member("labour"), "by 2030.", f"by 2031. {SECRET}")
    return Made("/amendments/P1-A1", Amendment)


def objection() -> Made:
    """Why somebody objects to one."""
    builders.objected(builders.open_amendment(builders.open_plank(), builders.member("labour"), "2030", "2031"), SECRET)
    return Made("/amendments/P1-A1", Objection)


def offer() -> Made:
    """Another wording, for the mover it is offered to."""
    mover = builders.member("labour")
    opened = builders.open_amendment(builders.open_plank(), mover, "2030", "2035")
    row = builders.offered(opened, builders.member("green"), "2035", "2032", SECRET)
    with transaction():
        return Made(f"/offers/{builders.offer(row).key}", Offer, mover)


def statement() -> Made:
    """What a group says of itself."""
    builders.statement("green", SECRET)
    return Made("/groups/green", LaunchStatement)


def office() -> Made:
    """Where its clerks are reached."""
    with transaction():
        groups.change_office(group_named("green"), SECRET, seen=0, by=builders.clerk("green"))
    return Made("/groups/green", GroupPage)


def reservation() -> Made:
    """What a group says while it accepts a text."""
    builders.decided(builders.open_plank(), forms={"green": Form(FormKind.RESERVE, SECRET)})
    return Made("/planks/1", Stance)


def pause() -> Made:
    """Why a group pauses its backing."""
    plank_id = builders.open_plank()
    builders.decided(plank_id)
    asking, confirming = builders.clerk("green"), builders.clerk("green")
    with transaction():
        stance = db.session.query(Stance).filter_by(group="green").one()
        suspensions.ask(stance, 3, SECRET, by=asking)
    with transaction():
        asked = db.session.query(Suspension).one()
        suspensions.confirm(asked.stance, asked.id, by=confirming)
    return Made("/planks/1", Suspension)


def archived() -> None:
    """A plank that clerks of all groups put into the archive."""
    plank_id = builders.open_plank()
    for key in ("labour", "lib_dem", "green"):
        by = builders.clerk(key)
        with transaction():
            rulings.archive(builders.plank(plank_id), SECRET, by=by)


def ruling() -> Made:
    """Why clerks ruled."""
    archived()
    return Made("/planks/1", RegisteredRuling)


def appealed() -> Made:
    """Why a member appeals against a ruling."""
    plank_id, by = builders.seconded(builders.member("green")), builders.clerk("lib_dem")
    for group in ("labour", "green"):
        one = builders.clerk(group)
        with transaction():
            rulings.rule(builders.plank(plank_id), "out_of_order", "Two subjects.", by=one)
    with transaction():
        key = db.session.query(RegisteredRuling).one().key
        appeals.appeal(ruling_queries.visible(by, key), SECRET, by=by)
    return Made(f"/rulings/{key}", AppealVoice, by)


def answer() -> Made:
    """What a mover answers to a reference back."""
    mover = builders.member("green")
    plank_id = builders.open_plank(mover)
    for group in ("labour", "lib_dem"):
        one = builders.clerk(group)
        with transaction():
            rulings.refer(builders.plank(plank_id), "Say who pays.", by=one)
    with transaction():
        rulings.answer(builders.plank(plank_id), SECRET, by=mover)
    return Made("/planks/1?view=history", ReferenceBack)


def annulled() -> Made:
    """Why a round was annulled."""
    round_id = builders.open_round(builders.open_plank())
    for by in [builders.clerk(group) for group in ("labour", "lib_dem", "green")]:
        with transaction():
            joint.annul(builders.a_round(round_id), SECRET, by=by)
    return Made("/rounds/1", Round)


def position() -> Made:
    """What an MP reserves."""
    by = builders.mp()
    builders.position(builders.open_plank(), by, PositionKind.RESERVATION, SECRET)
    return Made(f"/mps/{by.mp_id}", Position)


def change_of_orders() -> Made:
    """Why a group changes its standing orders."""
    change_id = orders.proposed("green")
    by = builders.clerk("green")
    with transaction():
        db.session.get_one(OrdersChange, change_id).reason = SECRET
        orders_service.confirm(db.session.get_one(OrdersChange, change_id), by=by)
    return Made("/standing-orders/green", OrdersChange)


KINDS = {
    Kind.VERSION: version,
    Kind.REASON: reason,
    Kind.AMENDMENT: amendment,
    Kind.OBJECTION: objection,
    Kind.OFFER: offer,
    Kind.STATEMENT: statement,
    Kind.OFFICE: office,
    Kind.RESERVATION: reservation,
    Kind.PAUSE: pause,
    Kind.RULING: ruling,
    Kind.APPEAL: appealed,
    Kind.ANSWER: answer,
    Kind.ROUND: annulled,
    Kind.POSITION: position,
    Kind.ORDERS: change_of_orders,
}


@pytest.mark.parametrize("kind", KINDS)
def test_it_is_reported_from_its_page_hidden_and_put_back(app: Flask, client: FlaskClient, kind: Kind) -> None:
    made = KINDS[kind]()
    if made.reader.is_signed_in:
        builders.sign_in(client, made.reader)
    assert SECRET in client.get(made.page).text
    with transaction(), app.test_request_context():
        text = next(one for one in texts_on(made.reader, made.page) if one.kind is kind and SECRET in str(one.words))
        subject, key, table = text.subject, drawer.key_of(text.row), text.row.__tablename__
        before = stored(made.model, text.row)
        ref = text.ref
    sent = {"text": ref, "wrong": "personal", "words": "", "contact": ""}
    assert client.post("/report", query_string={"page": made.page}, data=sent).status_code == 303
    moderated.decided(subject, Verdict.HIDE, "labour", "lib_dem", reason="It names somebody.")
    page = client.get(made.page).text
    assert SECRET not in page
    assert "Hidden by clerks of two groups" in page
    with transaction():
        number = moderated.the_case(subject)[0].key
    assert f'<a href="/cases/{number}">Case {number}</a>.' in page
    assert client.get(f"/cases/{number}").status_code == 200
    with transaction():
        assert db.session.execute(db.text(f"SELECT * FROM {table}")).first() is not None
        case, _ = moderated.the_case(subject)
        case.on_appeal, case.queued_since = True, case.decided_at
    moderated.decided(subject, Verdict.LEAVE, "green", "labour", reason="")
    with transaction():
        assert moderated.the_case(subject)[0].stage is CaseStage.LEFT
        row = db.session.get_one(made.model, tuple(int(part) for part in key.split(",")))
        assert stored(made.model, row) == before
    assert SECRET in client.get(made.page).text


def stored(model: type[Model], row: Model) -> dict[str, object]:
    """Everything that is stored in a row."""
    db.session.refresh(row)
    return {column.key: getattr(row, column.key) for column in db.inspect(model).column_attrs if column.key not in ANEW}
