"""Cutting a text into units, with ids that survive edits and clause numbers by which people cite them."""

import re

import pytest
from hypothesis import given

from policies.text.layout import joined, layout
from policies.text.units import Document, Kind, Unit, read_units, replace_unit
from policies.text.words import words
from tests.policies.text.strategies import ANY_TEXT, LONELY, PLANK_TEXTS

PLANK = """\
# Homes

Rents rise faster than wages,
year after year.[^ons]

- cap the rise
- build
  - on public land
  - near stations

  and quickly
- repair

> Every family has a right to a home.

## Paying for it

3. a land value tax
4. a levy on empty homes

[^ons]: Office for National Statistics

    Table 4"""


def shown(text: str) -> list[tuple[str, str, str]]:
    return [(unit.kind.value, unit.clause, unit.markdown) for unit in read_units(text)]


def test_a_plank_is_read_with_kinds_clauses_and_words() -> None:
    assert shown(PLANK) == [
        ("heading", "", "Homes"),
        ("paragraph", "1", "Rents rise faster than wages,\nyear after year.[^ons]"),
        ("list_item", "1.1", "cap the rise"),
        ("list_item", "1.2", "build"),
        ("list_item", "1.2.1", "on public land"),
        ("list_item", "1.2.2", "near stations"),
        ("paragraph", "1.2-2", "and quickly"),
        ("list_item", "1.3", "repair"),
        ("quote", "2", "Every family has a right to a home."),
        ("heading", "", "Paying for it"),
        ("list_item", "3.3", "a land value tax"),
        ("list_item", "3.4", "a levy on empty homes"),
        ("footnote", "n1", "Office for National Statistics"),
        ("footnote", "n1-2", "Table 4"),
    ]


def test_a_unit_knows_its_level_path_label_and_lines() -> None:
    by_clause = {unit.clause: unit for unit in read_units(PLANK) if unit.clause}
    assert [by_clause[clause].level for clause in ("1", "1.2", "1.2.1", "1.2-2", "2", "n1")] == [0, 1, 2, 1, 1, 0]
    assert [by_clause[clause].path for clause in ("1", "1.2.1", "1.2-2", "3.4")] == [(), (2, 1), (2,), (4,)]
    assert [by_clause[clause].ordered for clause in ("1.1", "3.3", "1.2-2")] == [False, True, False]
    assert [by_clause[clause].label for clause in ("1", "n1", "n1-2")] == ["", "ons", "ons"]
    assert [(by_clause[clause].first_line, by_clause[clause].last_line) for clause in ("1", "1.2", "n1")] == [
        (2, 4),
        (6, 7),
        (20, 21),
    ]


def test_headings_have_their_level_and_no_closing_marks() -> None:
    units = read_units("# one\n\n### three ###\n\n####### seven")
    assert [(unit.kind, unit.level, unit.markdown) for unit in units] == [
        (Kind.HEADING, 1, "one"),
        (Kind.HEADING, 3, "three"),
        (Kind.PARAGRAPH, 0, "####### seven"),
    ]


@pytest.mark.parametrize(
    "source",
    [
        "Title\n=====",
        "---",
        "***",
        "```\ncode\n```",
        "    indented",
        "<div>html</div>",
        "| a | b |\n|---|---|\n| 1 | 2 |",
        "[name]: https://example.org",
        "![picture](x.png)",
    ],
)
def test_markdown_outside_the_subset_is_an_ordinary_paragraph(source: str) -> None:
    (unit,) = read_units(source)
    assert unit.kind is Kind.PARAGRAPH
    assert words(unit.markdown) == words(source)


@pytest.mark.parametrize(
    ("source", "units"),
    [
        ("> - point", [("quote", "1", "- point")]),
        ("> # title", [("quote", "1", "# title")]),
        ("- > quoted", [("list_item", "1.1", "> quoted")]),
        ("- item\n\n  > quoted", [("list_item", "1.1", "item"), ("paragraph", "1.1-2", "> quoted")]),
        ("- # title", [("list_item", "1.1", "# title")]),
        ("[^a]: - point", [("footnote", "n1", "- point")]),
        ("[^a]: [^b]: note", [("footnote", "n1", "[^b]: note")]),
        ("- item\n  [^a]: note", [("list_item", "1.1", "item\n[^a]: note")]),
    ],
)
def test_a_block_inside_a_block_of_another_kind_is_text(source: str, units: list[tuple[str, str, str]]) -> None:
    assert shown(source) == units


@pytest.mark.parametrize("next_block", ["# title", "> quoted", "[^a]: note", "1. point"])
@pytest.mark.parametrize("first_block", ["- item", "> quote", "[^b]: note", "paragraph"])
def test_a_block_of_another_kind_needs_no_blank_line_before_it(first_block: str, next_block: str) -> None:
    apart, together = shown(f"{first_block}\n\n{next_block}"), shown(f"{first_block}\n{next_block}")
    assert together == apart or (first_block, next_block) == ("> quote", "> quoted")


def test_quotes_nest_and_each_paragraph_of_one_is_a_unit() -> None:
    units = read_units("> one\n>\n> two\n> > deeper")
    assert [(unit.kind, unit.level, unit.clause, unit.markdown) for unit in units] == [
        (Kind.QUOTE, 1, "1", "one"),
        (Kind.QUOTE, 1, "2", "two"),
        (Kind.QUOTE, 2, "3", "deeper"),
    ]


def test_a_list_numbers_by_the_paragraph_right_before_it_else_by_itself() -> None:
    text = "- first\n\nwords\n\n- second\n\n1. third\n\n# title\n\n- fourth\n\nend"
    assert [clause for _, clause, _ in shown(text)] == ["1.1", "2", "2.1", "3.1", "", "4.1", "5"]


def test_a_footnote_between_paragraph_and_list_does_not_part_them() -> None:
    assert [clause for _, clause, _ in shown("words[^a]\n\n[^a]: note\n\n- point")] == ["1", "n1", "1.1"]


def test_a_footnote_is_a_unit_whether_used_empty_or_defined_twice() -> None:
    assert shown("[^a]: unused\n\n[^b]:\n\n[^a]: again") == [
        ("footnote", "n1", "unused"),
        ("footnote", "n2", ""),
        ("footnote", "n3", "again"),
    ]


def test_what_follows_an_inner_list_is_a_further_paragraph_even_where_the_item_began_with_the_list() -> None:
    assert shown("- - inner\n\n  outer") == [("list_item", "1.1.1", "inner"), ("paragraph", "1.1-2", "outer")]


def test_an_item_without_words_is_no_unit_and_still_counts() -> None:
    assert shown("words\n\n-\n- second") == [("paragraph", "1", "words"), ("list_item", "1.2", "second")]


def test_an_item_may_begin_on_the_line_after_its_marker() -> None:
    (unit,) = read_units("-\n  words")
    assert (unit.markdown, unit.first_line, unit.last_line) == ("words", 0, 2)


def test_nesting_without_end_is_cut_off_and_no_word_is_lost() -> None:
    assert [unit.level for unit in read_units("- " * 400 + "deep")] == [6]
    assert [unit.level for unit in read_units(">" * 400 + " deep")] == [12]
    assert words(read_units("- " * 400 + "deep")[0].markdown) == ["deep"]


@given(ANY_TEXT)
def test_the_words_of_all_units_are_the_words_of_the_text(text: str) -> None:
    document = Document.read("", text)
    of_units = {word for unit in document.units for word in (*words(unit.markdown), *words(unit.label))}
    assert all(word.isdecimal() for word in set(words(document.text)) - of_units), "only list numbers may be missing"


@given(ANY_TEXT)
def test_units_stand_in_order_on_lines_of_their_own(text: str) -> None:
    document = Document.read("", text)
    lines = len(document.text.split("\n"))
    before = 0
    for unit in document.units:
        assert before <= unit.first_line < unit.last_line <= lines
        before = unit.last_line
    parts = layout(document.text, document.units)
    pieces = [piece for pair in zip(parts.gaps, [*parts.blocks, ()], strict=True) for piece in pair]
    assert joined(pieces) == document.text


@given(LONELY)
def test_text_that_is_not_canonical_is_read_without_complaint(text: str) -> None:
    assert all(unit.unit_id for unit in read_units(text))


@given(ANY_TEXT)
def test_ids_and_clauses_are_each_used_once(text: str) -> None:
    units = Document.read("", text).units
    assert len({unit.unit_id for unit in units}) == len(units)
    clauses = [unit.clause for unit in units if unit.kind is not Kind.HEADING]
    assert "" not in clauses


@given(PLANK_TEXTS)
def test_the_same_text_read_anew_has_the_same_ids(text: str) -> None:
    units = Document.read("", text).units
    assert Document.read("", text).units == units
    assert Document.read("", text, units).units == units


def test_an_id_is_eight_hexadecimal_digits_and_equal_units_have_different_ones() -> None:
    ids = [unit.unit_id for unit in read_units("same\n\nsame\n\n- same")]
    assert all(re.fullmatch(r"[0-9a-f]{8}", unit_id) for unit_id in ids)
    assert len(set(ids)) == 3


def test_an_id_survives_a_new_wording_and_a_new_place() -> None:
    known = read_units("Rents must not rise.\n\nBuild homes.\n\nTrains must be clean.\n\nEvery vote must count.")
    rents, homes, trains, votes = (unit.unit_id for unit in known)
    moved = "New words.\n\nEvery vote must count.\n\nRents must never rise.\n\nBuild homes.\n\nTrains must be clean."
    edited = [unit.unit_id for unit in read_units(moved, known)]
    assert edited[1:] == [votes, rents, homes, trains]
    assert edited[0] not in {rents, homes, trains, votes}


def test_an_id_survives_a_new_kind() -> None:
    known = read_units("Rents must not rise.\n\nEvery vote must count.")
    edited = read_units("# Rents must not rise.\n\n- Every vote must count.", known)
    assert [unit.unit_id for unit in edited] == [unit.unit_id for unit in known]


@pytest.mark.parametrize(
    ("new", "is_kept"),
    [
        ("Entirely other words", True),
        ("Entirely other words\n\nin two paragraphs", True),
        ("Rents must not fall.", True),
        ("", False),
    ],
)
def test_a_unit_edited_in_place_keeps_its_id_however_much_is_rewritten(new: str, is_kept: bool) -> None:
    base = Document.read("", "# Homes\n\nRents must not rise.\n\nBuild.")
    rents = base.units[1].unit_id
    text = replace_unit(base.text, base.units, rents, new)
    edited = Document.read("", text, base.units, edited=rents)
    assert (edited.units[1].unit_id == rents) is is_kept
    assert [edited.units[0].unit_id, edited.units[-1].unit_id] == [base.units[0].unit_id, base.units[2].unit_id]


def test_a_unit_said_to_be_edited_loses_its_id_where_other_units_changed_too() -> None:
    base = Document.read("", "# Homes\n\nRents must not rise.\n\nBuild.")
    rents = base.units[1].unit_id
    rewritten = Document.read("", "# Trains\n\nEntirely other words\n\nBuild.", base.units, edited=rents)
    assert rents not in {unit.unit_id for unit in rewritten.units}
    elsewhere = Document.read("", base.text, base.units, edited="00000000")
    assert elsewhere == base


def test_a_document_is_stored_in_canonical_form() -> None:
    document = Document.read(" A  title ", "words \r\n")
    assert (document.title, document.text) == ("A title", "words")
    assert isinstance(document.units[0], Unit)
