"""Role by route by object: every cell equals the matrix written by hand, and a refused call changes nothing."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing

import pytest
from flask import Flask
from werkzeug.routing import Rule

from app import create_app
from app.config import Settings
from policies.permissions import Actor
from tests import builders
from tests.app.access import EVERYBODY, MAY, MAY_FIND_NOTHING, NOTED, ONLY_IN, SEES
from tests.app.access_world import World, build
from tests.conftest import SECRET, dispose
from tests.databases import SqliteDatabases

OTHER_VALUES = {
    "slug": "housing",
    "name": "1",
    "group": "labour",
    "side": "for",
    "role": "argument",
    "what": "news",
}


@pytest.fixture(scope="module")
def tried(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Flask, World]]:
    """The application on a file with one of everything in it; the file goes back after each call that changed it."""
    folder = tmp_path_factory.mktemp("access")
    url = SqliteDatabases(folder, SECRET).fresh(folder)
    app = create_app(
        Settings(database_url=url, secret_key=SECRET, index_folder=folder / "search", jobs_file=folder / "jobs.db")
    )
    app.config.update(TESTING=True, WTF_CSRF_ENABLED=False)
    with app.app_context():
        builders.start_demonstration()
        world = build(app)
        world.keep()
    yield app, world
    dispose(app)


def guarded_rules(app: Flask) -> list[Rule]:
    """Every route that names a permission."""
    return [rule for rule in app.url_map.iter_rules() if hasattr(app.view_functions[rule.endpoint], "permission")]


def test_the_matrix_names_every_route(tried: tuple[Flask, World]) -> None:
    assert {rule.endpoint for rule in guarded_rules(tried[0])} == set(MAY)


@pytest.mark.parametrize("endpoint", MAY)
def test_every_cell_of_the_matrix(tried: tuple[Flask, World], endpoint: str) -> None:
    app, world = tried
    for rule in app.url_map.iter_rules(endpoint):
        for method in sorted((rule.methods or set()) & {"GET", "POST"}):
            for role in world.people:
                try_role(app, world, rule, method, role)


def try_role(app: Flask, world: World, rule: Rule, method: str, role: str) -> None:
    """Call one route as one role on every case of the thing in its address."""
    thing, allowed = MAY[rule.endpoint]
    cases = SEES[thing] if thing else {"": EVERYBODY}
    for case, sees in cases.items():
        address = address_of(rule, world.addresses[thing][case]) if thing else address_of(rule, "1")
        status, changed = call(app, world, method, address, role)
        cell = f"{method} {address} ({case}) as {role}: {status}"
        if role not in sees:
            assert status == 404, cell
        elif role not in allowed or ONLY_IN.get(rule.endpoint, case) != case:
            assert status == 403, cell
        else:
            assert status not in {403, 500}, cell
            assert status != 404 or rule.endpoint in MAY_FIND_NOTHING, cell
        may_change = (method == "POST" or rule.endpoint in NOTED) and role in sees & allowed
        assert not changed or may_change, f"{cell}, and the database changed"


def address_of(rule: Rule, ref: str) -> str:
    """The address of a route with its values filled in."""
    values = {name: OTHER_VALUES.get(name, ref) for name in rule.arguments}
    values = {name: int(value) if name == "number" else value for name, value in values.items()}
    built = rule.build(values)
    assert built is not None
    return built[1]


def call(app: Flask, world: World, method: str, address: str, role: str) -> tuple[int, bool]:
    """The status of one call, and whether it changed the database; the file is then put back."""
    client = app.test_client()
    person_id = world.people[role]
    if person_id is not None:
        builders.sign_in(client, Actor(person_id=person_id))
    with closing(sqlite3.connect(world.path)) as watcher:
        before = watcher.execute("PRAGMA data_version").fetchone()
        status = client.open(address, method=method, data={} if method == "POST" else None).status_code
        changed = watcher.execute("PRAGMA data_version").fetchone() != before
    if changed:
        with app.app_context():
            world.restore()
    return status, changed
