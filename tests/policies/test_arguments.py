"""Arguments: closed from when on and why, and how long they are."""

import pytest

from policies.amendments import AmendmentStage
from policies.arguments import (
    ARGUMENT_CHARACTERS,
    require_argument_fits,
    require_not_hidden,
    require_open,
    why_closed,
    why_closed_on_amendment,
)
from policies.errors import RuleBroken
from policies.planks import Stage

OPEN_TO_ARGUMENTS = {Stage.SEEKING_SECONDERS, Stage.CHECKING, Stage.OPEN}


@pytest.mark.parametrize("stage", Stage)
def test_a_plank_is_argued_about_from_its_submission_to_its_round(stage):
    assert (why_closed(stage, is_working=True, had_round=False) == "") is (stage in OPEN_TO_ARGUMENTS)


@pytest.mark.parametrize(
    ("stage", "is_working", "had_round", "said"),
    [
        (Stage.DRAFT, True, False, "once it is submitted"),
        (Stage.BALLOTING, True, True, "A round of ballots has opened on this plank"),
        (Stage.BALLOTING, False, False, "A round of ballots has opened on this plank"),
        (Stage.OPEN, False, False, "The text has moved on"),
        (Stage.OPEN, True, True, "A newer text can be argued about anew"),
        (Stage.WITHDRAWN, True, True, "This plank is withdrawn"),
    ],
)
def test_the_page_says_why_a_version_is_closed(stage, is_working, had_round, said):
    assert said in why_closed(stage, is_working=is_working, had_round=had_round)


@pytest.mark.parametrize("stage", AmendmentStage)
def test_an_amendment_is_argued_about_until_its_round_opens(stage):
    is_open = stage in {AmendmentStage.SUBMITTED, AmendmentStage.OPEN}
    assert (why_closed_on_amendment(stage, Stage.OPEN) == "") is is_open


def test_the_page_says_why_an_amendment_is_closed():
    assert "once it is submitted" in why_closed_on_amendment(AmendmentStage.DRAFT, Stage.OPEN)
    assert "has opened on this amendment" in why_closed_on_amendment(AmendmentStage.BALLOTING, Stage.BALLOTING)
    assert "This amendment is carried" in why_closed_on_amendment(AmendmentStage.CARRIED, Stage.OPEN)
    assert "Its plank is archived" in why_closed_on_amendment(AmendmentStage.OPEN, Stage.ARCHIVED)


def test_another_round_on_the_plank_leaves_an_amendment_open_that_is_not_on_its_paper():
    assert why_closed_on_amendment(AmendmentStage.OPEN, Stage.BALLOTING) == ""


def test_what_is_closed_is_refused_with_its_reason():
    require_open("")
    with pytest.raises(RuleBroken, match="^It is over.$"):
        require_open("It is over.")


def test_an_argument_says_something_in_at_most_a_thousand_characters():
    require_argument_fits("x" * ARGUMENT_CHARACTERS)
    with pytest.raises(RuleBroken, match="Write your reason"):
        require_argument_fits(" \n ")
    with pytest.raises(RuleBroken, match="1,000 characters; it has 1,001"):
        require_argument_fits("x" * (ARGUMENT_CHARACTERS + 1))


def test_what_is_hidden_is_not_touched_any_more():
    require_not_hidden(False)
    with pytest.raises(RuleBroken, match="You can appeal against that"):
        require_not_hidden(True)
