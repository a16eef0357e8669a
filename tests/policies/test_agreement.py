"""Levels: which words every group backs, for any number of groups, and one case from end to end."""

from dataclasses import replace
from datetime import UTC, datetime
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policies import standing_orders
from policies.agreement import Level, LevelKey, becomes_agreed, label_of, level, paused_words
from policies.ballots import CountingRules, Outcome, Tally, outcome
from policies.endorsements import FormKind, StanceKind, stance_after
from policies.groups import GROUP_KEYS
from policies.standing_orders import QuorumMode

BACKS, RESERVES, OPTS_OUT = StanceKind.ENDORSED, StanceKind.RESERVATION, StanceKind.OPT_OUT
DECLINED, NO_DECISION, WITHDREW = StanceKind.DECLINED, StanceKind.NO_QUORUM, StanceKind.WITHDRAWN
WITHOUT_OPT_OUT = {BACKS, RESERVES}
FROM_LEAST_TO_MOST = ["no_longer_agreed", "being_drafted", "backed_by_two", "agreed_in_part", "agreed"]
UNTIL_MAY = "until 3 May 2026"
MAY = datetime(2026, 5, 3, 12, tzinfo=UTC)
FIVE_GROUPS = ("labour", "lib_dem", "green", "fourth", "fifth")
RULES = replace(CountingRules.of(standing_orders.load()["green"]), quorum_mode=QuorumMode.PARTICIPATION)


def rank(found):
    return FROM_LEAST_TO_MOST.index(found.key)


def tag(*stances, was_agreed=False):
    held = {group: stance for group, stance in zip(FIVE_GROUPS, stances, strict=False) if stance}
    return level(held, was_agreed=was_agreed, groups=FIVE_GROUPS[: len(stances)]).label


@st.composite
def held_stances(draw):
    """Two to five groups, and the stances some of them hold, often enough all of them backing."""
    groups = FIVE_GROUPS[: draw(st.integers(2, 5))]
    kinds = draw(st.sampled_from([list(StanceKind), [BACKS, RESERVES], [BACKS, RESERVES, OPTS_OUT]]))
    return groups, draw(st.dictionaries(st.sampled_from(groups), st.sampled_from(kinds)))


@pytest.mark.parametrize(
    ("stances", "words"),
    [
        ((BACKS, BACKS, BACKS), "Agreed"),
        ((BACKS, RESERVES, RESERVES), "Agreed"),
        ((BACKS, BACKS, OPTS_OUT), "Agreed in part"),
        ((OPTS_OUT, OPTS_OUT, OPTS_OUT), "Agreed in part"),
        ((BACKS, RESERVES, None), "Backed by two of three"),
        ((BACKS, OPTS_OUT, DECLINED), "Backed by two of three"),
        ((BACKS, BACKS, NO_DECISION), "Backed by two of three"),
        ((BACKS, BACKS, StanceKind.CONDITIONAL), "Backed by two of three"),
        ((BACKS, BACKS, WITHDREW), "Backed by two of three"),
        ((BACKS, None, DECLINED), "Being drafted"),
        ((None, None, None), "Being drafted"),
        ((BACKS, None), "Being drafted"),
        ((BACKS, BACKS), "Agreed"),
        ((BACKS, BACKS, BACKS, None), "Backed by three of four"),
        ((BACKS, BACKS, None, None), "Being drafted"),
        ((BACKS, BACKS, BACKS, BACKS, DECLINED), "Backed by four of five"),
    ],
)
def test_the_level_follows_from_the_stances_on_the_version(stances, words):
    assert tag(*stances) == words


@pytest.mark.parametrize(
    ("stances", "words"),
    [
        ((BACKS, BACKS, WITHDREW), "No longer agreed"),
        ((WITHDREW, WITHDREW, WITHDREW), "No longer agreed"),
        ((BACKS, WITHDREW), "No longer agreed"),
        ((BACKS, BACKS, DECLINED), "No longer agreed"),
        ((BACKS, BACKS, BACKS), "Agreed"),
        ((BACKS, BACKS, OPTS_OUT), "Agreed in part"),
    ],
)
def test_a_version_once_agreed_is_so_only_while_every_group_still_backs_it(stances, words):
    assert tag(*stances, was_agreed=True) == words


def test_a_group_that_withdrew_and_then_declines_does_not_raise_the_level():
    again = stance_after(FormKind.ENDORSE, Outcome.NOT_CARRIED, WITHDREW, is_rerun=False)
    assert tag(BACKS, BACKS, again, was_agreed=True) == "No longer agreed"


def test_the_five_public_tags_are_the_only_ones_but_for_a_pause():
    assert set(LevelKey) == {*FROM_LEAST_TO_MOST, "paused"}
    assert [label_of(key, 3) for key in LevelKey] == [
        *("Agreed", "Agreed – paused", "Agreed in part", "Backed by two of three", "Being drafted", "No longer agreed"),
    ]


@pytest.mark.parametrize(
    ("stances", "paused", "was_agreed", "key", "words"),
    [
        ((BACKS, BACKS, BACKS), {"green": MAY}, True, "paused", "Agreed – paused by Green until 3 May 2026"),
        (
            (BACKS, RESERVES, BACKS),
            {"labour": MAY, "lib_dem": MAY},
            True,
            "paused",
            "Agreed – paused by Labour until 3 May 2026 and Lib Dem until 3 May 2026",
        ),
        (
            (BACKS, BACKS, OPTS_OUT),
            {"green": MAY},
            False,
            "paused",
            f"Agreed in part – paused by Green {UNTIL_MAY}",
        ),
        ((BACKS, BACKS, None), {"labour": MAY}, False, "being_drafted", "Being drafted"),
        ((BACKS, BACKS, DECLINED), {"labour": MAY}, True, "no_longer_agreed", "No longer agreed"),
        ((BACKS, BACKS, None), {"green": MAY}, False, "backed_by_two", "Backed by two of three"),
        ((BACKS, BACKS, BACKS), {"outsiders": MAY}, False, "agreed", "Agreed"),
        (
            (BACKS, BACKS, BACKS, BACKS, BACKS),
            {"fifth": MAY},
            False,
            "paused",
            f"Agreed – paused by fifth {UNTIL_MAY}",
        ),
        ((BACKS, BACKS, BACKS, BACKS, None), {"fourth": MAY}, False, "being_drafted", "Being drafted"),
    ],
)
def test_backing_that_is_paused_does_not_count_while_it_is(stances, paused, was_agreed, key, words):
    held = {group: stance for group, stance in zip(FIVE_GROUPS, stances, strict=False) if stance}
    groups = FIVE_GROUPS[: len(stances)]
    assert level(held, was_agreed=was_agreed, groups=groups, paused=paused) == Level(LevelKey(key), words)
    assert becomes_agreed(held, groups, paused) is (key == "agreed")


def test_who_pauses_and_until_when_is_said_in_words():
    assert paused_words({"lib_dem": MAY}) == "paused by Lib Dem until 3 May 2026"


def test_without_a_list_the_groups_are_those_of_the_alliance():
    assert level(dict.fromkeys(GROUP_KEYS, BACKS)).label == "Agreed"
    assert level(dict.fromkeys(GROUP_KEYS[1:], BACKS)).label == "Backed by two of three"


def test_no_groups_agree_on_nothing():
    assert level({}, groups=()).key is LevelKey.BEING_DRAFTED


@given(held_stances(), st.booleans(), st.sets(st.sampled_from(FIVE_GROUPS), max_size=1))
def test_agreed_means_that_every_group_counts_unpaused_and_without_an_opt_out(held, was_agreed, pausing):
    groups, stances = held
    paused = dict.fromkeys(pausing, MAY)
    every = all(stances.get(group) in WITHOUT_OPT_OUT and group not in paused for group in groups)
    assert (level(stances, was_agreed=was_agreed, groups=groups, paused=paused).key is LevelKey.AGREED) is every
    assert becomes_agreed(stances, groups, paused) is every


@given(held_stances(), st.data())
def test_a_level_never_rises_when_a_stance_is_removed(held, data):
    groups, stances = held
    removed = data.draw(st.sampled_from(groups))
    fewer = {group: stance for group, stance in stances.items() if group != removed}
    assert rank(level(fewer, groups=groups)) <= rank(level(stances, groups=groups))


@given(held_stances(), st.data())
def test_a_version_once_agreed_never_rises_by_a_group_that_stops_backing_it(held, data):
    groups, stances = held
    stopped = {**stances, data.draw(st.sampled_from(groups)): data.draw(st.sampled_from([DECLINED, WITHDREW]))}
    after = level(stopped, was_agreed=True, groups=groups)
    assert after.key is LevelKey.NO_LONGER_AGREED
    assert rank(after) <= rank(level(stances, was_agreed=True, groups=groups))


@given(held_stances(), st.booleans(), st.randoms())
def test_the_order_of_the_groups_does_not_matter(held, was_agreed, chance):
    groups, stances = held
    shuffled = chance.sample(groups, len(groups))
    reordered = {group: stances[group] for group in shuffled if group in stances}
    before = level(stances, was_agreed=was_agreed, groups=groups)
    assert level(reordered, was_agreed=was_agreed, groups=shuffled) == before


@given(held_stances(), st.sampled_from(StanceKind))
def test_a_stance_of_no_group_of_the_alliance_counts_for_nothing(held, stance):
    groups, stances = held
    assert level({**stances, "outsiders": stance}, groups=groups) == level(stances, groups=groups)


small = st.integers(0, 60)
polls = st.dictionaries(st.sampled_from(FIVE_GROUPS[:3]), st.builds(Tally, small, small, small), min_size=3)


def endorse(tallies):
    """The stances a round of kind endorsement leaves, each group with a roll of 200."""
    decided = {group: outcome(tally, 200, RULES) for group, tally in tallies.items()}
    stances = {group: stance_after(FormKind.ENDORSE, found, None, is_rerun=False) for group, found in decided.items()}
    return {group: stance for group, stance in stances.items() if stance}


@given(polls, st.sampled_from(FIVE_GROUPS[:3]), st.builds(Tally, st.integers(0, 20), small, small))
def test_votes_in_one_group_never_change_what_another_decided(tallies, group, more):
    was = tallies[group]
    voted = {**tallies, group: Tally(was.yes + more.yes, was.no + more.no, was.abstain + more.abstain)}
    before, after = endorse(tallies), endorse(voted)
    assert all(before.get(other) == after.get(other) for other in tallies if other != group)


@given(polls, st.sampled_from(FIVE_GROUPS[:3]), st.integers(1, 100))
def test_more_yes_votes_in_one_group_never_lower_the_level(tallies, group, more):
    voted = {**tallies, group: replace(tallies[group], yes=tallies[group].yes + more)}
    assert rank(level(endorse(voted))) >= rank(level(endorse(tallies)))


def test_two_large_groups_cannot_outvote_the_third():
    tallies = {"labour": Tally(190, 0), "lib_dem": Tally(190, 0), "green": Tally(10, 11)}
    assert level(endorse(tallies)).label == "Backed by two of three"


def test_the_case_of_the_figures_from_round_one_to_the_declined_third_version():
    """domain.md, section 7: participation quorum 10 %."""
    assert Fraction(1, 10) == RULES.quorum
    green, lib_dem = outcome(Tally(62, 11, 4), 180, RULES), outcome(Tally(40, 38, 2), 150, RULES)
    labour = outcome(Tally(21, 20, 3), 460, RULES)
    assert (green, lib_dem, labour) == ("carried", "carried", "no_quorum")
    assert outcome(Tally(21, 20, 5), 460, RULES) == "carried"

    first_round = {"green": green, "lib_dem": lib_dem, "labour": labour}
    second = {
        group: stance_after(FormKind.ENDORSE, found, None, is_rerun=False) for group, found in first_round.items()
    }
    assert second["labour"] is None
    assert level(second).label == "Backed by two of three"

    again = outcome(Tally(70, 31, 6), 460, RULES)
    second["labour"] = stance_after(FormKind.ENDORSE, again, None, is_rerun=True)
    assert level(second).label == "Agreed"
    assert becomes_agreed(second)

    third = {
        "lib_dem": stance_after(FormKind.RESERVE, Outcome.CARRIED, None, is_rerun=False),
        "labour": stance_after(FormKind.ENDORSE, Outcome.CARRIED, None, is_rerun=False),
        "green": stance_after(FormKind.ENDORSE, Outcome.NOT_CARRIED, None, is_rerun=False),
    }
    assert level(third).label == "Backed by two of three"
    assert not becomes_agreed(third)
    assert level(second, was_agreed=True).label == "Agreed"
