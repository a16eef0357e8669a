"""The law of small cells, by brute force: whatever is published, everybody who voted may have chosen differently."""

from collections import defaultdict
from fractions import Fraction
from itertools import product

from hypothesis import example, given, settings
from hypothesis import strategies as st

from policies.ballots import CountingRules, Tally, is_minority_position, outcome, yes_needed
from policies.small_cells import EXACT_FROM, shown_result
from policies.standing_orders import QuorumMode

HALF, QUARTER = Fraction(1, 2), Fraction(1, 4)


def sizes(roll):
    """How many papers there may be: all at the bounds of the cells and of the roll, and a few between."""
    near = {*range(14), 30, *range(EXACT_FROM - 4, EXACT_FROM + 2), *range(roll - 2, roll + 1)}
    return sorted(size for size in near if 0 <= size <= min(roll, EXACT_FROM + 1))


def tallies(roll):
    """Every tally of so many papers."""
    for size in sizes(roll):
        for yes in range(size + 1):
            for no in range(size - yes + 1):
                yield Tally(yes, no, size - yes - no)


def cells(roll, rules):
    """What may be published of one question, with all that may be true where it is: the choices made, by papers cast.

    More is given away here than in truth: whether the group made the amendment a minority position.
    """
    needed, found = yes_needed(roll, rules), defaultdict(lambda: defaultdict(set))
    for tally in tallies(roll):
        decided = outcome(tally, roll, rules)
        published = shown_result(decided, tally, yes_needed=needed), is_minority_position(tally, rules)
        made = {("yes", tally.yes), ("no", tally.no), ("abstain", tally.abstain)}
        found[published][tally.cast] |= {choice for choice, count in made if count}
    return found


def small(by_size):
    """Of what may be true, that which was cast in a small ballot."""
    return any(0 < size < EXACT_FROM for size in by_size)


def rules_of(mode, quorum, threshold, strict, minority=QUARTER):
    return CountingRules(mode, Fraction(quorum), threshold, strict, minority)


fractions = st.fractions(Fraction(1, 200), Fraction(99, 100), max_denominator=200)
rules_like = st.builds(
    CountingRules,
    st.sampled_from(QuorumMode),
    fractions,
    st.sampled_from([HALF, Fraction(2, 3), Fraction(3, 4), Fraction(1)]),
    st.booleans(),
    fractions,
).filter(lambda rules: rules.threshold > HALF or rules.threshold_is_strict)
APPROVAL = QuorumMode.APPROVAL


@given(st.integers(1, 600), rules_like)
@example(10, rules_of(APPROVAL, "1/10", HALF, True))
@example(81, rules_of(APPROVAL, "1/10", HALF, True))
@example(90, rules_of(APPROVAL, "1/10", HALF, True))
@example(90, rules_of(APPROVAL, "1/10", Fraction(1), False))
@example(490, rules_of(APPROVAL, "1/10", HALF, True))
@example(500, rules_of(APPROVAL, "1/10", Fraction(3, 4), False))
@example(110, rules_of(QuorumMode.PARTICIPATION, "1/10", HALF, True))
@settings(max_examples=12, deadline=None)
def test_from_everything_published_of_a_small_ballot_no_voter_s_choice_can_be_worked_out(roll, rules):
    if yes_needed(roll, rules) == roll:
        return
    published = [by_size for by_size in cells(roll, rules).values() if small(by_size)]
    # Two questions of one ballot: both tell something of how many papers there were.
    for one, other in product(published, repeat=2):
        together = one.keys() & other.keys() - {0}
        if any(size < EXACT_FROM for size in together):
            assert len(set().union(*(one[size] for size in together))) > 1
