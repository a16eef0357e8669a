"""S15: per address and per account, on signing in, mail, posting and search; 429 with Retry-After, and nothing lost."""

import re
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from limits.storage import MemoryStorage

from app.config import Settings
from app.web import limits
from policies.limits import LIMITS, Amounts, Kind, Rate
from tests import builders
from tests.app.letters import newest_link
from tests.app.reading import main_of
from tests.conftest import dispose, made

SERVER = shutil.which("redis-server")
HOUR = timedelta(hours=1)
# Amounts so small that a test reaches each of them; of each kind, the address and the account have as many as here.
FEW = {
    Kind.READ: 12,
    Kind.SEARCH: 2,
    Kind.SUGGEST: 2,
    Kind.EXPORT: 2,
    Kind.SIGN_IN: 2,
    Kind.LETTER: 2,
    Kind.REPORT: 2,
    Kind.TEXT: 2,
    Kind.SECOND: 2,
    Kind.CHANGE: 3,
    Kind.GUESS: 3,
    Kind.RECEIPT: 2,
}


def few(kind: Kind, amounts: Amounts) -> Amounts:
    """The same amounts, cut down."""
    rates = (Rate(FEW.get(kind, 20), HOUR),)
    return replace(amounts, address=rates if amounts.address else (), account=rates if amounts.account else ())


def limited(settings: Settings, **more: object) -> Flask:
    """An application of one's own with few of everything."""
    app = made(settings)
    app.config["WTF_CSRF_ENABLED"] = False
    app.config["SETTINGS"] = settings.model_copy(update={"limits": "on", **more})
    limits.init_app(app, {kind: few(kind, amounts) for kind, amounts in LIMITS.items()})
    return app


@pytest.fixture
def app(settings: Settings) -> Iterator[Flask]:
    """A demonstration where one soon does too much."""
    app = limited(settings)
    with app.app_context():
        builders.start_demonstration()
        yield app
    dispose(app)


def statuses(client: FlaskClient, address: str, times: int, **sent: str) -> list[int]:
    """What comes of asking so often; with answers, they are posted."""
    return [(client.post(address, data=sent) if sent else client.get(address)).status_code for _ in range(times)]


@pytest.mark.parametrize(
    ("address", "sent", "first"),
    [
        ("/search?q=homes", {}, 200),
        ("/where-we-stand.csv", {}, 200),
        ("/sign-in/link", {"email": "jo@example.org"}, 303),
        ("/groups/green/join", {"email": "jo@example.org"}, 422),
        ("/interest", {"email": "jo@example.org"}, 422),
        ("/sign-in", {"person": "999"}, 404),
        ("/planks/new", {"title": "Warm homes"}, 403),
        ("/sign-in/passkey/options", {"next": "/"}, 200),
        ("/sign-in/passkey", {"credential": "{}"}, 422),
        ("/complaints", {"words": ""}, 422),
        ("/reports/abcdefghjkmn/appeal", {"reason": "It stays."}, 404),
    ],
)
def test_a_visitor_may_do_so_much_from_one_address(
    client: FlaskClient, address: str, sent: dict[str, str], first: int
) -> None:
    assert statuses(client, address, 3, **sent) == [first, first, 429]
    elsewhere = {"REMOTE_ADDR": "198.51.100.7"}
    other = (
        client.post(address, data=sent, environ_base=elsewhere) if sent else client.get(address, environ_base=elsewhere)
    )
    assert other.status_code == first


def test_letters_of_all_kinds_count_together_and_right_and_wrong_addresses_alike(client: FlaskClient) -> None:
    assert statuses(client, "/sign-in/link", 1, email="jo@example.org") == [303]
    assert statuses(client, "/interest", 1, email="no address") == [422]
    assert statuses(client, "/groups/green/join", 1, email="jo@example.org") == [429]


def test_the_ceiling_holds_for_everything_even_for_pages_that_are_not_there(client: FlaskClient) -> None:
    found = [client.get(address).status_code for _ in range(6) for address in ("/about", "/nowhere")]
    assert found == [200, 404] * 6
    refused = client.get("/about")
    assert refused.status_code == 429
    assert 3500 < int(refused.headers["Retry-After"]) <= 3601
    assert "Try again in 60 minutes." in main_of(refused) or "Try again in 61 minutes." in main_of(refused)
    with client.get("/static/img/mark.svg") as mark:
        assert mark.status_code == 200


def test_what_was_typed_comes_back_and_can_be_sent_again(app: Flask, client: FlaskClient) -> None:
    builders.theme("Housing", "housing")
    builders.sign_in(client, builders.member())
    words = {
        "title": 'Warm "homes"',
        "theme": "housing",
        "text": "One <b>long</b> text.\r\n\r\nTwo.",
        "reason": "Cold.",
    }
    assert statuses(client, "/planks/new", 2, title="") == [422, 422]
    refused = client.post("/planks/new", data=words)
    assert refused.status_code == 429
    again = dict(re.findall(r'type="hidden" name="(title|theme|text|reason)" value="([^"]*)"', refused.text))
    assert again == {
        "title": "Warm &#34;homes&#34;",
        "theme": "housing",
        "text": "One &lt;b&gt;long&lt;/b&gt; text.\r\n\r\nTwo.",
        "reason": "Cold.",
    }
    assert 'action="/planks/new"' in refused.text
    assert "One &lt;b&gt;long&lt;/b&gt; text." in refused.text.partition("What you wrote, to copy")[2]
    too_large = client.post("/planks/new", data={"text": "x" * 5_000_000})
    assert too_large.status_code in {413, 429}


def test_an_account_is_counted_wherever_it_is_used_and_apart_from_its_neighbours(app: Flask) -> None:
    one, other = builders.member("green"), builders.member("labour")
    browsers = [app.test_client() for _ in range(3)]
    for browser, actor in zip(browsers, (one, one, other), strict=True):
        builders.sign_in(browser, actor)
    assert statuses(browsers[0], "/search?q=homes", 2) == [200, 200]
    away = browsers[1].get("/search?q=homes", environ_base={"REMOTE_ADDR": "198.51.100.7"})
    assert away.status_code == 429
    assert statuses(browsers[2], "/search?q=homes", 2) == [200, 200]


def test_nothing_that_others_do_from_the_same_address_holds_up_a_vote(app: Flask, client: FlaskClient) -> None:
    builders.open_round(builders.open_plank())
    voters = builders.voters(1, "green")[:4]
    assert statuses(client, "/about", 13)[-1] == 429
    for actor in voters:
        browser = app.test_client()
        builders.sign_in(browser, actor)
        while browser.get("/about").status_code != 429:
            pass
        assert browser.get("/rounds/1/vote").status_code == 200
        assert browser.post("/rounds/1/check", data={"text": "yes"}).status_code == 200
        assert browser.post("/rounds/1/cast", data={"text": "yes"}).status_code == 303
        assert browser.get("/rounds/1/receipt").status_code == 200


def test_a_page_that_is_refused_repeats_no_vote(app: Flask, client: FlaskClient) -> None:
    builders.open_round(builders.open_plank())
    builders.sign_in(client, builders.voters(1, "green")[0])
    statuses(client, "/rounds/1/vote", 20)
    refused = client.post("/rounds/1/check", data={"text": "yes"})
    assert refused.status_code == 429
    assert 'value="yes"' not in refused.text


def test_wrong_keys_wear_out_and_right_ones_do_not(app: Flask, client: FlaskClient) -> None:
    builders.invited("green", "jo@example.org")
    path = newest_link("jo@example.org")
    assert statuses(client, path, 4) == [200] * 4
    assert statuses(client, "/join/" + "x" * 43, 2) == [404] * 2
    assert statuses(client, "/sign-in/link/" + "x" * 43, 1) == [404]
    assert statuses(client, path, 1) == [429]


def test_wrong_receipts_wear_out(app: Flask, client: FlaskClient) -> None:
    builders.open_round(builders.open_plank())
    builders.sign_in(client, builders.voters(1, "green")[0])
    found = statuses(client, "/rounds/1/receipt/check", 3, receipt="a" * 26)
    assert found[0] < 429
    assert found[2] == 429


def test_nobody_can_pass_for_another_address_unless_so_many_proxies_are_set(settings: Settings) -> None:
    for proxies, expected in ((0, [200, 200, 429]), (1, [200, 200, 200])):
        app = limited(settings, proxies=proxies)
        client = app.test_client()
        found = [
            client.get("/search?q=x", headers={"X-Forwarded-For": f"203.0.113.1, 198.51.100.{n}"}).status_code
            for n in range(3)
        ]
        assert found == expected
        dispose(app)


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::"),
        ("2001:db8:1:2::", "2001:db8:1:2::"),
        ("", "unknown"),
        ("<script>", "unknown"),
    ],
)
def test_one_house_is_one_address(address: str, network: str) -> None:
    assert limits.network_of(address) == network


def test_the_store_holds_no_address_and_no_number_of_a_person(app: Flask, client: FlaskClient) -> None:
    actor = builders.member()
    client.get("/search?q=x", environ_base={"REMOTE_ADDR": "198.51.100.7"})
    builders.sign_in(client, actor)
    client.get("/search?q=x")
    storage = app.extensions["limits"].storage
    assert isinstance(storage, MemoryStorage)
    assert len(storage.storage) >= 4
    for key in storage.storage:
        assert re.fullmatch(r"LIMITER/[0-9a-f]{32}/[a-z_]+/\d+/\d+/second", key), key


def test_without_its_store_the_service_counts_in_memory_and_says_so_once(
    settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    app = limited(settings, redis_url=f"redis://127.0.0.1:{free_port()}/0")
    assert statuses(app.test_client(), "/search?q=x", 3) == [200, 200, 429]
    assert [record.getMessage() for record in caplog.records if "unreachable" in record.getMessage()] == [
        "Rate limit storage unreachable - falling back to in-memory storage"
    ]
    dispose(app)


@pytest.mark.skipif(SERVER is None, reason="There is no redis-server on this machine.")
def test_workers_count_together_in_redis_and_go_on_when_it_dies(settings: Settings, tmp_path: Path) -> None:
    port = free_port()
    server = subprocess.Popen([SERVER or "", "--port", str(port), "--save", "", "--dir", str(tmp_path)])
    apps = []
    try:
        wait_for(port)
        apps = [limited(settings, redis_url=f"redis://127.0.0.1:{port}/0") for _ in range(2)]
        one, other = (app.test_client() for app in apps)
        assert statuses(one, "/search?q=x", 2) == [200, 200]
        assert statuses(other, "/search?q=x", 1) == [429]
        server.kill()
        server.wait()
        assert statuses(other, "/search?q=x", 3) == [200, 200, 429]
    finally:
        server.kill()
        server.wait()
        for app in apps:
            dispose(app)


def free_port() -> int:
    """A port on which nothing listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        number: int = probe.getsockname()[1]
        return number


def wait_for(port: int) -> None:
    """Wait until something listens there."""
    until = time.monotonic() + 20
    while time.monotonic() < until:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise AssertionError("Redis did not start.")


def test_every_route_named_in_the_amounts_is_there_and_every_file_counts_as_one(app: Flask) -> None:
    assert set(limits.BY_ENDPOINT) - set(app.view_functions) == set()
    files = {
        rule.endpoint
        for rule in app.url_map.iter_rules()
        if re.search(r"\.(csv|txt|json|zip|xlsx|<any.*:form>)$", rule.rule)
    }
    # Feeds are read like pages: one reader asks for many of them, again and again.
    files = {endpoint for endpoint in files if not endpoint.startswith("feeds.")}
    assert {endpoint for endpoint in files if limits.BY_ENDPOINT.get(endpoint) is not Kind.EXPORT} == set()
