"""An MP's address: Parliament's own domain, and nothing that looks like it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policies.mp_addresses import is_parliaments

IS = (
    "jo.bloggs.mp@parliament.uk",
    "Jo.Bloggs.MP@PARLIAMENT.UK",
    "o'brien-x+brief@Parliament.Uk",
    # Another writing of the same name: mail to it is asked for at parliament.uk.
    "jo@\uff50arliament.uk",
    "jo@parliament\u3002uk",
)
IS_NOT = (
    "x@evilparliament.uk",
    "x@parliament.uk.evil",
    "x@parliament.uk.evil.example",
    "x@mps.parliament.uk",
    "x@parliament-uk.example",
    "x@parliament.co.uk",
    "x@parliament.u",
    "x@parliament",
    "x@uk",
    "x@.parliament.uk",
    "x@parliament.uk.",
    "x@parliament..uk",
    "x@parliament.uk@evil.example",
    "x@evil.example@parliament.uk",
    '"x@evil.example"@parliament.uk',
    "x@evil.example,y@parliament.uk",
    "x@evil.example;y@parliament.uk",
    "Jo <x@parliament.uk",
    "x@parliament.uk>",
    "x@parliament.uk\r\nBcc: y@evil.example",
    "x\r\ny@parliament.uk",
    "x@parliament.uk\x00.evil.example",
    "x@parliament.uk/evil.example",
    "x@parliament.uk?evil",
    "x@[127.0.0.1]",
    "x@parliament.uk:25",
    "x%parliament.uk@evil.example",
    # Letters of another script, a dotless i, and signs that nobody sees.
    "x@p\u0430rliament.uk",
    "x@parl\u0131ament.uk",
    "x@parliament.\u03c5k",
    "x@xn--prliament-hgb.uk",
    "x@parlia\u200bment.uk",
    "x@parlia\u00adment.uk",
    "x@\u202eku.tnemailrap",
    "x@parliament\u2024uk\u200d",
    "x@" + "parliament." * 30 + "uk",
    "x@parliament.uk ",
    " @parliament.uk",
    "@parliament.uk",
    "parliament.uk",
    "x@",
    "",
)


@pytest.mark.parametrize("address", IS)
def test_an_address_of_parliament_is_one_in_every_writing_of_its_name(address):
    assert is_parliaments(address)


@pytest.mark.parametrize("address", IS_NOT)
def test_what_looks_like_one_is_none(address):
    assert not is_parliaments(address)


@given(st.text(max_size=30), st.text(min_size=1, max_size=30))
def test_nothing_before_or_after_the_domain_makes_another_one_parliaments(before, after):
    assert not is_parliaments(f"x@{before.replace('@', '')}x.parliament.uk")
    assert not is_parliaments(f"x@parliament.uk.{after.replace('@', '')}")
    is_parliaments(f"{before}@{after}")
