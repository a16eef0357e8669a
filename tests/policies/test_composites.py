"""Composites: what can be combined, who can answer, and when an original ends in one."""

from itertools import product

import pytest

from policies import composites
from policies.composites import Answer
from policies.errors import RuleBroken
from policies.planks import Stage

OPEN, BALLOTING, CHECKING = Stage.OPEN, Stage.BALLOTING, Stage.CHECKING


@pytest.mark.parametrize(
    ("stages", "advice"),
    [
        ([OPEN], "Tick at least one other plank"),
        ([OPEN, BALLOTING], "Only planks that are open can be combined"),
        ([OPEN, CHECKING], "Only planks that are open can be combined"),
        ([OPEN] * 7, "Combine at most 6 planks; these are 7"),
    ],
)
def test_what_cannot_be_combined_is_refused_with_the_remedy(stages, advice):
    with pytest.raises(RuleBroken, match=advice):
        composites.require_combinable(stages)


@pytest.mark.parametrize("number", [2, 6])
def test_two_to_six_open_planks_can_be_combined(number):
    composites.require_combinable([OPEN] * number)


def test_something_comes_from_two_planks_and_something_of_two_is_left_when_it_was_edited():
    composites.require_clauses_of_two([1, 2, 2])
    composites.require_some_left({1, 2})
    with pytest.raises(RuleBroken, match="Tick units of at least two planks"):
        composites.require_clauses_of_two([1, 1])
    with pytest.raises(RuleBroken, match="propose your text as a plank of its own"):
        composites.require_some_left({1})


def test_what_is_put_together_fits_into_a_draft():
    composites.require_room("w" * 25_000)
    with pytest.raises(RuleBroken, match="Tick fewer units: a draft keeps 25,000 characters"):
        composites.require_room("w" * 25_001)


@pytest.mark.parametrize("typed", ["", " ", "0", "7", " 12 ", "999"])
def test_a_place_is_a_small_whole_number_or_nothing(typed):
    composites.require_place(typed)


@pytest.mark.parametrize("typed", ["-1", "1.5", "two", "1000", "9" * 400, "²", "1e2"])
def test_any_other_place_is_refused(typed):
    with pytest.raises(RuleBroken, match="whole number from 0 to 999"):
        composites.require_place(typed)


# Written by hand: the mover of a plank that stands open answers a composite that stands before the members.
ANSWERABLE = {("open", stage) for stage in ("seeking_seconders", "checking", "open", "balloting")}


@pytest.mark.parametrize(("original", "composite"), list(product(Stage, Stage)))
def test_who_stands_where_decides_whether_there_is_something_to_answer(original, composite):
    expected = (original, composite) in ANSWERABLE
    assert composites.can_be_answered(original, composite, had_round=False) is expected
    assert not composites.can_be_answered(original, composite, had_round=True)


@pytest.mark.parametrize(
    ("original", "composite", "had_round", "advice"),
    [
        (OPEN, Stage.WITHDRAWN, False, "This composite no longer stands"),
        (OPEN, OPEN, True, "A round of ballots has opened on your plank"),
        (BALLOTING, OPEN, False, "A round of ballots has opened on your plank"),
        (Stage.ARCHIVED, OPEN, False, "Your plank is archived"),
    ],
)
def test_a_refused_answer_says_why(original, composite, had_round, advice):
    with pytest.raises(RuleBroken, match=advice):
        composites.require_answerable(original, composite, had_round=had_round)


@pytest.mark.parametrize(("answer", "composite"), list(product([None, *Answer], Stage)))
def test_an_original_ends_only_where_its_mover_accepted_and_the_composite_is_public(answer, composite):
    expected = answer == "accepted" and composite in {"open", "balloting"}
    assert composites.takes_effect(answer, OPEN, composite, had_round=False) is expected


@pytest.mark.parametrize(("original", "had_round"), [(OPEN, True), (BALLOTING, False), (Stage.WITHDRAWN, False)])
def test_a_plank_that_its_groups_decide_or_that_has_ended_does_not_end_in_a_composite(original, had_round):
    assert not composites.takes_effect(Answer.ACCEPTED, original, OPEN, had_round=had_round)


def test_neither_a_refusal_nor_silence_ends_an_original():
    for answer in (Answer.REFUSED, None):
        assert not composites.takes_effect(answer, OPEN, OPEN, had_round=False)
    assert composites.takes_effect(Answer.ACCEPTED, OPEN, OPEN, had_round=False)
