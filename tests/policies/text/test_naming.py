"""Which ids the units of a merged text have: those of the text that it amends from now on."""

from policies.text.merge import merge
from policies.text.operations import operations
from policies.text.units import Document

BASE = Document.read("T", "Rents must fall fast in every town of this land.\n\nVotes must count the same.")


def amended(text: str, base: Document = BASE) -> Document:
    return Document.read("T", text, base.units)


def merged(ours: Document, theirs: Document, base: Document = BASE) -> Document:
    document = merge(base, ours, theirs).document
    assert document
    return document


def test_what_is_added_at_the_top_does_not_move_the_same_words_that_were_adopted_at_the_end() -> None:
    ours, theirs = amended(f"{BASE.text}\n\nSo be it."), amended(f"So be it.\n\n{BASE.text}")
    assert ours.units[-1].unit_id == theirs.units[0].unit_id
    (step,) = operations(ours, merged(ours, theirs))["units"]
    assert (step["op"], step["after"]) == ("insert", None)


def test_a_paragraph_in_parts_keeps_the_ids_that_the_adopted_text_gave_them() -> None:
    split = amended(BASE.text.replace(" in every", "\n\nin every"))
    for words in ("land", "fast"):
        reworded = merged(split, amended(BASE.text.replace(words, "slowly")))
        assert [unit.unit_id for unit in reworded.units] == [unit.unit_id for unit in split.units]
    thrice = amended(BASE.text.replace(" fast", "\n\nfast").replace(" in every", "\n\nin every"))
    both = merged(split, thrice)
    assert {unit.unit_id for unit in split.units} < {unit.unit_id for unit in both.units}


def test_parts_that_are_like_none_of_the_adopted_text_have_new_ids_but_for_the_first() -> None:
    base = Document.read("T", "a b c d")
    ours, theirs = amended("w b c x", base), amended("a b\n\nc d", base)
    first, second = merged(ours, theirs, base).units
    assert first.unit_id == ours.units[0].unit_id
    assert second.unit_id not in {first.unit_id, base.units[0].unit_id}
