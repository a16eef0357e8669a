"""Motions in each party's style: the plank's own words, all of them and no others."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from policies.errors import NotThere
from policies.motions import (
    STYLES,
    Part,
    Section,
    Style,
    amendment,
    counted_words,
    motion,
    motion_text,
    section_of,
    style_named,
)
from policies.text.instructions import apply_instruction
from policies.text.render import plain_with_marks
from policies.text.units import Document, read_units
from tests.policies.text.strategies import PLANK_TEXTS, amended

LABOUR, LIB_DEM, GREEN = STYLES
TEXT = """## Homes

Four million homes are cold.[^1]

We believe that nobody chooses this.

The state must pay for warm homes, and do so before the winters that are coming make the need of it greater still:

1. the coldest first
   - with children
2. then the rest

[^1]: So says the census."""


def said(style: Style, text: str = TEXT) -> str:
    """A motion as text."""
    return motion_text("Warm homes", motion(read_units(text), style), style)


def test_labour_notes_believes_and_resolves():
    assert said(LABOUR) == (
        "Warm homes\n\nConference notes:\n\nHomes\n\nFour million homes are cold.[1]\n\n"
        "Conference believes:\n\nWe believe that nobody chooses this.\n\n"
        "Conference resolves:\n\nThe state must pay for warm homes, and do so before the winters that are coming "
        "make the need of it greater still:\n1. the coldest first\n   – with children\n2. then the rest\n\n"
        "Notes\n[1] So says the census.\n"
    )


def test_liberal_democrats_call_for_with_each_line_broken_and_numbered():
    title, *lines = said(LIB_DEM).rstrip().split("\n")
    numbered = [line for line in lines if line]
    assert title == "Warm homes"
    assert [line[:5] for line in numbered] == [f"{number:>3}  " for number in range(1, 14)]
    assert [line[5:] for line in numbered[5:9]] == [
        "Conference calls for:",
        "The state must pay for warm homes, and do so before the winters that are coming",
        "make the need of it greater still:",
        "1. the coldest first",
    ]


def test_greens_have_a_synopsis_to_write_and_the_motion_undivided():
    text = said(GREEN)
    assert text.startswith("Warm homes\n\nSynopsis\n\n[Yours to write: a synopsis of the motion")
    assert text.index("Four million") < text.index("We believe") < text.index("The state must")


def test_what_the_plank_does_not_have_is_a_gap_and_no_sentence_is_made_up():
    parts = [(passage.part, passage.text) for passage in motion(read_units("Homes must be warm."), LABOUR)]
    assert [part for part, _ in parts] == [
        Part.HEADING,
        Part.GAP,
        Part.HEADING,
        Part.GAP,
        Part.HEADING,
        Part.WORDS,
    ]
    assert parts[1][1].startswith("[Yours to write: what conference notes")
    assert motion(read_units("Homes are cold."), LABOUR)[-1].part is Part.GAP


@pytest.mark.parametrize(
    ("text", "section"),
    [
        ("Homes are cold.", Section.NOTES),
        ("We believe that homes are cold.", Section.BELIEVES),
        ("We believe that homes should be warm.", Section.DEMANDS),
        ("This we ask for:\n\n- homes must be warm", Section.DEMANDS),
        ("# What must be\n\nHomes are cold.", Section.NOTES),
    ],
)
def test_a_paragraph_goes_where_its_words_say(text: str, section: Section) -> None:
    assert section_of(read_units(text)) is section


def test_words_are_counted_without_title_and_gaps():
    assert counted_words(motion(read_units("Homes must be warm."), LABOUR)) == 4 + 3 * 2


def test_only_the_styles_of_the_three_parties_are_known():
    assert [style_named(style.key) for style in STYLES] == list(STYLES)
    with pytest.raises(NotThere):
        style_named("whig")


def document(text: str, title: str = "Warm homes", known: Document | None = None) -> Document:
    """A text with its title."""
    return Document.read(title, text, known.units if known else ())


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        (
            "Homes must be warm by 2030.",
            "Homes must be warm by 2035.",
            ["Clause 1: leave out “2030” and insert “2035”, so that it reads: “Homes must be warm by 2035.”."],
        ),
        ("One.\n\nTwo.\n\nThree.", "Two.\n\nThree.\n\nOne.", ["Clause 1: move it. Place it after “Three.”."]),
        ("One.\n\nTwo.", "One.", ["Clause 2: leave out “Two.”."]),
        ("One.", "Nought.\n\nOne.", ["After the beginning, insert “Nought.”."]),
        ("One *two*.", "One two.", ["Clause 1: change emphasis or a link only; the words stay."]),
        ("# One", "One", ["Heading “One”: make it a paragraph."]),
        ("one two three four five six seven eight nine.", "", ["Clause 1: leave out “one two"]),
        (
            "one two three four five six seven eight nine.",
            "one two three four five six seven eight nine.\n\nTen.",
            ["After “one two three four five six seven eight …”, insert “Ten.”."],
        ),
    ],
)
def test_in_the_green_style_an_amendment_says_how_each_changed_clause_reads_then(
    old: str, new: str, told: list[str]
) -> None:
    base = document(old)
    said = amendment(base, document(new, known=base), GREEN)
    assert [sentence[: len(start)] for sentence, start in zip(said, told, strict=True)] == told


def test_other_styles_say_it_in_words_alone_and_name_the_title_first():
    old = document("Homes must be warm by 2030.\n\nAll of them.")
    new = document("Homes must be warm by 2035.", title="Warm rooms", known=old)
    told = amendment(old, new, LABOUR)
    assert told[0] == amendment(old, new, GREEN)[0] == "In the title, leave out “Warm homes” and insert “Warm rooms”."
    assert apply_instruction(old.text, "\n".join(told[1:])) == new.text
    assert amendment(old, old, LABOUR) == amendment(old, old, GREEN) == ()


@given(PLANK_TEXTS)
def test_every_unit_is_in_every_motion_once_in_its_own_words(text: str) -> None:
    units = read_units(text)
    for style in STYLES:
        passages = motion(units, style)
        own = [passage.text for passage in passages if passage.part is Part.WORDS]
        assert sorted(own) == sorted(plain_with_marks(unit.markdown) for unit in units)
        framing = [passage for passage in passages if passage.part is not Part.WORDS]
        assert all(passage.part is Part.HEADING or passage.text.startswith("[Yours to write: ") for passage in framing)
        assert {passage.text for passage in framing if passage.part is Part.HEADING} <= {
            "Synopsis",
            "Motion",
            "Notes",
            *(heading for _, heading in style.sections),
        }


@settings(max_examples=settings().max_examples // 4)
@given(st.data(), PLANK_TEXTS)
def test_an_amendment_makes_the_amended_text(data: st.DataObject, text: str) -> None:
    old = Document.read("Warm homes", text)
    new = data.draw(amended(old))
    told = [line for line in amendment(old, new, LIB_DEM) if not line.startswith("In the title")]
    if old.text != new.text:
        assert apply_instruction(old.text, "\n".join(told)) == new.text
    read = "\n".join(amendment(old, new, GREEN))
    was = {plain_with_marks(unit.markdown) for unit in old.units}
    assert all(words in was or f"“{words}”" in read for unit in new.units if (words := plain_with_marks(unit.markdown)))
