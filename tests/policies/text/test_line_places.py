"""A numbered line leads to the words that are printed in it."""

import pytest
from hypothesis import given

from policies.text.line_places import line_places
from policies.text.lines import printed_lines
from policies.text.units import Document
from tests.policies.text.strategies import ANY_TEXT, PLANK_TEXTS

LONG = "Every home that is rented must be kept warm by whoever lets it, in winter and in summer, at no cost to tenants."


@pytest.mark.parametrize("text", [LONG, f"## Homes\n\n- {LONG}\n- *One* more.\n\n> {LONG}\n> goes on\n\n[^a]: {LONG}"])
def test_each_printed_line_is_found_in_the_source(text: str) -> None:
    document = Document.read("", text)
    places = line_places(document.text, document.units)
    assert places is not None
    lines = [line.text.split()[0].strip("*") for line in printed_lines(document.units)]
    assert [document.text[start:end].split()[0].strip("*") for start, end in places] == lines
    assert all(before <= start < end for (_, before), (start, end) in zip([(0, 0), *places], places, strict=False))


@pytest.mark.parametrize("text", ["## one ##", "see [a word](http://a.b 'with a title')"])
def test_where_marks_stand_among_the_words_no_place_is_guessed(text: str) -> None:
    document = Document.read("", text)
    assert line_places(document.text, document.units) is None


@given(ANY_TEXT | PLANK_TEXTS)
def test_there_is_a_place_for_every_line_or_for_none(text: str) -> None:
    document = Document.read("", text)
    places = line_places(document.text, document.units)
    assert places is None or len(places) == len(printed_lines(document.units))
