"""In a real browser, nothing that somebody typed runs, opens, fetches or moves anything, whatever page it stands on."""

import pytest
from flask import Flask
from playwright.sync_api import Browser, BrowserContext, Page

from policies.arguments import Side
from policies.permissions import Actor
from tests import builders, moderated
from tests.app.payloads import LONG, SHORT

pytestmark = pytest.mark.browser

HOSTILE = "<script>alert(1)</script><img src=//evil.example/x onerror=alert(2)><svg onload=alert(3)>"
ADDRESSES = (
    "/planks/1",
    "/planks/1?view=arguments",
    "/planks/1?view=history",
    "/planks/1/v1/motion",
    "/planks/1/amend",
    "/amendments/P1-A1",
    "/groups/green",
    "/whats-new",
    "/clerk/reports",
    f"/search?q={HOSTILE}",
    f"/sign-in?next={HOSTILE}",
    f"/planks?level={HOSTILE}",
    f"/{HOSTILE}",
)


def signed_in(app: Flask, context: BrowserContext, address: str, actor: Actor) -> Page:
    """A page of a browser in which somebody is signed in."""
    client = app.test_client()
    builders.sign_in(client, actor)
    cookie = client.get_cookie("session")
    assert cookie is not None
    context.add_cookies([{"name": "session", "value": cookie.value, "url": address}])
    return context.new_page()


def test_nothing_that_somebody_typed_runs_in_a_browser(app: Flask, browser: Browser, address: str) -> None:
    mover = builders.member("green")
    plank_id = builders.open_plank(
        mover, title=HOSTILE[:100], text=f"We act by 2030.\n\n{LONG}\n\n{HOSTILE}", reason=LONG[:900]
    )
    builders.open_amendment(plank_id, builders.member("lib_dem"), "2030", f"2035 {HOSTILE}")
    argument_id = builders.argued(plank_id, mover, Side.FOR, f"{HOSTILE} {SHORT}")
    moderated.reported(argument_id, words=HOSTILE)
    builders.statement("green", HOSTILE)
    context = browser.new_context()
    page, noticed = signed_in(app, context, address, builders.clerk("labour")), []
    page.on("dialog", lambda dialog: (noticed.append(dialog.message), dialog.dismiss()))
    page.on("console", lambda line: noticed.append(line.text) if "Security Policy" in line.text else None)
    page.on("request", lambda asked: None if asked.url.startswith(address) else noticed.append(asked.url))
    page.on("popup", lambda opened: noticed.append(opened.url))
    for path in ADDRESSES:
        page.goto(address + path)
        assert page.url.startswith(address), path
        assert page.locator("main").count() == 1, path
    page.goto(f"{address}/planks/1?view=arguments")
    assert HOSTILE[:30] in page.locator("main").inner_text()
    context.close()
    assert noticed == []
