"""How alike two planks are, for clerks who check one: a hint that decides nothing."""

from hypothesis import given
from hypothesis import strategies as st

from policies.likeness import ALIKE, SHOWN_BESIDE, likeness, most_alike, words_of

HOMES = words_of("Warm homes for all", "Every rented home must be insulated by 2030 from a national fund.")
SAME_ASKED = words_of("Warmer homes", "Every rented home must be insulated by 2035 from a public fund.")
TRAINS = words_of("Night trains", "Sleeper trains shall connect every capital of Europe again.")
WORDS = st.builds(words_of, st.text(max_size=30), st.text(max_size=60))


def test_a_plank_that_asks_the_same_is_shown_beside_and_another_is_not():
    assert likeness(HOMES, SAME_ASKED) >= ALIKE > likeness(HOMES, TRAINS)
    assert most_alike(HOMES, {7: TRAINS, 8: SAME_ASKED, 9: HOMES}) == [9, 8]


def test_a_few_at_most_are_shown_the_first_of_equals_first():
    assert most_alike(HOMES, dict.fromkeys(range(9), HOMES)) == list(range(SHOWN_BESIDE))


def test_a_title_weighs_more_than_as_many_words_of_the_text():
    asked = words_of("Night trains", "alpha beta")
    by_title, by_text = words_of("Night trains", "gamma delta"), words_of("Other things", "alpha beta")
    assert likeness(asked, by_title) > likeness(asked, by_text)


def test_nothing_is_like_a_plank_without_words():
    assert likeness(words_of("", "a of to"), words_of("", "")) == 0.0


@given(WORDS, WORDS)
def test_likeness_is_the_same_both_ways_and_whole_only_for_the_same_words(one, other):
    assert likeness(one, other) == likeness(other, one) <= 1.0
    assert likeness(one, one) in (0.0, 1.0)
