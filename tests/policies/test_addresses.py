"""A link that was passed on leads where it led."""

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policies.addresses import APPENDED, APPENDED_BEFORE, without_appended


@pytest.mark.parametrize(
    ("passed_on", "asked"),
    [
        ("fbclid=IwAR0_x-1", ""),
        ("theme=housing&fbclid=x", "theme=housing"),
        ("utm_source=letter&utm_medium=mail&level=agreed&page=2", "level=agreed&page=2"),
        ("%66bclid=x&q=homes+fit%20for+all", "q=homes+fit%20for+all"),
        ("gclid", ""),
        ("q=fbclid&utm=1&fbclid2=3&&=", "q=fbclid&utm=1&fbclid2=3&&="),
        ("", ""),
    ],
)
def test_what_others_append_is_left_out_and_nothing_else(passed_on: str, asked: str) -> None:
    assert without_appended(passed_on) == asked


@given(
    st.lists(st.sampled_from(["q=homes", "page=2", "", "%ff=1", "sort=-title"])),
    st.lists(st.sampled_from([*sorted(APPENDED), f"{APPENDED_BEFORE}x"])),
    st.randoms(),
)
def test_however_it_is_mixed_the_rest_stays_in_its_order(own: list[str], appended: list[str], dice: Random) -> None:
    mixed = [*own]
    for name in appended:
        mixed.insert(dice.randint(0, len(mixed)), f"{name}=1")
    assert without_appended("&".join(mixed)) == "&".join(own)
