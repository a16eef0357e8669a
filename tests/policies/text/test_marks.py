"""Words apart from their marks, and written with them again."""

import pytest
from hypothesis import given

from policies.text.marks import Marked, marked, unmarked
from tests.policies.text.strategies import ANY_TEXT


@pytest.mark.parametrize(
    "markdown",
    [
        "no marks at all",
        "a **b c** d",
        "[every *town*](http://a.b/x) of it",
        "a *b **c** d* e[^n]",
        "two\n**lines\nof** it",
        "**one**\n\n**other**",
        "a [b] c",
    ],
)
def test_plain_markdown_is_taken_apart_and_written_again(markdown: str) -> None:
    words = unmarked(markdown)
    assert words is not None
    assert marked(words) == markdown


@pytest.mark.parametrize(
    "markdown",
    ["**un**fair", "a &amp; b", "a \\* b", 'x [a](http://x "t") b', "[](http://x)", "**one\n\nother**", "a  \nb"],
)
def test_what_could_not_be_written_back_is_left_alone(markdown: str) -> None:
    assert unmarked(markdown) is None


def test_no_mark_begins_or_ends_in_a_space_or_reaches_over_the_end_of_a_paragraph() -> None:
    strong = ("**",)
    assert marked(Marked(("a", " ", "b", " ", "c"), ((), strong, strong, strong, ()))) == "a **b** c"
    assert marked(Marked(("a", "\n\n", "b"), (strong, strong, strong))) == "**a**\n\n**b**"
    assert marked(Marked(("a", "*", "b", "*"), ((), (), (), ()))) is None


@given(ANY_TEXT)
def test_what_is_written_again_reads_as_the_same_words_with_the_same_marks(markdown: str) -> None:
    words = unmarked(markdown)
    again = words and marked(words)
    if words and again:
        read = unmarked(again)
        assert read
        assert read.pieces == words.pieces
        assert unmarked(marked(read) or "") == read
