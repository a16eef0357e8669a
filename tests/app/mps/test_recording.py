"""Recording a position: chosen, checked, confirmed, on exactly these words, by an MP alone and for that MP alone."""

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.exc import IntegrityError

from app.audit import queries as record
from app.extensions import db
from app.models import AuditRow, Mp, Position
from app.mps import service as mps
from app.planks import service as planks
from app.web.transactions import transaction
from policies.errors import RuleBroken
from policies.positions import PositionKind, PositionState
from tests import builders
from tests.app.reading import main_of

ADDRESS = "/planks/1/v1/position"
RESERVED = {"position": "reservation", "statement": "Only if councils are paid for it."}


@pytest.fixture
def plank_id(app: Flask) -> int:
    """Plank 1, open."""
    app.config["WTF_CSRF_ENABLED"] = False
    return builders.open_plank()


def positions() -> list[tuple[PositionKind, PositionState]]:
    """All that was recorded, in order."""
    with transaction():
        return [(one.kind, one.state) for one in db.session.query(Position).order_by(Position.id)]


def test_an_mp_chooses_checks_confirms_changes_and_withdraws(plank_id: int, client: FlaskClient) -> None:
    builders.sign_in(client, builders.mp())
    page = main_of(client.get(ADDRESS))
    assert "Every home that is rented from a council must be insulated by 2030." in page
    assert " checked" not in page
    assert client.post(f"{ADDRESS}/check", data={}).status_code == 422
    wrong = client.post(f"{ADDRESS}/check", data={**RESERVED, "position": "supports"})
    assert wrong.status_code == 422
    assert "Only a reservation has a statement" in wrong.text
    assert RESERVED["statement"] in wrong.text
    check = main_of(client.post(f"{ADDRESS}/check", data=RESERVED))
    assert "Nothing is recorded yet" in check
    assert RESERVED["statement"] in main_of(client.post(f"{ADDRESS}/check", data={**RESERVED, "step": "change"}))
    assert positions() == []
    for sent in (RESERVED, RESERVED, {"position": "will_not"}):
        assert client.post(ADDRESS, data=sent).status_code == 303
    assert positions() == [
        (PositionKind.RESERVATION, PositionState.REPLACED),
        (PositionKind.WILL_NOT, PositionState.CONFIRMED),
    ]
    assert "You alone see this." in client.get(ADDRESS).text
    assert client.post(f"{ADDRESS}/withdraw").status_code == 303
    assert positions()[1] == (PositionKind.WILL_NOT, PositionState.WITHDRAWN)
    assert client.post(f"{ADDRESS}/withdraw").status_code == 409
    with transaction():
        acts = [row.act for row in db.session.query(AuditRow).order_by(AuditRow.id)]
        of_position = [act for act in acts if act.startswith("position")]
        assert of_position == ["position recorded", "position replaced", "position recorded", "position withdrawn"]
        assert record.verify().fault == ""


def test_words_that_are_no_longer_before_anybody_take_no_position_and_what_was_typed_comes_back(
    plank_id: int, client: FlaskClient
) -> None:
    mp = builders.mp()
    builders.sign_in(client, mp)
    builders.open_amendment(plank_id, builders.member("lib_dem"), "2030", "2035")
    builders.pass_time(days=3, minutes=1)
    refused = client.post(ADDRESS, data=RESERVED)
    assert refused.status_code == 409
    assert "these words are no longer before anybody" in refused.text
    assert RESERVED["statement"] in refused.text
    assert client.get("/planks/1/v2/position").status_code == 200
    by = builders.member("green")
    hidden = builders.submitted(by)
    with transaction():
        ref = builders.plank(hidden).ref
    assert client.post(f"/planks/{ref}/v1/position", data=RESERVED).status_code == 404
    ended = builders.open_plank(by)
    with transaction():
        planks.withdraw(builders.plank(ended), by=by)
    assert client.post("/planks/2/v1/position", data=RESERVED).status_code == 409
    assert positions() == []


def test_who_leaves_has_historical_positions_and_takes_no_more(plank_id: int, client: FlaskClient) -> None:
    mp = builders.mp()
    builders.position(plank_id, mp)
    with transaction():
        mps.leave(db.session.get_one(Mp, mp.mp_id))
    assert positions() == [(PositionKind.SUPPORTS, PositionState.HISTORICAL)]
    builders.sign_in(client, mp)
    assert client.post(ADDRESS, data=RESERVED).status_code == 403
    assert client.get("/mps/brief").status_code == 403
    with pytest.raises(RuleBroken, match="Only somebody who sits in the Commons"):
        builders.position(plank_id, mp)
    page = main_of(client.get(f"/mps/{mp.mp_id}"))
    assert "No longer in the House" in page
    assert "Historical: the seat was vacated on" in page
    with transaction():
        mps.leave(db.session.get_one(Mp, mp.mp_id))
        assert db.session.query(AuditRow).filter_by(act="MP left").count() == 1


def test_what_must_never_be_stored_is_refused_by_the_database(plank_id: int) -> None:
    mp = builders.mp()
    builders.position(plank_id, mp)
    for statement in (
        "UPDATE positions SET state = 'drafted', ended_at = recorded_at",
        "UPDATE positions SET statement = 'But slowly.'",
        "UPDATE positions SET ended_at = recorded_at",
        "INSERT INTO positions (mp_id, version_id, kind, statement, state, party, recorded_at)"
        " SELECT mp_id, version_id, 'considering', '', state, party, recorded_at FROM positions",
        "UPDATE mps SET is_demonstration = false",
        "UPDATE mps SET is_demonstration = false, register_id = 'p/1', gss = 'E14000001'",
    ):
        with pytest.raises(IntegrityError), transaction():
            db.session.execute(db.text(statement))


def test_no_mp_is_made_up_outside_a_demonstration(bare_app: Flask) -> None:
    with bare_app.app_context(), pytest.raises(RuleBroken, match="Only a demonstration has made-up MPs"):
        builders.mp()
