"""What a page says of words that are not agreed: since when no longer, and how far from it."""

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app import clock
from app.planks import service as planks
from app.web.filters import day
from app.web.transactions import transaction
from policies.ballots import Choice
from policies.endorsements import Form, FormKind
from policies.groups import GROUP_KEYS
from policies.planks import Cause
from tests import builders
from tests.app.platform.test_home import words_of


@pytest.fixture
def plank_id(app: Flask) -> int:
    """A plank that is open."""
    return builders.open_plank()


def words(client: FlaskClient, address: str) -> str:
    """A page's words."""
    return words_of(client.get(address).text)


def newer(plank_id: int) -> None:
    """A newer working text."""
    with transaction():
        version = builders.plank(plank_id).working_version
        assert version is not None
        text = version.text.replace("2030", "2031")
        planks.write_version(builders.plank(plank_id), version.title, text, cause=Cause.PROPOSED, by=None)


def test_words_no_longer_agreed_say_so_for_ever_with_the_day_of_the_withdrawal(
    client: FlaskClient, plank_id: int
) -> None:
    builders.decided(plank_id)
    builders.decided(plank_id, forms={"green": Form(FormKind.WITHDRAW)})
    withdrew = f"It was agreed until {day(clock.now())}."
    assert withdrew in words(client, "/planks/1")
    builders.decided(plank_id, yes=("labour", "lib_dem"))
    assert day(clock.now()) not in withdrew
    assert withdrew in words(client, "/planks/1")
    newer(plank_id)
    page = words(client, "/planks/1")
    assert withdrew in page
    assert "There is a newer text, version 2. No group has taken a position on version 2 yet." in page
    builders.decided(plank_id)
    assert "Agreed P1, version 2" in words(client, "/planks/1")
    old = words(client, "/planks/1/v1")
    assert "No longer agreed" in old
    assert withdrew in old


def test_the_reason_of_a_level_names_the_group_and_the_day(client: FlaskClient, plank_id: int) -> None:
    builders.decided(plank_id, yes=("labour", "lib_dem"))
    page = words(client, "/planks/1")
    assert "The Compass Labour and Lib Dem groups back version 1; the Compass Green group declined version 1 on" in page
    # Six voted, so that no figure and no band is told.
    assert re.search(r"How far from agreed The Compass Green group declined on \d+ \w+ \d{4}\. Where it stands", page)
    assert "How far from agreed" not in words(client, "/planks/1?view=backing")


def test_from_fifty_votes_the_distance_is_told_in_votes(client: FlaskClient, plank_id: int) -> None:
    round_id = builders.open_round(plank_id, members=52)
    for key in GROUP_KEYS:
        waiting = builders.voters(round_id, key)
        yes = 25 if key == "green" else 40
        builders.vote(round_id, waiting[:yes], {"text": Choice.YES})
        builders.vote(round_id, waiting[yes : yes + 27], {"text": Choice.NO})
    builders.pass_time(days=7, minutes=1)
    page = words(client, "/planks/1")
    assert re.search(r"declined on \d+ \w+ \d{4}: 3 more yes votes against the same noes would have carried it", page)


def test_a_clause_left_out_is_named_with_the_amendment_that_would_change_it(client: FlaskClient, plank_id: int) -> None:
    with transaction():
        version = builders.plank(plank_id).working_version
        assert version is not None
        left_out = version.units[0].unit_id
    builders.decided(plank_id, forms={"green": Form(FormKind.EXCEPT, units=(left_out,))})
    left = "The Compass Green group backs it except clause 1."
    assert f"{left} No open amendment changes that." in words(client, "/planks/1")
    builders.open_amendment(plank_id, builders.member("green"), "a national fund", "a public fund")
    builders.open_amendment(plank_id, builders.member("green"), "2030", "2035")
    page = words(client, "/planks/1")
    assert f"{left} P1-A2 is open and would change that." in page


def test_nothing_is_said_of_the_distance_before_anybody_has_decided(client: FlaskClient, plank_id: int) -> None:
    assert "How far from agreed" not in words(client, "/planks/1")
