"""Mailed links: once, for a while, for one purpose and one address."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from policies import links
from policies.errors import LinkEnded, NotThere, RuleBroken
from policies.links import LinkFacts, Purpose

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
LINK = LinkFacts(Purpose.SIGN_IN, "a@example.org", NOON + timedelta(minutes=15))


def test_how_long_each_link_works():
    assert {purpose: links.lifetime_in_words(purpose) for purpose in Purpose} == {
        "sign_in": "15 minutes",
        "invitation": "14 days",
        "application": "2 days",
        "interest": "7 days",
    }


def test_letters_are_counted_within_the_time_they_work_but_no_longer_than_an_hour():
    assert links.window(Purpose.SIGN_IN) == timedelta(minutes=15)
    assert links.window(Purpose.INVITATION) == links.window(Purpose.INTEREST) == timedelta(hours=1)


def test_a_link_works_until_its_time_has_run_out():
    links.require_usable(LINK, Purpose.SIGN_IN, NOON + timedelta(minutes=14, seconds=59))
    with pytest.raises(RuleBroken, match="run out after 15 minutes. Ask for a new one"):
        links.require_usable(LINK, Purpose.SIGN_IN, NOON + timedelta(minutes=15))


@pytest.mark.parametrize("link", [None, replace(LINK, purpose=Purpose.INVITATION), replace(LINK, purpose="interest")])
def test_a_link_of_another_purpose_is_as_good_as_none(link):
    with pytest.raises(NotThere, match="Ask for a new one"):
        links.require_usable(link, Purpose.SIGN_IN, NOON)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"used_at": NOON}, "has been used"),
        ({"revoked_at": NOON}, "taken back"),
        ({"wrong_addresses": 5}, "taken back"),
    ],
)
def test_a_link_that_was_used_or_taken_back_is_refused_with_what_to_do(change, words):
    with pytest.raises(RuleBroken, match=words + ".*Ask for a new one"):
        links.require_usable(replace(LINK, **change), Purpose.SIGN_IN, NOON)


def test_four_wrong_addresses_leave_a_link_alive():
    links.require_usable(replace(LINK, wrong_addresses=4), Purpose.SIGN_IN, NOON)


def test_only_the_address_it_was_sent_to_is_the_right_one():
    assert links.is_right_address(LINK.address, "a@example.org")
    assert not links.is_right_address(LINK.address, "b@example.org")


def test_a_link_dies_with_the_address_it_was_sent_to():
    links.require_same_address("a@example.org", "a@example.org")
    for other in ("b@example.org", "", None):
        with pytest.raises(LinkEnded, match="no longer in use here. Ask for a new one"):
            links.require_same_address("a@example.org", other)
