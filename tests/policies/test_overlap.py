"""Where the groups overlap: seven parts, and every plank that somebody backs in exactly one of them."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policies.endorsements import BY_BACKING, COUNTING, StanceKind
from policies.groups import GROUP_KEYS
from policies.overlap import Part, Standing, finding, overlap, part_in_words, part_key, part_name, part_of, parts

L, LD, G = GROUP_KEYS
BACKS, RESERVES, OPTS_OUT = StanceKind.ENDORSED, StanceKind.RESERVATION, StanceKind.OPT_OUT
# Each part by hand: its key, its name on a list, and how a sentence goes on.
BY_HAND = [
    ({L, LD, G}, "labour-lib_dem-green", "All three groups", "all three Compass groups"),
    ({L, LD}, "labour-lib_dem", "Labour and Lib Dem alone", "the Compass Labour and Lib Dem groups and no other"),
    ({L, G}, "labour-green", "Labour and Green alone", "the Compass Labour and Green groups and no other"),
    ({LD, G}, "lib_dem-green", "Lib Dem and Green alone", "the Compass Lib Dem and Green groups and no other"),
    ({L}, "labour", "Labour alone", "the Compass Labour group and no other"),
    ({LD}, "lib_dem", "Lib Dem alone", "the Compass Liberal Democrat group and no other"),
    ({G}, "green", "Green alone", "the Compass Green group and no other"),
]
held = st.dictionaries(st.sampled_from(GROUP_KEYS), st.sampled_from(StanceKind))
planks = st.lists(st.tuples(held, st.sets(st.sampled_from(GROUP_KEYS))), max_size=30)


def test_there_are_seven_parts_the_largest_first_and_each_has_its_words() -> None:
    assert [(set(part), part_key(part), part_name(part), part_in_words(part)) for part in parts()] == BY_HAND
    assert (part_key(Part()), part_name(Part()), part_in_words(Part())) == ("none", "No group yet", "no group")
    assert len(parts(("a", "b", "c", "d"))) == 15


@pytest.mark.parametrize(
    ("stances", "paused", "expected"),
    [
        ({L: BACKS, LD: RESERVES, G: OPTS_OUT}, set(), {L, LD, G}),
        ({L: BACKS, LD: StanceKind.DECLINED, G: StanceKind.NO_QUORUM}, set(), {L}),
        ({L: StanceKind.CONDITIONAL, G: StanceKind.WITHDRAWN}, set(), set()),
        ({L: BACKS, G: BACKS}, {L}, {G}),
        ({}, {G}, set()),
    ],
)
def test_a_group_is_in_a_part_only_while_its_backing_counts(stances, paused, expected) -> None:
    assert part_of(stances, paused) == expected


@given(planks)
def test_the_parts_share_out_the_planks_that_somebody_backs_each_once(planks) -> None:
    found = [part_of(stances, paused) for stances, paused in planks]
    counts = overlap(Counter(found).items())
    assert set(counts) == set(parts())
    assert sum(counts.values()) == sum(1 for part in found if part)
    for group in GROUP_KEYS:
        backs = [kinds for kinds, paused in planks if kinds.get(group) in COUNTING and group not in paused]
        assert sum(number for part, number in counts.items() if group in part) == len(backs)


def test_the_finding_says_every_number_and_leaves_out_what_is_empty() -> None:
    counts = overlap([(Part({L, LD, G}), 1), (Part({G}), 2), (Part(), 9)])
    assert finding(counts) == (
        "Of three Compass groups, all three back 1 plank, at least in part; Green alone backs 2."
    )
    assert finding(overlap([(Part({L, G}), 2)])) == (
        "Of three Compass groups, Labour and Green alone back 2 planks, at least in part."
    )
    assert finding(overlap([])) == "No group backs a plank yet."


def test_a_list_sorts_backing_before_a_no_and_silence_last() -> None:
    assert set(BY_BACKING) == {*StanceKind, None}
    assert set(BY_BACKING[:3]) == COUNTING
    assert BY_BACKING[-2:] == (StanceKind.NO_QUORUM, None)
    assert [standing.value for standing in Standing] == ["backed_by_one", "differ"]
