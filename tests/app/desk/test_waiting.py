"""What clerks do together, on their desk: what waits for this group, what this group waits for, and since when."""

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.rounds import joint
from app.rulings import service as rulings
from app.web.filters import day
from app.web.transactions import transaction
from policies.endorsements import Form
from policies.permissions import Actor
from tests import builders
from tests.app.reading import main_of

OTHERS = "Waits for clerks of other groups"
NOTHING = "Nothing that your group has said waits for another."


def desk(client: FlaskClient, by: Actor) -> tuple[str, str]:
    """The desk of a clerk: what stands before the last section, and that."""
    builders.sign_in(client, by)
    before, after = main_of(client.get("/clerk")).split(OTHERS)
    return before, after


@pytest.fixture
def labour(app: Flask) -> Actor:
    """A clerk of the Labour group."""
    return builders.clerk("labour")


def test_what_a_clerk_has_ruled_or_agreed_to_stands_as_waiting_for_the_others(
    client: FlaskClient, labour: Actor
) -> None:
    plank_id = builders.seconded(builders.member("green"), title="Cold homes")
    round_id = builders.prepared_round(builders.open_plank())
    assert NOTHING in desk(client, labour)[1]
    with transaction():
        rulings.rule(builders.plank(plank_id), "in_order", "", by=labour)
    builders.agree(round_id, labour, Form())
    waiting = desk(client, labour)[1]
    with transaction():
        since = day(builders.a_round(round_id).openings[0].agreed_at)
    assert "no word yet from the Compass Liberal Democrat group and Compass Green group" in waiting
    assert f"Since {since}. Agreed so far: a clerk of the Compass Labour group." in waiting
    green = builders.clerk("green")
    assert NOTHING in desk(client, green)[1]
    builders.agree(round_id, green, Form())
    assert "Agreed so far" not in desk(client, labour)[1]


def test_what_is_asked_of_an_open_round_waits_for_those_who_have_not_said_it_and_goes_when_it_is_so(
    client: FlaskClient, labour: Actor
) -> None:
    round_id, green = builders.open_round(builders.open_plank()), builders.clerk("green")
    asked = "Clerks of the Compass Labour group have asked for more time, first on"
    with transaction():
        joint.extend(builders.a_round(round_id), 2, by=labour)
    assert asked in desk(client, labour)[1]
    assert asked in desk(client, green)[0]
    assert "1 open round to extend or to annul" in main_of(client.get("/to-do"))
    for by in (green, builders.clerk("lib_dem")):
        with transaction():
            joint.extend(builders.a_round(round_id), 2, by=by)
    for by in (labour, green):
        assert "asked for more time" not in "".join(desk(client, by))
    with transaction():
        joint.annul(builders.a_round(round_id), "The wrong text.", by=labour)
    assert "have asked to annul it" in desk(client, green)[0]
    builders.pass_time(days=9, minutes=1)
    assert "have asked to annul it" not in "".join(desk(client, green))


def test_a_third_group_is_told_that_its_question_can_still_be_chosen(client: FlaskClient, labour: Actor) -> None:
    round_id, green = builders.prepared_round(builders.open_plank()), builders.clerk("green")
    for by in (labour, builders.clerk("lib_dem")):
        builders.agree(round_id, by, Form())
    told = "Your group is asked the plain question, unless one of its clerks chooses another by then."
    assert told not in desk(client, labour)[0]
    assert told in desk(client, green)[0]
    assert "1 round whose question to your group can be chosen" in main_of(client.get("/to-do"))
    builders.agree(round_id, green, Form())
    assert told not in desk(client, green)[0]
