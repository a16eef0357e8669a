"""Words that one side puts elsewhere and the other takes out."""

import pytest

from policies.text.shifted import is_any_lost, puts_elsewhere
from policies.text.weave import Edit
from policies.text.words import tokens

BASE = "one two of three four"
OUT = Edit(2, 4, ())


@pytest.mark.parametrize(
    ("common", "ours", "theirs", "is_lost"),
    [
        (OUT, "one of three four", "one of three four", False),
        (OUT, "one of three four two", "one of three four", True),
        (OUT, "one of three four", "one of three Two four", True),
        (OUT, "one of four", "one of three four two two", True),
        (Edit(4, 6, ()), "one two three four", "one two three of four", True),
        (Edit(4, 8, ()), "one two four", "one two of four", False),
        (Edit(8, 9, ("one",)), "two of three one", "one two of three one", True),
        (Edit(5, 5, (",",)), "one two, of three four", "one two, of three", False),
    ],
)
def test_what_both_do_is_lost_where_it_is_more_than_one_of_them_did(
    common: Edit, ours: str, theirs: str, is_lost: bool
) -> None:
    assert is_any_lost(tokens(BASE), [common], BASE, (ours, theirs)) is is_lost


def test_a_wording_puts_words_elsewhere_that_it_takes_out_and_has_again() -> None:
    pieces = tokens(BASE)
    assert puts_elsewhere(pieces, [OUT, Edit(9, 9, (" ", "TWO"))])
    assert not puts_elsewhere(pieces, [OUT, Edit(9, 9, (" ", "three"))])
    assert not puts_elsewhere(pieces, [Edit(4, 8, ()), Edit(9, 9, (" ", "of", " ", "all"))])
    assert not puts_elsewhere(pieces, [])
