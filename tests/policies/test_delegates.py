"""Delegates of MPs: few, invited one by one, for a while, and never two masters."""

from datetime import UTC, datetime, timedelta

import pytest

from policies import delegates as rules
from policies.delegates import (
    INVITATION_WORKS,
    INVITATIONS_WITHIN,
    MOST_DELEGATES,
    MOST_INVITATIONS,
    DelegacyEnd,
    DelegacyFacts,
)
from policies.errors import LinkEnded, NotPermitted, NotThere, RuleBroken
from policies.permissions import VISITOR, Actor, Permission, PlankFacts, require
from policies.planks import Stage

NOW = datetime(2026, 5, 3, 12, tzinfo=UTC)
ENDS = NOW + timedelta(days=7)
WAITING = DelegacyFacts("staff@example.org", ENDS)


def test_the_figures_and_the_words_that_are_stored() -> None:
    assert (MOST_DELEGATES, MOST_INVITATIONS) == (5, 10)
    assert (timedelta(days=7), timedelta(days=1)) == (INVITATION_WORKS, INVITATIONS_WITHIN)
    assert {end.value for end in DelegacyEnd} == {"by_mp", "by_delegate", "seat_vacated", "expired"}


def test_an_office_has_five_at_most_and_sends_ten_letters_a_day() -> None:
    rules.require_room(4, 9)
    with pytest.raises(RuleBroken, match="You have 5 delegates or invitations"):
        rules.require_room(5, 0)
    with pytest.raises(RuleBroken, match="You have sent 10 invitations within a day"):
        rules.require_room(0, 10)


@pytest.mark.parametrize(
    ("facts", "later", "mp_sits", "said"),
    [
        (DelegacyFacts("a@b.example", ENDS, accepted_at=NOW), 0, True, "has been accepted"),
        (DelegacyFacts("", ENDS, ended_at=NOW), 0, True, "has been taken back"),
        (DelegacyFacts("a@b.example", ENDS, wrong_addresses=5), 0, True, "has been taken back"),
        (WAITING, 0, False, "has been taken back"),
        (WAITING, 7, True, "ran out after 7 days"),
    ],
)
def test_an_invitation_works_once_for_a_while_until_it_is_taken_back(
    facts: DelegacyFacts, later: int, mp_sits: bool, said: str
) -> None:
    with pytest.raises(LinkEnded, match=said):
        rules.require_acceptable(facts, NOW + timedelta(days=later), mp_sits=mp_sits)


def test_an_invitation_that_waits_can_be_accepted_and_an_unknown_one_is_not_there() -> None:
    rules.require_acceptable(WAITING, NOW, mp_sits=True)
    rules.require_acceptable(DelegacyFacts("a@b.example", ENDS, wrong_addresses=4), NOW, mp_sits=True)
    with pytest.raises(NotThere, match="Ask the MP’s office"):
        rules.require_acceptable(None, NOW, mp_sits=True)


def test_an_invitation_that_nobody_accepted_in_time_is_forgotten() -> None:
    assert rules.is_expired(WAITING, ENDS)
    assert not rules.is_expired(WAITING, ENDS - timedelta(seconds=1))
    assert not rules.is_expired(DelegacyFacts("a@b.example", ENDS, accepted_at=NOW), ENDS)
    assert not rules.is_expired(DelegacyFacts("", ENDS, ended_at=NOW), ENDS)


def test_nobody_drafts_for_two_and_no_mp_for_another() -> None:
    rules.require_can_be_delegate(is_mp=False, is_delegate=False)
    with pytest.raises(RuleBroken, match="You sit in the Commons yourself"):
        rules.require_can_be_delegate(is_mp=True, is_delegate=False)
    with pytest.raises(RuleBroken, match="nobody is one for two"):
        rules.require_can_be_delegate(is_mp=False, is_delegate=True)


def test_an_mp_confirms_what_was_on_the_page() -> None:
    rules.require_as_seen("2", 2)
    for seen in ("", "1", "02", "x"):
        with pytest.raises(RuleBroken, match="The draft has changed"):
            rules.require_as_seen(seen, 2)


def test_an_mp_and_the_delegates_are_in_one_office_and_nobody_else_is_in_any() -> None:
    assert Actor(1, mp_id=4).office == Actor(2, delegate_of=4).office == Actor(3, "green", delegate_of=4).office == 4
    assert VISITOR.office is Actor(5, "green", is_clerk=True).office is None


def test_a_delegate_is_shown_the_way_to_the_brief() -> None:
    facts = PlankFacts(Stage.OPEN)
    with pytest.raises(NotPermitted, match="not for an MP’s delegate. The brief shows what you can do"):
        require(Actor(13, delegate_of=1), Permission.POSITION_RECORD, facts)
    with pytest.raises(NotPermitted, match="Your part in the platform does not include this"):
        require(Actor(14, "green", delegate_of=2), Permission.POSITION_RECORD, facts)
