"""Removing a member: every step from every stage, who decides on an appeal, and what silence means."""

from datetime import UTC, datetime, timedelta
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policies import removals
from policies.errors import RuleBroken
from policies.removals import AppealWord, RemovalStage, RemovalStep

JOURNEYS = {
    ("proposed", "give up"): "dropped",
    ("proposed", "confirm"): "confirmed",
    ("confirmed", "appeal against"): "appealed",
    ("confirmed", "uphold"): "upheld",
    ("confirmed", "give up"): "dropped",
    ("appealed", "uphold"): "upheld",
    ("appealed", "overturn"): "overturned",
    ("appealed", "give up"): "dropped",
}
SINCE = datetime(2026, 3, 1, 12, tzinfo=UTC)
LATE = SINCE + timedelta(days=14)
IN_TIME = LATE - timedelta(seconds=1)
OTHERS = ("labour", "lib_dem")


@pytest.mark.parametrize(("stage", "step"), list(product(RemovalStage, RemovalStep)))
def test_each_step_from_each_stage_of_a_removal(stage, step):
    if (stage, step) in JOURNEYS:
        assert removals.next_removal_stage(stage, step) == JOURNEYS[stage, step]
    else:
        with pytest.raises(RuleBroken, match=f"^You cannot {step} a removal that is {stage.words}"):
            removals.next_removal_stage(stage, step)


def test_what_runs_has_a_way_on_and_what_has_ended_has_none():
    assert {"proposed", "confirmed", "appealed"} == removals.RUNNING
    assert {stage for stage, _step in JOURNEYS} == removals.RUNNING


def test_a_member_is_told_once_two_clerks_have_said_so_and_of_a_mere_proposal_never():
    assert {"confirmed", "appealed", "upheld", "overturned"} == removals.TOLD


def test_each_word_is_waited_for_fourteen_days():
    assert removals.ends_at(SINCE) == LATE


def due(stage, now, **words):
    """What has to happen, with what the other groups' clerks have said."""
    return removals.step_due(
        RemovalStage(stage), SINCE, {group: AppealWord(word) for group, word in words.items()}, OTHERS, now
    )


@pytest.mark.parametrize(
    ("stage", "words", "in_time", "late"),
    [
        ("proposed", {}, None, "give up"),
        ("confirmed", {}, None, "uphold"),
        ("appealed", {}, None, "uphold"),
        ("appealed", {"labour": "overturn"}, None, "uphold"),
        ("appealed", {"labour": "uphold"}, "uphold", "uphold"),
        ("appealed", {"labour": "overturn", "lib_dem": "uphold"}, "uphold", "uphold"),
        ("appealed", {"labour": "overturn", "lib_dem": "overturn"}, "overturn", "overturn"),
        ("upheld", {}, None, None),
        ("overturned", {}, None, None),
        ("dropped", {}, None, None),
    ],
)
def test_silence_leaves_a_removal_and_only_all_other_groups_together_overturn_it(stage, words, in_time, late):
    assert due(stage, IN_TIME, **words) == in_time
    assert due(stage, LATE, **words) == late


def test_with_no_other_group_nobody_can_overturn():
    assert removals.step_due(RemovalStage.APPEALED, SINCE, {}, (), IN_TIME) is None


@given(st.dictionaries(st.sampled_from(OTHERS), st.sampled_from(AppealWord)), st.integers(0, 30))
def test_a_removal_is_overturned_exactly_when_every_other_group_says_so(words, passed):
    step = removals.step_due(RemovalStage.APPEALED, SINCE, words, OTHERS, SINCE + timedelta(days=passed))
    assert (step is RemovalStep.OVERTURN) is (words == dict.fromkeys(OTHERS, AppealWord.OVERTURN))


def test_a_removal_is_appealed_against_once_and_within_fourteen_days():
    removals.require_can_be_appealed(RemovalStage.CONFIRMED, SINCE, IN_TIME)
    with pytest.raises(RuleBroken, match="days to appeal are over"):
        removals.require_can_be_appealed(RemovalStage.CONFIRMED, SINCE, LATE)
    with pytest.raises(RuleBroken, match="cannot appeal against a removal that is appealed against"):
        removals.require_can_be_appealed(RemovalStage.APPEALED, SINCE, IN_TIME)


def test_nobody_decides_on_the_own_appeal_or_against_the_own_confirmation():
    removals.require_no_own_matter(3, 9, 2)
    for person in (9, 2):
        with pytest.raises(RuleBroken, match="another clerk of your group"):
            removals.require_no_own_matter(person, 9, 2)
    with pytest.raises(RuleBroken, match="another clerk of your group"):
        removals.require_no_own_matter(1, 9, 1, 2)
    removals.require_no_own_matter(None, 9, None)


def test_nobody_proposes_the_own_removal():
    removals.require_not_oneself(1, 9)
    with pytest.raises(RuleBroken, match="leave the group"):
        removals.require_not_oneself(9, 9)


@pytest.mark.parametrize(
    ("rule", "most", "missing"),
    [
        (removals.require_reason, 1_000, "Write the reason"),
        (removals.require_appeal, 4_000, "Write why"),
    ],
)
def test_a_reason_and_an_appeal_are_words_and_not_too_many(rule, most, missing):
    rule("R" * most)
    with pytest.raises(RuleBroken, match=missing):
        rule(" \n")
    with pytest.raises(RuleBroken, match=f"Shorten .* to {most:,} characters; it has {most + 1:,}"):
        rule("R" * (most + 1))
