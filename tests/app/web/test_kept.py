"""Public pages are kept as bytes, and no request is ever answered with what was true before a change that is done."""

import gzip
import os
import re
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from app.config import Settings
from app.extensions import db
from app.models import Demonstration, Participation, PublicMark, SignIn, Stance, Suspension, Theme
from app.models.marks import WITHOUT_PUBLIC_EFFECT
from app.web.keeping import made
from app.web.kept import KeptPages
from app.web.transactions import transaction
from policies.endorsements import StanceKind
from policies.keeping import WITH_THE_TIME, WITHOUT_THE_TIME
from tests import builders
from tests.conftest import ROOT, SECRET, as_made, dispose
from tests.conftest import made as application


@pytest.fixture
def lagging_app(settings: Settings, applications: dict[str, Flask]) -> Iterator[Flask]:
    """The service with pages kept, its clock some days late: what is built happens in the past. Then `catch_up`."""
    chosen = settings.model_copy(update={"kept_pages": "on"})
    key = chosen.model_dump_json()
    if key not in applications:
        applications[key] = application(chosen)
    with as_made(applications[key], chosen) as app, app.app_context():
        for shelf in pages_of(app).shelves:
            shelf.empty()
        with transaction():
            db.session.add(Demonstration(id=1, clock_offset=-int(timedelta(days=10, minutes=5).total_seconds())))
        builders.theme("Housing", "housing")
        yield app
    dispose(app)


@pytest.fixture
def kept_app(lagging_app: Flask) -> Flask:
    """The service as it runs for real people: no demonstration, pages kept, nothing kept yet."""
    catch_up()
    return lagging_app


def catch_up() -> None:
    """Have the clock go right, for good."""
    db.session.remove()
    with db.engine.begin() as connection:
        if connection.dialect.name == "sqlite":
            connection.exec_driver_sql("DROP TRIGGER demonstrations_stay")
            connection.exec_driver_sql("DELETE FROM demonstrations")
        else:
            connection.exec_driver_sql("TRUNCATE demonstrations")


@pytest.fixture
def browser(lagging_app: Flask) -> FlaskClient:
    """A visitor's browser that keeps no cookie."""
    return lagging_app.test_client(use_cookies=False)


def pages_of(app: Flask) -> KeptPages:
    """What stands in front of the service."""
    pages: KeptPages = app.extensions["kept pages"]
    return pages


def is_kept(app: Flask, address: str = "/themes/housing") -> bool:
    """Whether something is kept for this address that would be shown now."""
    path, _, query = address.partition("?")
    found = pages_of(app).shelves[bool(query)].get(("http", "localhost", "", path, query))
    with app.app_context():
        mark = db.session.scalar(sa.select(PublicMark.mark))
        db.session.remove()
    return found is not None and found.is_good(mark or "")


def mark() -> str:
    """The mark of this moment."""
    db.session.remove()
    return db.session.scalars(sa.select(PublicMark.mark)).one()


def rename(name: str) -> None:
    """Change a word that the public sees."""
    with transaction():
        db.session.scalars(sa.select(Theme).where(Theme.slug == "housing")).one().name = name


def same(one: TestResponse, other: TestResponse) -> bool:
    """Whether two answers are the same in bytes and headers, an ETag apart."""
    heads = [{name: value for name, value in answer.headers.items() if name != "ETag"} for answer in (one, other)]
    return one.data == other.data and heads[0] == heads[1]


def test_what_is_kept_is_what_would_be_made_now_headers_included(kept_app: Flask, browser: FlaskClient) -> None:
    first, again = browser.get("/themes/housing"), browser.get("/themes/housing")
    assert is_kept(kept_app)
    assert same(first, again)
    made_now = browser.get("/themes/housing", headers={"Cookie": "unknown=1"})
    assert made_now.data == again.data
    told = dict(again.headers)
    assert told.pop("Vary") == "Cookie, Accept-Encoding"
    assert told.pop("ETag").startswith('W/"')
    assert made_now.headers["Vary"] == "Accept-Encoding, Cookie"
    assert told == {name: value for name, value in made_now.headers.items() if name != "Vary"}


@pytest.mark.usefixtures("kept_app")
def test_who_has_it_already_is_told_so_and_sent_nothing(browser: FlaskClient) -> None:
    etag = browser.get("/themes/housing").headers["ETag"]
    for headers in ({"If-None-Match": etag}, {"If-None-Match": etag, "Accept-Encoding": "gzip"}):
        answer = browser.get("/themes/housing", headers=headers)
        assert (answer.status_code, answer.data, answer.headers["ETag"]) == (304, b"", etag)
        assert "Content-Security-Policy" in answer.headers
    rename("Homes")
    assert b"Homes" in browser.get("/themes/housing", headers={"If-None-Match": etag}).data


@pytest.mark.usefixtures("kept_app")
def test_packed_bytes_are_the_same_page_and_its_head_has_no_body(browser: FlaskClient) -> None:
    plain = browser.get("/themes/housing")
    packed = browser.get("/themes/housing", headers={"Accept-Encoding": "br, gzip"})
    assert packed.headers["Content-Encoding"] == "gzip"
    assert len(packed.data) == int(packed.headers["Content-Length"]) < len(plain.data)
    assert gzip.decompress(packed.data) == plain.data
    assert "Content-Encoding" not in browser.get("/themes/housing", headers={"Accept-Encoding": "gzip;q=0"}).headers
    head = browser.head("/themes/housing")
    assert (head.data, dict(head.headers)) == (b"", dict(plain.headers))


def test_whoever_has_a_cookie_is_never_answered_from_what_is_kept(kept_app: Flask, browser: FlaskClient) -> None:
    browser.get("/themes/housing")
    member = kept_app.test_client()
    builders.sign_in(member, builders.member("green"))
    browser.get("/themes/housing")
    assert is_kept(kept_app)
    own = member.get("/themes/housing")
    assert b"Sign out" in own.data
    assert own.headers["Cache-Control"] == "no-store"
    assert b"Sign out" not in browser.get("/themes/housing").data
    chooser = kept_app.test_client()
    with chooser.session_transaction() as session:
        session["spoken"] = "brief"
    assert b"spoken-brief" in chooser.get("/themes/housing").data


def test_pages_of_visitors_are_packed_and_pages_of_members_are_not(kept_app: Flask) -> None:
    packs = {"Accept-Encoding": "gzip"}
    visitor, member = kept_app.test_client(), kept_app.test_client()
    asked = visitor.get("/sign-in", headers=packs)
    assert asked.headers["Content-Encoding"] == "gzip"
    assert b"<form" in gzip.decompress(asked.data)
    assert visitor.get("/sign-in").headers.get("Content-Encoding") is None
    builders.sign_in(member, builders.member("green"))
    own = member.get("/to-do", headers=packs)
    assert own.headers.get("Content-Encoding") is None
    assert b"Sign out" in own.data


@pytest.mark.parametrize(
    "address", ["/sign-in", "/search?q=homes", "/where-we-stand.csv", "/nowhere", "/planks?level=x", "/planks/999"]
)
def test_forms_searches_files_and_refusals_are_not_kept(kept_app: Flask, browser: FlaskClient, address: str) -> None:
    browser.get(address)
    assert not is_kept(kept_app, address)
    assert browser.get(address).status_code == browser.get(address, headers={"Cookie": "unknown=1"}).status_code


def test_a_demonstration_keeps_nothing_since_its_clock_moves(lagging_app: Flask, browser: FlaskClient) -> None:
    browser.get("/whats-new.atom")
    assert not is_kept(lagging_app, "/whats-new.atom")


def test_another_host_has_pages_of_its_own(kept_app: Flask, browser: FlaskClient) -> None:
    browser.get("/themes/housing", base_url="http://elsewhere.example")
    assert not is_kept(kept_app)


def test_a_feed_keeps_its_own_etag_and_is_not_sent_twice(kept_app: Flask, browser: FlaskClient) -> None:
    first = browser.get("/whats-new.atom")
    assert is_kept(kept_app, "/whats-new.atom")
    asked = {"If-None-Match": first.headers["ETag"], "If-Modified-Since": first.headers["Last-Modified"]}
    assert browser.get("/whats-new.atom", headers=asked).status_code == 304
    assert browser.get("/whats-new.atom", headers={"If-None-Match": '"another"'}).data == first.data


@pytest.mark.both
@pytest.mark.usefixtures("lagging_app")
def test_a_vote_leaves_no_mark_and_a_published_decision_does() -> None:
    round_id = builders.open_round(builders.open_plank())
    before = mark()
    assert builders.vote(round_id, builders.voters(round_id, "green"))
    assert db.session.query(Participation).count()
    assert mark() == before
    builders.pass_time(days=7, minutes=1)
    assert mark() != before


@pytest.mark.usefixtures("kept_app")
def test_every_way_of_changing_what_is_public_leaves_a_mark_and_other_changes_leave_none() -> None:
    marks = [mark()]
    with transaction():
        db.session.execute(sa.update(Theme).values(name="Homes"))
    marks.append(mark())
    with db.engine.begin() as connection:
        connection.execute(sa.text("UPDATE themes SET name = 'Houses'"))
    marks.append(mark())
    with db.engine.begin() as connection:
        connection.exec_driver_sql("DELETE FROM themes")
    marks.append(mark())
    with transaction():
        db.session.add(Theme(slug="new", name="New"))
    marks.append(mark())
    assert len(set(marks)) == len(marks)
    with transaction():
        db.session.execute(sa.delete(SignIn))
        db.session.execute(sa.text("SELECT 1"))
    with db.engine.connect() as connection:
        connection.execute(sa.text("UPDATE themes SET name = 'Never'"))
        connection.rollback()
    assert mark() == marks[-1]


def test_the_tables_without_public_effect_are_tables_and_none_of_them_tells_what_groups_back() -> None:
    tables = set(db.metadata.tables)
    assert tables > WITHOUT_PUBLIC_EFFECT
    told = {"planks", "versions", "stances", "suspensions", "rounds", "ballots", "counts", "positions", "mps", "people"}
    told |= {"hidden_words", "name_choices", "group_pages", "launch_statements", "audit_rows", "demonstrations"}
    assert not told & WITHOUT_PUBLIC_EFFECT


def test_a_page_ends_with_the_pause_it_shows(lagging_app: Flask, browser: FlaskClient) -> None:
    builders.decided(builders.open_plank())
    first, second = builders.clerk("green"), builders.clerk("green")
    catch_up()
    now = datetime.now(UTC)
    until = now + timedelta(seconds=3)
    with transaction():
        stance = db.session.scalars(sa.select(Stance).where(Stance.group == "green")).one()
        pause = Suspension(stance_id=stance.id, days=1, reason="A bill may change this.", asked_at=now)
        pause.asked_by_id, pause.confirmed_by_id = first.person_id or 0, second.person_id
        pause.starts_at, pause.until = now, until
        db.session.add(pause)
    assert b"paused" in browser.get("/planks/1").data
    found = pages_of(lagging_app).shelves[0].get(("http", "localhost", "", "/planks/1", ""))
    assert found is not None
    assert found.until == until.timestamp()
    assert not made("m", time.time() - 0.001, [], b"").is_good("m")


def test_a_page_that_says_nothing_of_the_moment_is_good_for_a_minute_and_any_other_for_seconds(
    kept_app: Flask, browser: FlaskClient
) -> None:
    shelf = pages_of(kept_app).shelves[0]
    for address, seconds in (("/glossary", WITHOUT_THE_TIME), ("/whats-new", WITH_THE_TIME)):
        asked = time.time()
        browser.get(address)
        found = shelf.get(("http", "localhost", "", address, ""))
        assert found is not None
        midnight = (asked // 86_400 + 1) * 86_400
        assert min(asked + seconds.total_seconds(), midnight) <= found.until <= time.time() + seconds.total_seconds()


def test_while_the_mark_cannot_be_read_nothing_kept_is_shown(kept_app: Flask, browser: FlaskClient) -> None:
    browser.get("/themes/housing")
    with db.engine.begin() as connection:
        connection.exec_driver_sql("ALTER TABLE public_marks RENAME TO gone")
        connection.info["changed what is public"] = False
    try:
        with transaction():
            db.session.execute(sa.delete(SignIn))
        assert browser.get("/themes/housing").headers.get("ETag") is None
    finally:
        with db.engine.begin() as connection:
            connection.exec_driver_sql("ALTER TABLE gone RENAME TO public_marks")


def test_addresses_without_end_push_no_page_out_that_has_no_question(kept_app: Flask, browser: FlaskClient) -> None:
    browser.get("/about")
    asked, plain = pages_of(kept_app).shelves[1], pages_of(kept_app).shelves[0]
    for number in range(3):
        browser.get(f"/about?a={number}")
    assert asked.weight > 0
    assert plain.get(("http", "localhost", "", "/about", "")) is not None
    browser.get(f"/about?a={'1' * 600}")
    assert asked.get(("http", "localhost", "", "/about", f"a={'1' * 600}")) is None


def test_names_of_the_site_that_somebody_makes_up_push_no_page_out(kept_app: Flask, browser: FlaskClient) -> None:
    for host, is_own in {"made-up.example": 0, "localhost.": 0, "localhost": 1, "localhost:5000": 1}.items():
        browser.get("/about", headers={"Host": host})
        kept = [shelf.get(("http", host, "", "/about", "")) is not None for shelf in pages_of(kept_app).shelves]
        assert kept == [is_own, not is_own], host


SERVER = """
import sys
from werkzeug.serving import make_server
from wsgi import app
server = make_server("127.0.0.1", 0, app, threaded=True)
print(server.port, flush=True)
server.serve_forever()
"""


@pytest.fixture
def other_process(lagging_app: Flask) -> Iterator[str]:
    """The same service in another process; where it answers."""
    settings: Settings = lagging_app.config["SETTINGS"]
    chosen = {"DATABASE_URL": settings.database_url, "SECRET_KEY": SECRET, "KEPT_PAGES": "on"}
    process = subprocess.Popen(
        [sys.executable, "-c", SERVER],
        cwd=ROOT,
        env=os.environ | chosen,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )
    try:
        assert process.stdout is not None
        yield f"http://127.0.0.1:{int(process.stdout.readline())}"
    finally:
        process.kill()
        process.communicate()


def shown_by(address: str, pattern: str, cookie: str = "") -> str:
    """What another process shows, and to visitors that it would show it from memory the next time."""
    asked = urllib.request.Request(address, headers={"Cookie": cookie} if cookie else {})
    with urllib.request.urlopen(asked, timeout=20) as answer:
        assert cookie or answer.headers["ETag"]
        found = re.search(pattern, answer.read().decode())
    assert found is not None
    return found[1]


@pytest.mark.both
def test_what_one_process_commits_the_very_next_request_of_another_shows(
    lagging_app: Flask, other_process: str
) -> None:
    builders.decided(builders.open_plank())
    catch_up()
    members = lagging_app.test_client()
    builders.sign_in(members, builders.member())
    session = members.get_cookie("session")
    assert session
    for kind in [StanceKind.DECLINED, StanceKind.ENDORSED] * 5:
        with transaction():
            db.session.execute(sa.update(Stance).where(Stance.group == "green").values(kind=kind))
        for cookie in 2 * ["", f"session={session.value}"]:
            level = shown_by(f"{other_process}/planks/1", 'class="tag tag-([a-z_]+)"', cookie)
            assert (level == "agreed") == (kind is StanceKind.ENDORSED)
    _never_stale_while_many_read(f"{other_process}/themes/housing")


def _never_stale_while_many_read(address: str) -> None:
    """While one process writes as fast as it can, no reader of the other sees less than what was committed before."""
    done, stale, ended = [0], [], threading.Event()

    def read() -> None:
        while not ended.is_set():
            before = done[0]
            shown = int(shown_by(address, "Homes number ([0-9]+)"))
            stale.extend([(before, shown)] if shown < before else [])

    rename("Homes number 0")
    readers = [threading.Thread(target=read) for _ in range(3)]
    for reader in readers:
        reader.start()
    for number in range(1, 40):
        rename(f"Homes number {number}")
        done[0] = number
    ended.set()
    for reader in readers:
        reader.join()
    assert not stale
    assert shown_by(address, "Homes number ([0-9]+)") == "39"
