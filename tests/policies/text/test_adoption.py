"""Adopting several amendments of one base in turn, and which two cannot both be adopted."""

from itertools import combinations, permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policies.text.adoption import adopted_in_turn
from policies.text.graph import rival_pairs
from policies.text.merge import Verdict, merge
from policies.text.units import Document
from tests.policies.text.strategies import PLANK_TEXTS, amended

BASE = Document.read("Title", "Rents must fall in all towns.[^a]\n\nTrains must be clean.\n\n[^a]: A report")


def amend(*changes: tuple[str, str], title: str = "Title") -> Document:
    text = BASE.text
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    return Document.read(title, text, BASE.units)


def test_rivals_are_those_that_merging_finds_in_conflict() -> None:
    rise, sink, cities, both = (
        amend(("fall", "rise")),
        amend(("fall", "sink")),
        amend(("towns", "cities")),
        amend(("fall in all towns", "stay in our cities")),
    )
    again, title, other = amend(("fall", "rise")), amend(title="Low rents"), amend(title="No rents")
    gone, marked = amend(("[^a]\n", "\n"), ("\n\n[^a]: A report", "")), amend(("clean", "clean[^a]"))
    assert rival_pairs(BASE, [rise, sink, cities, both]) == {(0, 1), (0, 3), (1, 3)}
    assert rival_pairs(BASE, [rise, again, cities]) == frozenset()
    assert rival_pairs(BASE, [title, rise, other]) == {(0, 2)}
    assert rival_pairs(BASE, [gone, marked]) == {(0, 1)}


def test_what_was_carried_is_adopted_in_turn_within_one_unit_too() -> None:
    texts = adopted_in_turn(BASE, [amend(("fall", "rise")), amend(("towns", "cities")), amend(("fall", "rise"))])
    assert texts is not None
    assert [text.text[:29] for text in texts] == [
        "Rents must rise in all towns.",
        "Rents must rise in all cities",
        "Rents must rise in all cities",
    ]
    assert adopted_in_turn(BASE, []) == ()
    assert adopted_in_turn(BASE, [amend(("fall", "rise")), amend(("fall", "sink"))]) is None


@pytest.fixture
def three() -> tuple[Document, list[Document]]:
    """Three amendments of which every two fit together, but not all three in any order."""
    base = Document.read("Title", "  - sub six\n\n# head\npara five")
    texts = [
        "# head\n  - sub six\npara five",
        "  - sub six\n- b two\n\n# head\npara five",
        "  - sub six\n\npara five\n# head",
    ]
    return base, [Document.read("Title", text, base.units) for text in texts]


def test_that_every_two_fit_together_does_not_promise_that_three_do(three: tuple[Document, list[Document]]) -> None:
    base, amendments = three
    assert rival_pairs(base, amendments) == frozenset()
    assert all(adopted_in_turn(base, pair) for pair in combinations(amendments, 2))
    assert not any(adopted_in_turn(base, order) for order in permutations(amendments))


@given(PLANK_TEXTS, st.data())
def test_an_amendment_alone_is_adopted_as_it_is_and_of_two_rivals_one(text: str, data: st.DataObject) -> None:
    base = Document.read("Title", text)
    one, other = (data.draw(amended(base)) for _ in range(2))
    assert adopted_in_turn(base, [one]) == (one,)
    if rival_pairs(base, [one, other]):
        assert adopted_in_turn(base, [one, other]) is None
        assert merge(base, other, one).verdict is Verdict.CONFLICT
