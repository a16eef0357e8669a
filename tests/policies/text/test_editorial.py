"""What counts as an editorial change, which the stances on the older version survive."""

import pytest
from hypothesis import given

from policies.text.editorial import material_words
from policies.text.redline import is_editorial
from tests.policies.text.strategies import ANY_TEXT, PLANK_TEXTS


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Fair votes now", "Fair votes, now!"),
        ("Fair votes now", "fair Votes now"),
        ("“Fair” votes", "'Fair' votes"),
        ("fair votes - now", "fair votes – now"),
        ("fair votes", "fair\nvotes"),
        ("a well-being budget", "a well being budget"),
        ("members’ rights", "members' rights"),
        ("we don't", "we don’t"),
        ("2030-35", "2030–35"),
        ("2030 - 35", "2030–35"),
        ("* point", "- point"),
        ("a *fair* vote", "a _fair_ vote"),
        ("one\\\ntwo", "one\ntwo"),
        ("[words](http://a.org)", "[Words](http://a.org)"),
        ("", ""),
    ],
)
def test_case_punctuation_quotation_marks_dashes_and_spacing_are_editorial(old: str, new: str) -> None:
    assert is_editorial("Title", old, "Title", new)
    assert is_editorial("Title", new, "Title", old)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("We must act", "We should act"),
        ("We will raise", "We will not raise"),
        ("its", "it's"),
        ("resign", "re-sign"),
        ("any one", "anyone"),
        ("cafe", "café"),
        ("2030", "2032"),
        ("2.5%", "25%"),
        ("5%", "5"),
        ("1,000", "1000"),
        ("-5 degrees", "5 degrees"),
        ("5–10", "5, 10"),
        ("10:30", "10, 30"),
        ("£5", "$5"),
        ("and/or", "and, or"),
        ("tea & cake", "tea, cake"),
        ("vote 👍", "vote 👎"),
        ("a *fair* vote", "a fair vote"),
        ("a *fair* vote", "a **fair** vote"),
        ("[this](http://a.org)", "[this](http://b.org)"),
        ("[this](http://a.org)", "this"),
        ("shown[^a]", "shown[^b]"),
        ("shown[^a]", "shown"),
        ("- point", "point"),
        ("- point", "1. point"),
        ("1. point", "4. point"),
        ("- one\n- two", "- one\n  - two"),
        ("# title", "## title"),
        ("one two", "one\n\ntwo"),
        ("one\n\ntwo", "two\n\none"),
        ("one", ""),
        ("[^a]: note", "[^b]: note"),
    ],
)
def test_every_word_number_sign_link_and_unit_is_material(old: str, new: str) -> None:
    assert not is_editorial("Title", old, "Title", new)
    assert not is_editorial("Title", new, "Title", old)


def test_the_title_counts_like_the_text() -> None:
    assert is_editorial("Fair votes", "text", "Fair Votes!", "text")
    assert not is_editorial("Fair votes", "text", "Fairer votes", "text")


@given(ANY_TEXT)
def test_a_version_differs_from_itself_in_nothing(text: str) -> None:
    assert is_editorial(text, text, text, text)


@given(PLANK_TEXTS)
def test_a_full_stop_more_is_editorial_and_a_word_more_is_not(text: str) -> None:
    plank = f"{text}\n\nlast words"
    assert is_editorial("", plank, "", f"{plank}.")
    assert not is_editorial("", plank, "", f"{plank} indeed")


def test_what_is_material_is_listed_in_its_order() -> None:
    place = "paragraph 0 () False "
    assert material_words("Fair votes!", "A *fair* vote.") == [
        *["fair", "votes", place, "a", "em_open  None", "fair", "em_close  None", "vote"]
    ]
