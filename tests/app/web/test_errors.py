"""Refusals and faults have a page each, with the right status, and change nothing."""

from collections.abc import Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.config import Settings
from app.extensions import db
from app.models import Theme
from app.web.transactions import after_commit
from policies.errors import NotPermitted, NotThere, RuleBroken
from tests.conftest import dispose, made


@pytest.fixture
def bare_app(settings: Settings) -> Iterator[Flask]:
    """An application of one's own, since these tests add pages to it."""
    app = made(settings)
    yield app
    dispose(app)


def refuse_with(app: Flask, refusal: Exception) -> None:
    """Add a page that writes something and then refuses."""

    def page() -> str:
        db.session.add(Theme(slug="lost", name="Lost"))
        db.session.flush()
        raise refusal

    app.add_url_rule("/refuse", view_func=page, methods=["GET", "POST"])


@pytest.mark.parametrize(
    ("refusal", "status"),
    [
        (RuleBroken("Wait until the ballot opens."), 409),
        (NotPermitted("That is for clerks."), 403),
        (NotThere("Look in the search."), 404),
    ],
)
def test_a_refusal_is_a_page_with_its_sentence_and_keeps_nothing(
    bare_app: Flask, refusal: Exception, status: int
) -> None:
    refuse_with(bare_app, refusal)
    bare_app.config["WTF_CSRF_ENABLED"] = False
    answer = bare_app.test_client().post("/refuse")
    assert answer.status_code == status
    assert str(refusal) in answer.text
    with bare_app.app_context():
        assert db.session.query(Theme).count() == 0


def test_a_fault_has_a_page_that_needs_no_database(bare_app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    refuse_with(bare_app, ZeroDivisionError("secret words"))
    bare_app.config["TESTING"] = False
    with bare_app.app_context():
        db.engine.dispose()
        monkeypatch.setattr(db.engine.pool, "connect", lambda: 1 / 0)
        answer = bare_app.test_client().get("/refuse")
    assert answer.status_code == 500
    assert "secret words" not in answer.text
    assert "<title>" in answer.text


def test_a_form_without_its_token_is_refused(client: FlaskClient) -> None:
    answer = client.post("/sign-out")
    assert answer.status_code == 400
    assert "nothing was changed" in answer.text


@pytest.mark.parametrize(
    "address", ["/nowhere", "/planks/007", "/planks/1.5", "/planks/99999999999999999999", "/rounds/0"]
)
def test_an_address_that_names_nothing_is_not_there(client: FlaskClient, address: str) -> None:
    assert client.get(address).status_code == 404


def test_a_method_that_a_page_does_not_have_is_refused(client: FlaskClient) -> None:
    assert client.put("/").status_code == 405
    answer = client.get("/sign-out")
    assert (answer.status_code, "cannot be opened by itself" in answer.text) == (405, True)
    assert "POST" in answer.headers["Allow"]


def test_what_fails_after_the_commit_does_not_look_undone(bare_app: Flask) -> None:
    def page() -> str:
        after_commit(lambda: 1 / 0)
        return "done"

    bare_app.add_url_rule("/do", view_func=page, methods=["POST"])
    bare_app.config["WTF_CSRF_ENABLED"] = False
    assert bare_app.test_client().post("/do").text == "done"


def test_a_refusal_hands_back_what_was_written(bare_app: Flask) -> None:
    refuse_with(bare_app, RuleBroken("The round has opened."))
    written = {"title": "Mine", "text": "Long <b>words</b>", "vote": "yes", "csrf_token": "token"}
    answer = bare_app.test_client().post("/refuse", data=written)
    assert answer.status_code == 400
    assert "Long &lt;b&gt;words&lt;/b&gt;" in answer.text
    bare_app.config["WTF_CSRF_ENABLED"] = False
    answer = bare_app.test_client().post("/refuse", data=written)
    assert answer.status_code == 409
    assert "Long &lt;b&gt;words&lt;/b&gt;" in answer.text
    assert "token" not in answer.text


@pytest.mark.parametrize("address", ["/", "/api/v1/planks"])
def test_a_name_that_no_site_can_have_is_a_request_that_cannot_be_read(client: FlaskClient, address: str) -> None:
    answer = client.get(address, headers={"Host": "x" * 70})
    assert answer.status_code == 400
    assert "could not be read" in answer.text
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
