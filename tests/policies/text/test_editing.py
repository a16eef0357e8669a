"""Changing one unit leaves every other byte of a text as it is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policies.errors import RuleBroken
from policies.text.editing import takes_more, with_more
from policies.text.units import Document, read_units, replace_unit, replace_units
from tests.policies.text.strategies import ANY_TEXT, PLANK_TEXTS, words


def replaced(text: str, words_of_unit: str, markdown: str) -> str:
    units = read_units(text)
    unit_id = next(unit.unit_id for unit in units if unit.markdown == words_of_unit)
    return replace_unit(text, units, unit_id, markdown)


@pytest.mark.parametrize(
    ("text", "old", "new", "result"),
    [
        ("one\n\ntwo\n\nthree", "two", "2", "one\n\n2\n\nthree"),
        ("# one\ntwo", "one", "1", "# 1\ntwo"),
        ("## one ##\n\ntwo", "one", "1", "## 1\n\ntwo"),
        ("#\n\ntwo", "", "one", "# one\n\ntwo"),
        ("- one\n  - two\n- three", "two", "2", "- one\n  - 2\n- three"),
        ("- - one", "one", "1", "- - 1"),
        ("-\n  one", "one", "1", "-\n  1"),
        ("3. one\n4. two", "two", "2", "3. one\n4. 2"),
        ("> one\n> > two", "two", "2", "> one\n> > 2"),
        ("> one\nand lazily two", "one\nand lazily two", "1\n2", "> 1\n> 2"),
        ("one[^a]\n\n[^a]: note", "note", "new\nnote", "one[^a]\n\n[^a]: new\n    note"),
        ("[^a]:", "", "note", "[^a]: note"),
        ("[^a]: note\n\n    more", "more", "most\nof it", "[^a]: note\n\n    most\n    of it"),
        ("- one\n\n  more\n- two", "more", "most\nof it", "- one\n\n  most\n  of it\n- two"),
        ("  one\n  indented", "one\nindented", "1", "  1"),
        ("one", "one", "  \u202etwo  \r\n", "two"),
    ],
)
def test_a_units_words_are_replaced_and_its_marker_kept(text: str, old: str, new: str, result: str) -> None:
    assert replaced(text, old, new) == result


@pytest.mark.parametrize(
    ("text", "old", "new", "result"),
    [
        ("one\n\ntwo", "one", "1\n\nand\n\nmore", "1\n\nand\n\nmore\n\ntwo"),
        ("one\n- two", "one", "1\n\nmore", "1\n\nmore\n- two"),
        ("# one\ntwo", "one", "1\nstill\n\nmore", "# 1 still\n\nmore\n\ntwo"),
        ("> one\n\ntwo", "one", "1\n\nmore", "> 1\n>\n> more\n\ntwo"),
        ("[^a]: note", "note", "1\n\nmore", "[^a]: 1\n\n    more"),
        ("- one\n- two", "one", "1\n\nmore\nwords", "- 1\n\n  more\n  words\n- two"),
        ("- one\n- two", "one", "1\n- more\n- most", "- 1\n- more\n- most\n- two"),
        ("- one\n- two", "one", "- 1\n\n- more", "- 1\n- more\n- two"),
        ("* one", "one", "1\n- more", "* 1\n* more"),
        ("- - one", "one", "1\n- more", "- - 1\n  - more"),
        ("9) one\n10) two", "one", "1\n- more", "9) 1\n10) more\n10) two"),
        ("- one\n  - two", "one", "1\n- more", "- 1\n  - more\n  - two"),
        ("-\n  one", "one", "1\n- more", "-\n  1\n- more"),
    ],
)
def test_several_paragraphs_or_points_stay_in_the_units_place(text: str, old: str, new: str, result: str) -> None:
    assert replaced(text, old, new) == result


@pytest.mark.parametrize(
    ("text", "old", "result"),
    [
        ("one\n\ntwo\n\nthree", "two", "one\n\nthree"),
        ("one\n\ntwo", "one", "two"),
        ("one\n\ntwo", "two", "one"),
        ("one", "one", ""),
        ("- one\n- two\n- three", "two", "- one\n- three"),
        ("words\n\n- one\n- two", "one", "words\n\n- two"),
        ("one\n# title\ntwo", "title", "one\n\ntwo"),
        ("> one\n>\n> two\n\nthree", "two", "> one\n\nthree"),
        ("- one\n  - two\n- three", "one", "-\n  - two\n- three"),
        ("- zero\n- one\n  - two", "one", "- zero\n-\n  - two"),
        ("words\n- one\n  - two", "one", "words\n\n-\n  - two"),
        ("- one\n\n  more", "one", "-\n  more"),
        ("- zero\n  - one\n\n    more", "one", "- zero\n\n  -\n    more"),
    ],
)
def test_empty_markdown_deletes_the_unit_and_the_rest_stays_in_its_place(text: str, old: str, result: str) -> None:
    assert replaced(text, old, " \n") == result


@pytest.mark.parametrize(
    ("text", "old", "new", "more", "result"),
    [
        ("one\n\ntwo", "one", "1", "## New", "1\n\n## New\n\ntwo"),
        ("# one\n\ntwo", "one", "one", "new", "# one\n\nnew\n\ntwo"),
        ("- one\n- two", "one", "one", "- new\n\nnewer", "- one\n- new\n- newer\n- two"),
        ("- one\n- two", "one", "", "new", "- new\n- two"),
        ("one\n\ntwo", "one", "", "new", "new\n\ntwo"),
        ("- one\n- two", "two", "two", "", "- one\n- two"),
    ],
)
def test_a_new_unit_is_added_after_one(text: str, old: str, new: str, more: str, result: str) -> None:
    unit = next(unit for unit in read_units(text) if unit.markdown == old)
    assert replaced(text, old, with_more(unit, new, more)) == result


def test_nothing_is_added_between_a_point_and_its_own_nor_in_a_footnote() -> None:
    units = read_units("- one\n  - two\n\n[^a]: three")
    assert [takes_more(units, index) for index in range(3)] == [False, True, False]


def test_an_unknown_unit_is_refused_with_what_to_do() -> None:
    with pytest.raises(RuleBroken, match="Open the current text"):
        replace_unit("one", read_units("one"), "00000000", "two")


@given(PLANK_TEXTS, words(), st.data())
def test_a_reworded_unit_changes_alone(text: str, new: str, data: st.DataObject) -> None:
    document = Document.read("", text)
    if not document.units:
        return
    index = data.draw(st.integers(0, len(document.units) - 1))
    changed = replace_unit(document.text, document.units, document.units[index].unit_id, new)
    units = read_units(changed)
    assert [unit.markdown for unit in units] == [
        new if place == index else unit.markdown for place, unit in enumerate(document.units)
    ]
    unit = document.units[index]
    lines, changed_lines = document.text.split("\n"), changed.split("\n")
    assert changed_lines[: unit.first_line] == lines[: unit.first_line]
    assert changed_lines[unit.first_line + 1 :] == lines[unit.last_line :]


@given(PLANK_TEXTS, st.data())
def test_a_deleted_unit_is_gone_and_no_other_words_are(text: str, data: st.DataObject) -> None:
    document = Document.read("", text)
    if not document.units:
        return
    index = data.draw(st.integers(0, len(document.units) - 1))
    shortened = replace_unit(document.text, document.units, document.units[index].unit_id, "")
    rest = [unit.markdown for place, unit in enumerate(document.units) if place != index]
    assert [unit.markdown for unit in read_units(shortened)] == rest


@given(ANY_TEXT, ANY_TEXT, st.data())
def test_any_words_can_be_put_into_any_text(text: str, new: str, data: st.DataObject) -> None:
    document = Document.read("", text)
    for unit in document.units[:3]:
        assert isinstance(replace_unit(document.text, document.units, unit.unit_id, new), str)
    ids = [unit.unit_id for unit in document.units]
    assert isinstance(replace_units(document.text, document.units, dict.fromkeys(ids, new)), str)


@given(PLANK_TEXTS, st.data())
def test_several_reworded_units_change_alone_and_keep_their_ids(text: str, data: st.DataObject) -> None:
    base = Document.read("", text)
    chosen = data.draw(st.sets(st.sampled_from([unit.unit_id for unit in base.units]))) if base.units else set()
    new = {unit_id: data.draw(words()) for unit_id in chosen}
    changed = Document.read("", replace_units(base.text, base.units, new), base.units, edited=new)
    assert [(unit.unit_id, unit.markdown) for unit in changed.units] == [
        (unit.unit_id, new.get(unit.unit_id, unit.markdown)) for unit in base.units
    ]
