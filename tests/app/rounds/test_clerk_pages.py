"""A clerk prepares a round, agrees to open it, cancels it: in three clicks, and every wrong form."""

from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app import clock
from app.extensions import db
from app.models import Round, RoundOpening
from app.web.filters import day, minute
from app.web.transactions import transaction
from policies.ballots import RoundKind, RoundStage
from policies.endorsements import FormKind
from policies.permissions import Actor
from tests import builders
from tests.app.reading import main_of

pytestmark = pytest.mark.usefixtures("no_tokens")

HIDDEN_TILL_RESULT = "Other groups see this only with the result."


@pytest.fixture
def clerk(app: Flask, client: FlaskClient) -> Actor:
    """A clerk of the Green group, signed in."""
    actor = builders.clerk("green")
    builders.sign_in(client, actor)
    return actor


@pytest.fixture
def plank_id(app: Flask) -> int:
    """P1, open."""
    return builders.open_plank()


@pytest.fixture
def prepared(plank_id: int) -> int:
    """R1, prepared on it by a Labour clerk."""
    return builders.prepared_round(plank_id)


def openings() -> list[tuple[str, FormKind, str, list[str]]]:
    """Who has agreed to which question."""
    with transaction():
        return [(row.group, row.form, row.statement, row.units) for row in db.session.query(RoundOpening)]


def test_a_round_is_prepared_and_agreed_to_in_three_clicks(client: FlaskClient, clerk: Actor, plank_id: int) -> None:
    assert 'href="/planks/1/rounds/new"' in main_of(client.get("/planks/1"))
    form = main_of(client.get("/planks/1/rounds/new"))
    assert 'id="agreement-0"' in form
    assert 'checked class="choice-input" id="agreement' not in form
    answer = client.post("/planks/1/rounds/new", data={"question": "working", "agreement": "now"})
    assert (answer.status_code, answer.location) == (303, "/rounds/1")
    assert openings() == [("green", FormKind.ENDORSE, "", [])]
    with transaction():
        assert db.session.query(Round).one().opens_at is None
    assert "/rounds/new" not in main_of(client.get("/planks/1"))


def test_choosing_the_question_later_leads_to_its_page(client: FlaskClient, clerk: Actor, plank_id: int) -> None:
    answer = client.post("/planks/1/rounds/new", data={"question": "working", "agreement": "later"})
    assert (answer.status_code, answer.location) == (303, "/rounds/1/open")
    assert openings() == []


def test_the_form_computes_what_the_round_will_mean(client: FlaskClient, clerk: Actor, plank_id: int) -> None:
    form = main_of(client.get("/planks/1/rounds/new"))
    opens = clock.now() + timedelta(days=3)
    assert f"close on {day(opens + timedelta(days=7))}" in form
    assert form.count(f"Since {day(opens - timedelta(days=14))} or before") == 3
    assert "Compass Liberal Democrat group (not the Liberal Democrats)" in form


@pytest.mark.parametrize(
    ("sent", "faults"),
    [
        ({}, ["Choose what is to be decided.", "Say whether you agree now."]),
        ({"question": "working"}, ["Say whether you agree now."]),
        ({"question": "agreed", "agreement": "now"}, ["Choose one of the questions shown."]),
        ({"question": "amendments", "agreement": "now"}, ["Choose one of the questions shown."]),
        ({"question": "working", "agreement": "perhaps"}, ["Choose one of the two answers shown."]),
    ],
)
def test_a_wrong_form_says_per_field_what_to_do(
    client: FlaskClient, clerk: Actor, plank_id: int, sent: dict[str, str], faults: list[str]
) -> None:
    answer = client.post("/planks/1/rounds/new", data=sent)
    assert answer.status_code == 422
    for fault in faults:
        assert fault in main_of(answer)
    with transaction():
        assert db.session.query(Round).count() == 0


def test_the_agreed_text_and_the_amendments_are_offered_where_they_are(client: FlaskClient, clerk: Actor) -> None:
    plank_id = builders.open_plank()
    builders.decided(plank_id)
    builders.open_amendment(plank_id, builders.member("green"), "2030", "2032")
    form = main_of(client.get("/planks/1/rounds/new"))
    assert "Yes or no to the open amendment to version 1" in form
    assert "the agreed text" not in form
    client.post("/planks/1/rounds/new", data={"question": "amendments", "agreement": "now"})
    with transaction():
        of_round = db.session.query(Round).filter_by(number=2).one()
        assert of_round.kind is RoundKind.AMENDMENTS
    assert "Clause 1: replaces “2030” with “2032”." in main_of(client.get("/rounds/2"))


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_a_second_round_at_a_time_is_refused(client: FlaskClient, clerk: Actor, prepared: int, method: str) -> None:
    sent = {"question": "working", "agreement": "now"}
    answer = client.open("/planks/1/rounds/new", method=method, data=sent if method == "POST" else None)
    assert answer.status_code == 409
    assert "A round on this plank is already prepared." in main_of(answer)


def test_members_prepare_nothing(client: FlaskClient, plank_id: int) -> None:
    builders.sign_in(client, builders.member("green"))
    assert client.get("/planks/1/rounds/new").status_code == 403
    assert "/rounds/new" not in main_of(client.get("/planks/1"))


def test_nothing_is_preselected_where_it_binds(client: FlaskClient, clerk: Actor, prepared: int) -> None:
    form = main_of(client.get("/rounds/1/open"))
    assert "checked" not in form
    assert "Clerks of two groups have to agree before its notice begins." in form
    assert "Whether it withdraws its backing of them" not in form
    assert HIDDEN_TILL_RESULT in form


def test_on_amendments_all_groups_are_asked_the_same_so_nothing_is_said_to_be_hidden(
    client: FlaskClient, clerk: Actor, plank_id: int
) -> None:
    builders.decided(plank_id)
    builders.open_amendment(plank_id, builders.member("green"), "2030", "2032")
    builders.prepared_round(plank_id, RoundKind.AMENDMENTS)
    form = main_of(client.get("/rounds/2/open"))
    assert "You answer for the" in form
    assert HIDDEN_TILL_RESULT not in form


@pytest.mark.parametrize(
    ("sent", "field", "fault"),
    [
        ({}, "form", "Choose what your group is asked."),
        ({"form": "nonsense"}, "form", "Choose one of the questions shown."),
        ({"form": "conditional"}, "other", "Choose the other text and the day"),
        ({"form": "conditional", "other": "own"}, "by_date", "Choose the other text and the day"),
        ({"form": "conditional", "other": "own", "by_date": "soon"}, "by_date", "Write the day with its year"),
        ({"form": "conditional", "other": "own", "by_date": "2026-01-01"}, "by_date", "Choose a day from"),
        ({"form": "reserve", "statement": "But.", "separate": ["nowhere"]}, "separate", "only with the plain question"),
        ({"form": "withdraw"}, "form", "Choose one of the questions shown."),
        ({"form": "reserve"}, "statement", "Write the reservation"),
        ({"form": "endorse", "statement": "We have doubts."}, "statement", "only for a reservation"),
        ({"form": "reserve", "statement": "x" * 501}, "statement", "Shorten the statement to 500 characters"),
        ({"form": "except"}, "units", "Name the units"),
        ({"form": "except", "units": ["nowhere"]}, "units", "not in this version"),
    ],
)
def test_an_unsound_question_comes_back_with_what_was_typed(
    client: FlaskClient, clerk: Actor, prepared: int, sent: dict[str, object], field: str, fault: str
) -> None:
    answer = client.post("/rounds/1/open", data=sent)
    shown = main_of(answer)
    assert answer.status_code == 422
    assert f'id="{field}-error"' in shown
    assert fault in shown
    assert str(sent.get("statement", "")) in shown
    assert openings() == []


def test_leaving_out_every_part_backs_nothing(client: FlaskClient, clerk: Actor, prepared: int) -> None:
    with transaction():
        units = [unit.unit_id for unit in builders.a_round(prepared).version.units]
    answer = client.post("/rounds/1/open", data={"form": "except", "units": units})
    assert answer.status_code == 422
    assert "Leave at least one in." in main_of(answer)
    assert main_of(answer).count('checked class="choice-input" id="units') == len(units)


def test_every_sound_question_is_kept_and_shown_to_the_own_group(
    client: FlaskClient, clerk: Actor, prepared: int
) -> None:
    with transaction():
        unit = builders.a_round(prepared).version.units[1].unit_id
    answer = client.post("/rounds/1/open", data={"form": "except", "units": [unit]})
    assert (answer.status_code, answer.location) == (303, "/rounds/1")
    assert openings() == [("green", FormKind.EXCEPT, "", [unit])]
    assert "back version 1 except clause 2?" in main_of(client.get("/rounds/1"))
    client.post("/rounds/1/open", data={"form": "reserve", "statement": "  We want it sooner.\r\nMuch sooner.  "})
    group, form, statement, units = openings()[0]
    assert (group, form, units) == ("green", FormKind.RESERVE, [])
    assert statement == "We want it sooner.\nMuch sooner."
    once_more = main_of(client.get("/rounds/1/open"))
    previewed = main_of(client.post("/rounds/1/open", data={"form": "endorse", "step": "preview"}))
    assert "A clerk of your group has agreed already" in once_more
    for shown in (once_more, previewed):
        assert "Put this to my group" in shown
        assert "Agree to open it" not in shown


def test_a_withdrawal_is_offered_to_a_group_that_backs_the_text(client: FlaskClient, clerk: Actor) -> None:
    plank_id = builders.open_plank()
    builders.decided(plank_id, yes=("green",))
    builders.prepared_round(plank_id)
    assert "Whether it withdraws its backing of them" in main_of(client.get("/rounds/2/open"))
    assert client.post("/rounds/2/open", data={"form": "withdraw"}).status_code == 303
    builders.sign_in(client, builders.clerk("labour"))
    assert "Whether it withdraws its backing of them" not in main_of(client.get("/rounds/2/open"))


def test_the_second_group_starts_the_notice_and_the_page_says_when(
    client: FlaskClient, clerk: Actor, prepared: int
) -> None:
    client.post("/rounds/1/open", data={"form": "endorse"})
    builders.sign_in(client, builders.clerk("lib_dem"))
    client.post("/rounds/1/open", data={"form": "endorse"})
    with transaction():
        of_round = builders.a_round(prepared)
        opens, closes = minute(of_round.opens_at), minute(of_round.closes_at)
    assert f"Voting opens on {opens} and closes on {closes}." in main_of(client.get("/rounds/1"))


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_an_open_round_cannot_be_agreed_to_again(client: FlaskClient, clerk: Actor, method: str) -> None:
    builders.open_round(builders.open_plank())
    answer = client.open("/rounds/1/open", method=method, data={"form": "endorse"} if method == "POST" else None)
    assert answer.status_code == 409
    assert "You cannot open a round that is open." in main_of(answer)


def test_a_round_is_cancelled_with_a_reason(client: FlaskClient, clerk: Actor, prepared: int) -> None:
    assert "Cancel this round" in main_of(client.get("/rounds/1"))
    for sent in ({}, {"reason": " \n "}, {"reason": "x" * 1001}):
        answer = client.post("/rounds/1/cancel", data=sent)
        assert answer.status_code == 422
        assert 'id="reason-error"' in main_of(answer)
    assert "x" * 1001 in main_of(answer)
    answer = client.post("/rounds/1/cancel", data={"reason": "A better wording is coming."})
    assert answer.status_code == 303
    with transaction():
        assert builders.a_round(prepared).stage is RoundStage.CANCELLED
    shown = main_of(client.get("/rounds/1"))
    assert "A better wording is coming." in shown
    assert "None, since it did not open" in shown
    assert "Not published, since there is no result" in shown
    assert "with the result" not in shown
    assert "Cancel this round" not in shown


def test_an_open_round_is_not_cancelled(client: FlaskClient, clerk: Actor) -> None:
    round_id = builders.open_round(builders.open_plank())
    assert client.post("/rounds/1/cancel", data={"reason": "Too late."}).status_code == 409
    with transaction():
        assert builders.a_round(round_id).stage is RoundStage.OPEN


def test_a_clerk_of_a_group_that_does_not_vote_leaves_a_re_run_alone(client: FlaskClient, clerk: Actor) -> None:
    round_id = builders.open_round(builders.open_plank())
    for key in ("green", "lib_dem"):
        builders.vote(round_id, builders.voters(round_id, key))
    builders.pass_time(days=7, minutes=1)
    assert client.post("/rounds/2/cancel", data={"reason": "No."}).status_code == 403
    builders.sign_in(client, builders.clerk("labour"))
    assert client.post("/rounds/2/cancel", data={"reason": "No."}).status_code == 409
    assert client.get("/rounds/2/open").status_code == 409
    assert [client.get(f"/rounds/{number}/preview").status_code for number in (1, 2)] == [409, 200]
