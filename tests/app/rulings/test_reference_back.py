"""Reference back: two groups send a plank to its drafters; it shows everywhere, and no round is held meanwhile."""

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.extensions import db
from app.models import AuditRow, ReferenceBack
from app.planks import service as planks
from app.rounds import service as rounds
from app.rulings import queries
from app.rulings import service as rulings
from app.web.transactions import transaction
from policies.ballots import RoundKind, RoundStage
from policies.errors import RuleBroken
from policies.permissions import Actor
from policies.planks import Cause, Stage
from policies.rulings import ReferenceEnd
from tests import builders
from tests.app.reading import main_of
from tests.app.rulings.conftest import refer

REASON = "Say who pays."


def is_referred(plank_id: int) -> bool:
    """Whether a plank is with its drafters now, asked of one and of many."""
    with transaction():
        held = queries.reference_of(builders.plank(plank_id)) is not None
        assert queries.referred([plank_id]) == ({plank_id} if held else set())
        return held


def how_it_ended() -> ReferenceEnd | None:
    """What ended the only reference back there is."""
    with transaction():
        return db.session.query(ReferenceBack).one().ended_by


def test_two_groups_refer_a_plank_back_and_everybody_reads_so_and_why(
    app: Flask, client: FlaskClient, mover: Actor
) -> None:
    plank_id = builders.open_plank(mover)
    refer(plank_id, "labour", "labour")
    assert not is_referred(plank_id)
    assert REASON not in client.get("/planks/1").text
    refer(plank_id, "green")
    assert is_referred(plank_id)
    for address in ("/planks/1", "/planks/1?view=history", "/whats-new", "/rulings", "/planks"):
        assert "referred back" in main_of(client.get(address)).lower(), address
    shown = main_of(client.get("/planks/1"))
    assert REASON in shown
    assert "That is no decision on its merits." in shown
    with transaction():
        assert builders.plank(plank_id).stage is Stage.OPEN
    with pytest.raises(RuleBroken, match="already"):
        refer(plank_id, "lib_dem")


def test_no_round_is_prepared_agreed_to_or_opened_meanwhile(app: Flask, client: FlaskClient, mover: Actor) -> None:
    plank_id, clerk = builders.open_plank(mover), builders.clerk("green")
    round_id = builders.prepared_round(plank_id)
    refer(plank_id, "labour", "green")
    with pytest.raises(RuleBroken, match="no round is held on it now"), transaction():
        rounds.require_can_be_agreed(builders.a_round(round_id))
    builders.pass_time(minutes=1)
    with transaction():
        of_round = builders.a_round(round_id)
        assert of_round.stage is RoundStage.CANCELLED
        assert "referred back" in of_round.ended_reason
    builders.sign_in(client, clerk)
    assert client.get("/planks/1/rounds/new").status_code == 409
    assert "Prepare a round" not in main_of(client.get("/planks/1"))
    with transaction():
        plank = builders.plank(plank_id)
        version = plank.working_version
        with pytest.raises(RuleBroken, match="no round is held on it now"):
            rounds.prepare(plank, version, RoundKind.ENDORSEMENT, by=clerk)


def test_its_movers_answer_ends_it(app: Flask, client: FlaskClient, mover: Actor) -> None:
    plank_id = builders.open_plank(mover)
    refer(plank_id, "labour", "green")
    builders.sign_in(client, mover)
    assert client.post("/planks/1/refer/answer", data={"reply": " "}).status_code == 422
    assert client.post("/planks/1/refer/answer", data={"reply": "The fund pays."}).status_code == 303
    assert not is_referred(plank_id)
    assert how_it_ended() is ReferenceEnd.ANSWER
    assert client.post("/planks/1/refer/answer", data={"reply": "Again."}).status_code == 409
    assert "The fund pays." in main_of(app.test_client().get("/planks/1?view=history"))
    refer(plank_id, "labour")
    assert not is_referred(plank_id)
    builders.prepared_round(plank_id)


def test_a_new_text_ends_it_and_a_tick_says_so_once(app: Flask, mover: Actor) -> None:
    plank_id = builders.open_plank(mover)
    builders.open_amendment(plank_id, mover, "2030", "2032")
    refer(plank_id, "labour", "green")
    builders.pass_time(hours=73)
    builders.pass_time(days=3)
    assert not is_referred(plank_id)
    assert how_it_ended() is ReferenceEnd.VERSION
    with transaction():
        ended = db.session.query(AuditRow).filter_by(act="reference back ended").all()
        assert [row.details["ended_by"] for row in ended] == ["version"]


def test_a_newer_text_can_be_referred_back_before_the_clock_has_noted_it(app: Flask, mover: Actor) -> None:
    plank_id = builders.open_plank(mover)
    refer(plank_id, "labour", "green")
    with transaction():
        planks.write_version(builders.plank(plank_id), "Warm homes", builders.TEXT, cause=Cause.PROPOSED, by=mover)
    refer(plank_id, "labour", "green")
    assert is_referred(plank_id)
    with transaction():
        ends = [one.ended_by for one in db.session.query(ReferenceBack).order_by(ReferenceBack.ruling_id)]
    assert ends == [ReferenceEnd.VERSION, None]


def test_what_is_not_open_is_not_referred_back(app: Flask, mover: Actor) -> None:
    plank_id, clerk = builders.seconded(mover), builders.clerk("green")
    with pytest.raises(RuleBroken, match="being checked by clerks"), transaction():
        rulings.refer(builders.plank(plank_id), REASON, by=clerk)
