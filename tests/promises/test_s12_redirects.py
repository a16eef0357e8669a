"""S12: redirects stay here. `next` takes a path on this site and nothing else, wherever it is asked for."""

from urllib.parse import quote

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.extensions import db
from app.models import Person
from app.web.redirects import local_path
from app.web.transactions import transaction
from tests import builders
from tests.app.letters import newest_link

HERE = ("/to-do", "/planks/12?text=working", "/search?q=warm+homes", "/planks/12#u-1")
ELSEWHERE = (
    "to-do",
    "//elsewhere.example",
    "///elsewhere.example",
    "////elsewhere.example/%2e%2e",
    "/\\elsewhere.example",
    "\\\\elsewhere.example",
    "\\/elsewhere.example",
    "/%2Felsewhere.example",
    "/%2felsewhere.example",
    "/%5Celsewhere.example",
    "%2F%2Felsewhere.example",
    "/\t/elsewhere.example",
    "/%09/elsewhere.example",
    "\t//elsewhere.example",
    " //elsewhere.example",
    "/ /elsewhere.example",
    "/\u00a0/elsewhere.example",
    "/\u200b/elsewhere.example",
    "/\u2028/elsewhere.example",
    "/\x00/elsewhere.example",
    "https://elsewhere.example/",
    "https:elsewhere.example",
    "http:///elsewhere.example",
    "HTTPS://elsewhere.example",
    "http://localhost:5000@elsewhere.example/",
    "javascript:alert(1)",
    "java\nscript:alert(1)",
    "data:text/html,x",
    "/\nSet-Cookie: a=b",
    "/%0d%0aSet-Cookie:%20a=b",
    "/" + "x" * 600,
)


@pytest.mark.parametrize("asked", HERE)
def test_a_path_on_this_site_is_taken(asked: str) -> None:
    assert local_path(asked, "/") == asked


@pytest.mark.parametrize("asked", [None, "", *ELSEWHERE])
def test_anything_else_leads_home(asked: str | None) -> None:
    assert local_path(asked, "/home") == "/home"


def test_no_form_that_takes_a_way_back_leads_elsewhere(app: Flask, client: FlaskClient) -> None:
    app.config["WTF_CSRF_ENABLED"] = False
    actor = builders.member()
    with transaction():
        db.session.get_one(Person, actor.person_id).email = "jo@example.org"
    led: set[str] = set()
    for asked in ("//elsewhere.example", "/%5Celsewhere.example", "/\t/elsewhere.example", "https://elsewhere.example"):
        led.add(client.post("/sign-in", data={"person": str(actor.person_id), "next": asked}).location)
        led.add(client.post(f"/how-changes-are-spoken?next={quote(asked)}", data={"spoken": "brief"}).location or "")
        led.add(client.post("/clock", data={"move": "hour", "next": asked}).location)
    client.post("/sign-in/link", data={"email": "jo@example.org", "next": "//elsewhere.example"})
    link = newest_link("jo@example.org")
    assert "elsewhere" not in link
    led.add(client.post(f"{link}?next={quote('/%5Celsewhere.example')}").location)
    assert led - {""} == {"/to-do", "/clock", "/how-changes-are-spoken"}
