"""Lists of addresses to know applicants by: marked for the own group's clerks alone, kept as digests, soon erased."""

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from io import BytesIO

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient

from app.desk.ticking import tick
from app.extensions import db
from app.models import AddressList, AuditRow, ListedDigest
from app.web.filters import day
from app.web.transactions import transaction
from tests import builders
from tests.app.joining.test_joining import browser
from tests.app.reading import main_of, without_tokens
from tests.app.test_parallel import all_at_once

PAGE = "/clerk/members/addresses"
LIST = "Name;E-mail\nJo;Jo@Example.org\n\nAl;al@example.org\nJo again;jo@example.org\n"
MARK = "On the list of"


@pytest.fixture(autouse=True)
def _no_tokens(app: Flask) -> None:
    app.config["WTF_CSRF_ENABLED"] = False


@pytest.fixture
def clerk(app: Flask) -> FlaskClient:
    """The browser of a Green clerk."""
    return browser(app, builders.clerk("green"))


def upload(clerk: FlaskClient, text: str = LIST, sent_as: str = "addresses") -> None:
    """Upload a list, pasted or as a file."""
    sent = {"addresses": text} if sent_as == "addresses" else {"file": (BytesIO(text.encode()), "list.csv")}
    assert clerk.post(PAGE, data=sent, content_type="multipart/form-data").status_code == 303


def kept() -> tuple[int, int]:
    """How many lists and how many digests are kept."""
    with transaction():
        return db.session.query(AddressList).count(), db.session.query(ListedDigest).count()


@pytest.mark.parametrize("sent_as", ["file", "addresses"])
def test_an_applicant_on_the_list_is_marked_for_that_groups_clerks_alone(
    app: Flask, clerk: FlaskClient, sent_as: str
) -> None:
    for group in ("green", "labour"):
        builders.waiting_member(group, "jo@example.org")
    builders.waiting_member("green", "mo@example.org")
    builders.invited("green", "al@example.org")
    labour = browser(app, builders.clerk("labour"))
    before = without_tokens(labour.get("/clerk/members"))
    upload(clerk, sent_as=sent_as)
    page = main_of(clerk.get("/clerk/members"))
    assert page.count(MARK) == 1, "Jo alone: Mo is not on it, and Al has proven nothing"
    with transaction():
        assert f"{MARK} {day(db.session.query(AddressList).one().uploaded_at)}" in page
    assert without_tokens(labour.get("/clerk/members")) == before
    assert "Your group has no list." in labour.get(PAGE).text
    assert "2 addresses, of" in clerk.get(PAGE).text


def test_what_is_kept_holds_no_address_and_the_record_its_length_alone(clerk: FlaskClient) -> None:
    upload(clerk)
    with transaction():
        digests = {one.digest for one in db.session.query(ListedDigest)}
        row = db.session.query(AuditRow).filter_by(act="address list uploaded").one()
        assert row.details == {"group": "green", "number": 2}
    upload(clerk)
    assert kept() == (1, 2)
    with transaction():
        assert not digests & {one.digest for one in db.session.query(ListedDigest)}, "each list has a salt of its own"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("jo@example.org\nnobody\nal@example.org\n=cmd()", "Lines 2 and 4 hold no e-mail address."),
        ("", "Give at least one address"),
        ("x@example.org\n" * 5_002, "at most 5,000 addresses"),
    ],
)
def test_a_list_with_a_fault_changes_nothing_and_is_not_lost(clerk: FlaskClient, text: str, words: str) -> None:
    upload(clerk, "mo@example.org")
    refused = clerk.post(PAGE, data={"addresses": text})
    assert (refused.status_code, words in refused.text) == (422, True)
    assert "nobody" not in text or "nobody" in refused.text
    assert kept() == (1, 1)


def test_a_list_is_erased_at_a_word_or_after_30_days(clerk: FlaskClient) -> None:
    builders.waiting_member("green", "jo@example.org")
    upload(clerk)
    assert clerk.post(f"{PAGE}/erase").status_code == 303
    assert kept() == (0, 0)
    assert clerk.post(f"{PAGE}/erase").status_code == 409
    upload(clerk)
    builders.pass_time(days=29, hours=23)
    assert kept() == (1, 2)
    builders.move_clock(hours=1)
    assert MARK not in clerk.get("/clerk/members").text, "the mark does not wait for the clock's work"
    tick()
    assert kept() == (0, 0)


@pytest.mark.both
def test_lists_uploaded_at_once_leave_one(app: Flask) -> None:
    statuses: Counter[int] = Counter()

    def send(client: FlaskClient) -> None:
        statuses[client.post(PAGE, data={"addresses": LIST}).status_code] += 1

    clerks = [browser(app, builders.clerk("green")) for _ in range(6)]
    all_at_once([lambda client=client: send(client) for client in clerks])  # type: ignore[misc]
    assert set(statuses) <= {303, 409}
    assert kept() == (1, 2)


@pytest.mark.both
def test_a_list_that_comes_while_another_is_put_in_place_is_left_whole(app: Flask, clerk: FlaskClient) -> None:
    if db.engine.dialect.name != "postgresql":
        pytest.skip("SQLite has one writer at a time.")
    others = iter([browser(app, builders.clerk("green"))])

    def meanwhile(*statement: object) -> None:
        if "DELETE FROM listed_digests" in str(statement[2]):
            for other in others:
                all_at_once([lambda: upload(other)])  # noqa: B023

    with listening(meanwhile):
        answer = clerk.post(PAGE, data={"addresses": "al@example.org"})
    assert (answer.status_code, next(others, None)) == (409, None)
    assert kept() == (1, 2)


@contextmanager
def listening(heard: Callable[..., None]) -> Iterator[None]:
    """Have every statement heard once it is done."""
    sa.event.listen(db.engine, "after_cursor_execute", heard)
    try:
        yield
    finally:
        sa.event.remove(db.engine, "after_cursor_execute", heard)


def test_nobody_but_its_clerks_learns_of_a_list_from_anything_an_applicant_meets(
    app: Flask, clerk: FlaskClient
) -> None:
    answers = []
    for step in range(2):
        for address in ("jo@example.org", "xx@example.org"):
            typed = {"name": "Jo", "email": f"{step}{address}", "declared": "y"}
            answer = app.test_client().post("/groups/green/join", data=typed)
            answers.append((answer.status_code, answer.location, answer.text))
        upload(clerk, "0jo@example.org\n1jo@example.org")
    assert len(set(answers)) == 1
