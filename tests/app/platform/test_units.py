"""Who changed this: one click from any unit of a plank or a version, in words, with the words before and after."""

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient

from policies.permissions import Actor
from tests import builders
from tests.app.platform.test_home import words_of
from tests.app.platform.test_plank_page import page
from tests.app.reading import counted

HISTORY = re.compile(r'href="(/planks/\w+/v[\d.]+/units/\w+)">History')


@pytest.fixture
def mover(app: Flask) -> Actor:
    """Who proposed plank 1."""
    return builders.member("green")


@pytest.fixture
def plank_id(mover: Actor) -> int:
    """Plank 1, amended by agreement: 2035 for 2030."""
    plank_id = builders.open_plank(mover)
    builders.open_amendment(plank_id, builders.member("labour"), "2030", "2035")
    builders.pass_time(hours=73)
    return plank_id


def histories(client: FlaskClient, address: str) -> list[str]:
    """Where the histories of the units on a page are."""
    return HISTORY.findall(page(client, address))


def test_a_changed_unit_names_its_amendment_the_decision_the_words_and_the_reason(
    plank_id: int, client: FlaskClient
) -> None:
    first, *others = histories(client, "/planks/1")
    with counted() as statements:
        shown = page(client, first)
    assert len([statement for statement in statements if statement.startswith("SELECT")]) <= 15
    words = words_of(shown)
    assert "Who changed clause 1, when and why" in words
    assert "Clause 1, line 1, of version 2" in words
    assert words.index("Version 2 Its words changed.") < words.index("Version 1 It came in with these words.")
    assert "Amendment P1-A1 , moved by a member of the Compass Labour group, adopted by agreement on" in words
    assert 'href="/amendments/P1-A1"' in shown
    assert "deleted: 2030 end of deletion" in words
    revision = builders.amendment(1).revision
    assert revision is not None
    assert f"The reason it gave: “{revision.reason}”" in words
    assert "Proposed by a member of the Compass Green group." in words
    unchanged = words_of(page(client, others[0]))
    assert "Its words are those with which it came in." in unchanged
    assert "Version 2 It" not in unchanged


def test_the_history_of_an_older_version_knows_nothing_of_newer_ones(plank_id: int, client: FlaskClient) -> None:
    words = words_of(page(client, histories(client, "/planks/1/v1")[0]))
    assert "insulated by 2030" in words
    assert "2035" not in words


def test_a_clause_of_a_composite_is_followed_to_where_it_came_from(plank_id: int, client: FlaskClient) -> None:
    builders.open_plank(title="Night trains", text="A night train must run every evening.")
    by = builders.member("lib_dem")
    composite_id = builders.composite(by, plank_id, plank_id + 1)
    builders.advance(composite_id, by)
    shown = page(client, histories(client, "/planks/3")[0])
    assert "Taken from P1, version 2, clause 1: who changed it there ." in words_of(shown)
    (there,) = re.findall(r'href="(/planks/1/v2/units/\w+)"', shown)
    assert "Amendment P1-A1" in words_of(page(client, there))


def test_what_cannot_be_seen_or_is_not_there_has_no_history(mover: Actor, app: Flask, client: FlaskClient) -> None:
    plank_id = builders.submitted(mover)
    version = builders.plank(plank_id).working_version
    assert version is not None
    address = f"/planks/{builders.plank(plank_id).ref}/v1/units/{version.units[0].unit_id}"
    assert client.get(address).status_code == 404
    builders.sign_in(client, builders.member("labour"))
    assert client.get(address).status_code == 200
    assert client.get(address + "x").status_code == 404
    builders.open_plank(mover)
    assert client.get("/planks/1/v1/units/%00").status_code == 404


def test_the_address_from_before_there_was_a_number_leads_on(plank_id: int, client: FlaskClient) -> None:
    (first, *_) = histories(client, "/planks/1")
    answer = client.get(first.replace("/planks/1/", f"/planks/{builders.plank(plank_id).key}/"))
    assert (answer.status_code, answer.location) == (301, first)
