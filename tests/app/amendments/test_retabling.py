"""A change that was put to the vote and not carried is not submitted again at once; any other change is."""

import pytest
from flask import Flask

from app.amendments import service as amendments
from app.web.transactions import transaction
from policies.amendments import AmendmentStage
from policies.ballots import Choice, RoundKind
from policies.errors import RuleBroken
from policies.permissions import Actor
from tests import builders


@pytest.fixture
def refused(app: Flask) -> tuple[int, Actor]:
    """A plank on which "2035" for "2030" was voted down by every group, and a member to try again."""
    plank_id = builders.open_plank()
    amendment_id = builders.open_amendment(plank_id, builders.member("lib_dem"), "2030", "2035")
    builders.objected(amendment_id)
    round_id = builders.open_round(plank_id, RoundKind.AMENDMENTS)
    for key in builders.GROUP_KEYS:
        voters = builders.voters(round_id, key)
        builders.vote(round_id, voters[:2], {"A1": Choice.YES})
        builders.vote(round_id, voters[2:], {"A1": Choice.NO})
    builders.pass_time(days=7, minutes=1)
    with transaction():
        stage = builders.amendment(amendment_id).stage
    assert stage in {AmendmentStage.NOT_CARRIED, AmendmentStage.MINORITY_POSITION}
    return plank_id, builders.member("green")


def test_the_very_change_rests_and_the_draft_is_kept(refused: tuple[int, Actor]) -> None:
    plank_id, by = refused
    with transaction():
        version = builders.plank(plank_id).working_version
        assert version is not None
        words = version.title, version.text.replace("2030", "2035")
        drafted = amendments.begin(builders.plank(plank_id), *words, "Once more.", None, by=by).id
    with (
        pytest.raises(RuleBroken, match=r"put to the vote not long ago and not carried\. .* kept as a draft"),
        transaction(),
    ):
        amendments.submit(builders.amendment(drafted), by=by)
    with transaction():
        assert builders.amendment(drafted).stage is AmendmentStage.DRAFT
        assert "2035" in (builders.amendment(drafted).draft_text or "")
    builders.move_clock(days=30)
    with transaction():
        amendments.submit(builders.amendment(drafted), by=by)


def test_the_same_change_of_a_text_that_moved_elsewhere_rests_too(refused: tuple[int, Actor]) -> None:
    plank_id, by = refused
    elsewhere = builders.open_amendment(plank_id, builders.member("labour"), "national fund", "public fund")
    with transaction():
        amendments.adopt(builders.plank(plank_id), [builders.amendment(elsewhere)])
    with pytest.raises(RuleBroken, match="put to the vote not long ago"):
        builders.submitted_amendment(plank_id, by, "2030", "2035")


def test_another_change_is_free_at_once(refused: tuple[int, Actor]) -> None:
    plank_id, by = refused
    builders.submitted_amendment(plank_id, by, "2030", "2034")
