"""Whether an address is known cannot be told from how long the answer takes.

Work is counted in statements, which say the same on a busy machine and on an idle one.
"""

import re
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient

from app.config import Settings
from app.extensions import db
from app.models import Person
from app.web import even_time
from app.web.transactions import transaction
from policies.interest import ConsentPurpose
from tests import builders
from tests.conftest import dispose, made
from tests.interested import supporter

KNOWN, UNKNOWN = "known@example.org", "nobody@example.org"


@contextmanager
def statements() -> Iterator[list[str]]:
    """What the database is asked meanwhile: the verb, and the table where something is written."""
    seen: list[str] = []

    def note(_connection: object, _cursor: object, words: str, *_rest: object) -> None:
        written = re.match(r"(INSERT INTO|UPDATE|DELETE FROM) (\w+)", words)
        seen.append(f"{written[1]} {written[2]}" if written else words.split()[0])

    sa.event.listen(db.engine, "before_cursor_execute", note)
    try:
        yield seen
    finally:
        sa.event.remove(db.engine, "before_cursor_execute", note)


@pytest.fixture
def work(app: Flask, client: FlaskClient) -> Callable[[str, str, dict[str, str]], list[str]]:
    """What asking for something with an address has the database do, once the way there is warm."""
    app.config["WTF_CSRF_ENABLED"] = False
    actor = builders.member("green")
    with transaction():
        db.session.get_one(Person, actor.person_id).email = KNOWN
    supporter(KNOWN, ConsentPurpose.NEWS)

    def done(path: str, address: str, answers: dict[str, str]) -> list[str]:
        with statements() as seen:
            assert client.post(path, data={**answers, "email": address}).status_code == 303
        return seen

    return done


@pytest.mark.parametrize(
    ("path", "answers"),
    [
        ("/sign-in/link", {}),
        ("/interest", {"news": "y"}),
    ],
)
def test_the_same_is_done_for_known_and_unknown_addresses(
    work: Callable[[str, str, dict[str, str]], list[str]], path: str, answers: dict[str, str]
) -> None:
    work(path, "warm@example.org", answers)
    assert work(path, KNOWN, answers) == work(path, UNKNOWN, answers)


def test_answers_to_a_named_address_leave_at_even_steps_of_time(settings: Settings) -> None:
    app = made(settings.model_copy(update={"limits": "on"}))
    app.config["WTF_CSRF_ENABLED"] = False
    with app.app_context():
        builders.start_demonstration()
        builders.invited("green", KNOWN)
    client = app.test_client()
    for address in (KNOWN, UNKNOWN):
        answers = {"name": "Jo Bloggs", "declared": "y", "email": address}
        began = time.monotonic()
        assert client.post("/groups/green/join", data=answers).status_code == 303
        assert time.monotonic() - began >= even_time.STEP
    for passed, rest in ((0.0, 0.25), (0.02, 0.23), (0.24, 0.01), (0.26, 0.24)):
        assert even_time.rest_of_step(passed) == pytest.approx(rest)
    dispose(app)
