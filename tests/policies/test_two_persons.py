"""Two persons: who may confirm what a clerk has proposed about a member."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policies.errors import RuleBroken
from policies.groups import GROUP_KEYS
from policies.two_persons import Matter, may_confirm, require_may_confirm

PROPOSER, SECOND, ABOUT, ELSEWHERE = 1, 2, 9, 5
TWO_CLERKS = Matter("green", PROPOSER, ABOUT, frozenset({PROPOSER, SECOND}))
ONE_CLERK = Matter("green", PROPOSER, ABOUT, frozenset({PROPOSER}))
ABOUT_THE_SECOND = Matter("green", PROPOSER, SECOND, frozenset({PROPOSER, SECOND}))
PROPOSER_GONE = Matter("green", PROPOSER, ABOUT, frozenset({SECOND}))
OPERATOR = (None, None)


@pytest.mark.parametrize(
    ("matter", "confirming", "refused"),
    [
        (TWO_CLERKS, ("green", SECOND), None),
        (TWO_CLERKS, ("green", PROPOSER), "You proposed this"),
        (TWO_CLERKS, ("labour", ELSEWHERE), "has a second clerk"),
        (TWO_CLERKS, OPERATOR, "has a second clerk"),
        (ONE_CLERK, ("labour", ELSEWHERE), None),
        (ONE_CLERK, OPERATOR, None),
        (ONE_CLERK, ("green", PROPOSER), "You proposed this"),
        (ABOUT_THE_SECOND, ("green", SECOND), "This is about you"),
        (ABOUT_THE_SECOND, ("labour", ELSEWHERE), None),
        # Whoever proposed it, or is concerned, stays that person after moving to another group.
        (ONE_CLERK, ("labour", PROPOSER), "You proposed this"),
        (ONE_CLERK, ("labour", ABOUT), "This is about you"),
        (PROPOSER_GONE, ("green", SECOND), None),
    ],
)
def test_a_second_clerk_confirms_and_where_there_is_none_somebody_of_another_group(matter, confirming, refused):
    assert may_confirm(matter, *confirming) is (refused is None)
    if refused is None:
        require_may_confirm(matter, *confirming)
        return
    with pytest.raises(RuleBroken, match=refused):
        require_may_confirm(matter, *confirming)


@given(
    st.integers(1, 4),
    st.integers(1, 4),
    st.frozensets(st.integers(1, 4)),
    st.integers(1, 4),
    st.sampled_from(GROUP_KEYS),
)
def test_two_persons_always_stand_behind_it_and_the_one_concerned_is_neither(proposer, about, clerks, person, group):
    matter = Matter("green", proposer, about, clerks)
    assert not may_confirm(matter, group, proposer)
    assert not may_confirm(matter, group, about)
    # There is always a way on: own clerks where there are any, else those of other groups.
    if matter.second_clerks:
        assert all(may_confirm(matter, "green", one) for one in matter.second_clerks)
    else:
        assert may_confirm(matter, "labour", 99)
