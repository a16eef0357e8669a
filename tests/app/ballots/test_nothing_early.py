"""Before publication nothing tells that anybody has voted: all pages and tables are as before, but the voter's own."""

import logging

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient

from app.desk.ticking import tick
from app.extensions import db
from policies.groups import GROUP_KEYS
from policies.permissions import Actor
from tests import builders
from tests.app.reading import LINK, pages_reached
from tests.app.saying import said

# The tables in which a vote is kept, and which no page but the voter's own reads before the count.
OF_VOTES = {"participations", "open_papers"}
OF_THE_ROUND = (
    "/",
    "/planks/1?view=backing",
    "/planks/1?view=history",
    "/rounds",
    "/rounds/1",
    "/rounds/1/vote",
    "/rounds/1/receipt",
    "/rounds/1/recounts",
    "/rounds/1/round.json",
    *(f"/rounds/1/{key}/{name}.txt" for key in GROUP_KEYS for name in ("receipts", "choices")),
    "/decisions",
    "/decisions.csv",
    "/healthz",
    "/metrics",
    "/to-do",
    "/notices",
    "/clerk",
    "/account",
    "/whats-new.atom",
    "/where-we-stand.csv",
)


def seen_by(browser: FlaskClient, *, all_pages: bool) -> dict[str, tuple[object, ...]]:
    """What one reader can see of the service: all that links lead to, or what concerns rounds."""
    found = {address: browser.get(address) for address in OF_THE_ROUND} | (pages_reached(browser) if all_pages else {})
    return {address: said(answer) for address, answer in found.items()}


def signed_in(app: Flask, reader: Actor | None) -> FlaskClient:
    """The browser of somebody."""
    browser = app.test_client()
    if reader is not None:
        builders.sign_in(browser, reader)
    return browser


def stored() -> dict[str, list[str]]:
    """Every row of every table but those of votes."""
    with db.engine.connect() as connection:
        names = set(db.metadata.tables) - OF_VOTES - {"record_reads"}
        return {name: sorted(map(repr, connection.execute(sa.text(f'SELECT * FROM "{name}"')))) for name in names}


def test_until_publication_no_page_no_table_and_no_log_tells_that_anybody_has_voted(
    app: Flask, caplog: pytest.LogCaptureFixture
) -> None:
    app.config["WTF_CSRF_ENABLED"] = False
    round_id = builders.open_round(builders.open_plank(), members=5, told=True)
    voters = {key: builders.voters(round_id, key) for key in GROUP_KEYS}
    not_voting = voters["green"].pop()
    readers = [None, not_voting, builders.clerk("labour"), builders.member("lib_dem", days=1), builders.mp()]
    browsers = [signed_in(app, reader) for reader in readers]
    casting = [signed_in(app, voter) for of_group in voters.values() for voter in of_group[:4]]
    tick()

    def everything() -> list[object]:
        db.session.remove()
        return [*(seen_by(one, all_pages=place == 1) for place, one in enumerate(browsers)), stored()]

    before = everything()
    with caplog.at_level(logging.DEBUG):
        for place, browser in enumerate(casting):
            assert browser.post("/rounds/1/cast", data={"text": ("yes", "no")[place % 2]}).status_code == 303
    # The machinery of tests may speak; of the service and of its database nobody says a word.
    assert [record for record in caplog.records if record.name.startswith(("app", "sqlalchemy", "werkzeug"))] == []
    tick()
    after = everything()
    for then, now in zip(before, after, strict=True):
        assert isinstance(then, dict)
        assert isinstance(now, dict)
        assert {name for name in {*then, *now} if then.get(name) != now.get(name)} == set()
    own = casting[0].get("/rounds/1").text
    assert "You have voted in this round" in own
    assert LINK.search(own)
