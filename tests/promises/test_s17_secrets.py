"""S17: no password, token or key stands in logs, audit rows or error pages, while every flow that has one runs."""

import logging
from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient

from app.config import Settings, flask_settings
from app.desk.ticking import tick
from app.extensions import db
from app.mail import delivery
from app.models import AuditRow, Mail, Person
from app.notices import stops
from app.web.transactions import transaction
from policies.interest import ConsentPurpose
from policies.notices import NoticeKind
from tests import builders
from tests.app.letters import newest_link
from tests.app.test_serving import renamed
from tests.conftest import SECRET
from tests.interested import supporter

ADDRESS = "jo@example.org"
PASSWORD = "the password of the mail server"


@pytest.fixture
def app(app: Flask, caplog: pytest.LogCaptureFixture) -> Flask:
    """The service with every logger at its most talkative; the database's tells statements, not the rows it reads."""
    caplog.set_level(logging.DEBUG)
    for name in ("sqlalchemy.engine", "sqlalchemy.pool"):
        caplog.set_level(logging.INFO, logger=name)
    app.config.update(WTF_CSRF_ENABLED=False, MAIL_PASSWORD=PASSWORD)
    return app


def audit_rows() -> str:
    """The whole record of changes, as text."""
    with transaction():
        columns = AuditRow.__table__.columns.keys()
        return "\n".join(str([getattr(row, name) for name in columns]) for row in db.session.query(AuditRow))


def key_in(path: str) -> str:
    """The key at the end of a mailed address."""
    return path.rpartition("/")[2].partition("?")[0]


def joined(client: FlaskClient) -> str:
    """Ask to join and prove the address; returns the key that did it."""
    client.post("/groups/green/join", data={"name": "Jo Bloggs", "email": ADDRESS, "declared": "y"})
    path = newest_link(ADDRESS)
    assert client.get(path).status_code == 200
    assert client.post(path, data={"name": "Jo Bloggs"}).status_code == 303
    return key_in(path)


def signed_in(app: Flask, client: FlaskClient) -> list[str]:
    """Sign in by a mailed link; returns its key, and the session's."""
    actor = builders.member("labour")
    with transaction():
        db.session.get_one(Person, actor.person_id).email = "sam@example.org"
    client.post("/sign-in/link", data={"email": "sam@example.org"})
    path = newest_link("sam@example.org")
    assert client.post(path).status_code == 303
    cookie = client.get_cookie("session")
    assert cookie is not None
    with client.session_transaction() as session:
        return [key_in(path), cookie.value, session["_user_id"]]


def voted(app: Flask) -> str:
    """Cast a vote; returns the receipt."""
    builders.open_round(builders.open_plank())
    browser = app.test_client()
    builders.sign_in(browser, builders.voters(1, "green")[0])
    assert browser.post("/rounds/1/cast", data={"text": "yes"}).status_code == 303
    with transaction():
        receipt: str = db.session.scalars(sa.text("SELECT receipt FROM open_papers")).one()
    browser.post("/rounds/1/receipt/check", data={"receipt": receipt})
    return receipt


def test_no_flow_with_a_key_leaves_it_in_a_log_or_in_the_record(
    app: Flask, client: FlaskClient, caplog: pytest.LogCaptureFixture
) -> None:
    keys = [joined(client), *signed_in(app, client), voted(app)]
    builders.invited("green", "invited@example.org")
    path = newest_link("invited@example.org")
    visitor = app.test_client()
    assert visitor.post(path, data={"name": "Kim", "email": "invited@example.org", "declared": "y"}).status_code == 303
    keys += [key_in(path), supporter("news@example.org", ConsentPurpose.NEWS)]
    assert visitor.get(f"/interest/choices/{keys[-1]}").status_code == 200
    with transaction():
        keys.append(stops.key_for(db.session.query(Person).filter_by(email=ADDRESS).one(), NoticeKind.RESULT))
    assert visitor.post(f"/unsubscribe/{keys[-1]}").status_code == 200
    for wrong in ("/sign-in/link/", "/join/", "/invitations/", "/interest/confirm/", "/unsubscribe/"):
        assert visitor.get(f"{wrong}{keys[0][::-1]}").status_code == 404
    tick()
    _deliver_to_nowhere(app)
    told = caplog.text + audit_rows()
    assert "INSERT INTO" in caplog.text, "statements are logged here, so that their values would be seen"
    assert [key for key in (*keys, keys[0][::-1], SECRET, PASSWORD) if key in told] == []
    assert [name for name in (ADDRESS, "Jo Bloggs") if name in told] == []


def _deliver_to_nowhere(app: Flask) -> None:
    """Have the worker try to send everything to a server that is not there."""
    settings: Settings = app.config["SETTINGS"]
    there_is_none = settings.model_copy(
        update={"mail_server": "127.0.0.1", "mail_port": 9, "mail_security": "none", "mail_password": PASSWORD}
    )
    app.config |= {**flask_settings(there_is_none), "SETTINGS": there_is_none, "WTF_CSRF_ENABLED": False}
    with transaction():
        assert db.session.query(Mail).count() > 0
    delivery.deliver_due()


def test_a_fault_in_the_midst_of_such_a_flow_tells_no_key(
    app: Flask, client: FlaskClient, caplog: pytest.LogCaptureFixture
) -> None:
    app.config.update(TESTING=False)
    key = "k" * 43
    with renamed("mailed_links", "mailed_links_of_another_release"):
        for path in (f"/sign-in/link/{key}", f"/join/{key}", f"/invitations/{key}", f"/interest/confirm/{key}"):
            answer = client.post(path, data={"email": ADDRESS, "name": "Jo Bloggs"})
            assert answer.status_code == 500
            assert not [words for words in (key, ADDRESS, "Jo Bloggs", SECRET, "Traceback") if words in answer.text]
    assert "Fault at POST /sign-in/link/<secret>" in caplog.text
    assert not [words for words in (key, ADDRESS, "Jo Bloggs", SECRET) if words in caplog.text]


def test_access_logs_are_off_where_the_service_starts_its_own_server_and_the_advice_says_how_elsewhere() -> None:
    root = Path(__file__).parents[2]
    assert "access-logfile" not in (root / "app" / "serving.py").read_text(encoding="utf-8")
    advice = (root / "docs" / "operations.md").read_text(encoding="utf-8")
    for path in ("/sign-in/link", "/join", "/invitations", "/interest", "/unsubscribe", "/vote", "/cast", "/receipt"):
        assert path in advice
