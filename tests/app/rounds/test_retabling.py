"""The same words are not put to a group again for the days its standing orders name; other words are, at once."""

from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.rounds import retabling
from app.rounds import service as rounds
from app.web.transactions import transaction
from policies.ballots import Choice, RoundStage
from policies.endorsements import Form, FormKind
from policies.errors import RuleBroken
from policies.groups import GROUP_KEYS
from tests import builders, orders
from tests.app.platform.test_home import words_of
from tests.app.reading import main_of


def test_declined_words_rest_for_the_days_of_the_orders_they_were_declined_under(
    app: Flask, client: FlaskClient
) -> None:
    plank_id = builders.open_plank()
    builders.decided(plank_id, yes=[])
    # A longer period for later rounds moves nothing of this one.
    orders.changed("labour", retabling_after=timedelta(300))
    with pytest.raises(RuleBroken, match=r"can be prepared from then on\. A new version is free at once"):
        builders.prepared_round(plank_id)
    builders.sign_in(client, builders.clerk("labour"))
    with transaction():
        address = f"/planks/{builders.plank(plank_id).ref}/rounds/new"
    assert "voted on these very words not long ago" in words_of(main_of(client.get(address)))
    builders.move_clock(days=29)
    builders.prepared_round(plank_id)


def test_a_new_version_is_free_at_once(app: Flask) -> None:
    plank_id = builders.open_plank()
    builders.decided(plank_id, yes=[])
    amendment_id = builders.open_amendment(plank_id, builders.member("lib_dem"), "2030", "2035")
    with transaction():
        builders.amendments.adopt(builders.plank(plank_id), [builders.amendment(amendment_id)])
    builders.prepared_round(plank_id)


def test_a_withdrawal_is_free_and_the_group_that_declined_is_not_asked(app: Flask) -> None:
    plank_id = builders.open_plank()
    builders.decided(plank_id, yes=["labour", "lib_dem"])
    round_id = builders.prepared_round(plank_id)
    for key, form in (("labour", Form(FormKind.WITHDRAW)), ("green", Form())):
        builders.agree(round_id, builders.clerk(key), form)
    builders.pass_time(days=3, minutes=1)
    assert builders.a_round(round_id).groups == ["labour"]
    assert [ballot.group for ballot in builders.a_round(round_id).ballots] == ["labour"]


def test_a_round_that_would_ask_nobody_does_not_open(app: Flask) -> None:
    plank_id = builders.open_plank()
    builders.decided(plank_id, yes=["labour"])
    round_id = builders.prepared_round(plank_id)
    for key in ("lib_dem", "green"):
        builders.agree(round_id, builders.clerk(key), Form())
    builders.pass_time(days=3, minutes=1)
    assert builders.a_round(round_id).stage is RoundStage.CANCELLED
    assert "No group was left to ask" in builders.a_round(round_id).ended_reason


def test_a_group_without_a_quorum_twice_is_left_in_peace_and_once_is_not(app: Flask) -> None:
    plank_id = builders.open_plank()
    round_id = builders.open_round(plank_id)
    for key in GROUP_KEYS[1:]:
        builders.vote(round_id, builders.voters(round_id, key), {"text": Choice.YES})
    builders.pass_time(days=7, minutes=1)
    builders.pass_time(days=7, minutes=1)
    with transaction():
        assert retabling.said(builders.plank(plank_id), builders.plank(plank_id).working_version) == []
    builders.pass_time(days=7, minutes=1)
    with transaction():
        said = rounds.retabling.said(builders.plank(plank_id), builders.plank(plank_id).working_version)
    assert [words[:24] for words in said] == ["The Compass Labour group"]
