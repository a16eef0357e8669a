"""Where groups differ: only what a group said of the words is a difference, never its silence."""

import pytest

from policies.differences import differences
from policies.endorsements import StanceKind
from policies.groups import GROUP_KEYS

BACKS, RESERVES, OPTS_OUT = StanceKind.ENDORSED, StanceKind.RESERVATION, StanceKind.OPT_OUT
DECLINED, WITHDREW = StanceKind.DECLINED, StanceKind.WITHDRAWN
NO_QUORUM, CONDITIONAL = StanceKind.NO_QUORUM, StanceKind.CONDITIONAL


def differing(*kinds: StanceKind | None) -> list[str]:
    """The groups that differ, where these are the stances of Labour, Lib Dem and Green."""
    return list(differences({group: kind for group, kind in zip(GROUP_KEYS, kinds, strict=True) if kind}))


@pytest.mark.parametrize("kind", [RESERVES, OPTS_OUT, DECLINED, WITHDREW])
def test_a_group_that_said_something_of_its_own_differs_whoever_else_has_decided(kind: StanceKind) -> None:
    assert differing(None, kind, None) == ["lib_dem"]
    assert differing(BACKS, BACKS, kind) == ["green"]


@pytest.mark.parametrize("kinds", [(None, None, None), (BACKS, None, NO_QUORUM), (NO_QUORUM,) * 3, (BACKS,) * 3])
def test_absence_and_no_quorum_are_no_differences(kinds: tuple[StanceKind | None, ...]) -> None:
    assert differing(*kinds) == []


def test_a_condition_is_a_difference_once_every_group_has_decided() -> None:
    assert differing(CONDITIONAL, BACKS, None) == []
    assert differing(CONDITIONAL, BACKS, NO_QUORUM) == []
    assert differing(CONDITIONAL, BACKS, BACKS) == ["labour"]


def test_groups_that_differ_come_in_the_order_of_the_groups_each_with_its_own_word() -> None:
    held = {"green": DECLINED, "labour": RESERVES}
    assert list(differences(held).items()) == [("labour", RESERVES), ("green", DECLINED)]
