"""Two wordings set beside each other for a reader."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policies.text.diff import Hunk, Op
from policies.text.redline import Change, RedlineUnit, around, counterparts, redline, title_redline
from policies.text.render import plain_with_marks
from policies.text.units import Document, read_units
from tests.policies.text.strategies import PLANK_TEXTS, amended


def between(old: str, new: str) -> tuple[RedlineUnit, ...]:
    base = read_units(old)
    return redline(base, read_units(new, base))


def changes(old: str, new: str) -> list[tuple[str, str]]:
    return [(entry.change.value, entry.note) for entry in between(old, new)]


def test_unchanged_units_are_one_equal_hunk_of_their_words() -> None:
    (entry,) = between("We *will* build[^a]", "We *will* build[^a]")
    assert entry.change is Change.SAME
    assert entry.hunks == (Hunk(Op.EQUAL, "We will build[a]"),)


def test_a_changed_unit_shows_what_was_and_what_is() -> None:
    (entry,) = between("Ready by 2030, we hope.", "Ready by 2032, we hope.")
    assert entry.change is Change.CHANGED
    assert entry.hunks == (
        Hunk(Op.EQUAL, "Ready by "),
        Hunk(Op.DELETE, "2030"),
        Hunk(Op.INSERT, "2032"),
        Hunk(Op.EQUAL, ", we hope."),
    )


def test_deleted_units_stand_at_their_old_place_with_their_old_clause() -> None:
    entries = between("one\n\ntwo\n\nthree", "one\n\nthree\n\nfour")
    assert [(entry.change.value, entry.clause, entry.hunks[0].op.value) for entry in entries] == [
        ("same", "1", "equal"),
        ("deleted", "2", "delete"),
        ("same", "2", "equal"),
        ("inserted", "3", "insert"),
    ]


def test_an_entry_names_the_unit_by_id_kind_and_level() -> None:
    old = read_units("## title\n\n- point")
    entries = redline(old, old)
    assert [(entry.unit_id, entry.kind, entry.level) for entry in entries] == [
        (unit.unit_id, unit.kind, unit.level) for unit in old
    ]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("one two\n\nthree four\n\nfive six", "five six\n\none two\n\nthree four", [("moved", "Moved from clause 3")]),
        ("- words of it", "words of it", [("retagged", "Was a list item")]),
        ("words of it", "# words of it", [("retagged", "Was a paragraph")]),
        ("# words of it", "> words of it", [("retagged", "Was a heading")]),
        ("> words of it", "words of it", [("retagged", "Was a quote")]),
        ("[^a]: words of it", "words of it", [("retagged", "Was a footnote")]),
        ("## words of it", "### words of it", [("retagged", "Was at level 2")]),
        ("- words of it", "1. words of it", [("retagged", "Was not numbered")]),
        ("1. words of it", "- words of it", [("retagged", "Was numbered")]),
        ("[^a]: words of it", "[^b]: words of it", [("retagged", "Was footnote [a]")]),
        ("some plain words", "some **plain** words", [("changed", "Formatting only")]),
        ("some plain words", "some plain\nwords", [("changed", "Spaces only")]),
        ("see [this](http://a.org)", "see [this](http://b.org)", [("changed", "Link changed")]),
        ("see these words", "see these words[^a]", [("changed", "")]),
        ("please see [this](http://a.org)", "please see [that](http://b.org)", [("changed", "Link changed")]),
        ("please do see [this](http://a.org)", "please do see that", [("changed", "Link changed")]),
        ("please see [this](http://a.org)", "please see [that](http://a.org)", [("changed", "")]),
        ("- some plain words", "some *plain* words", [("retagged", "Was a list item. Formatting only")]),
    ],
)
def test_a_note_says_what_the_hunks_do_not_show(old: str, new: str, expected: list[tuple[str, str]]) -> None:
    assert [entry for entry in changes(old, new) if entry[0] != "same"] == expected


def test_a_changed_link_shows_both_targets_and_no_other_change_shows_any() -> None:
    (entry,) = between("see [this](http://a.org/x)", "see [this](http://b.org/x)")
    assert "".join(hunk.text for hunk in entry.hunks if hunk.op is not Op.DELETE) == "see this (http://b.org/x)"
    (entry,) = between("see [this](http://a.org) now", "see [this](http://a.org) later")
    assert "http" not in "".join(hunk.text for hunk in entry.hunks)


def test_a_unit_without_words_has_no_hunks() -> None:
    (entry,) = between("[^a]:", "[^a]:")
    assert entry.hunks == ()


def test_titles_are_compared_too() -> None:
    assert title_redline("Fair votes", "Fair elections") == (
        Hunk(Op.EQUAL, "Fair "),
        Hunk(Op.DELETE, "votes"),
        Hunk(Op.INSERT, "elections"),
    )


def test_what_stands_around_one_unit_is_what_it_became() -> None:
    base = read_units("one here\n\ntwo here\n\nthree here")
    entries = redline(base, read_units("one here\n\ntwo there\n\nfour and more\n\nthree here", base))
    ids = [unit.unit_id for unit in base]
    assert [[entry.clause for entry in around(entries, base, one)] for one in ids] == [["1"], ["2", "3"], ["3", "4"]]
    assert around(entries, base, "nothere") == ()
    assert around(redline(base, base), base[:1], ids[0]) == redline(base, base)


@given(PLANK_TEXTS, st.data())
def test_a_redline_holds_all_words_of_both_wordings(text: str, data: st.DataObject) -> None:
    base = Document.read("", text)
    amendment = data.draw(amended(base))
    entries = redline(base.units, amendment.units)
    assert [entry.unit_id for entry in entries if entry.change is not Change.DELETED] == [
        unit.unit_id for unit in amendment.units
    ]
    new = {unit.unit_id: unit for unit in amendment.units}
    old = {unit.unit_id: unit for unit in base.units}
    for entry in entries:
        # Where the words change too, they are shown, and the note alone says that the link changed.
        shows_targets = entry.note.endswith("Link changed") and plain_with_marks(entry.was) == plain_with_marks(
            entry.now
        )
        if entry.change is not Change.DELETED:
            words = "".join(hunk.text for hunk in entry.hunks if hunk.op is not Op.DELETE)
            assert words == plain_with_marks(new[entry.unit_id].markdown, shows_targets)
        if entry.change is not Change.INSERTED:
            words = "".join(hunk.text for hunk in entry.hunks if hunk.op is not Op.INSERT)
            assert words == plain_with_marks(old[entry.unit_id].markdown, shows_targets)


def test_one_unit_is_set_beside_its_counterpart_wherever_either_stands() -> None:
    one, other = read_units("Ready by 2030."), read_units("Ready by 2032.")
    both, gone, new = counterparts(one[0], other[0]), counterparts(one[0], None), counterparts(None, other[0])
    assert both
    assert gone
    assert new
    assert [entry.change.value for entry in (both, gone, new)] == ["changed", "deleted", "inserted"]
    assert counterparts(None, None) is None


def test_words_that_go_with_their_link_are_shown_without_its_address() -> None:
    (entry,) = between("a fair vote for [all of us](http://a.b) in every town", "a fair vote in every town")
    assert entry.note == "Link changed"
    assert [hunk.text for hunk in entry.hunks if hunk.op is Op.DELETE] == ["for all of us "]
