"""Small cells: a result that few decided shows nothing from which one vote could be worked out."""

import re
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policies.ballots import Outcome, Tally
from policies.small_cells import Band, may_list_receipts, shown_result, shown_results

WORDS = {"carried": "Carried", "not_carried": "Not carried", "no_quorum": "No quorum"}


def tallies_of(fewest, most):
    """Every tally with at least `fewest` and at most `most` votes cast."""
    for cast in range(fewest, most + 1):
        for yes in range(cast + 1):
            for no in range(cast - yes + 1):
                yield Tally(yes, no, cast - yes - no)


def result_of(outcome, tally):
    """What is shown of a tally whose quorum counts votes cast, or asks for few yes votes."""
    return shown_result(outcome, tally, yes_needed=0)


def figures_in(sentence):
    return {int(figure) for figure in re.findall(r"\d+", sentence)}


votes = st.integers(0, 400)
many_votes = st.builds(Tally, votes, votes, votes).filter(lambda tally: tally.cast >= 50)
lopsided = st.permutations([(950, 1000), (0, 25), (0, 25)]).flatmap(
    lambda ranges: st.builds(Tally, *[st.integers(*bounds) for bounds in ranges])
)


@pytest.mark.parametrize("outcome", Outcome)
def test_under_ten_votes_only_the_word_of_the_outcome_is_shown(outcome):
    shown = {result_of(outcome, tally) for tally in tallies_of(0, 9)}
    assert len(shown) == 1
    (result,) = shown
    assert (result.outcome, result.outcome_word) == (outcome, WORDS[outcome])
    assert (result.band, result.exact, result.near_unanimous) == (None, None, False)
    assert result.sentence == f"{WORDS[outcome]}. Figures are not shown, because few votes were cast."


@pytest.mark.parametrize("outcome", Outcome)
def test_from_ten_to_49_votes_the_same_outcome_and_band_are_shown_alike(outcome):
    shown = {result_of(outcome, tally) for tally in tallies_of(10, 49)}
    assert {(result.exact, result.near_unanimous) for result in shown} == {(None, False)}
    assert sorted(result.band for result in shown) == sorted(Band)


@pytest.mark.parametrize("outcome", Outcome)
def test_from_ten_to_49_votes_no_figure_of_the_count_is_in_the_sentence(outcome):
    for tally in tallies_of(10, 49):
        sentence = result_of(outcome, tally).sentence
        assert sentence.startswith(WORDS[outcome])
        # The one figure is the bound above which counts are shown, which no figure of these counts reaches.
        assert figures_in(sentence) == {50}


@pytest.mark.parametrize(
    ("tally", "band"),
    [
        (Tally(40, 0, 0), "a large majority in favour"),
        (Tally(30, 10, 5), "a large majority in favour"),
        (Tally(29, 10, 5), "a majority in favour"),
        (Tally(23, 17, 0), "a majority in favour"),
        (Tally(14, 11, 0), "a majority in favour"),
        (Tally(22, 18, 0), "votes about even"),
        (Tally(18, 22, 0), "votes about even"),
        (Tally(10, 9, 19), "votes about even"),
        (Tally(10, 9, 20), "a majority abstaining"),
        (Tally(0, 0, 20), "a majority abstaining"),
        (Tally(11, 14, 0), "a majority against"),
        (Tally(17, 23, 0), "a majority against"),
        (Tally(10, 29, 9), "a majority against"),
        (Tally(10, 30, 0), "a large majority against"),
        (Tally(0, 12, 0), "a large majority against"),
    ],
)
def test_a_band_says_roughly_how_yes_compares_with_no(tally, band):
    shown = result_of(Outcome.NOT_CARRIED, tally)
    assert shown.band is Band(band)
    assert shown.sentence == f"Not carried, with {band}. Figures are shown from 50 votes."


@pytest.mark.parametrize(
    ("tally", "sentence"),
    [
        (Tally(30, 18, 2), "Carried: 30 yes, 18 no, 2 abstained."),
        (Tally(47, 3, 0), "Carried: 47 yes, 3 no, 0 abstained."),
        (Tally(94, 6, 0), "Carried: 94 yes, 6 no, 0 abstained."),
        (Tally(95, 5, 0), "Carried: 95\u00a0% or more of those who cast a paper said yes."),
        (Tally(1, 0, 49), "Carried: 95\u00a0% or more of those who cast a paper said abstain."),
    ],
)
def test_from_50_votes_figures_are_exact_unless_nearly_all_voted_one_way(tally, sentence):
    assert result_of(Outcome.CARRIED, tally).sentence == sentence


@given(many_votes | lopsided, st.sampled_from(Outcome))
def test_from_50_votes_a_result_is_exact_or_95_per_cent_or_more(tally, outcome):
    shown = result_of(outcome, tally)
    most = max(tally.yes, tally.no, tally.abstain)
    assert shown.near_unanimous is (most / tally.cast >= 0.95)
    if shown.near_unanimous:
        assert shown.exact is None
        assert figures_in(shown.sentence) == {95}
    else:
        assert shown.exact == tally
        assert figures_in(shown.sentence) == {tally.yes, tally.no, tally.abstain}


@given(lopsided, st.sampled_from(Outcome))
def test_nearly_all_votes_one_way_are_shown_like_all_of_them(tally, outcome):
    side = max((tally.yes, "yes"), (tally.no, "no"), (tally.abstain, "abstain"))[1]
    every = {"yes": Tally(yes=1000), "no": Tally(no=1000), "abstain": Tally(abstain=1000)}[side]
    assert result_of(outcome, tally) == result_of(outcome, every)
    assert f"said {side}." in result_of(outcome, tally).sentence


def test_every_result_begins_with_its_outcome():
    for outcome, tally in product(Outcome, [Tally(), Tally(5, 5, 5), Tally(40, 30, 0), Tally(90, 0, 0)]):
        assert re.match(rf"{WORDS[outcome]}[.,:] ", result_of(outcome, tally).sentence)


CARRIED, NOT_CARRIED, NO_QUORUM = Outcome.CARRIED, Outcome.NOT_CARRIED, Outcome.NO_QUORUM


@pytest.mark.parametrize(
    ("yes_needed", "tally", "sentence"),
    [
        # Fewer than ten cast and nine yes votes needed: all would have said yes.
        (9, Tally(9, 0, 0), "Carried. Figures are not shown, because few votes were cast."),
        (9, Tally(9, 1, 0), "Carried. Figures are not shown, because few votes were cast."),
        (9, Tally(9, 2, 0), "Carried, with a large majority in favour. Figures are shown from 50 votes."),
        (8, Tally(9, 1, 0), "Carried, with a large majority in favour. Figures are shown from 50 votes."),
        (49, Tally(49, 1, 0), "Carried, with a large majority in favour. Figures are shown from 51 votes."),
        (49, Tally(49, 2, 0), "Carried: 95\u00a0% or more of those who cast a paper said yes."),
        (49, Tally(45, 6, 0), "Carried: 45 yes, 6 no, 0 abstained."),
        (48, Tally(46, 4, 0), "Carried: 46 yes, 4 no, 0 abstained."),
    ],
)
def test_a_bound_gives_way_where_it_would_meet_the_quorum(yes_needed, tally, sentence):
    assert shown_result(CARRIED, tally, yes_needed=yes_needed).sentence == sentence


def test_beside_a_vote_carried_all_but_unanimously_by_a_high_quorum_nothing_tells_how_many_voted():
    counts = {"A1": (CARRIED, Tally(60, 0, 0)), "A2": (NO_QUORUM, Tally(30, 30, 0))}
    together = shown_results(counts, yes_needed=60)
    assert together["A1"] == shown_result(*counts["A1"], yes_needed=60)
    assert together["A2"].exact is together["A2"].band is None
    assert figures_in(together["A2"].sentence) == set()
    assert not may_list_receipts(together.values(), yes_needed=60)
    assert not may_list_receipts([together["A1"]], yes_needed=60)
    lower = shown_results(counts, yes_needed=49)
    assert lower["A2"].exact == Tally(30, 30, 0)
    assert may_list_receipts(lower.values(), yes_needed=49)


@pytest.mark.parametrize(("tally", "listed"), [(Tally(40, 9, 0), False), (Tally(40, 10, 0), True), (Tally(50), True)])
def test_receipts_are_listed_only_from_50_votes(tally, listed):
    assert may_list_receipts([result_of(CARRIED, tally)], yes_needed=5) is listed
    assert not may_list_receipts([], yes_needed=5)
