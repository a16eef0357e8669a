"""The laws of merging, over texts in several scripts that are reworded, moved, split, joined, retagged and deleted."""

from collections import Counter
from collections.abc import Iterable, Sequence

from hypothesis import assume, given

from policies.text.canonical import normalise
from policies.text.merge import Merge, Verdict, merge
from policies.text.touch import tag
from policies.text.units import Document, Unit, read_units
from policies.text.weave import edits, plain_spaces
from policies.text.words import tokens, words
from tests.policies.text.strategies import ANY_TEXT, rivals


def said(units: Iterable[Unit]) -> list[tuple[object, ...]]:
    return [(*tag(unit), unit.markdown) for unit in units]


def unwrapped(units: Iterable[Unit]) -> list[tuple[object, ...]]:
    return [(*tag(unit), " ".join(unit.markdown.split())) for unit in units]


def word_counts(document: Document) -> Counter[str]:
    return Counter(words(" ".join([document.title, *(unit.markdown for unit in document.units)])))


def parts(document: Document) -> set[str]:
    return {token for unit in document.units for token in tokens(unit.markdown)} | set(tokens(document.title))


@given(rivals(1))
def test_merging_with_the_base_or_with_itself_changes_nothing(documents: list[Document]) -> None:
    base, changed = documents
    assert merge(base, base, changed).document == changed
    assert merge(base, changed, base).document == changed
    assert merge(base, changed, changed).document == changed
    if (base.title, base.text) != (changed.title, changed.text):
        assert merge(base, changed, changed).verdict is Verdict.REDUNDANT


@given(rivals())
def test_the_sides_exchanged_give_the_same_verdict_and_the_same_words(documents: list[Document]) -> None:
    base, ours, theirs = documents
    one, other = merge(base, ours, theirs), merge(base, theirs, ours)
    assert one.verdict is other.verdict
    assert len(one.conflicts) == len(other.conflicts)
    if one.document and other.document:
        assert sorted(map(str, said(one.document.units))) == sorted(map(str, said(other.document.units)))
        if one.verdict is not Verdict.NEAR:
            assert one.text == other.text


@given(rivals())
def test_every_change_is_in_the_result_once_and_nothing_else(documents: list[Document]) -> None:
    base, ours, theirs = documents
    outcome = merge(base, ours, theirs)
    assert (outcome.document is None) == bool(outcome.conflicts) == (outcome.verdict is Verdict.CONFLICT)
    assume(outcome.document)
    assert outcome.document
    assert parts(outcome.document) <= parts(ours) | parts(theirs)
    was, one, other, both = (word_counts(document) for document in (base, ours, theirs, outcome.document))
    for word in was | one | other:
        together = one[word] + other[word] - was[word]
        if outcome.agree and not was[word]:
            assert max(one[word], other[word]) <= both[word] <= together
        assert outcome.agree or both[word] == together
    _in_units(*documents, outcome.document)


def _in_units(base: Document, ours: Document, theirs: Document, merged: Document) -> None:
    """In a unit that all have, every change is made and the same one once, where no paragraph was split or joined."""
    found = [{unit.unit_id: unit.markdown for unit in each.units} for each in (base, ours, theirs, merged)]
    for unit_id in set.intersection(*map(set, found)):
        was, one, other, both = (Counter(words(texts[unit_id])) for texts in found)
        changes = [Counter(_changes(found[0][unit_id], texts[unit_id])) for texts in found[1:3]]
        common = changes[0] & changes[1]
        together = {word: one[word] + other[word] - was[word] for word in was | one | other}
        for inserted, deleted in common.elements():
            for word in words(deleted):
                together[word] += 1
            for word in words(inserted):
                together[word] -= 1
        is_whole = not any(_is_regrouped(base, document, unit_id) for document in (ours, theirs))
        assert not is_whole or {word: both[word] for word in together} == together


def _changes(was: str, now: str) -> list[tuple[str, str]]:
    """What is inserted and deleted at each place."""
    flat = ["".join(plain_spaces(tokens(text))) for text in (was, now)]
    pieces = tokens(flat[0])
    return [("".join(edit.words), "".join(pieces[edit.start : edit.end])) for edit in edits(*flat)]


def _is_regrouped(base: Document, amended: Document, unit_id: str) -> bool:
    """Whether a unit stands beside something that is new or gone, with which it may have been one paragraph."""
    ids = [[unit.unit_id for unit in each.units] for each in (base, amended)]
    places = [each.index(unit_id) for each in ids]
    beside = [each[max(0, place - 1) : place + 2] for each, place in zip(ids, places, strict=True)]
    return beside[0] != beside[1]


@given(rivals())
def test_two_units_stand_as_the_side_has_them_that_changed_their_order(documents: list[Document]) -> None:
    base, ours, theirs = documents
    outcome = merge(base, ours, theirs)
    assume(outcome.document)
    assert outcome.document
    ranks = [_ranks(document.units) for document in (base, ours, theirs, outcome.document)]
    common = sorted(set.intersection(*map(set, ranks)))
    for one in common:
        for other in common:
            was, first, second, both = (rank[one] < rank[other] for rank in ranks)
            assert both == (second if first == was else first)


def _ranks(units: Sequence[Unit]) -> dict[str, int]:
    return {unit.unit_id: rank for rank, unit in enumerate(units)}


@given(rivals())
def test_what_comes_out_is_canonical_and_parses_back_to_the_same_units(documents: list[Document]) -> None:
    outcome = merge(*documents)
    assume(outcome.document)
    assert outcome.document
    assert normalise(outcome.document.text) == outcome.document.text
    assert said(read_units(outcome.document.text)) == said(outcome.document.units)
    ids = [unit.unit_id for unit in outcome.document.units]
    assert len(set(ids)) == len(ids)


@given(rivals(3))
def test_merging_over_two_amendments_in_turn_is_merging_over_both_at_once(documents: list[Document]) -> None:
    """Where every step is clean and no two make the same change.

    The same passages are there, and those that each of them has stand in the same order. New passages of several in one
    place can follow one another either way, as long as each stands under what it was written under. Where one adds what
    another moves or removes the neighbours of, a note says so; then, and where something is said twice, it is open
    which place was meant.
    """
    base, first, second, mine = documents
    both = merge(base, first, second)
    mine_first = merge(base, first, mine)
    assume(both.document and mine_first.document and not both.agree and not mine_first.agree)
    assert both.document
    assert mine_first.document
    in_turn, at_once = merge(first, both.document, mine_first.document), merge(base, both.document, mine)
    assume(in_turn.document and at_once.document and not in_turn.agree and not at_once.agree)
    assert in_turn.document
    assert at_once.document
    # Only the blank lines between blocks may differ, and how lines are wrapped, which is never a conflict.
    turned, together = (unwrapped(document.units) for document in (in_turn.document, at_once.document))
    assert sorted(map(str, turned)) == sorted(map(str, together))
    placed = [
        note
        for outcome in (both, mine_first, in_turn, at_once)
        for note in outcome.notes
        if "one adds something here" in note
    ]
    if not placed and len(set(map(str, turned))) == len(turned):
        for document in documents:
            own = unwrapped(document.units)
            assert [unit for unit in turned if unit in own] == [unit for unit in together if unit in own]


@given(ANY_TEXT, ANY_TEXT, ANY_TEXT)
def test_any_three_texts_have_an_outcome_and_always_the_same(was: str, one: str, other: str) -> None:
    def outcome() -> Merge:
        base = Document.read("Title", was)
        return merge(base, Document.read("Title", one, base.units), Document.read("Title", other, base.units))

    assert outcome() == outcome()
    assert all(conflict.line >= 0 for conflict in outcome().conflicts)
