"""Where a text stands between the groups: no group is said to have backed what it did not, and few stay hidden."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policies.endorsements import StanceKind
from policies.errors import RuleBroken
from policies.negotiation import (
    FEWEST_READINGS,
    READING_WORDS,
    WARM,
    Decision,
    Reading,
    Temperature,
    UnitStanding,
    is_bracketed,
    is_released,
    require_readable,
    standing_of,
    temperature,
)
from policies.planks import Stage

OLD, NEW = "Insulate by 2030.", "Insulate by 2032."


def decision(version, kind, words=OLD, left_out=()):
    """A group's stance on a version in which unit "a" has these words."""
    return Decision(version, kind, {"a": words}, left_out)


@pytest.mark.parametrize(
    ("decisions", "standing", "version"),
    [
        ([], UnitStanding.UNDECIDED, ""),
        ([decision("1", StanceKind.ENDORSED)], UnitStanding.BACKED, "1"),
        ([decision("1", StanceKind.RESERVATION)], UnitStanding.RESERVED, "1"),
        ([Decision("1", StanceKind.RESERVATION, {"a": OLD}, is_paused=True)], UnitStanding.PAUSED, "1"),
        ([Decision("1", StanceKind.ENDORSED, {"a": OLD}, is_paused=True)], UnitStanding.PAUSED, "1"),
        ([decision("1", StanceKind.OPT_OUT, left_out=("a",))], UnitStanding.LEFT_OUT, "1"),
        ([decision("1", StanceKind.OPT_OUT, left_out=("b",))], UnitStanding.BACKED, "1"),
        ([decision("1", StanceKind.DECLINED)], UnitStanding.DECLINED, "1"),
        ([decision("1", StanceKind.WITHDRAWN)], UnitStanding.DECLINED, "1"),
        ([decision("1", StanceKind.NO_QUORUM)], UnitStanding.UNDECIDED, ""),
        ([decision("1", StanceKind.CONDITIONAL)], UnitStanding.UNDECIDED, ""),
        ([decision("2", StanceKind.DECLINED), decision("1", StanceKind.ENDORSED)], UnitStanding.BACKED, "1"),
        ([decision("2", StanceKind.ENDORSED, NEW)], UnitStanding.UNDECIDED, ""),
        ([decision("2", StanceKind.DECLINED, NEW)], UnitStanding.UNDECIDED, ""),
    ],
)
def test_a_group_stands_by_its_decision_on_exactly_these_words(decisions, standing, version):
    assert standing_of("a", OLD, decisions) == (standing, version)


def test_a_unit_that_no_decided_text_had_is_undecided():
    assert standing_of("new", OLD, [decision("1", StanceKind.ENDORSED)]) == (UnitStanding.UNDECIDED, "")


@pytest.mark.parametrize("standing", UnitStanding)
def test_a_unit_stands_in_brackets_until_every_group_has_backed_its_words(standing):
    assert is_bracketed([UnitStanding.BACKED, standing]) is (
        standing not in {UnitStanding.BACKED, UnitStanding.RESERVED}
    )


@pytest.mark.parametrize(
    ("warm", "others", "word"),
    [
        (9, 0, Temperature.UNKNOWN),
        (10, 0, Temperature.WARM),
        (9, 3, Temperature.WARM),
        (8, 3, Temperature.MILD),
        (11, 9, Temperature.MIXED),
        (9, 11, Temperature.MIXED),
        (8, 10, Temperature.COOL),
        (3, 8, Temperature.COOL),
        (3, 9, Temperature.COLD),
        (0, 10, Temperature.COLD),
    ],
)
def test_readings_become_a_rough_word_from_ten_on(warm, others, word):
    assert temperature({Reading.LIVE_WITH: warm, Reading.NEED_CHANGE: others}) is word


@given(st.dictionaries(st.sampled_from(Reading), st.integers(0, 40)))
def test_nothing_is_told_of_fewer_than_ten_and_warmth_never_cools_by_more_backing(readings):
    told = temperature(readings)
    assert (told is Temperature.UNKNOWN) is (sum(readings.values()) < FEWEST_READINGS)
    warmer = temperature({**readings, Reading.BACK: readings.get(Reading.BACK, 0) + 1})
    order = list(Temperature)
    assert told is Temperature.UNKNOWN or order.index(warmer) <= order.index(told)


def test_five_readings_each_with_words():
    assert list(READING_WORDS) == list(Reading)
    assert {Reading.BACK, Reading.LIVE_WITH} == WARM
    assert WARM.isdisjoint({Reading.NEED_CHANGE, Reading.STAND_ASIDE, Reading.CANNOT})


@pytest.mark.parametrize("stage", Stage)
def test_temperature_is_taken_of_open_planks_alone(stage):
    if stage is Stage.OPEN:
        require_readable(stage)
        return
    with pytest.raises(RuleBroken, match="no temperature is taken"):
        require_readable(stage)


@pytest.mark.parametrize(
    ("released", "groups", "is_public"),
    [
        ([], ["a", "b", "c"], False),
        (["a", "b"], ["a", "b", "c"], False),
        (["c", "a", "b"], ["a", "b", "c"], True),
        ([], [], False),
        (["a", "b", "x"], ["a", "b"], True),
    ],
)
def test_the_public_sees_it_once_clerks_of_all_groups_have_said_so(released, groups, is_public):
    assert is_released(released, groups) is is_public
