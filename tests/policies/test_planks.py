"""Planks: every step from every stage, who enables them, and the limits of their texts."""

from datetime import UTC, datetime, timedelta
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policies import planks
from policies.errors import RuleBroken
from policies.planks import Cause, Second, Stage, Step

# Written out again by hand from domain.md, section 5, so that a wrong row in the rulebook cannot agree with itself.
JOURNEYS = {
    ("draft", "submit"): "seeking_seconders",
    ("seeking_seconders", "finish seconding"): "checking",
    ("seeking_seconders", "lapse"): "lapsed",
    ("seeking_seconders", "withdraw"): "withdrawn",
    ("checking", "rule in order"): "open",
    ("checking", "rule out"): "ruled_out",
    ("checking", "withdraw"): "withdrawn",
    ("ruled_out", "overturn the ruling on"): "checking",
    ("open", "open a round on"): "balloting",
    ("open", "withdraw"): "withdrawn",
    ("open", "put into a composite"): "composited",
    ("open", "archive"): "archived",
    ("balloting", "publish a round on"): "open",
    ("balloting", "annul a round on"): "open",
}

MOVER = 1
NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


@pytest.mark.parametrize(("stage", "step"), list(product(Stage, Step)))
def test_each_step_from_each_stage_of_a_plank(stage, step):
    if (stage, step) in JOURNEYS:
        assert planks.next_stage(stage, step) == JOURNEYS[stage, step]
    else:
        with pytest.raises(RuleBroken, match=f"^You cannot {step} a plank that is {stage.words}"):
            planks.next_stage(stage, step)


def test_the_stages_are_stored_under_the_words_of_the_domain():
    assert set(Stage) == {
        *("draft", "seeking_seconders", "checking", "open", "balloting"),
        *("lapsed", "ruled_out", "withdrawn", "composited", "archived"),
    }


def test_the_steps_complete_the_sentence_of_a_refusal():
    assert set(Step) == {
        *("submit", "finish seconding", "lapse", "rule in order", "rule out"),
        *("overturn the ruling on", "open a round on", "publish a round on"),
        "annul a round on",
        *("withdraw", "take over", "put into a composite", "archive"),
    }


def test_a_version_names_what_brought_it_about():
    assert set(Cause) == {"proposed", "imported", "amendment", "consensus wording", "composite", "editorial"}


def test_a_plank_walks_from_draft_through_a_round_and_back_to_open():
    stage = Stage.DRAFT
    for step in (Step.SUBMIT, Step.SECOND, Step.RULE_IN_ORDER, Step.OPEN_ROUND, Step.PUBLISH_ROUND):
        stage = planks.next_stage(stage, step)
    assert stage is Stage.OPEN


@pytest.mark.parametrize("stage", ["lapsed", "ruled_out", "withdrawn", "composited", "archived"])
def test_an_ended_plank_says_so_and_goes_nowhere_but_by_an_appeal(stage):
    assert Stage(stage) in planks.ENDED_STAGES
    steps = [step for start, step in planks.NEXT_STAGE if start == stage]
    assert steps == (["overturn the ruling on"] if stage == "ruled_out" else [])


def test_a_plank_that_has_not_ended_can_still_go_somewhere():
    assert set(Stage) - planks.ENDED_STAGES == {start for start, _step in planks.NEXT_STAGE} - {"ruled_out"}


def test_only_stages_that_follow_open_prove_a_plank_public():
    assert set(planks.PUBLIC_STAGES) == {"open", "balloting", "archived", "composited"}


def test_members_of_all_groups_read_a_plank_that_seeks_seconders_or_is_checked():
    assert set(planks.GROUP_STAGES) == {"seeking_seconders", "checking"}


@pytest.mark.parametrize(
    ("groups", "seconded", "wanted"),
    [
        ([], False, ["own", "other"]),
        (["green"], False, ["other"]),
        (["labour"], False, ["own"]),
        (["green", "green"], False, ["other"]),
        (["labour", "lib_dem"], False, ["own"]),
        (["green", "labour"], True, []),
        (["lib_dem", "green", "labour"], True, []),
    ],
)
def test_a_plank_needs_one_of_the_own_group_and_one_of_another(groups, seconded, wanted):
    seconds = [Second(person, group) for person, group in enumerate(groups, start=2)]
    assert planks.plank_is_seconded("green", seconds) is seconded
    assert planks.seconds_wanted("green", seconds) == wanted


@given(st.lists(st.builds(Second, st.integers(2, 9), st.sampled_from(["labour", "lib_dem", "green"]))))
def test_nothing_more_is_wanted_exactly_when_a_plank_is_seconded(seconds):
    assert planks.plank_is_seconded("green", seconds) is (planks.seconds_wanted("green", seconds) == [])


def test_a_mover_cannot_second_the_own_plank():
    with pytest.raises(RuleBroken, match="somebody else has to second it"):
        planks.require_may_second(MOVER, MOVER)


@pytest.mark.parametrize("mover", [MOVER, None])
def test_anybody_else_may_second_a_plank(mover):
    planks.require_may_second(mover, 2)


def test_a_plank_lapses_sixty_days_after_it_was_submitted():
    due = NOON + timedelta(days=60)
    assert not planks.seconding_has_lapsed(NOON, due - timedelta(seconds=1))
    assert planks.seconding_has_lapsed(NOON, due)


def test_the_queue_is_flagged_after_seven_days_without_a_ruling():
    due = NOON + timedelta(days=7)
    assert not planks.queue_is_flagged(NOON, due - timedelta(seconds=1))
    assert planks.queue_is_flagged(NOON, due)


def test_a_withdrawn_plank_may_be_taken_over_for_seven_days():
    assert timedelta(days=7) == planks.TAKEOVER_PERIOD


@pytest.mark.parametrize("stage", [Stage.SEEKING_SECONDERS, Stage.CHECKING, Stage.OPEN])
def test_the_mover_may_withdraw_until_the_first_round_opens(stage):
    assert planks.require_withdrawable(stage, had_round=False) is Stage.WITHDRAWN


@pytest.mark.parametrize(
    ("stage", "had_round"), [(Stage.BALLOTING, False), (Stage.BALLOTING, True), (Stage.OPEN, True)]
)
def test_nobody_withdraws_a_plank_once_a_round_has_opened(stage, had_round):
    with pytest.raises(RuleBroken, match="A round of ballots has opened"):
        planks.require_withdrawable(stage, had_round=had_round)


def test_a_draft_is_discarded_rather_than_withdrawn():
    with pytest.raises(RuleBroken, match="You cannot withdraw a plank that is a draft"):
        planks.require_withdrawable(Stage.DRAFT, had_round=False)


def test_a_text_at_its_limits_fits():
    planks.require_text_fits("t" * 120, 600, 12_000)
    planks.require_text_fits("t", 1, 1)


@pytest.mark.parametrize(
    ("title", "words", "characters", "advice"),
    [
        ("", 10, 50, "Give the plank a title"),
        ("t" * 121, 10, 50, "Shorten the title to 120 characters; it has 121"),
        ("Warm homes", 0, 0, "Write the text"),
        ("Warm homes", 601, 4_000, "Shorten the text to 600 words; it has 601"),
        ("Warm homes", 600, 12_001, "Shorten the text to 12,000 characters; it has 12,001"),
    ],
)
def test_a_text_beyond_its_limits_is_refused_with_the_remedy(title, words, characters, advice):
    with pytest.raises(RuleBroken, match=advice):
        planks.require_text_fits(title, words, characters)


def test_a_title_and_a_text_are_each_refused_alone():
    with pytest.raises(RuleBroken, match="Give the plank a title"):
        planks.require_title_fits("")
    with pytest.raises(RuleBroken, match="Write the text"):
        planks.require_body_fits(0, 0)


def test_the_advised_lengths_are_those_of_the_domain():
    assert (planks.TITLE_WORDS_ADVISED, planks.TEXT_WORDS_ADVISED) == (10, 250)
