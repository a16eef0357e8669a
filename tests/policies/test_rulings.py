"""Rulings of clerks: who decides, how a ruling is appealed against and upheld, reference back, and deputies."""

from datetime import UTC, datetime, timedelta
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policies import rulings
from policies.amendments import AmendmentStage
from policies.errors import RuleBroken
from policies.groups import GROUP_KEYS
from policies.planks import Stage
from policies.rulings import Answer, AppealStage, AppealStep, ReferenceEnd, Verdict

NOON = datetime(2026, 5, 3, 12, tzinfo=UTC)
WEEK, SECOND = timedelta(days=7), timedelta(seconds=1)
UPHELD = dict.fromkeys(GROUP_KEYS, Answer.UPHOLD)

# Written out again by hand, so that a wrong row in the rulebook cannot agree with itself.
JOURNEYS = {
    ("gathering", "put before the clerks"): "open",
    ("gathering", "let lapse"): "lapsed",
    ("open", "uphold the ruling in"): "upheld",
    ("open", "overturn the ruling in"): "overturned",
}


@pytest.mark.parametrize(("stage", "step"), list(product(AppealStage, AppealStep)))
def test_each_step_from_each_stage_of_an_appeal(stage, step):
    if (stage, step) in JOURNEYS:
        assert rulings.next_appeal_stage(stage, step) == JOURNEYS[stage, step]
    else:
        with pytest.raises(RuleBroken, match=f"^You cannot {step} an appeal that is {stage.words}"):
            rulings.next_appeal_stage(stage, step)


def test_words_are_stored_and_said_as_the_domain_has_them():
    assert set(AppealStage) == {"gathering", "open", "upheld", "overturned", "lapsed"} == set(rulings.APPEAL_WORDS)
    assert set(Verdict) == {"in_order", "out_of_order", "archive", "refer"}
    assert [verdict.words for verdict in Verdict] == ["In order", "Out of order", "Archived", "Referred back"]
    assert set(Answer) == {"uphold", "overturn"}
    assert set(ReferenceEnd) == {"version", "answer", "ended"}
    assert len(AppealStep) == 4


def test_two_groups_rule_and_all_archive_and_all_rule_out_once_that_was_overturned():
    needed = {verdict: rulings.groups_needed(verdict) for verdict in Verdict}
    assert needed == {"in_order": 2, "out_of_order": 2, "archive": len(GROUP_KEYS), "refer": 2}
    assert rulings.groups_needed(Verdict.OUT_OF_ORDER, was_overturned=True) == len(GROUP_KEYS)
    assert rulings.groups_needed(Verdict.IN_ORDER, was_overturned=True) == 2
    assert (rulings.groups_to_rule_out(was_overturned=False), rulings.GROUPS_TO_REFER) == (2, 2)


@pytest.mark.parametrize(("is_clerk", "is_flagged"), [(True, False), (True, True), (False, True)])
def test_clerks_rule_at_any_time_and_deputies_once_the_queue_is_flagged(is_clerk, is_flagged):
    rulings.require_may_rule_now(is_clerk=is_clerk, is_flagged=is_flagged)


def test_a_deputy_waits_until_the_queue_is_flagged():
    with pytest.raises(RuleBroken, match="Until then it is for the clerks"):
        rulings.require_may_rule_now(is_clerk=False, is_flagged=False)


def test_a_ruling_has_a_reason_that_is_not_too_long():
    rulings.require_reason("x" * 1_000)
    with pytest.raises(RuleBroken, match="Say why"):
        rulings.require_reason(" ")
    with pytest.raises(RuleBroken, match="it has 1,001"):
        rulings.require_reason("x" * 1_001)


@pytest.mark.parametrize(("stage", "plank"), list(product(AmendmentStage, (Stage.OPEN, Stage.BALLOTING))))
def test_an_amendment_is_ruled_out_while_it_waits_and_nobody_votes(stage, plank):
    if stage in {"submitted", "open"} and plank is Stage.OPEN:
        rulings.require_amendment_can_be_ruled_out(stage, plank)
        return
    why = "The groups are voting" if "balloting" in {stage, plank} else f"This amendment is {stage.words}"
    with pytest.raises(RuleBroken, match=why):
        rulings.require_amendment_can_be_ruled_out(stage, plank)


@pytest.mark.parametrize("verdict", Verdict)
def test_only_a_ruling_out_can_be_appealed_against_and_for_seven_days(verdict):
    is_out = verdict is Verdict.OUT_OF_ORDER
    assert rulings.can_be_appealed(verdict, NOON, NOON + WEEK - SECOND) is is_out
    assert not rulings.can_be_appealed(verdict, NOON, NOON + WEEK)


@pytest.mark.parametrize(
    ("verdict", "after", "stage", "why"),
    [
        (Verdict.IN_ORDER, SECOND, None, "Only a ruling that something is out of order"),
        (Verdict.OUT_OF_ORDER, SECOND, AppealStage.OPEN, "before the clerks already"),
        (Verdict.OUT_OF_ORDER, SECOND, AppealStage.UPHELD, "the ruling is upheld, so there is nothing"),
        (Verdict.OUT_OF_ORDER, WEEK, AppealStage.GATHERING, "The seven days"),
        (Verdict.OUT_OF_ORDER, WEEK, None, "The seven days"),
    ],
)
def test_an_appeal_that_cannot_be_is_refused_with_the_reason(verdict, after, stage, why):
    with pytest.raises(RuleBroken, match=why):
        rulings.require_can_be_appealed(verdict, NOON, NOON + after, stage)


@pytest.mark.parametrize("stage", [None, AppealStage.GATHERING])
def test_an_appeal_in_time_is_taken(stage):
    rulings.require_can_be_appealed(Verdict.OUT_OF_ORDER, NOON, NOON + WEEK - SECOND, stage)


@pytest.mark.parametrize("stage", AppealStage)
def test_an_appeal_is_taken_back_only_while_members_are_being_gathered(stage):
    if stage == "gathering":
        rulings.require_appeal_can_be_taken_back(stage)
        return
    with pytest.raises(RuleBroken, match="can no longer be taken back"):
        rulings.require_appeal_can_be_taken_back(stage)


@pytest.mark.parametrize(("members", "clerks", "stands"), [(0, 1, True), (10, 0, True), (9, 0, False), (11, 2, True)])
def test_ten_members_or_one_clerk_put_an_appeal_before_the_clerks(members, clerks, stands):
    assert rulings.appeal_stands(members=members, clerks=clerks) is stands


def test_a_ruling_is_upheld_only_by_clerks_of_all_groups():
    assert rulings.appeal_step(UPHELD, NOON, NOON) is AppealStep.UPHOLD
    for key in GROUP_KEYS:
        others = {other: said for other, said in UPHELD.items() if other != key}
        assert rulings.appeal_step(others, NOON, NOON + WEEK - SECOND) is None
        assert rulings.appeal_step(others, NOON, NOON + WEEK) is AppealStep.OVERTURN
        assert rulings.appeal_step({key: Answer.OVERTURN}, NOON, NOON) is AppealStep.OVERTURN


@given(st.dictionaries(st.sampled_from(GROUP_KEYS), st.sampled_from(Answer)), st.integers(0, 20))
def test_silence_of_one_group_never_upholds_a_ruling(answers, days):
    step = rulings.appeal_step(answers, NOON, NOON + timedelta(days=days))
    assert (step is AppealStep.UPHOLD) is (answers == UPHELD)
    assert step is not None or days < 7


@pytest.mark.parametrize("stage", Stage)
def test_only_an_open_plank_is_referred_back_and_once(stage):
    if stage is Stage.OPEN:
        rulings.require_referable(stage, is_referred=False)
        with pytest.raises(RuleBroken, match="referred back to its drafters already"):
            rulings.require_referable(stage, is_referred=True)
    else:
        with pytest.raises(RuleBroken, match=f"this one is {stage.words}"):
            rulings.require_referable(stage, is_referred=False)


@pytest.mark.parametrize(
    ("version", "stage", "holds"),
    [(3, Stage.OPEN, True), (4, Stage.OPEN, False), (None, Stage.OPEN, False), (3, Stage.WITHDRAWN, False)],
)
def test_a_new_text_or_the_end_of_the_plank_ends_a_reference_back(version, stage, holds):
    assert rulings.is_referred(3, version, stage) is holds


def test_no_round_is_held_on_a_plank_that_is_referred_back():
    rulings.require_not_referred(is_referred=False)
    with pytest.raises(RuleBroken, match="no round is held on it now"):
        rulings.require_not_referred(is_referred=True)


@pytest.mark.parametrize(("clerks", "named"), [([], False), ([1], False), ([1, 1], False), ([1, 2], True)])
def test_two_clerks_name_a_deputy(clerks, named):
    assert rulings.is_named_deputy(clerks) is named


def test_the_periods_are_those_of_the_domain():
    assert rulings.APPEAL_PERIOD == rulings.UPHOLDING_PERIOD == WEEK
    assert (rulings.MEMBERS_TO_APPEAL, rulings.CLERKS_TO_NAME_A_DEPUTY) == (10, 2)
