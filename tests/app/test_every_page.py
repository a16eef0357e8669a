"""Every page is asked for on PostgreSQL, as the first of those who may read it: no query of ours is SQLite's alone."""

import pytest
from flask import Flask

from app.extensions import db
from policies.permissions import Actor
from tests import builders
from tests.app.access import EVERYBODY, MAY, SEES
from tests.app.access_world import World, build
from tests.promises.test_s01_every_route import address_of


@pytest.mark.both
def test_every_page_answers(app: Flask) -> None:
    if db.engine.dialect.name == "sqlite":
        pytest.skip("On SQLite the promises ask for every page, as everybody.")
    world = build(app)
    asked = {endpoint for endpoint in MAY if answers(app, world, endpoint)}
    assert len(asked) > 150
    assert {"platform.plank", "results.decisions", "ballots.show"} <= asked


def answers(app: Flask, world: World, endpoint: str) -> bool:
    """Ask for one address of a route, if it has one that somebody may read; it must not fail."""
    thing, allowed = MAY[endpoint]
    for case, sees in (SEES[thing] if thing else {"": EVERYBODY}).items():
        for role in sorted(world.people.keys() & allowed & sees):
            for rule in app.url_map.iter_rules(endpoint):
                if "GET" not in (rule.methods or ()):
                    continue
                client = app.test_client()
                if world.people[role] is not None:
                    builders.sign_in(client, Actor(person_id=world.people[role]))
                address = address_of(rule, world.addresses[thing][case] if thing else "1")
                assert client.get(address).status_code < 500, f"{address} as {role}"
                return True
    return False
