"""Finding each unit's counterpart in another wording."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policies.text.align import LARGEST_GAP, Pair, align, carry_ids
from policies.text.similarity import SIMILAR, similarity
from policies.text.units import Document, Unit, read_units
from tests.policies.text.strategies import PLANK_TEXTS, amended


def units(*paragraphs: str) -> tuple[Unit, ...]:
    return read_units("\n\n".join(paragraphs))


def pairs(old: tuple[Unit, ...], new: tuple[Unit, ...]) -> list[tuple[int | None, int | None]]:
    return [(pair.old, pair.new) for pair in align(old, new, by_id=False)]


RENTS, HOMES, TRAINS, VOTES = (
    "Rents must not rise faster than wages.",
    "Councils may build homes on public land.",
    "Trains must be clean and cheap.",
    "Every vote must count the same.",
)


def test_an_unchanged_text_pairs_with_itself() -> None:
    text = units(RENTS, HOMES, TRAINS)
    assert align(text, text) == (Pair(0, 0), Pair(1, 1), Pair(2, 2))


def test_a_reworded_unit_is_the_same_unit() -> None:
    assert pairs(units(RENTS, HOMES), units("Rents must never rise faster than wages.", HOMES)) == [(0, 0), (1, 1)]


def test_an_inserted_unit_has_no_counterpart() -> None:
    assert pairs(units(RENTS, HOMES), units(RENTS, VOTES, HOMES)) == [(0, 0), (None, 1), (1, 2)]


def test_a_deleted_unit_stands_where_it_stood_before_what_was_inserted_there() -> None:
    assert pairs(units(RENTS, HOMES, TRAINS), units(RENTS, VOTES, TRAINS)) == [(0, 0), (1, None), (None, 1), (2, 2)]
    assert pairs(units(RENTS, HOMES), units(HOMES)) == [(0, None), (1, 0)]


def test_an_identical_unit_elsewhere_has_moved() -> None:
    moved = align(units(RENTS, HOMES, TRAINS), units(HOMES, TRAINS, RENTS))
    assert moved == (Pair(1, 0), Pair(2, 1), Pair(0, 2, moved=True))


def test_a_unit_that_was_moved_and_reworded_is_known_again_where_most_of_its_words_stayed() -> None:
    reworded, other = "Rents must never rise faster than wages.", "Rents must not rise faster in Wales or in York."
    assert align(units(RENTS, HOMES, TRAINS), units(HOMES, TRAINS, reworded))[2] == Pair(0, 2, moved=True)
    assert pairs(units(RENTS, HOMES, TRAINS), units(HOMES, TRAINS, other)) == [(0, None), (1, 0), (2, 1), (None, 2)]


def test_of_several_equal_units_one_more_is_an_insertion_and_one_less_a_deletion() -> None:
    assert pairs(units(RENTS, RENTS), units(RENTS, RENTS, RENTS)) == [(0, 0), (1, 1), (None, 2)]
    assert pairs(units(RENTS, RENTS, HOMES), units(RENTS, HOMES)) == [(0, 0), (1, None), (2, 1)]


def test_a_repeated_unit_between_rewritten_ones_keeps_a_counterpart() -> None:
    old = units("Build homes now", RENTS, "Plant trees", RENTS, "Tax land")
    new = units("Clean water", RENTS, "Fair pay")
    assert [(at, then) for at, then in pairs(old, new) if at is not None and then is not None] == [(3, 1)]


def test_equal_units_without_a_place_in_the_run_have_moved_first_with_first() -> None:
    old = units(RENTS, RENTS, HOMES, TRAINS)
    new = units(HOMES, TRAINS, RENTS, RENTS)
    assert align(old, new, by_id=False) == (
        Pair(2, 0),
        Pair(3, 1),
        Pair(0, 2, moved=True),
        Pair(1, 3, moved=True),
    )


def test_a_unit_of_the_same_id_is_the_counterpart_whatever_it_says() -> None:
    base = read_units("one two three")
    rewritten = (read_units("other words altogether")[0],)
    kept = (Unit(**{**vars(rewritten[0]), "unit_id": base[0].unit_id}),)
    assert align(base, rewritten) == (Pair(0, None), Pair(None, 0))
    assert align(base, kept) == (Pair(0, 0),)


def test_the_alignment_of_a_gap_is_the_best_of_all_not_the_first() -> None:
    old = units("build homes now", "build homes for all who need them")
    new = units("build homes for all who need them most", "plant trees")
    assert pairs(old, new) == [(0, None), (1, 0), (None, 1)]


@pytest.mark.parametrize(
    ("first", "second", "alike"),
    [
        ("the same words", "words the SAME", 1.0),
        ("one two", "three four", 0.0),
        ("", "", 0.0),
        ("***", "words", 0.0),
        ("one two three four", "one two five six", 0.5),
        ("tax tax tax", "tax", 0.5),
    ],
)
def test_similarity_is_the_share_of_common_words(first: str, second: str, alike: float) -> None:
    assert similarity(first, second) == similarity(second, first) == alike


def test_a_unit_that_was_only_added_to_stays_similar_however_much_was_added() -> None:
    added = " and".join(f" word{number}" for number in range(40))
    assert similarity(RENTS, RENTS + added) == SIMILAR
    assert similarity(RENTS, "Rents must not" + added + " rise faster than wages.") == SIMILAR
    assert similarity(RENTS, "Now rents must not" + added) < SIMILAR
    assert similarity("We will", "We will" + added) < SIMILAR


def long_text(paragraphs: int, seed: int) -> list[str]:
    source = random.Random(seed)
    vocabulary = [f"word{number}" for number in range(400)]
    return [" ".join(source.choice(vocabulary) for _ in range(30)) for _ in range(paragraphs)]


def reworded(paragraphs: list[str]) -> list[str]:
    return [f"{paragraph} reworded" for paragraph in paragraphs]


def test_hundreds_of_reworded_units_with_some_removed_find_their_counterparts() -> None:
    old = long_text(150, seed=1)
    removed = {3, 50, 51, 149}
    new = reworded([paragraph for index, paragraph in enumerate(old) if index not in removed])
    assert len(old) * len(new) > LARGEST_GAP
    found = pairs(units(*old), units(*new))
    assert [old_index for old_index, new_index in found if new_index is None] == sorted(removed)
    assert all(old_index is not None for old_index, _ in found)


def test_hundreds_of_units_without_anything_in_common_are_not_paired() -> None:
    old, new = long_text(60, seed=1), [f"other{number} text{number} here{number}" for number in range(60)]
    assert all(None in pair for pair in pairs(units(*old), units(*new)))


def test_a_phrase_in_common_does_not_make_two_units_one() -> None:
    old, new = long_text(60, seed=1), long_text(60, seed=2)
    old[7], new[9] = f"{old[7]} a rare phrase indeed", f"{new[9]} a rare phrase indeed"
    assert all(None in pair for pair in pairs(units(*old), units(*new)))


def test_short_units_in_a_large_gap_are_compared_piece_by_piece() -> None:
    old = [f"tax {number} pence" for number in range(80)]
    new = [f"tax {number} pounds" for number in range(80)]
    assert len(old) * len(new) > LARGEST_GAP
    assert pairs(units(*old), units(*new)) == [(number, number) for number in range(80)]


@given(PLANK_TEXTS, PLANK_TEXTS)
def test_every_unit_of_both_wordings_is_in_one_pair_and_the_new_ones_in_order(old: str, new: str) -> None:
    old_units, new_units = read_units(old), read_units(new)
    aligned = align(old_units, new_units)
    assert sorted(pair.old for pair in aligned if pair.old is not None) == list(range(len(old_units)))
    assert [pair.new for pair in aligned if pair.new is not None] == list(range(len(new_units)))
    standing = [pair.old for pair in aligned if not pair.moved and pair.old is not None and pair.new is not None]
    assert standing == sorted(standing)


@given(PLANK_TEXTS, st.data())
def test_carried_ids_are_unique_and_new_ones_never_known(text: str, data: st.DataObject) -> None:
    base = Document.read("", text)
    amendment = data.draw(amended(base))
    ids = [unit.unit_id for unit in amendment.units]
    assert len(set(ids)) == len(ids)
    paired = {pair.new: pair.old for pair in align(base.units, amendment.units)}
    known = {unit.unit_id: index for index, unit in enumerate(base.units)}
    assert [paired[index] for index in range(len(ids))] == [known.get(unit_id) for unit_id in ids]


def test_a_new_unit_with_the_first_words_of_a_known_one_gets_another_id() -> None:
    (first,) = read_units("Rents must not rise.")
    (edited,) = read_units("Rents must not rise above wages.", (first,))
    both = read_units("Rents must not rise above wages.\n\nRents must not rise.", (edited,))
    assert both[0].unit_id == first.unit_id
    assert both[1].unit_id != first.unit_id


def test_a_thousand_equal_units_get_a_thousand_ids() -> None:
    assert len({unit.unit_id for unit in carry_ids((), units(*["same"] * 1000))}) == 1000
