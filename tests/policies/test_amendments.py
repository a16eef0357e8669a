"""Amendments: every step from every stage, adoption by agreement, and the count of rivals."""

from datetime import UTC, datetime, timedelta
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policies import amendments
from policies.amendments import AmendmentStage, AmendmentStep, Contender, settle
from policies.ballots import Outcome
from policies.errors import RuleBroken
from policies.planks import ENDED_STAGES, Second

# Written out again by hand from domain.md, section 5.
JOURNEYS = {
    ("draft", "submit"): "submitted",
    ("submitted", "finish seconding"): "open",
    ("submitted", "submit anew"): "submitted",
    ("submitted", "withdraw"): "withdrawn",
    ("submitted", "supersede"): "superseded",
    ("submitted", "let fall"): "fallen",
    ("submitted", "rule out"): "ruled_out",
    ("open", "submit anew"): "submitted",
    ("open", "adopt by agreement"): "carried",
    ("open", "open a round on"): "balloting",
    ("open", "withdraw"): "withdrawn",
    ("open", "supersede"): "superseded",
    ("open", "let fall"): "fallen",
    ("open", "rule out"): "ruled_out",
    ("balloting", "annul a round on"): "open",
    ("balloting", "carry"): "carried",
    ("balloting", "record as not carried"): "not_carried",
    ("balloting", "keep as a minority position"): "minority_position",
    ("balloting", "leave undecided"): "no_quorum",
    ("balloting", "let fall"): "fallen",
}

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
YES, NO, NONE = Outcome.CARRIED, Outcome.NOT_CARRIED, Outcome.NO_QUORUM


@pytest.mark.parametrize(("stage", "step"), list(product(AmendmentStage, AmendmentStep)))
def test_each_step_from_each_stage_of_an_amendment(stage, step):
    if (stage, step) in JOURNEYS:
        assert amendments.next_stage(stage, step) == JOURNEYS[stage, step]
    else:
        with pytest.raises(RuleBroken, match=f"^You cannot {step} an amendment that is {stage.words}"):
            amendments.next_stage(stage, step)


def test_the_stages_are_stored_under_the_words_of_the_domain():
    assert set(AmendmentStage) == {
        *("draft", "submitted", "open", "balloting", "carried", "not_carried", "minority_position", "no_quorum"),
        *("withdrawn", "superseded", "fallen", "ruled_out"),
    }


def test_an_amendment_is_taken_up_again_where_it_was():
    assert amendments.REINSTATED == {"submitted": "submitted", "open": "open"}
    assert {"take up again", "take over"} <= set(AmendmentStep)


def test_a_live_amendment_ends_with_its_plank_however_that_ends():
    falls = dict.fromkeys(("archived", "withdrawn", "ruled_out", "lapsed"), "let fall")
    assert falls | {"composited": "supersede"} == amendments.ENDS_WITH_ITS_PLANK
    assert set(amendments.ENDS_WITH_ITS_PLANK) == ENDED_STAGES


def test_an_amendment_can_need_a_rebase_only_while_it_waits_for_a_decision():
    assert set(amendments.LIVE_STAGES) == {"submitted", "open"}


def test_only_stages_that_follow_open_prove_an_amendment_public():
    assert set(amendments.PUBLIC_STAGES) == {
        *("open", "balloting", "carried", "not_carried", "minority_position", "no_quorum"),
    }


@pytest.mark.parametrize(
    ("groups", "seconded"),
    [([], False), (["green"], False), (["green", "green"], False), (["labour"], True), (["green", "lib_dem"], True)],
)
def test_an_amendment_needs_one_second_from_another_group(groups, seconded):
    seconds = [Second(person, group) for person, group in enumerate(groups, start=2)]
    assert amendments.amendment_is_seconded("green", seconds) is seconded


def agreed(after, *, objections=0, stances_on_base=0, base_moved=False, notice_runs=False):
    hindrances = {"objections": objections, "stances_on_base": stances_on_base, "base_moved": base_moved}
    return amendments.agreed_without_a_round(NOON, NOON + after, notice_runs=notice_runs, **hindrances)


def test_an_amendment_is_agreed_after_72_hours_in_which_nobody_objects():
    assert not agreed(timedelta(hours=72, seconds=-1))
    assert agreed(timedelta(hours=72))


@pytest.mark.parametrize("hindrance", [{"objections": 1}, {"stances_on_base": 1}, {"base_moved": True}])
def test_an_objection_a_stance_or_a_moved_text_prevents_agreement_for_ever(hindrance):
    assert not agreed(timedelta(days=365), **hindrance)


def test_while_the_notice_of_a_round_runs_nothing_is_adopted_by_agreement():
    assert not agreed(timedelta(hours=72), notice_runs=True)


def test_a_withdrawn_amendment_may_be_taken_over_for_48_hours():
    assert timedelta(hours=48) == amendments.TAKEOVER_PERIOD


def test_an_amendment_that_changes_nothing_is_refused():
    amendments.require_some_change(True)
    with pytest.raises(RuleBroken, match="Change some words"):
        amendments.require_some_change(False)


def contender(number, *outcomes, tokens=1, minority=False):
    return Contender(number, tokens, outcomes, minority)


@pytest.mark.parametrize(
    ("outcomes", "minority", "step"),
    [
        ((YES, YES, YES), False, "carry"),
        ((YES, YES, YES), True, "carry"),
        ((YES, YES, NO), False, "record as not carried"),
        ((YES, YES, NO), True, "keep as a minority position"),
        ((YES, NONE, NO), False, "record as not carried"),
        ((YES, NONE, NO), True, "keep as a minority position"),
        ((NONE, NONE, NONE), False, "leave undecided"),
        ((), False, "leave undecided"),
    ],
)
def test_an_amendment_without_rivals_is_decided_by_every_group(outcomes, minority, step):
    assert settle([contender(1, *outcomes, minority=minority)], []) == {1: step}


def test_want_of_a_quorum_is_not_a_failure_however_many_backed_the_amendment():
    assert settle([contender(1, YES, YES, NONE, minority=True)], []) == {1: "leave undecided"}


def test_of_two_rivals_carried_everywhere_the_one_that_changes_more_wins():
    paper = [contender(1, YES, YES, YES, tokens=3), contender(2, YES, YES, YES, tokens=8)]
    assert settle(paper, [frozenset({1, 2})]) == {2: "carry", 1: "let fall"}


def test_of_two_rivals_that_change_as_much_the_lower_number_wins():
    paper = [contender(2, YES, YES, YES), contender(1, YES, YES, YES)]
    assert settle(paper, [frozenset({1, 2})]) == {1: "carry", 2: "let fall"}


def test_a_rival_that_one_group_refused_does_not_stand_in_the_way():
    paper = [contender(1, YES, NO, YES, tokens=8), contender(2, YES, YES, YES, tokens=3)]
    assert settle(paper, [frozenset({1, 2})]) == {1: "record as not carried", 2: "carry"}


def test_only_the_rivals_of_a_carried_amendment_fall():
    paper = [contender(number, YES, YES, YES, tokens=9 - number) for number in (1, 2, 3)]
    steps = settle(paper, [frozenset({1, 2}), frozenset({2, 3})])
    assert steps == {1: "carry", 2: "let fall", 3: "carry"}
    assert amendments.carried_numbers(steps) == [1, 3]


def test_what_was_carried_but_does_not_fit_into_what_has_won_falls():
    paper = [contender(number, YES, YES, YES, tokens=number) for number in (1, 2, 3)]
    asked = []

    def fit(numbers):
        asked.append(numbers)
        return len(numbers) < 3

    assert settle(paper, [], fit) == {3: "carry", 2: "carry", 1: "let fall"}
    assert asked == [[1, 2, 3], [3], [2, 3], [1, 2, 3]]
    unfit = settle([contender(1, YES, NO, YES)], [], lambda numbers: not numbers)
    assert unfit == {1: "record as not carried"}


@st.composite
def papers(draw):
    """Contenders of one paper, many of them carried everywhere, and the pairs that conflict."""
    votes = st.tuples(*[st.sampled_from([YES, YES, YES, NO, NONE])] * 3)
    numbers = draw(st.lists(st.integers(1, 8), unique=True, max_size=6))
    contenders = [Contender(number, draw(st.integers(1, 4)), draw(votes), draw(st.booleans())) for number in numbers]
    pairs = [frozenset({one, other}) for one in numbers for other in numbers if one < other]
    return contenders, draw(st.sets(st.sampled_from(pairs))) if pairs else set()


@given(papers(), st.randoms())
def test_the_count_does_not_depend_on_the_order_of_the_amendments(paper, chance):
    contenders, rivals = paper
    shuffled = chance.sample(contenders, len(contenders))
    assert settle(shuffled, rivals) == settle(contenders, rivals)


@given(papers())
def test_every_amendment_of_a_paper_gets_a_step_that_its_ballot_allows(paper):
    contenders, rivals = paper
    steps = settle(contenders, rivals)
    assert set(steps) == {contender.number for contender in contenders}
    assert all(("balloting", step) in JOURNEYS for step in steps.values())


@given(papers())
def test_no_two_rivals_are_both_carried(paper):
    contenders, rivals = paper
    carried = set(amendments.carried_numbers(settle(contenders, rivals)))
    assert not any(pair <= carried for pair in rivals)


@given(papers())
def test_what_is_carried_was_carried_in_each_group(paper):
    contenders, rivals = paper
    carried = amendments.carried_numbers(settle(contenders, rivals))
    assert all(set(contender.outcomes) == {YES} for contender in contenders if contender.number in carried)


@given(papers())
def test_an_amendment_carried_everywhere_falls_only_to_a_rival_that_was_carried(paper):
    contenders, rivals = paper
    steps = settle(contenders, rivals)
    for number in (contender.number for contender in contenders if contender.carried_in_each_group):
        beaten = any(frozenset({number, winner}) in rivals for winner in amendments.carried_numbers(steps))
        assert steps[number] == ("let fall" if beaten else "carry")
