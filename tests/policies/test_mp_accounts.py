"""Somebody is an MP here by an address of Parliament's, proven, and the word of clerks of two groups."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from policies.errors import LinkEnded, NotThere, RuleBroken
from policies.mp_accounts import (
    CLERKS_HAVE,
    LINK_WORKS,
    RequestFacts,
    is_letter_due,
    is_over,
    require_can_have_account,
    require_may_vouch,
    require_no_account,
    require_parliaments,
    require_provable,
    require_stranger,
)

NOW = datetime(2026, 5, 3, 12, tzinfo=UTC)
SENT = RequestFacts(NOW + LINK_WORKS)
PROVEN = replace(SENT, proven_at=NOW)
VOUCHED = replace(PROVEN, vouched_group="labour", vouched_by=1)


def test_only_an_address_of_parliaments_will_do():
    require_parliaments("jo.bloggs.mp@PARLIAMENT.uk")
    for address in ("jo@example.org", "jo@evilparliament.uk", "jo@parliament.uk.evil.example", "jo@x.parliament.uk"):
        with pytest.raises(RuleBroken, match="address at parliament.uk"):
            require_parliaments(address)
    with pytest.raises(RuleBroken, match="one mailbox is one address"):
        require_parliaments("jo.bloggs.mp+2@parliament.uk")


@pytest.mark.parametrize(
    ("is_sitting", "is_made_up", "in_demonstration", "says"),
    [
        (True, False, False, ""),
        (False, False, False, "no longer names"),
        (True, True, False, "made up"),
        (True, True, True, "made up"),
        (True, False, True, "is a demonstration"),
        (False, False, True, "is a demonstration"),
    ],
)
def test_who_can_have_an_account(is_sitting: bool, is_made_up: bool, in_demonstration: bool, says: str):
    facts = {"is_sitting": is_sitting, "is_made_up": is_made_up, "in_demonstration": in_demonstration}
    if not says:
        require_can_have_account(**facts)
        return
    with pytest.raises(RuleBroken, match=says):
        require_can_have_account(**facts)


def test_so_many_letters_go_to_an_address_and_none_once_it_is_proven():
    assert is_letter_due(is_proven=False, sent_lately=4)
    assert not is_letter_due(is_proven=False, sent_lately=5)
    assert not is_letter_due(is_proven=True, sent_lately=0)


def test_a_link_proves_an_address_once_in_its_time():
    require_provable(SENT, NOW, is_sitting=True)
    with pytest.raises(NotThere, match="does not work"):
        require_provable(None, NOW, is_sitting=True)
    with pytest.raises(LinkEnded, match="confirmed already"):
        require_provable(PROVEN, NOW, is_sitting=True)
    ended = ((replace(SENT, wrong_addresses=5), NOW, True), (SENT, NOW, False), (SENT, NOW + LINK_WORKS, True))
    for request, now, sits in ended:
        with pytest.raises(LinkEnded, match="has ended"):
            require_provable(request, now, is_sitting=sits)


def test_clerks_of_two_groups_vouch_for_a_proven_address():
    require_may_vouch(PROVEN, "labour", 1)
    require_may_vouch(VOUCHED, "green", 2)
    with pytest.raises(RuleBroken, match="not confirmed yet"):
        require_may_vouch(SENT, "labour", 1)
    with pytest.raises(RuleBroken, match="You have vouched"):
        require_may_vouch(VOUCHED, "green", 1)
    with pytest.raises(RuleBroken, match="clerk of your group"):
        require_may_vouch(VOUCHED, "labour", 2)


def test_nobody_vouches_for_oneself_nor_has_two_seats():
    require_stranger(is_asking=False, has_seat=False, drafts_for_mp=False)
    for says, facts in (
        ("your own request", (True, False, False)),
        ("another MP", (False, True, False)),
        ("drafts for an MP", (False, False, True)),
    ):
        with pytest.raises(RuleBroken, match=says):
            require_stranger(**dict(zip(("is_asking", "has_seat", "drafts_for_mp"), facts, strict=True)))
    require_no_account(has_account=False)
    with pytest.raises(RuleBroken, match="has an account already"):
        require_no_account(has_account=True)


def test_what_came_to_nothing_is_over_in_its_time():
    moment = timedelta(seconds=1)
    assert not is_over(SENT, NOW + LINK_WORKS - moment)
    assert is_over(SENT, NOW + LINK_WORKS)
    assert not is_over(PROVEN, NOW + CLERKS_HAVE - moment)
    assert is_over(PROVEN, NOW + CLERKS_HAVE)
