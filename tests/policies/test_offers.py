"""Consensus wording: who can offer what, when an offer can be answered, and when it lapses."""

from dataclasses import replace
from itertools import product

import pytest

from policies import offers
from policies.amendments import AmendmentStage
from policies.errors import RuleBroken
from policies.offers import Ground, OfferStage, OfferStep, can_be_offered, why_lapsed
from policies.planks import Stage

GROUND = Ground(AmendmentStage.OPEN, Stage.OPEN)
NONE = {"own_open": 0, "own": 0, "open_ones": 0}
# The journeys of an offer, by hand.
STEPS = {"accept": "accepted", "refuse": "refused", "take back": "taken_back", "let lapse": "lapsed"}


@pytest.mark.parametrize(("stage", "step"), list(product(OfferStage, OfferStep)))
def test_an_open_offer_takes_one_step_and_an_ended_one_none(stage, step):
    if stage == "open":
        assert offers.next_stage(stage, step) == STEPS[step]
    else:
        with pytest.raises(RuleBroken, match=f"You cannot {step} an offer that is {stage.words}"):
            offers.next_stage(stage, step)


def test_the_words_of_every_stage_complete_a_sentence():
    words = {"open": "open", "accepted": "accepted", "refused": "refused", "taken_back": "taken back"}
    assert {str(stage): stage.words for stage in OfferStage} == words | {"lapsed": "lapsed"}
    assert set(offers.STAGE_WORDS) == set(OfferStage)


@pytest.mark.parametrize(("amendment", "plank"), list(product(AmendmentStage, Stage)))
def test_an_offer_stands_while_its_amendment_waits_and_its_plank_lives(amendment, plank):
    stands = amendment in {"submitted", "open"} and plank in {"open", "balloting"}
    assert bool(why_lapsed(Ground(amendment, plank))) is not stands


def test_it_lapses_when_the_text_moves_or_the_mover_submits_other_words():
    assert why_lapsed(GROUND) == ""
    assert "The text has moved" in why_lapsed(replace(GROUND, text_stands=False))
    assert "other words since" in why_lapsed(replace(GROUND, words_stand=False))


def test_while_the_groups_vote_on_the_plank_an_offer_can_be_refused_and_not_accepted():
    voting = replace(GROUND, plank=Stage.BALLOTING)
    assert offers.require_answerable(OfferStage.OPEN, OfferStep.REFUSE, voting) is OfferStage.REFUSED
    assert offers.require_answerable(OfferStage.OPEN, OfferStep.ACCEPT, GROUND) is OfferStage.ACCEPTED
    with pytest.raises(RuleBroken, match="Come back when the result is published"):
        offers.require_answerable(OfferStage.OPEN, OfferStep.ACCEPT, voting)
    with pytest.raises(RuleBroken, match="This offer has lapsed. The amendment is carried now"):
        offers.require_answerable(OfferStage.OPEN, OfferStep.REFUSE, replace(GROUND, amendment=AmendmentStage.CARRIED))


@pytest.mark.parametrize(
    ("ground", "counts", "advice"),
    [
        (replace(GROUND, plank=Stage.BALLOTING), {}, "This amendment is open and its plank on the ballot"),
        (replace(GROUND, amendment=AmendmentStage.DRAFT), {}, "only to an amendment that waits for its decision"),
        (replace(GROUND, text_stands=False), {}, "Once its mover has renewed it"),
        (GROUND, {"own_open": 1, "own": 1, "open_ones": 1}, "Take that back"),
        (GROUND, {"own": 3}, "You have offered 3 wordings"),
        (GROUND, {"open_ones": 5}, "5 offers wait"),
    ],
)
def test_what_cannot_be_offered_is_refused_with_the_remedy(ground, counts, advice):
    with pytest.raises(RuleBroken, match=advice):
        offers.require_offerable(ground, **NONE | counts)
    assert not can_be_offered(ground, **NONE | counts)


@pytest.mark.parametrize("stage", [AmendmentStage.SUBMITTED, AmendmentStage.OPEN])
def test_a_member_offers_again_when_the_last_offer_is_answered(stage):
    assert can_be_offered(replace(GROUND, amendment=stage), own_open=0, own=2, open_ones=4)


def test_an_offer_says_something_else_than_the_amendment_and_the_text():
    offers.require_other_words(is_the_text=False, is_the_amendment=False)
    with pytest.raises(RuleBroken, match="the amendment as it stands"):
        offers.require_other_words(is_the_text=False, is_the_amendment=True)
    with pytest.raises(RuleBroken, match="object to the amendment"):
        offers.require_other_words(is_the_text=True, is_the_amendment=False)


@pytest.mark.parametrize(("offerer", "at_once"), [("labour", True), ("green", False), (None, False)])
def test_only_a_member_of_another_group_seconds_by_offering(offerer, at_once):
    assert offers.opens_at_once("green", offerer) is at_once
