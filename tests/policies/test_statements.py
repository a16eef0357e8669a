"""A launch statement and an office address: how long they may be, and that nobody saves over words they never saw."""

import pytest

from policies.errors import RuleBroken
from policies.statements import (
    OFFICE_CHARACTERS,
    require_newest,
    require_office_fits,
    require_other_words,
    require_statement_fits,
)


def test_a_statement_of_four_hundred_words_fits():
    require_statement_fits(400, 8_000)


@pytest.mark.parametrize(
    ("words", "characters", "what_to_do"),
    [
        (0, 12, "Write the launch statement."),
        (401, 3_000, "Shorten the statement to 400 words; it has 401."),
        (400, 8_001, "Shorten the statement to 8,000 characters; it has 8,001."),
    ],
)
def test_none_at_all_or_a_longer_one_is_refused_with_what_to_do(words, characters, what_to_do):
    with pytest.raises(RuleBroken, match=what_to_do):
        require_statement_fits(words, characters)


def test_an_office_may_be_left_empty_but_not_be_long():
    require_office_fits("")
    require_office_fits("x" * OFFICE_CHARACTERS)
    with pytest.raises(RuleBroken, match="Shorten the address to 300 characters; it has 301."):
        require_office_fits("x" * (OFFICE_CHARACTERS + 1))


def test_whoever_has_not_seen_the_newest_words_is_told_that_they_changed():
    require_newest(2, 2)
    for seen in (1, 3, -1):
        with pytest.raises(RuleBroken, match="Another clerk of your group saved other words"):
            require_newest(seen, 2)


def test_the_same_words_are_no_new_statement():
    require_other_words("We begin.", "We began.")
    with pytest.raises(RuleBroken, match="the words that stand already"):
        require_other_words("We begin.", "We begin.")
