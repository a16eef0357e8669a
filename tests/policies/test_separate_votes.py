"""Votes on named units before the whole: no unit that was not carried is ever shown as backed."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policies.ballots import Outcome
from policies.endorsements import COUNTING, FormKind, StanceKind, stance_after
from policies.separate_votes import MOST_SEPARATE, STANCE_WITH_UNITS, Decision, decision, not_carried

CARRIED, NOT_CARRIED, NO_QUORUM = Outcome.CARRIED, Outcome.NOT_CARRIED, Outcome.NO_QUORUM
# Written out again by hand: the whole, two units, and what that gives on a version nothing was decided on.
TABLE = {
    ("carried", "carried", "carried"): ("endorsed", ()),
    ("carried", "carried", "not_carried"): ("opt_out", ("u2",)),
    ("carried", "carried", "no_quorum"): ("opt_out", ("u2",)),
    ("carried", "not_carried", "carried"): ("opt_out", ("u1",)),
    ("carried", "not_carried", "not_carried"): ("opt_out", ("u1", "u2")),
    ("carried", "not_carried", "no_quorum"): ("opt_out", ("u1", "u2")),
    ("carried", "no_quorum", "carried"): ("opt_out", ("u1",)),
    ("carried", "no_quorum", "not_carried"): ("opt_out", ("u1", "u2")),
    ("carried", "no_quorum", "no_quorum"): ("opt_out", ("u1", "u2")),
    **{("not_carried", one, two): ("declined", ()) for one, two in product(Outcome, repeat=2)},
    **{("no_quorum", one, two): (None, ()) for one, two in product(Outcome, repeat=2)},
}
outcomes = st.sampled_from(Outcome)
stances = st.none() | st.sampled_from(StanceKind)


@pytest.mark.parametrize(("whole", "one", "two"), list(product(Outcome, repeat=3)))
def test_what_the_whole_and_two_units_give(whole, one, two):
    kind, left_out = TABLE[whole, one, two]
    apart = {"u1": one, "u2": two}
    decided = decision(FormKind.ENDORSE, (), whole, apart, None, is_rerun=False)
    assert decided == Decision(None if kind is None else StanceKind(kind), left_out)


def test_the_table_of_the_rulebook_says_the_same():
    assert STANCE_WITH_UNITS == {
        (CARRIED, True): "endorsed",
        (CARRIED, False): "opt_out",
        (NOT_CARRIED, True): "declined",
        (NOT_CARRIED, False): "declined",
        (NO_QUORUM, True): None,
        (NO_QUORUM, False): None,
    }


def test_a_unit_without_a_quorum_of_its_own_is_not_carried():
    assert not_carried({"u1": CARRIED, "u2": NO_QUORUM, "u3": NOT_CARRIED}) == ("u2", "u3")


@given(st.sampled_from(FormKind), outcomes, stances, st.booleans())
def test_without_separate_votes_a_ballot_gives_what_it_always_gave(form, whole, current, is_rerun):
    units = ("u4",) if form is FormKind.EXCEPT else ()
    decided = decision(form, units, whole, {}, current, is_rerun=is_rerun)
    assert decided.kind == stance_after(form, whole, current, is_rerun=is_rerun)
    assert decided.left_out == (units if decided.kind is StanceKind.OPT_OUT else ())


@given(outcomes, st.dictionaries(st.text(max_size=3), outcomes, min_size=1), stances, st.booleans())
def test_no_group_is_shown_as_backing_a_unit_that_it_did_not_carry(whole, apart, current, is_rerun):
    decided = decision(FormKind.ENDORSE, (), whole, apart, current, is_rerun=is_rerun)
    if whole is CARRIED and decided.kind in COUNTING:
        backed = set(apart) - set(decided.left_out)
        assert all(apart[unit] is CARRIED for unit in backed)
    elif whole is not CARRIED:
        assert decided.kind not in COUNTING or decided.kind is current


def test_a_paper_has_an_end():
    assert MOST_SEPARATE == 10
