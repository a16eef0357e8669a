"""After publication: two groups for a recount, and ninety days until it is forgotten who voted."""

from datetime import UTC, datetime, timedelta

import pytest

from policies.errors import RuleBroken
from policies.results import (
    PARTICIPATION_KEPT,
    RecountAnswer,
    Turn,
    may_forget_participation,
    require_another_group,
    require_can_be_recounted,
    votable_until,
)


def day(number):
    return datetime(2026, 1, 1, tzinfo=UTC) + timedelta(days=number)


def turns(*pairs):
    return [Turn(number, day(at)) for number, at in pairs]


def test_a_recount_says_agrees_or_differs_and_nothing_else():
    assert [answer.value for answer in RecountAnswer] == ["agrees", "differs"]


def test_a_round_is_recounted_only_once_it_is_published():
    require_can_be_recounted(True)
    with pytest.raises(RuleBroken):
        require_can_be_recounted(False)


def test_one_group_alone_has_nothing_recounted():
    require_another_group("green", "labour")
    with pytest.raises(RuleBroken):
        require_another_group("green", "green")


@pytest.mark.parametrize(
    ("working", "agreed", "ended_at", "until"),
    [
        (turns((1, 0)), [], None, None),
        (turns((1, 0), (2, 10)), [], None, day(10)),
        (turns((1, 0), (2, 10)), turns((1, 5)), None, None),
        (turns((1, 0), (2, 10)), turns((1, 5), (2, 30)), None, day(30)),
        (turns((1, 0), (2, 40)), turns((1, 5), (3, 30)), None, day(40)),
        (turns((1, 0)), turns((1, 5)), day(50), day(50)),
        (turns((1, 0), (2, 10)), [], day(50), day(10)),
        (turns((1, 0), (2, 10)), turns((1, 5), (2, 20), (1, 25)), None, None),
        ([], [], None, None),
    ],
)
def test_a_version_can_be_voted_on_while_it_is_the_working_or_the_agreed_text(working, agreed, ended_at, until):
    assert votable_until(1, working, agreed, ended_at=ended_at) == until


def test_who_voted_is_forgotten_ninety_days_later_and_not_a_second_before():
    assert timedelta(days=90) == PARTICIPATION_KEPT
    assert not may_forget_participation(day(10), day(100) - timedelta(seconds=1))
    assert may_forget_participation(day(10), day(100))
    assert not may_forget_participation(None, day(1000))
