"""S16: every answer carries the headers that keep pages to themselves; one cookie, and only once it is needed."""

import re
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.config import Settings
from tests import builders
from tests.conftest import dispose, made

ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
}


SOURCES = Path(__file__).parents[2] / "app"
# One of each sort: pages, refusals, files, feeds.
ADDRESSES = (
    "/",
    "/planks/1",
    "/sign-in",
    "/whats-new.atom",
    "/where-we-stand.csv",
    "/planks/1/v1/motion.txt?style=green",
    "/to-do",
    "/nowhere",
    "/planks?level=x",
    "/static/img/mark.svg",
)


@pytest.fixture
def public(app: Flask) -> None:
    """A plank, so that pages and files have something to tell."""
    builders.open_plank()


def secure(settings: Settings) -> Flask:
    """The service as people reach it over an encrypted connection."""
    return made(settings.model_copy(update={"site_url": "https://platform.example"}))


@pytest.mark.usefixtures("public")
def test_nothing_may_come_from_elsewhere_or_stand_inline_on_any_answer(client: FlaskClient) -> None:
    seen = set()
    for address in ADDRESSES:
        with client.get(address) as answer:
            headers, is_page, words = answer.headers, answer.mimetype == "text/html", answer.get_data(as_text=True)
            seen.add(answer.status_code)
        policy = headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy, address
        assert "frame-ancestors 'none'" in policy
        assert not re.search("unsafe|http|nonce|\\*", policy)
        assert {name: headers.get(name) for name in ALWAYS} == ALWAYS, address
        assert "Strict-Transport-Security" not in headers
        cached = headers["Cache-Control"]
        assert "Cookie" in headers["Vary"] if cached == "private, no-cache" else cached == "no-cache", address
        if is_page:
            # The whole address of the page itself, which nobody fetches.
            words = re.sub(r'<link rel="canonical"[^>]*>', "", words)
            fetched = re.findall(r'<(?:link|script|img|source)\b[^>]*\b(?:src|href|srcset)="([^"]*)"', words)
            assert [url for url in fetched if not url.startswith("/")] == [], address
    assert seen == {200, 400, 403, 404}


@pytest.mark.usefixtures("public")
def test_pages_of_somebody_signed_in_are_not_kept(client: FlaskClient) -> None:
    builders.sign_in(client, builders.clerk("green"))
    for address in set(ADDRESSES) - {"/static/img/mark.svg"}:
        assert client.get(address).headers["Cache-Control"] == "no-store", address


def test_no_route_lets_its_answer_be_kept_longer() -> None:
    said = [
        line
        for path in SOURCES.glob("**/*.py")
        if path.name not in {"headers.py", "assets.py"}
        for line in path.read_text(encoding="utf-8").splitlines()
        if "Cache-Control" in line
    ]
    assert [line for line in said if "no-store" not in line] == []


def test_the_files_of_the_look_are_kept_and_vary_by_nothing_but_their_packing(app: Flask, client: FlaskClient) -> None:
    look = re.findall(r'"(/assets/[^"]+)"', client.get("/").text)
    assert len(look) == 4
    for address in look:
        headers = client.get(address, headers={"Accept-Encoding": "gzip"}).headers
        assert headers["Cache-Control"] == "public, max-age=31536000, immutable"
        assert headers["Vary"] == "Accept-Encoding"
        assert "Set-Cookie" not in headers


def test_a_visitor_who_only_reads_gets_no_cookie(bare_app: Flask) -> None:
    assert "Set-Cookie" not in bare_app.test_client().get("/").headers


@pytest.mark.parametrize("is_secure", [True, False])
def test_the_one_cookie_is_out_of_reach_of_scripts_and_other_sites(settings: Settings, is_secure: bool) -> None:
    app = secure(settings) if is_secure else made(settings)
    with app.app_context():
        builders.start_demonstration()
        actor = builders.member()
    app.config["WTF_CSRF_ENABLED"] = False
    base = "https://platform.example" if is_secure else "http://localhost:5000"
    browser = app.test_client()
    answer = browser.post("/sign-in", data={"person": str(actor.person_id)}, base_url=base)
    (cookie,) = answer.headers.getlist("Set-Cookie")
    flags = {flag.strip().partition("=")[0] for flag in cookie.split(";")}
    assert flags == {"session", "Expires", "HttpOnly", "Path", "SameSite", *(["Secure"] if is_secure else [])}
    assert "SameSite=Lax" in cookie
    transport = answer.headers.get("Strict-Transport-Security", "")
    assert ("max-age=31536000" in transport) is is_secure
    # It ends with the session, however much that is used: once the forms have their token, no page sets it again.
    browser.get("/to-do", base_url=base)
    again = browser.get("/to-do", base_url=base)
    assert (again.status_code, "Set-Cookie" in again.headers) == (200, False)
    dispose(app)


@pytest.mark.usefixtures("public")
def test_a_planks_card_is_framed_by_listed_sites_alone_and_can_do_nothing_there(
    app: Flask, client: FlaskClient
) -> None:
    for listed, framed_by in (("", "'none'"), ("https://a.example https://b.example:8443",) * 2):
        app.config["SETTINGS"] = app.config["SETTINGS"].model_copy(update={"embed_origins": listed})
        answer = client.get("/embed/planks/1")
        policy = answer.headers["Content-Security-Policy"].split("; ")
        assert policy == [
            "default-src 'none'",
            "style-src 'self'",
            "base-uri 'none'",
            "form-action 'none'",
            f"frame-ancestors {framed_by}",
        ]
        assert "Set-Cookie" not in answer.headers
        assert {name: answer.headers.get(name) for name in ALWAYS} == ALWAYS
        # Every other page stays out of every frame.
        assert "frame-ancestors 'none'" in client.get("/planks/1").headers["Content-Security-Policy"]
