"""The words of one unit with their look, and the printed lines they stand in."""

import pytest
from hypothesis import given, settings

from policies.text.dressed import BREAK, Dress, Dressed, dressed, in_lines, said
from policies.text.lines import Line, printed_lines
from policies.text.render import plain_with_marks
from policies.text.units import read_units
from tests.policies.text.strategies import ANY_TEXT

LOOKS = [
    ("plain words", [Dressed("plain words")]),
    ("a *fair* **share**", [Dressed("a "), Dressed("fair", Dress(emphasis=True)), Dressed(" "),
                            Dressed("share", Dress(strong=True))]),
    ("[us](https://a.b) all", [Dressed("us", Dress(link="https://a.b")), Dressed(" all")]),
    ("[us](javascript:x) all", [Dressed("us all")]),
    ("said[^1] so", [Dressed("said"), Dressed("[1]", Dress(is_mark=True)), Dressed(" so")]),
    ("one \\\ntwo\nthree", [Dressed(f"one{BREAK}two three")]),
    ("  אדמה  👩‍👩‍👧  ", [Dressed("אדמה 👩‍👩‍👧")]),
    ("", []),
]  # fmt: skip


@pytest.mark.parametrize(("markdown", "looks"), LOOKS)
def test_the_look_of_words(markdown: str, looks: list[Dressed]) -> None:
    assert list(dressed(markdown)) == looks


@settings(max_examples=60)
@given(ANY_TEXT)
def test_the_words_are_those_that_are_printed(text: str) -> None:
    for unit in read_units(text):
        assert said(dressed(unit.markdown)).replace(BREAK, " ") == plain_with_marks(unit.markdown)


def test_each_printed_line_has_its_number_and_its_words_their_look() -> None:
    markdown = f"{'many words ' * 7}and **these \\\nare strong**"
    (unit,) = read_units(markdown)
    lines = printed_lines([unit])
    found = in_lines(dressed(unit.markdown), lines)
    assert [(number, said(words)) for number, words in found] == [(line.number, line.text) for line in lines]
    assert found[-1][1][-1].dress.strong


def test_lines_of_other_words_are_not_put_on_these() -> None:
    assert in_lines(dressed("other words"), [Line(1, "u", "these words")]) == ()
