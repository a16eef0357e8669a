"""A log of visits: addresses are cut, and ballot pages and keys do not stand in it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policies.access_logs import NO_ADDRESS, cut_address, may_be_logged


@pytest.mark.parametrize(
    ("whole", "cut"),
    [
        ("192.0.2.57", "192.0.2.0"),
        ("2001:db8:12:34:5:6:7:8", "2001:db8:12::"),
        ("[2001:db8:12:34::1]", "2001:db8:12::"),
        ("::ffff:192.0.2.57", "192.0.2.0"),
        ("", NO_ADDRESS),
        ("unix:", NO_ADDRESS),
        ("198.51.100.7, 192.0.2.57", NO_ADDRESS),
    ],
)
def test_an_address_is_cut(whole, cut):
    assert cut_address(whole) == cut


@given(st.ip_addresses())
def test_cutting_forgets_the_machine_and_cutting_again_changes_nothing(address):
    cut = cut_address(str(address))
    assert cut_address(cut) == cut
    assert cut.endswith((".0", "::"))


@pytest.mark.parametrize(
    "path",
    [
        "/rounds/7/vote",
        "/rounds/7/check",
        "/rounds/7/cast",
        "/rounds/7/receipt",
        "/rounds/7/receipts/check",
        "/sign-in/link/abc",
        "/join/abc",
        "/invitations/abc",
        "/interest/confirm/abc",
        "/unsubscribe/abc",
        "/account/data/abc",
        "/reports/abc",
        "/clerk/members/abc/refuse",
    ],
)
def test_ballot_pages_and_keys_are_never_logged(path):
    assert not may_be_logged(path)


@pytest.mark.parametrize("path", ["/", "/planks/12", "/rounds/7", "/sign-in", "/join", "/interest", "/account"])
def test_other_pages_may_be(path):
    assert may_be_logged(path)
