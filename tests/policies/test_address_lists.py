"""Lists of addresses to know applicants by: whole or not at all, and nothing to be read from what is kept."""

from datetime import UTC, datetime, timedelta
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policies import address_lists
from policies.errors import RuleBroken

KEY, SALT = "k" * 32, "s" * 43


def canonical(written):
    """Small letters; what has no sign for "at" is no address."""
    if "@" not in written:
        raise RuleBroken("No address.")
    return written.lower()


def test_a_list_gives_each_address_once_in_canonical_form():
    text = "Name;E-mail\nJo;Jo@example.org\n\nAl;al@example.org\nJo again;JO@EXAMPLE.ORG\n"
    assert address_lists.read_addresses(text, canonical) == ["jo@example.org", "al@example.org"]


@pytest.mark.parametrize(
    ("faulty", "words"),
    [
        ([2], "Line 2 holds no e-mail address."),
        ([2, 4], "Lines 2 and 4 hold no e-mail address."),
        ([*range(2, 16)], "Lines 2, 3, 4, 5, 6, 7, 8, 9, 10, 11 and 4 more hold no e-mail address."),
    ],
)
def test_a_list_with_a_fault_is_refused_with_its_lines_and_none_of_its_words(faulty, words):
    lines = ["a@example.org" if number not in faulty else "secret" for number in range(1, 20)]
    with pytest.raises(RuleBroken) as refusal:
        address_lists.read_addresses("\n".join(lines), canonical)
    assert str(refusal.value) == f"{words} Mend the list and send it again; nothing was kept."
    address_lists.require_no_faults([])


def test_five_thousand_addresses_are_taken_and_no_more():
    lines = [f"a{number}@example.org" for number in range(5_001)]
    assert len(address_lists.read_addresses("email\n" + "\n".join(lines[:5_000]), canonical)) == 5_000
    with pytest.raises(RuleBroken, match="at most 5,000 addresses"):
        address_lists.read_addresses("email\n" + "\n".join(lines), canonical)


def test_a_digest_is_another_one_for_every_address_salt_and_key():
    found = {
        address_lists.digest(address, salt=salt, key=key)
        for address, salt, key in product(
            ("a@example.org", "b@example.org"), (SALT, SALT[::-1] + "x"), (KEY, KEY + "x")
        )
    }
    assert len(found) == 8
    assert {len(one) for one in found} == {64}


@given(st.emails())
def test_a_digest_is_always_the_same_and_holds_no_word_of_its_address(address):
    once = address_lists.digest(address, salt=SALT, key=KEY)
    assert once == address_lists.digest(address, salt=SALT, key=KEY)
    assert address not in once


def test_a_list_is_erased_after_30_days():
    noon = datetime(2026, 3, 1, 12, tzinfo=UTC)
    assert address_lists.forgotten_at(noon) == noon + timedelta(days=30)
