"""The one unit that was edited in place keeps its id, however much of it was rewritten."""

import pytest

from policies.text.units import Document, replace_unit, replace_units

BASE = Document.read(
    "A title", "One paragraph stands here.\n\nAnother is below it.\n\n- a first point\n- a second point"
)


def edited(place: int, words: str) -> Document:
    """The base with one unit replaced, read as an edit of that unit."""
    unit_id = BASE.units[place].unit_id
    return Document.read(BASE.title, replace_unit(BASE.text, BASE.units, unit_id, words), BASE.units, edited=[unit_id])


def ids(document: Document) -> list[str]:
    """The ids of a document's units."""
    return [unit.unit_id for unit in document.units]


@pytest.mark.parametrize("place", range(4))
@pytest.mark.parametrize("words", ["Entirely new.", "One paragraph stands there.", "one two three four"])
def test_it_keeps_its_id_and_so_do_the_others(place: int, words: str) -> None:
    document = edited(place, words)
    assert ids(document) == ids(BASE)
    assert document.units[place].markdown == words


def test_split_in_two_the_first_part_keeps_the_id() -> None:
    document = edited(1, "Quite new words.\n\nAnd more of them.")
    assert [ids(document)[index] for index in (0, 1, 3, 4)] == ids(BASE)
    assert ids(document)[2] not in ids(BASE)


def test_of_several_in_a_row_all_keep_theirs_where_there_are_as_many_now() -> None:
    known, (first, second, *_) = ids(BASE), BASE.units
    for words, kept in (("Quite new.", known), ("Quite new.\n\nAnd more.", known[2:])):
        text = replace_units(BASE.text, BASE.units, {first.unit_id: "Other.", second.unit_id: words})
        document = Document.read(BASE.title, text, BASE.units, edited=[first.unit_id, second.unit_id])
        assert ids(document)[-len(kept) :] == kept


def test_taken_out_its_id_is_gone() -> None:
    document = edited(1, "")
    assert ids(document) == [ids(BASE)[index] for index in (0, 2, 3)]


def test_where_other_units_changed_too_nothing_is_assumed() -> None:
    text = "Fresh words without likeness.\n\nMore of that sort, all different.\n\n- a first point\n- a second point"
    assert BASE.units[0].unit_id not in ids(Document.read("A title", text, BASE.units, edited=[BASE.units[0].unit_id]))


def test_an_id_that_no_unit_had_changes_nothing() -> None:
    assert ids(Document.read(BASE.title, BASE.text, BASE.units, edited=["nothere"])) == ids(BASE)
