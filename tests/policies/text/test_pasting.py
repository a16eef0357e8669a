"""What is pasted from a word processor becomes plain Markdown; what stood in the text before is left as it is."""

import pytest
from hypothesis import given

from policies.text.canonical import normalise
from policies.text.pasting import made_plain
from tests.policies.text.strategies import ANY_TEXT


@pytest.mark.parametrize(
    ("pasted", "plain"),
    [
        ("•\tWarm homes\r\n•\tFair rents", "- Warm homes\n- Fair rents"),
        ("We will:\n• act\no\tsoon\n• pay\nAnd then rest.", "We will:\n- act\n  - soon\n- pay\n\nAnd then rest."),
        ("1)\tFirst\n2) Second\n3.\tThird", "1. First\n2. Second\n3. Third"),
        ("–\tone\n–\ttwo", "- one\n- two"),
        ("5\u00a0% of co\u00adop\u200bera\u2060tives", "5 % of cooperatives"),
        ("“Curly” quotes – and 👩\u200d👩\u200d👧 – stay", "“Curly” quotes – and 👩\u200d👩\u200d👧 – stay"),
        ("– a dash as one types it\n2030) is no number\n- a point\nthat goes on", None),
        ("one\u2028two\u2029three", "one\ntwo\n\nthree"),
    ],
)
def test_a_paste_becomes_plain(pasted: str, plain: str | None) -> None:
    assert made_plain(pasted) == (pasted if plain is None else plain)


def test_lines_and_signs_that_stand_in_the_text_already_are_no_change() -> None:
    known = "• an old bullet\n\nat 5\u00a0%"
    assert made_plain(known, known) == known
    assert made_plain("• an old bullet\n• a new one\u00a0here", known) == "• an old bullet\n- a new one\u00a0here"


@given(ANY_TEXT)
def test_plain_is_canonical_and_a_text_is_never_changed_by_itself(text: str) -> None:
    plain = made_plain(text)
    assert normalise(plain) == plain
    canonical = normalise(text)
    assert made_plain(canonical, canonical) == canonical
