"""The negotiation view: units with each group's decision, for members, and once released for everybody."""

from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from app import clock
from app.extensions import db
from app.models import Stance, TemperatureReading
from app.suspensions import service as suspensions
from app.web.filters import day
from app.web.transactions import transaction
from policies.endorsements import Condition, Form, FormKind
from policies.negotiation import Temperature
from tests import builders
from tests.app.reading import main_of, without_tokens

URL = "/planks/1/negotiation"


@pytest.fixture(autouse=True)
def _no_tokens(app: Flask) -> None:
    app.config["WTF_CSRF_ENABLED"] = False


def row_of(shown: str, words: str) -> str:
    """The row of the unit with these words."""
    return next(row for row in shown.split('<tr role="row"') if words in row)


def test_members_see_what_each_group_decided_on_each_units_words(client: FlaskClient) -> None:
    plank_id = builders.open_plank(builders.member("green"))
    version = builders.plank(plank_id).working_version
    assert version is not None
    left_out = version.units[1].unit_id
    builders.decided(plank_id, ("labour", "green"), {"green": Form(FormKind.EXCEPT, units=(left_out,))})
    builders.open_amendment(plank_id, builders.member("lib_dem"), "a national fund", "a new fund")
    builders.sign_in(client, builders.member("labour"))
    shown = main_of(client.get(URL))
    assert "4 of 4 units of version 1 stand in brackets" in shown
    row = row_of(shown, "national fund")
    assert "Backed these words" in row
    assert "Left these words out" in row
    assert "Did not back the text they stood in" in row
    assert "P1-A1" in row
    assert "P1-A1" not in row_of(shown, "coldest homes")
    on = day(stance_of(plank_id, "green").decided_at)
    assert f"Decided last on {on}, on version 1: backs it except clause 2." in shown
    assert Temperature.UNKNOWN in shown


def test_newer_words_are_backed_by_nobody_and_lead_to_what_has_changed(client: FlaskClient) -> None:
    plank_id = builders.open_plank(builders.member("green"))
    builders.open_amendment(plank_id, builders.member("lib_dem"), "2030", "2032")
    builders.pass_time(hours=73)
    builders.sign_in(client, builders.member("labour"))
    assert main_of(client.get(URL)).count("Has not decided on these words") == 12


def test_one_unit_that_one_group_left_out_stands_alone_in_brackets(client: FlaskClient) -> None:
    plank_id = builders.open_plank(builders.member("green"))
    with transaction():
        left_out = builders.plank(plank_id).working_version.units[1].unit_id  # type: ignore[union-attr]
    builders.decided(plank_id, forms={"green": Form(FormKind.EXCEPT, units=(left_out,))})
    builders.sign_in(client, builders.member("labour"))
    assert "1 of 4 units of version 1 stands in brackets" in main_of(client.get(URL))


def test_a_reading_is_one_row_for_each_member_and_its_band_shows_from_ten_and_the_next_day(client: FlaskClient) -> None:
    plank_id = builders.open_plank(builders.member("green"))
    readers = [builders.member("labour") for _ in range(10)]
    for reader in readers:
        builders.sign_in(client, reader)
        client.post(f"{URL}/temperature", data={"reading": "cannot", "seen": "1"})
        assert client.post(f"{URL}/temperature", data={"reading": "back", "seen": "1"}).status_code == 303
    assert db.session.query(TemperatureReading).count() == 10
    assert Temperature.WARM not in main_of(client.get(URL))
    builders.pass_time(days=1)
    assert Temperature.WARM in main_of(client.get(URL))
    outdated = client.post(f"{URL}/temperature", data={"reading": "back", "seen": "2"})
    assert "The text has moved since you read it." in outdated.text
    for unknown in ("", "warm", "back,cannot"):
        assert client.post(f"{URL}/temperature", data={"reading": unknown, "seen": "1"}).status_code == 422
    assert builders.plank(plank_id).number == 1


def test_everybody_sees_it_once_clerks_of_all_groups_have_released_it_and_never_the_temperature(
    client: FlaskClient,
) -> None:
    builders.open_plank(builders.member("green"))
    visitor = client.application.test_client()
    for group in ("labour", "lib_dem", "green"):
        assert visitor.get(URL).status_code in {302, 403}
        assert f'href="{URL}"' not in visitor.get("/planks/1").text
        builders.sign_in(client, builders.clerk(group))
        client.post(f"{URL}/release", data={"seen": "1"})
    assert f'href="{URL}"' in visitor.get("/planks/1").text
    shown = main_of(visitor.get(URL))
    assert "stand in brackets" in shown
    assert "Temperature" not in shown
    client.post(f"{URL}/close", data={"seen": "1"})
    assert visitor.get(URL).status_code in {302, 403}


def test_what_a_member_says_shows_to_nobody_else(client: FlaskClient) -> None:
    builders.open_plank(builders.member("green"))
    reader, other = builders.member("labour"), builders.member("labour")
    builders.sign_in(client, other)
    before = without_tokens(client.get(URL))
    builders.sign_in(client, reader)
    client.post(f"{URL}/temperature", data={"reading": "cannot", "seen": "1"})
    assert 'value="cannot" checked' in main_of(client.get(URL))
    builders.sign_in(client, other)
    assert without_tokens(client.get(URL)) == before


def test_a_pause_is_told_in_place_of_the_backing(client: FlaskClient) -> None:
    plank_id = builders.open_plank(builders.member("green"))
    builders.decided(plank_id)
    first, second = builders.clerk("labour"), builders.clerk("labour")
    with transaction():
        suspensions.ask(stance_of(plank_id, "labour"), 5, "Our conference decides on it.", by=first)
    with transaction():
        asked = stance_of(plank_id, "labour")
        assert asked.suspension is not None
        suspensions.confirm(asked, asked.suspension.id, by=second)
    builders.sign_in(client, builders.member("green"))
    shown = main_of(client.get(URL))
    assert shown.count("Has paused its backing of these words") == 4
    assert "4 of 4 units of version 1 stand in brackets" in shown
    assert f"backs it, paused until {day(clock.now() + timedelta(days=5))}." in shown
    builders.pass_time(days=6)
    assert "No unit of version 1 stands in brackets" in main_of(client.get(URL))


def test_a_reservation_is_told_beside_each_unit_it_was_made_with(client: FlaskClient) -> None:
    forms = {"green": Form(FormKind.RESERVE, "We would go further.")}
    builders.decided(builders.open_plank(builders.member("green")), forms=forms)
    builders.sign_in(client, builders.member("green"))
    shown = main_of(client.get(URL))
    assert shown.count("Backed these words, with a reservation on the text") == 4
    assert "every group has backed the words of each, in this version or in another" in shown


def stance_of(plank_id: int, group: str) -> Stance:
    """A group's stance on the first version of a plank."""
    return db.session.scalars(select(Stance).where(Stance.plank_id == plank_id, Stance.group == group)).one()


def test_a_group_that_would_back_another_text_says_which_and_until_when(client: FlaskClient) -> None:
    plank_id = builders.open_plank(builders.member("green"))
    other = Condition.of("Warm homes", "Every home must be insulated by 2032.", clock.now().date() + timedelta(days=60))
    builders.decided(plank_id, forms={"green": Form(FormKind.CONDITIONAL, condition=other)})
    builders.sign_in(client, builders.member("labour"))
    shown = main_of(client.get(URL))
    assert "Would back another text: the text “Warm homes” (SHA-256" in shown
    assert row_of(shown, "national fund").count("Has not decided on these words") == 1
