"""A consultative ballot advises: on no page and in no row does it become backing, and every page says what it is."""

from itertools import product

from flask import Flask
from flask.testing import FlaskClient

from app.ballots import advising
from app.endorsements import queries as endorsements
from app.web.transactions import transaction
from policies.agreement import LevelKey, level
from policies.ballots import Outcome
from policies.endorsements import Form, FormKind, StanceKind
from policies.groups import GROUPS
from policies.standing_orders import Effect
from tests import builders, orders
from tests.app.platform.test_home import words_of
from tests.app.reading import main_of


def page(client: FlaskClient, address: str) -> str:
    return words_of(main_of(client.get(address)))


def test_what_a_consultative_group_votes_makes_no_stance_and_is_said_to_be_advice(
    app: Flask, client: FlaskClient
) -> None:
    orders.changed("green", effect=Effect.CONSULTATIVE)
    plank_id = builders.open_plank()
    round_id = builders.open_round(plank_id)
    voter = builders.voters(round_id, "green")[0]
    builders.sign_in(client, voter)
    paper = page(client, "/rounds/1/vote")
    assert "For advice only: shall the Compass Green group back version 1?" in paper
    assert "your group is not shown as backing a text because of it" in paper
    assert "our group backs" not in paper
    assert "the ballot advises and decides nothing" in page(client, "/rounds/1")
    for key in ("labour", "lib_dem", "green"):
        builders.vote(round_id, builders.voters(round_id, key))
    builders.pass_time(days=7, minutes=1)

    with transaction():
        version = builders.plank(plank_id).working_version
        assert version is not None
        kinds = endorsements.kinds(endorsements.on_version(version))
        assert kinds == {"labour": StanceKind.ENDORSED, "lib_dem": StanceKind.ENDORSED}
        assert level(kinds).key is LevelKey.BACKED_BY_ALL_BUT_ONE
        assert builders.plank(plank_id).agreed_version is None
    result = page(client, "/rounds/1")
    assert "Advice only, in favour" in result
    assert "to the question put to them, the group’s members advise yes. That decides nothing" in result
    assert result.count("Carried") == result.count("The group backs version 1.") == 2
    assert "Advice only, in favour" in page(client, "/rounds")
    assert "they advise the group and decide nothing" in page(client, "/groups/green")
    assert "It backs no plank yet." in page(client, "/groups/green")
    assert "decide nothing" in page(client, "/standing-orders")
    news = page(client, "/whats-new")
    assert "Advice only, in favour" in news
    assert "P1 is agreed" not in news


def test_no_form_and_no_outcome_of_advice_sounds_like_backing(app: Flask) -> None:
    round_id = builders.prepared_round(builders.open_plank())
    with transaction():
        of_round = builders.a_round(round_id)
        for kind, outcome in product(FormKind, Outcome):
            said = advising.counted(outcome, ": 9 yes, 1 no.", of_round)
            assert "The group backs" not in said
            assert ("decides nothing" in said) is (outcome is not Outcome.NO_QUORUM)
            in_a_word = advising.decided_in_a_word(kind, outcome)
            assert "dvice" in in_a_word
            assert kind is not FormKind.WITHDRAW or "in favour" not in in_a_word
            asked = advising.asked(Form(kind), GROUPS[0], of_round)
            assert asked.startswith("For advice only: shall the Compass Labour group")
