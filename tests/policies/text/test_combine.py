"""What amendments of one base touch, and adopting together those that touch different places."""

from itertools import combinations, permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policies.errors import RuleBroken
from policies.text.combine import Touch, collide, combine, touched
from policies.text.units import Document, Unit, replace_unit
from tests.policies.text.strategies import PLANK_TEXTS, amended, words

LIST = "We will:\n\n- cap rents\n- build homes\n- plant trees\n- pay nurses\n\nThat is all."
PROSE = "Rents must fall.\n\nTrains must be clean.\n\nVotes must count.\n\nSchools must be free.[^a]\n\n[^a]: A report"


def document(text: str) -> Document:
    return Document.read("Title", text)


def amend(base: Document, *changes: tuple[str, str], title: str | None = None) -> Document:
    """An amendment that replaces passages of the base's text."""
    text = base.text
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    return Document.read(base.title if title is None else title, text, base.units)


def id_of(base: Document, markdown: str) -> str:
    return next(unit.unit_id for unit in base.units if unit.markdown == markdown)


@pytest.mark.parametrize(
    ("base", "one", "other", "result"),
    [
        (PROSE, ("fall", "rise"), ("clean", "cheap"), [("fall", "rise"), ("clean", "cheap")]),
        (LIST, ("cap", "freeze"), ("plant", "fell"), [("cap", "freeze"), ("plant", "fell")]),
        (LIST, ("- cap rents\n", ""), ("plant", "fell"), [("- cap rents\n", ""), ("plant", "fell")]),
        (LIST, ("- build homes\n", ""), ("- plant trees\n", ""), [("- build homes\n- plant trees\n", "")]),
        (PROSE, ("Rents must fall.\n\n", ""), ("\n\n[^a]: A report", ""), None),
        (LIST, ("rents\n", "rents\n- insert this\n"), ("nurses", "doctors"), None),
        (PROSE, ("fall.", "fall.\n\nSo must bills."), ("Votes must count.\n\n", ""), None),
        (PROSE, ("Rents must", "## Homes\n\nRents must"), ("A report", "Another report"), None),
        ("[^a]: one\n\n[^a]: two", ("one", "one more"), ("two", "two more"), None),
    ],
)
def test_amendments_of_different_places_are_adopted_together(
    base: str, one: tuple[str, str], other: tuple[str, str], result: list[tuple[str, str]] | None
) -> None:
    plank = document(base)
    first, second = amend(plank, one), amend(plank, other)
    assert not collide(touched(plank, first), touched(plank, second))
    expected = amend(plank, *(result or [one, other])).text
    assert combine(plank, [first, second]).text == combine(plank, [second, first]).text == expected


@pytest.mark.parametrize(
    ("base", "one", "other"),
    [
        pytest.param(PROSE, ("must fall", "must not fall"), ("must fall", "must never fall"), id="the same unit"),
        pytest.param(PROSE, ("fall", "rise"), ("fall", "rise"), id="the same change"),
        pytest.param(LIST, ("rents\n", "rents\n- one\n"), ("rents\n", "rents\n- two\n"), id="the same gap"),
        pytest.param(LIST, ("- plant trees\n", ""), ("plant", "fell"), id="deleted and edited"),
        pytest.param(LIST, ("- plant trees\n", ""), ("trees\n", "trees\n- more\n"), id="deleted beside inserted"),
        pytest.param(LIST, ("- plant trees\n", ""), ("homes\n", "homes\n- more\n"), id="inserted before deleted"),
        pytest.param(PROSE, ("Votes", "- Votes"), ("count.", "count.\n\nAll of them."), id="retagged beside inserted"),
        pytest.param(
            PROSE, ("\n\n[^a]: A report", ""), ("Trains must", "Trains[^a] must"), id="footnote gone and used"
        ),
        pytest.param(
            PROSE,
            ("fall.", "fall.[^b]\n\n[^b]: One"),
            ("count.", "count.[^b]\n\n[^b]: Two"),
            id="two footnotes, one label",
        ),
        pytest.param(
            PROSE,
            ("Rents must fall.\n\nTrains must be clean.", "Trains must be clean.\n\nRents must fall."),
            ("clean", "cheap"),
            id="moved and edited",
        ),
        pytest.param(
            PROSE,
            ("Rents must fall.\n\nTrains must be clean.", "Trains must be clean.\n\nRents must fall."),
            ("fall.\n", "fall.\n\nSo must bills.\n"),
            id="moved past an insertion",
        ),
    ],
)
def test_amendments_of_one_place_collide_and_are_refused(
    base: str, one: tuple[str, str], other: tuple[str, str]
) -> None:
    plank = document(base)
    first, second = amend(plank, one), amend(plank, other)
    assert collide(touched(plank, first), touched(plank, second))
    assert collide(touched(plank, second), touched(plank, first))
    with pytest.raises(RuleBroken, match="Choose between them"):
        combine(plank, [first, second])


def test_two_new_titles_collide_and_one_is_adopted() -> None:
    plank = document(PROSE)
    first, second = amend(plank, title="New title"), amend(plank, title="Other title")
    assert collide(touched(plank, first), touched(plank, second))
    third = amend(plank, ("clean", "cheap"))
    assert combine(plank, [first, third]).title == combine(plank, [third, first]).title == "New title"


def test_a_move_leaves_what_is_elsewhere_free() -> None:
    plank = document(LIST)
    moved = amend(plank, ("- cap rents\n- build homes\n", "- build homes\n- cap rents\n"))
    edited = amend(plank, ("nurses", "doctors"))
    assert combine(plank, [moved, edited]).text == amend(plank, ("nurses", "doctors")).text.replace(
        "- cap rents\n- build homes\n", "- build homes\n- cap rents\n"
    )


def test_lines_that_would_read_as_something_else_are_refused() -> None:
    plank = document("words\n\n- tax land\n\n- build homes\n\n  - near stations\n- plant trees")
    first = amend(plank, ("- tax land\n\n", ""))
    second = amend(plank, ("- build homes\n\n", ""))
    with pytest.raises(RuleBroken, match="do not fit together"):
        combine(plank, [first, second])


def test_a_touch_names_the_units_and_gaps_of_the_base() -> None:
    plank = document(LIST)
    cap, build, plant, nurses = (
        id_of(plank, text) for text in ("cap rents", "build homes", "plant trees", "pay nurses")
    )
    changed = amend(plank, ("cap", "freeze"), ("- plant trees\n", ""), ("nurses\n", "nurses\n- more\n"), title="New")
    that = id_of(plank, "That is all.")
    assert touched(plank, changed) == Touch(
        title=True, edited=frozenset({cap}), deleted=frozenset({plant}), gaps=frozenset({(nurses, that)})
    )
    numbered = amend(plank, ("- build", "1. build"))
    assert touched(plank, numbered).retagged == {build}
    assert touched(plank, numbered).units == {build}
    assert touched(plank, plank) == Touch()


def test_the_ends_of_a_text_are_gaps_too() -> None:
    plank = document("one two three")
    (unit,) = plank.units
    assert touched(plank, amend(plank, ("one", "new words\n\none"))).gaps == {(None, unit.unit_id)}
    assert touched(plank, amend(plank, ("three", "three\n\nnew words"))).gaps == {(unit.unit_id, None)}
    empty = document("")
    assert touched(empty, Document.read("Title", "words")).gaps == {(None, None)}


def test_a_move_touches_all_it_passes() -> None:
    plank = document(PROSE)
    moved = amend(plank, ("Rents must fall.\n\n", ""), ("count.", "count.\n\nRents must fall."))
    assert touched(plank, moved).moved >= {unit.unit_id for unit in plank.units[:3]}
    assert touched(plank, moved).deleted == frozenset()


def test_units_inserted_in_two_places_with_the_same_words_have_two_ids() -> None:
    plank = document(PROSE)
    first, second = amend(plank, ("fall.", "fall.\n\nNew words.")), amend(plank, ("count.", "count.\n\nNew words."))
    combined = combine(plank, [first, second])
    assert combined == combine(plank, [second, first])
    assert len({unit.unit_id for unit in combined.units}) == len(combined.units) == 7


def test_nothing_to_adopt_leaves_the_base() -> None:
    plank = document(PROSE)
    assert combine(plank, []) == plank


@given(PLANK_TEXTS, st.data())
def test_one_amendment_alone_is_the_result(text: str, data: st.DataObject) -> None:
    base = document(text)
    amendment = data.draw(amended(base))
    assert combine(base, [amendment]) == amendment
    assert combine(base, [base, amendment]) == combine(base, [amendment, base]) == amendment


@given(PLANK_TEXTS, st.data())
def test_whether_two_collide_does_not_depend_on_their_order(text: str, data: st.DataObject) -> None:
    base = document(text)
    one, other = (touched(base, data.draw(amended(base))) for _ in range(2))
    assert collide(one, other) is collide(other, one)


@given(PLANK_TEXTS, st.data())
def test_whatever_touches_something_collides_with_itself(text: str, data: st.DataObject) -> None:
    base = document(text)
    touch = touched(base, data.draw(amended(base)))
    assert collide(touch, touch) is (touch != Touch())


def combined_or_none(base: Document, amendments: list[Document]) -> Document | None:
    """The combination, or None where it is refused; refused it must be where two collide."""
    touches = [touched(base, amendment) for amendment in amendments]
    if any(collide(one, other) for one, other in combinations(touches, 2)):
        with pytest.raises(RuleBroken):
            combine(base, amendments)
        return None
    try:
        return combine(base, amendments)
    except RuleBroken:
        return None


@given(PLANK_TEXTS, st.data())
def test_the_order_of_amendments_makes_no_difference_and_nothing_is_lost_or_invented(
    text: str, data: st.DataObject
) -> None:
    base = document(text)
    amendments = [data.draw(amended(base)) for _ in range(data.draw(st.integers(2, 3)))]
    results = [combined_or_none(base, list(order)) for order in permutations(amendments)]
    assert all(result == results[0] for result in results)
    if results[0] is None:
        return
    combined = {unit.unit_id: unit.markdown for unit in results[0].units}
    was = {unit.unit_id: unit.markdown for unit in base.units}
    expected = dict(was)
    for amendment in amendments:
        now = {unit.unit_id: unit.markdown for unit in amendment.units}
        for unit_id in was:
            if unit_id not in now:
                del expected[unit_id]
            elif now[unit_id] != was[unit_id]:
                expected[unit_id] = now[unit_id]
    assert {unit_id: words for unit_id, words in combined.items() if unit_id in was} == expected
    inserted = [unit.markdown for amendment in amendments for unit in amendment.units if unit.unit_id not in was]
    assert sorted(words for unit_id, words in combined.items() if unit_id not in was) == sorted(inserted)
    lines = {"", *(line for part in (base, *amendments) for line in part.text.split("\n"))}
    assert set(results[0].text.split("\n")) <= lines


@given(PLANK_TEXTS, words(), words(), st.data())
def test_two_reworded_units_are_as_if_reworded_one_after_the_other(
    text: str, one: str, other: str, data: st.DataObject
) -> None:
    base = document(f"{text}\n\n# Last\n\nThe very last words of it")
    first, second = data.draw(st.permutations(base.units))[:2]

    def reworded(now: Document, unit: Unit, added: str) -> Document:
        changed = replace_unit(now.text, now.units, unit.unit_id, f"{unit.markdown} {added}")
        return Document.read(base.title, changed, now.units, edited=unit.unit_id)

    amendments = [reworded(base, first, one), reworded(base, second, other)]
    assert combine(base, amendments) == reworded(amendments[0], second, other)
