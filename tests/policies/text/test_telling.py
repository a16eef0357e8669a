"""Saying in words what a new wording changes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policies.text.redline import redline, title_redline
from policies.text.telling import LONGEST_QUOTE, changes_in_words, in_one_sentence, kind_of
from policies.text.units import Document, read_units
from tests.policies.text.strategies import PLANK_TEXTS, amended


def told(old: str, new: str, old_title: str = "Title", new_title: str = "Title") -> tuple[str, ...]:
    base = Document.read(old_title, old)
    changed = Document.read(new_title, new, base.units)
    return changes_in_words(title_redline(base.title, changed.title), redline(base.units, changed.units))


@pytest.mark.parametrize(
    ("old", "new", "sentences"),
    [
        ("Ready by 2030.", "Ready by 2030.", []),
        ("Ready by 2030.", "Ready by 2032.", ["Clause 1: replaces “2030” with “2032”."]),
        ("We will act.", "We will not act.", ["Clause 1: inserts “not”."]),
        ("We will not act.", "We will act.", ["Clause 1: removes “not”."]),
        ("One.\n\nTwo words.", "One.", ["Clause 2: removed: “Two words.”."]),
        ("One.", "One.\n\n- Two words.", ["Adds a list item: “Two words.”."]),
        ("One.", "One.\n\n[^a]:", ["Adds a footnote."]),
        ("# We will act", "# We will not act", ["A heading: inserts “not”."]),
        ("See[^a].\n\n[^a]: Page 3", "See[^a].\n\n[^a]: Page 4", ["Footnote 1: replaces “3” with “4”."]),
        ("some plain words", "some **plain** words", ["Clause 1: changes the formatting only."]),
        ("some plain words", "some plain\nwords", ["Clause 1: changes the spaces only."]),
        ("- some plain words", "some plain words", ["Clause 1: was a list item."]),
        ("- some plain words", "some more plain words", ["Clause 1: was a list item; inserts “more”."]),
        ("one one\n\ntwo two\n\nthree three", "two two\n\nthree three\n\none one", ["Clause 3: moved from clause 1."]),
    ],
)
def test_each_change_is_a_sentence(old: str, new: str, sentences: list[str]) -> None:
    assert list(told(old, new)) == sentences


def test_the_title_comes_first() -> None:
    assert told("By 2030.", "By 2032.", "Fair votes", "Fair elections") == (
        "Title: replaces “votes” with “elections”.",
        "Clause 1: replaces “2030” with “2032”.",
    )


def test_many_changes_in_one_unit_are_counted() -> None:
    old = "a the law b the law c the law d the law e the law"
    four = told(old, "A1 the law B1 the law C1 the law D1 the law e the law")
    five = told(old, "A1 the law B1 the law C1 the law D1 the law E1 the law")
    assert four[0].endswith("and changes 1 more place.")
    assert five[0].endswith("and changes 2 more places.")


def test_a_long_passage_is_cut_between_two_words() -> None:
    (sentence,) = told("One.", "One.\n\n" + "word " * 60)
    assert sentence.endswith("word …”.")
    assert len(sentence) < LONGEST_QUOTE + 40


def test_a_space_alone_is_named() -> None:
    (sentence,) = told("a policy-making body", "a policy- making body")
    assert "a space" in sentence


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ([], "Changes nothing."),
        (["Clause 1: inserts “not”."], "Clause 1: inserts “not”."),
        (["Clause 1: moved.", "Clause 2: moved."], "Clause 1: moved; and 1 more change."),
        (["Clause 1: moved.", "Clause 2: moved.", "Clause 3: moved."], "Clause 1: moved; and 2 more changes."),
    ],
)
def test_several_changes_become_one_sentence(changes: list[str], sentence: str) -> None:
    assert in_one_sentence(changes) == sentence


@given(PLANK_TEXTS, st.data())
def test_every_changed_unit_is_told_once(text: str, data: st.DataObject) -> None:
    base = Document.read("Title", text)
    entries = redline(base.units, data.draw(amended(base)).units)
    assert len(changes_in_words((), entries)) == sum(entry.change != "same" for entry in entries)


def test_the_kind_of_a_unit_is_named_with_its_level_where_it_has_one() -> None:
    kinds = [kind_of(unit) for unit in read_units("# one\n\ntwo\n\n1. three\n   - four\n\n> five\n\n[^1]: six")]
    assert kinds == [
        "heading of level 1",
        "paragraph",
        "numbered list item",
        "list item of level 2",
        "quote",
        "footnote",
    ]
