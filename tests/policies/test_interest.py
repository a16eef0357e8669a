"""Registering interest: at least one purpose, words that are numbered and never changed, and two weeks to confirm."""

from datetime import UTC, datetime, timedelta

import pytest

from policies.errors import RuleBroken
from policies.interest import (
    WORDINGS,
    ConsentPurpose,
    is_forgotten,
    newest_wording,
    require_name_fits,
    require_some_purpose,
    wording,
)

ASKED = datetime(2026, 5, 3, tzinfo=UTC)


def test_one_purpose_is_enough_and_none_is_not():
    require_some_purpose({ConsentPurpose.NEWS})
    with pytest.raises(RuleBroken, match="Tick at least one"):
        require_some_purpose(())


def test_a_name_may_be_left_out_but_not_be_long():
    require_name_fits("")
    require_name_fits("x" * 80)
    with pytest.raises(RuleBroken, match="80 characters, or leave it out; it has 81"):
        require_name_fits("x" * 81)


def test_what_is_not_confirmed_is_forgotten_after_fourteen_days():
    assert not is_forgotten(ASKED, ASKED + timedelta(days=14, seconds=-1))
    assert is_forgotten(ASKED, ASKED + timedelta(days=14))


@pytest.mark.parametrize("purpose", ConsentPurpose)
def test_the_words_in_use_are_the_last_and_earlier_ones_can_be_read_by_their_number(purpose):
    assert wording(purpose) == WORDINGS[purpose][-1] == wording(purpose, newest_wording(purpose))
    assert wording(purpose, 1) == WORDINGS[purpose][0]


def test_the_first_words_are_those_that_people_agreed_to():
    assert [(purpose.value, wording(purpose, 1).label) for purpose in ConsentPurpose] == [
        ("contact", "Hear when there is something to do"),
        ("news", "News by mail"),
    ]
    for purpose in ConsentPurpose:
        assert wording(purpose, 1).meaning.startswith("Clerks of the Compass groups see your address and")
