"""Whoever asks with an address learns nothing of it: not from the answer, and not from the work it makes."""

import re
from collections.abc import Callable

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from app.extensions import db
from app.models import Mail, Membership, Person
from app.web.transactions import transaction
from policies.membership import MembershipStage
from tests import builders
from tests.app.reading import counted

TABLE = re.compile(r"(?:^INSERT INTO|^UPDATE|^DELETE FROM|\bFROM)\s+(\w+)")
WRITES = {"INSERT", "UPDATE", "DELETE"}
Work = list[tuple[str, str]]
Seen = tuple[object, ...]


@pytest.fixture(autouse=True)
def _no_tokens(app: Flask) -> None:
    app.config["WTF_CSRF_ENABLED"] = False


@pytest.fixture
def known(app: Flask) -> dict[str, str]:
    """An address of everybody the service can know, by what it knows of them."""
    member, own = builders.member("labour"), builders.member("green")
    found = {"member_elsewhere": "labour@example.org", "member_here": "green@example.org"}
    with transaction():
        for actor, address in zip((member, own), found.values(), strict=True):
            db.session.get_one(Person, actor.person_id).email = address
    for what in ("waiting", "refused", "left"):
        builders.waiting_member("green", f"{what}@example.org")
    builders.invited("green", "invited@example.org")
    with transaction():
        by_address = {one.person.email: one for one in db.session.query(Membership)}
        refused, left = by_address["refused@example.org"], by_address["left@example.org"]
        refused.stage, refused.refused_at = MembershipStage.REMOVED, refused.verified_at
        left.stage, left.active_since = MembershipStage.LEFT, left.verified_at
    return found | {what: f"{what}@example.org" for what in ("waiting", "refused", "left", "invited")}


def asked(app: Flask, path: str, address: str, **typed: str) -> tuple[Work, Seen]:
    """What one request does in the database, statement by statement, and all that its asker can see of it."""
    browser = app.test_client()
    with counted() as statements:
        answer = browser.post(path, data={"email": address, **typed})
    work = [(verb(one), found[1] if (found := TABLE.search(one)) else "") for one in statements]
    with transaction():
        assert db.session.query(Mail).filter_by(address=address).count() >= 1, "a letter is written either way"
    return work, seen(answer)


def verb(statement: str) -> str:
    """What a statement does: where a row is there already, it is written in place of a new one."""
    first = statement.split()[0]
    return "WRITE" if first in WRITES else first


def seen(answer: TestResponse) -> Seen:
    """Status, words, headers and the shape of cookies."""
    headers = [(name, re.sub(r"=[^;]+", "=…", value, count=1)) for name, value in answer.headers if name != "Date"]
    return answer.status_code, answer.text, headers


def apply(app: Flask, address: str) -> tuple[Work, Seen]:
    """Ask to join the Green group."""
    return asked(app, "/groups/green/join", address, name="Jo", declared="y")


def sign_in(app: Flask, address: str) -> tuple[Work, Seen]:
    """Ask for a link to sign in."""
    return asked(app, "/sign-in/link", address)


def register(app: Flask, address: str) -> tuple[Work, Seen]:
    """Register interest."""
    return asked(app, "/interest", address, name="Jo", news="y")


@pytest.mark.parametrize("ask", [apply, sign_in, register])
def test_an_address_is_answered_and_worked_on_alike_whatever_is_known_of_it(
    app: Flask, known: dict[str, str], ask: Callable[..., tuple[Work, Seen]]
) -> None:
    ask(app, "warm@example.org")
    work, answer = ask(app, "stranger@example.org")
    assert ("WRITE", "mails") in work
    for what, address in {**known, "asked_before": "stranger@example.org"}.items():
        assert ask(app, address) == (work, answer), what


def test_a_stranger_asking_for_somebody_changes_nothing_of_theirs(app: Flask, known: dict[str, str]) -> None:
    def rows() -> list[tuple[object, ...]]:
        with transaction():
            columns = list(Membership.__table__.columns)
            return [tuple(row) for row in db.session.execute(db.select(*columns).order_by(Membership.id))]

    before = rows()
    for what in ("member_elsewhere", "member_here", "waiting", "refused", "invited"):
        apply(app, known[what])
        sign_in(app, known[what])
    assert rows() == before
