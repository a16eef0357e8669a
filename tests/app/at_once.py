"""Many at the same moment: threads that start together, browsers that send together, and what is left of it."""

from collections import Counter
from collections.abc import Callable, Sequence
from threading import Barrier, Thread

from flask import Flask
from flask.testing import FlaskClient

from app.extensions import db
from app.web.transactions import transaction
from policies.permissions import Actor
from tests import builders

AT_ONCE = 32


def all_at_once(works: Sequence[Callable[[], object]]) -> None:
    """Start all works at the same moment, each in a thread of its own, and wait for them."""
    start = Barrier(len(works))

    def run(work: Callable[[], object]) -> None:
        start.wait(timeout=30)
        work()

    threads = [Thread(target=run, args=(work,)) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert not any(thread.is_alive() for thread in threads)


def posts(app: Flask, actors: Sequence[Actor], address: str, **sent: str) -> Counter[int]:
    """Have each of these send the same form at the same moment; returns how often each status came back."""
    statuses: list[int] = []
    signed_in: dict[Actor, FlaskClient] = {}

    def browser_of(actor: Actor) -> FlaskClient:
        client = app.test_client()
        if actor not in signed_in:
            builders.sign_in(client, actor)
            signed_in[actor] = client
            return client
        # One more window of a browser in which this person is signed in already.
        with signed_in[actor].session_transaction() as first, client.session_transaction() as other:
            other.update(first)
        return client

    def post(client: FlaskClient) -> Callable[[], object]:
        return lambda: statuses.append(client.post(address, data=sent).status_code)

    all_at_once([post(browser_of(actor)) for actor in actors])
    return Counter(statuses)


def rows(model: type) -> int:
    """How many rows a table has."""
    with transaction():
        return db.session.query(model).count()
