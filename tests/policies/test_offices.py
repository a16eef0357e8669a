"""An MP's office: the MP and the delegates, and what a delegate who wants more is told."""

import pytest

from policies.errors import NotPermitted
from policies.permissions import VISITOR, Actor, Permission, PlankFacts, require
from policies.planks import Stage


def test_an_mp_and_the_delegates_are_in_one_office_and_nobody_else_is_in_any() -> None:
    assert Actor(1, mp_id=4).office == Actor(2, delegate_of=4).office == Actor(3, "green", delegate_of=4).office == 4
    assert VISITOR.office is Actor(5, "green", is_clerk=True).office is None


def test_a_delegate_is_shown_the_way_to_the_brief() -> None:
    facts = PlankFacts(Stage.OPEN)
    with pytest.raises(NotPermitted, match="not for an MP’s delegate. The brief shows what you can do"):
        require(Actor(13, delegate_of=1), Permission.POSITION_RECORD, facts)
    with pytest.raises(NotPermitted, match="Your to-do list shows what you can do"):
        require(Actor(14, "green", delegate_of=2), Permission.POSITION_RECORD, facts)
