"""What is refused is answered in one envelope, whatever it is, and says what to do."""

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.config import Settings
from app.extensions import db
from tests import builders
from tests.conftest import dispose
from tests.promises.test_s15_rates import limited

ENVELOPE = {"code", "status", "message"}


@pytest.mark.parametrize(
    ("address", "code", "says"),
    [
        ("planks?limit=0", 400, "Ask for 1 to 100 rows"),
        ("planks?limit=-1", 400, "Ask for 1 to 100 rows"),
        ("planks?limit=many", 400, "Ask for 1 to 100 rows"),
        ("planks?limit=01", 400, "Ask for 1 to 100 rows"),
        ("planks?limit=[1]", 400, "Ask for 1 to 100 rows"),
        ("planks?limit=1&limit=2", 400, "more than once"),
        ("planks?sort=title", 400, "It knows limit, cursor, theme"),
        ("planks?level=best", 400, "Choose one of agreed"),
        ("planks?theme=nowhere", 400, "/api/v1/themes"),
        ("decisions?theme=%00", 400, "/api/v1/themes"),
        ("planks?changed_since=yesterday", 400, "2026-05-03T00:00:00Z"),
        ("planks?changed_since=0001-01-01T00:00:00%2B23:59", 400, "2026-05-03T00:00:00Z"),
        ("themes?limit=1", 400, "It knows no questions"),
        ("planks/999", 404, "no plank"),
        ("planks/P1", 404, "nothing at this address"),
        ("planks/1/versions/9", 404, "no such version"),
        ("rounds/0", 404, "nothing at this address"),
        ("nowhere", 404, "See /api"),
    ],
)
def test_it_says_what_is_wrong_and_what_to_do(client: FlaskClient, address: str, code: int, says: str) -> None:
    builders.open_plank()
    answer = client.get(f"/api/v1/{address}")
    assert (answer.status_code, answer.mimetype, set(answer.json)) == (code, "application/json", ENVELOPE)
    assert answer.json["code"] == code
    assert says in answer.json["message"]
    assert answer.headers["Access-Control-Allow-Origin"] == "*"


def test_it_is_for_reading(client: FlaskClient) -> None:
    for method in ("POST", "PUT", "DELETE"):
        answer = client.open("/api/v1/planks", method=method)
        assert (answer.status_code, answer.json["code"]) == (405, 405)
        assert answer.headers["Allow"] == "GET, HEAD, OPTIONS"


def test_too_much_is_told_with_when_to_try_again(settings: Settings) -> None:
    app = limited(settings)
    client = app.test_client()
    answers = [client.get("/api/v1/everything.jsonl") for _ in range(3)]
    assert [answer.status_code for answer in answers] == [200, 200, 429]
    refused = answers[-1]
    assert set(refused.json) == ENVELOPE
    assert int(refused.headers["Retry-After"]) > 0
    assert "Try again in" in refused.json["message"]
    for answer in answers:
        answer.close()
    dispose(app)


def test_a_fault_is_noted_and_told_in_the_same_envelope(
    app: Flask, client: FlaskClient, caplog: pytest.LogCaptureFixture
) -> None:
    app.config["PROPAGATE_EXCEPTIONS"] = False
    db.session.remove()
    with db.engine.begin() as connection:
        connection.execute(db.text("ALTER TABLE rounds RENAME TO elsewhere"))
    answer = client.get("/api/v1/rounds")
    assert (answer.status_code, set(answer.json)) == (500, ENVELOPE)
    assert answer.headers["Cache-Control"] == "no-store"
    assert "elsewhere" not in answer.text
    assert any("Fault at GET" in record.getMessage() for record in caplog.records)
