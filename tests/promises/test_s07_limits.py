"""S7: limits before parsing. Every column has an end, a large body is not read, no parameter costs more than a page."""

import gzip
import time
from io import BytesIO

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import JSON, String, Text

from app.extensions import db
from app.models import Amendment, Plank
from app.web.transactions import transaction
from policies.planks import TEXT_CHARACTERS
from tests import builders, many

# Texts as long as a form lets them be, and what the service makes of them; what limits each is written beside it.
LONG_TEXTS = {
    "amendments.draft_text": "the body of the request",
    "edition_proposals.contents": "the planks there are",
    "edition_proposals.moved": "the planks there are",
    "editions.manifest": "the planks there are",
    "editorial_changes.text": "the text it mends",
    "launch_statements.text": "policies/statements.py",
    "mails.body": "a letter's template",
    "offers.text": "the text of a plank",
    "planks.draft_text": "the body of the request",
    "revisions.text": "the text of a plank",
    "search_documents.words": "the text it is made of",
    "settlements.words": "the text of a plank",
    "versions.text": "policies/planks.py",
}
HUGE = 5_000_000
ODD = (
    "/planks?page=1000000000",
    "/planks?limit=1000000000",
    "/where-we-stand.csv?limit=1000000000",
    "/decisions.csv?limit=1000000000",
    "/search?q=" + "x" * 4000,
    "/search?q=" + "homes+OR+" * 400,
    "/search?q=" + "(" * 2000,
    "/search?q=" + "*" * 2000,
    "/search?q=" + "homes~99+" * 200,
    "/mps?q=" + "x+" * 2000,
    "/sign-in?next=/" + "x" * 4000,
    "/sign-in/link/" + "x" * 4000,
    "/planks/" + "9" * 4000,
    "/planks/1/compare?from=" + "9" * 4000,
    "/planks?" + "&".join(f"x{number}=1" for number in range(500)),
    "/planks?" + "theme=housing&" * 500,
)


# More rows than a page has, written shorter and longer than any number that a database knows.
MORE_THAN_A_PAGE = ("101", "100000", "1000000000", "9" * 4000)


@pytest.fixture
def member(app: Flask, client: FlaskClient) -> FlaskClient:
    """The browser of a member."""
    app.config["WTF_CSRF_ENABLED"] = False
    builders.sign_in(client, builders.member())
    return client


def test_every_column_of_words_has_a_length_or_a_reason() -> None:
    endless = {
        f"{table.name}.{column.name}"
        for table in db.metadata.sorted_tables
        for column in table.columns
        if isinstance(column.type, String) and not isinstance(column.type, JSON) and not column.type.length
    }
    long = {name for name in endless if isinstance(_column(name).type, Text)}
    assert endless == long
    # New tables may bring texts of their own: each is named here, with what ends it.
    assert long - set(LONG_TEXTS) == set()


def _column(name: str) -> db.Column:
    table, _, column = name.partition(".")
    return db.metadata.tables[table].columns[column]


def test_a_body_of_five_megabytes_is_refused_before_it_is_read(member: FlaskClient) -> None:
    for address in ("/sign-in/link", "/planks/new", "/interest", "/nowhere", "/rounds/1/cast"):
        body = BytesIO(b"text=" + b"x" * HUGE)
        form = "application/x-www-form-urlencoded"
        answer = member.post(address, input_stream=body, content_length=HUGE, content_type=form)
        assert answer.status_code in {404, 413}
        assert body.tell() < HUGE // 10


def test_a_form_of_a_thousand_parts_is_refused(member: FlaskClient) -> None:
    parts = {f"part{number}": (BytesIO(b"x"), f"{number}.txt") for number in range(1000)}
    assert member.post("/planks/new", data={**parts, "title": "Warm homes"}).status_code == 413


def test_a_draft_never_outgrows_the_request_and_a_text_never_the_rules(member: FlaskClient) -> None:
    words = {"title": "Warm homes", "theme": "housing", "reason": "Cold.", "text": "word " * 40_000}
    builders.theme("Housing", "housing")
    for address in ("/planks/new", "/planks/new/keep"):
        member.post(address, data=words)
    with transaction():
        kept = [len(plank.draft_text or "") for plank in db.session.query(Plank)]
        assert db.session.query(Amendment).count() == 0
    assert [length for length in kept if length > TEXT_CHARACTERS] == []


def test_an_odd_parameter_costs_no_more_than_a_page(client: FlaskClient) -> None:
    for address in ODD:
        began = time.process_time()
        assert client.get(address).status_code in {200, 400, 404}, address[:60]
        assert time.process_time() - began < 2, address[:60]


def test_odd_headers_are_borne(app: Flask, client: FlaskClient) -> None:
    actor = builders.member()
    app.config["WTF_CSRF_ENABLED"] = False
    odd = {
        "User-Agent": "Firefox/" + "x" * 5000,
        "Accept-Language": ",".join(["en;q=0.1"] * 500),
        "Accept-Encoding": ",".join(["gzip;q=0.1"] * 500),
        "If-None-Match": '"' + "x" * 5000 + '"',
        "If-Modified-Since": "Thu, 99 Xxx 9999 99:99:99 GMT",
        "Range": "bytes=" + ",".join(["0-1"] * 500),
        "Cookie": "session=" + "x" * 4000,
        "X-Forwarded-For": "127.0.0.1",
        "X-Forwarded-Host": "elsewhere.example",
        "Host": "elsewhere.example",
    }
    for address in ("/", "/whats-new.atom", "/search?q=homes"):
        answer = client.get(address, headers=odd)
        assert answer.status_code < 500
        is_packed = answer.headers.get("Content-Encoding") == "gzip"
        assert b"elsewhere.example" not in (gzip.decompress(answer.data) if is_packed else answer.data)
    answer = client.post("/sign-in", data={"person": str(actor.person_id)}, headers={"User-Agent": odd["User-Agent"]})
    assert answer.status_code == 303


def test_whoever_asks_for_more_rows_than_a_page_has_gets_a_page_and_reads_so(client: FlaskClient) -> None:
    many.planks(101)
    for limit in MORE_THAN_A_PAGE:
        told = client.get("/api/v1/planks", query_string={"limit": limit}).json
        assert len(told["planks"]) == 100
        assert "limit=100&" in f"{told['next'].partition('?')[2]}&"
