"""S16, kept pages: of every public page the bytes that were kept are those made anew, however often one asks."""

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from app.web.keeping import Key
from app.web.kept import KeptPages
from tests.app.access import EVERYBODY, MAY, SEES
from tests.conftest import dispose, made
from tests.promises.conftest import Tried
from tests.promises.test_s01_every_route import address_of


@pytest.fixture(scope="module")
def for_real(tried: Tried, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """The same platform as it would run for real people, with pages kept."""
    file = tmp_path_factory.mktemp("kept") / "platform.db"
    shutil.copyfile(tried.world.path.with_suffix(".kept"), file)
    with closing(sqlite3.connect(file, isolation_level=None)) as connection:
        connection.execute("DROP TRIGGER demonstrations_stay")
        connection.execute("DELETE FROM demonstrations")
    settings = tried.app.config["SETTINGS"]
    app = made(settings.model_copy(update={"database_url": f"sqlite:///{file}", "kept_pages": "on"}))
    yield app
    dispose(app)


def public_addresses(tried: Tried) -> dict[str, str]:
    """One address of each route that visitors may open, by its endpoint."""
    found = {}
    for endpoint, (thing, allowed) in MAY.items():
        for rule in tried.app.url_map.iter_rules(endpoint):
            if "visitor" not in allowed or "GET" not in (rule.methods or ()):
                continue
            cases = [case for case, sees in SEES[thing].items() if "visitor" in sees] if thing else [""]
            if cases:
                found[endpoint] = address_of(rule, tried.world.addresses[thing][cases[0]] if thing else "1")
    return found


def without_tags(answer: TestResponse) -> dict[str, str]:
    """The headers, but for what only kept pages have, the cookie, whose key is new each time, and the second."""
    own = {"ETag", "Vary", "Set-Cookie", "Content-Length", "Date"}
    return {name: value for name, value in answer.headers.items() if name not in own}


def test_every_public_page_is_the_same_kept_or_made_anew(tried: Tried, for_real: Flask) -> None:
    pages: KeptPages = for_real.extensions["kept pages"]
    browser = for_real.test_client(use_cookies=False)
    kept = set()
    for endpoint, address in public_addresses(tried).items():
        answers = [browser.get(address) for _ in range(2)]
        anew = browser.get(address, headers={"Cookie": "unknown=1"})
        path, _, query = address.partition("?")
        key: Key = ("http", "localhost", "", path, query)
        assert answers[1].status_code == anew.status_code, address
        assert without_tags(answers[1]) == without_tags(anew), address
        if pages.shelves[bool(query)].get(key) is None:
            continue
        kept.add(endpoint)
        assert answers[0].data == answers[1].data == anew.data, address
        assert "Set-Cookie" not in anew.headers, address
        # What is embedded, and the API, read no cookie, whoever sends one.
        assert "Cookie" in anew.headers.get("Vary", "") or endpoint.startswith(COOKIELESS), address
    assert kept >= MUST_BE_KEPT
    assert not {name for name in kept if MAY[name][1] != EVERYBODY}


COOKIELESS = ("sharing.embed", "api.")
MUST_BE_KEPT = {
    "platform.home",
    "platform.all_planks",
    "platform.where_we_stand",
    "platform.where_we_differ",
    "platform.whats_new",
    "feeds.site_atom",
    "platform.themes",
    "platform.theme",
    "platform.plank",
    "platform.version",
    "platform.decisions",
    "platform.about",
    "groups.listed",
    "groups.show",
    "mps.all_mps",
    "results.decisions",
    "record.show",
}
