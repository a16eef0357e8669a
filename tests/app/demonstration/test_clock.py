"""The clock of a demonstration: it goes forward, for everybody, and what is due happens in the same click."""

from datetime import timedelta
from threading import Thread

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from app import clock
from app.demonstration.service import FURTHEST
from app.extensions import db
from app.models import AuditRow, Demonstration
from app.rounds import service as rounds
from app.web.transactions import transaction
from policies.ballots import Choice, RoundStage
from policies.endorsements import Form
from policies.groups import GROUP_KEYS
from policies.planks import Stage
from tests import builders
from tests.app.reading import main_of


@pytest.fixture(autouse=True)
def no_tokens(app: Flask) -> None:
    """Forms without their token: forgery is tried elsewhere."""
    app.config["WTF_CSRF_ENABLED"] = False


def ahead() -> int:
    """The seconds by which the clock is ahead of the machine's."""
    with transaction():
        return db.session.get_one(Demonstration, 1).clock_offset


def move(client: FlaskClient, step: str, **fields: str) -> TestResponse:
    """Press one of the clock's buttons."""
    return client.post("/clock", data={"move": step, **fields})


def agree(round_id: int) -> None:
    """Have clerks of two groups agree to a round."""
    for by in (builders.clerk("labour"), builders.clerk("green")):
        with transaction():
            rounds.agree_to_open(builders.a_round(round_id), Form(), by=by)


def stage_of(round_id: int) -> RoundStage:
    """Where a round stands."""
    with transaction():
        return builders.a_round(round_id).stage


def test_an_hour_and_a_day_are_an_hour_and_a_day(client: FlaskClient) -> None:
    answer = move(client, "hour")
    assert (answer.status_code, answer.location) == (303, "/clock")
    assert ahead() == 3600
    move(client, "day")
    assert ahead() == 3600 + 86400
    assert "The clock now says" in main_of(client.get("/clock"))


def test_everybody_s_clock_moves_and_the_record_says_so(app: Flask, client: FlaskClient) -> None:
    move(client, "day")
    tomorrow = f"{clock.now():%-d %b}"
    page = app.test_client().get("/").text
    assert tomorrow in page[page.index('class="demonstration"') : page.index("</section>")]
    row = db.session.query(AuditRow).filter_by(act="clock moved").one()
    assert row.details == {"step": "day", "offset": 86400}
    assert row.seal_id is not None


@pytest.mark.both
def test_eight_who_press_at_once_move_it_eight_days(app: Flask) -> None:
    browsers = [app.test_client() for _ in range(8)]
    pressing = [Thread(target=move, args=(browser, "day")) for browser in browsers]
    for thread in pressing:
        thread.start()
    for thread in pressing:
        thread.join(timeout=60)
    assert ahead() == 8 * 86400


def test_next_goes_to_where_a_round_opens_and_then_to_where_it_closes(client: FlaskClient) -> None:
    round_id = builders.prepared_round(builders.open_plank())
    agree(round_id)
    page = main_of(client.get("/clock"))
    assert page.index("Round R1 opens") < page.index("Round R1 closes")
    assert "Warm homes for all" in page
    move(client, "next")
    assert stage_of(round_id) is RoundStage.OPEN
    assert abs(timedelta(seconds=ahead()) - timedelta(days=3)) < timedelta(minutes=2)
    move(client, "next")
    assert stage_of(round_id) is RoundStage.PUBLISHED
    assert abs(timedelta(seconds=ahead()) - timedelta(days=10)) < timedelta(minutes=2)


def test_at_the_close_all_is_counted_and_published_in_the_same_click(client: FlaskClient) -> None:
    plank_id = builders.open_plank()
    round_id = builders.open_round(plank_id)
    for key in GROUP_KEYS:
        builders.vote(round_id, builders.voters(round_id, key), {"text": Choice.YES})
    move(client, "next", next="/planks/1")
    assert stage_of(round_id) is RoundStage.PUBLISHED
    page = client.get("/planks/1").text
    assert "Agreed" in page
    with transaction():
        assert builders.plank(plank_id).stage is Stage.OPEN
        assert db.session.query(AuditRow).filter_by(seal_id=None).count() == 0


def test_a_page_s_banner_leads_back_to_that_page(client: FlaskClient) -> None:
    builders.open_plank()
    page = client.get("/planks?page=1").text
    assert '<input type="hidden" name="next" value="/planks?page=1">' in page
    assert move(client, "hour", next="/planks?page=1").location == "/planks?page=1"
    assert move(client, "hour", next="//evil.example").location == "/clock"
    answered = client.post("/planks/new").text
    assert 'name="next"' not in answered[: answered.index("<header")]


def test_any_other_step_is_refused_in_words(client: FlaskClient) -> None:
    for step in ("", "week", "-1", "hour ", "HOUR", "86400", "previous"):
        answer = move(client, step)
        assert answer.status_code == 409, step
        assert "by an hour, by a day, or to the next opening or close" in answer.text
    assert ahead() == 0


def test_without_a_round_there_is_no_next(client: FlaskClient) -> None:
    page = main_of(client.get("/clock"))
    assert "No round waits to open or to close." in page
    assert 'value="next"' not in page
    answer = move(client, "next")
    assert answer.status_code == 409
    assert "No round waits to open or to close. Prepare one first" in answer.text
    assert ahead() == 0


def test_it_stops_ten_years_ahead(client: FlaskClient) -> None:
    with transaction():
        db.session.get_one(Demonstration, 1).clock_offset = int(FURTHEST.total_seconds()) - 3600
    assert move(client, "hour").status_code == 303
    answer = move(client, "hour")
    assert answer.status_code == 409
    assert "Start afresh with: make reset" in answer.text


def test_reading_the_clock_moves_nothing_and_moving_it_takes_a_token(app: Flask, client: FlaskClient) -> None:
    assert client.get("/clock?move=day").status_code == 200
    app.config["WTF_CSRF_ENABLED"] = True
    assert move(client, "day").status_code == 400
    assert ahead() == 0
