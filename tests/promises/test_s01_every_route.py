"""S1: role by route by object: every cell equals the matrix written by hand, and a refused call changes nothing."""

import sqlite3
from contextlib import closing

import pytest
from flask import Flask
from werkzeug.routing import Rule

from tests.app.access import EVERYBODY, MAY, MAY_FIND_NOTHING, NOTED, ONLY_IN, SEES
from tests.promises.conftest import Tried

OTHER_VALUES = {
    "slug": "housing",
    "form": "md",
    "name": "1",
    "group": "labour",
    "side": "for",
    "role": "argument",
    "what": "news",
}
# What is there for nobody is looked for in one place, whoever asks: these three ask.
WHO_TRY_WHAT_IS_NOT_THERE = {"visitor", "mover", "other_clerk"}


def guarded_rules(app: Flask) -> list[Rule]:
    """Every route that names a permission."""
    return [rule for rule in app.url_map.iter_rules() if hasattr(app.view_functions[rule.endpoint], "permission")]


def test_the_matrix_names_every_route(tried: Tried) -> None:
    assert {rule.endpoint for rule in guarded_rules(tried.app)} == set(MAY)


@pytest.mark.parametrize("endpoint", MAY)
def test_every_cell_of_the_matrix(tried: Tried, endpoint: str) -> None:
    for rule in tried.app.url_map.iter_rules(endpoint):
        for method in sorted((rule.methods or set()) & {"GET", "POST"}):
            for role in tried.world.people:
                try_role(tried, rule, method, role)


def try_role(tried: Tried, rule: Rule, method: str, role: str) -> None:
    """Call one route as one role on every case of the thing in its address."""
    thing, allowed = MAY[rule.endpoint]
    cases = SEES[thing] if thing else {"": EVERYBODY}
    for case, sees in cases.items():
        if not sees and role not in WHO_TRY_WHAT_IS_NOT_THERE:
            continue
        address = address_of(rule, tried.world.addresses[thing][case]) if thing else address_of(rule, "1")
        status, changed = call(tried, method, address, role)
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


def call(tried: Tried, method: str, address: str, role: str) -> tuple[int, bool]:
    """The status of one call, and whether it changed the database; the file is then put back."""
    with closing(sqlite3.connect(tried.world.path)) as watcher:
        before = watcher.execute("PRAGMA data_version").fetchone()
        status = tried.browser(role).open(address, method=method, data={} if method == "POST" else None).status_code
        changed = watcher.execute("PRAGMA data_version").fetchone() != before
    if changed:
        with tried.app.app_context():
            tried.world.restore()
    return status, changed
