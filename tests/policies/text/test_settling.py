"""Settling what conflicts: each place as its mover says, and all else as both sides have it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policies.text.merge import merge
from policies.text.model import Kind
from policies.text.outcome import Conflict
from policies.text.settling import (
    Choice,
    Settled,
    about_order,
    disputed_kinds,
    fingerprint,
    offered,
    settled_text,
    words_for,
)
from policies.text.units import Document
from tests.policies.text.strategies import PLANK_TEXTS, amended

TEXT = "Every home is warm by 2030 and dry.\n\nCouncils pay.\n\n- one thing\n- two things\n\nTrains are clean."
BASE = Document.read("Homes", TEXT)


def amend(*changes: tuple[str, str], title: str = "Homes") -> Document:
    text = TEXT
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    return Document.read(title, text, BASE.units)


def settled(ours: Document, theirs: Document, choice: Choice, words: str = "") -> Document:
    places = len(merge(BASE, ours, theirs).conflicts)
    document = settled_text(BASE, ours, theirs, [Settled(choice, words)] * places)
    assert document is not None
    return document


@pytest.mark.parametrize(
    ("choice", "said"),
    [
        (Choice.NOW, "Each home is hot by 2032 and dry, too."),
        (Choice.MINE, "Each home is hot by 2035 and dry, too."),
        (Choice.BOTH, "Each home is hot by 2032 2035 and dry, too."),
        (Choice.OWN, "Each home is hot by the year 2034 and dry, too."),
        (Choice.VOTE, "Every home is hot by 2035 and dry, too."),
    ],
)
def test_words_are_settled_and_what_both_change_beside_them_stays(choice: Choice, said: str) -> None:
    ours = amend(("Every", "Each"), ("2030", "2032"), ("clean", "cheap"))
    theirs = amend(("warm", "hot"), ("2030", "2035"), ("dry.", "dry, too."), ("pay", "do pay"))
    document = settled(ours, theirs, choice, " the year 2034\n")
    assert document.text.split("\n\n") == [said, "Councils do pay.", "- one thing\n- two things", "Trains are cheap."]
    assert [unit.unit_id for unit in document.units] == [unit.unit_id for unit in BASE.units]


@pytest.mark.parametrize(
    ("ours", "theirs", "now", "mine"),
    [
        (("- two things\n", ""), ("two things", "three things"), None, "- three things"),
        (("two things", "three things"), ("- two things\n", ""), "- three things", None),
        (("Councils pay.\n\n", ""), ("Councils", "All councils"), None, "All councils pay."),
    ],
)
def test_a_unit_that_one_side_removed_is_gone_or_back_in_its_place(
    ours: tuple[str, str], theirs: tuple[str, str], now: str | None, mine: str | None
) -> None:
    sides = amend(ours), amend(theirs, ("dry", "cool"))
    for choice, said in ((Choice.NOW, now), (Choice.MINE, mine), (Choice.VOTE, mine), (Choice.OWN, "other words")):
        text = settled(*sides, choice, "other words").text
        assert "and cool." in text
        assert said is None or said in text
        assert all(gone in (None, said) or gone not in text for gone in (now, mine))
    assert Choice.BOTH not in offered(merge(BASE, *sides).conflicts[0])


def test_a_title_is_settled_like_words() -> None:
    sides = amend(title="Warm homes"), amend(title="Dry homes")
    assert settled(*sides, Choice.NOW).title == "Warm homes"
    assert settled(*sides, Choice.MINE).title == "Dry homes"
    assert settled(*sides, Choice.OWN, "Good homes").title == "Good homes"


def test_both_in_order_say_once_what_both_leave_of_the_base() -> None:
    conflict = Conflict("unit", "a home", "a national home", "a federal home", "", 1)
    assert words_for(conflict, Settled(Choice.BOTH)) == "a national federal home"
    assert offered(conflict) == tuple(Choice)


def test_what_stands_in_no_one_place_is_not_offered_to_be_settled() -> None:
    homes, councils, points, trains = TEXT.split("\n\n")
    between = amend((f"{homes}\n\n{councils}\n\n", "")), amend((councils, f"New between.\n\n{councils}"))
    assert settled_text(BASE, *between) is None
    last = ordered(homes, points, trains, councils)
    assert settled_text(BASE, ordered("Councils do pay.", homes, points, trains), last) is None
    assert settled_text(BASE, ordered(councils, homes, points, f"# {trains}"), last) is None
    moves = [
        Document.read("T", text, BASE.units) for text in (TEXT + "\n\nNew here.", TEXT.replace("Trains", "[^a] Trains"))
    ]
    assert settled_text(BASE, *moves) == merge(BASE, *moves).document


def test_of_two_kinds_of_text_one_is_chosen_with_its_words() -> None:
    sides = (
        amend(("Councils pay", "## Councils do pay"), ("2030", "2031")),
        amend(("Councils pay", "- Councils will pay")),
    )
    (conflict,) = merge(BASE, *sides).conflicts
    kinds = disputed_kinds(conflict)
    assert kinds is not None
    assert [unit.kind for unit in kinds] == [Kind.HEADING, Kind.LIST_ITEM]
    assert offered(conflict) == (Choice.NOW, Choice.MINE, Choice.VOTE)
    assert "by 2031 and dry.\n\n## Councils do pay.\n\n- one" in settled(*sides, Choice.NOW).text
    for choice in (Choice.MINE, Choice.VOTE):
        assert "by 2031 and dry.\n\n- Councils will pay.\n" in settled(*sides, choice).text


def ordered(*blocks: str) -> Document:
    return Document.read("Homes", "\n\n".join(blocks), BASE.units)


def test_one_of_two_orders_is_chosen_and_what_is_new_or_reworded_stays() -> None:
    homes, councils, points, trains = TEXT.split("\n\n")
    sides = ordered(councils, homes, "It is new.", points, trains), ordered(homes, points, "- three things", councils)
    conflicts = merge(BASE, *sides).conflicts
    assert about_order(BASE, *sides, conflicts) == set(range(len(conflicts)))
    assert settled(*sides, Choice.NOW).text.split("\n\n")[:3] == [councils, homes, "It is new."]
    mine = settled(*sides, Choice.MINE).text
    assert mine.index("Every home") < mine.index("three things") < mine.index("Councils")
    assert "Trains" not in mine
    assert about_order(BASE, *(amend(("2030", year)) for year in ("2031", "2032")), ()) == set()


def test_what_reads_like_a_unit_in_dispute_is_not_taken_for_it() -> None:
    base = Document.read("Title", "- c three\n\n> q four\n\npara five six\n\n- d four")
    ours = Document.read("Title", base.text.replace("c three", "d four"), base.units)
    theirs = Document.read("Title", "- c three more\n\n> q four\n\npara five six", base.units)
    mine = settled_text(base, ours, theirs, [Settled(Choice.MINE)])
    assert mine
    assert mine.text == "- c three more\n\n- d four\n\n> q four\n\npara five six"


def test_a_unit_whose_place_is_gone_too_is_not_offered_to_be_settled() -> None:
    base = Document.read("Title", "- a one two\n- b three four\n- c five six")
    ours = Document.read("Title", "1. a one two\n2. c five six", base.units)
    theirs = Document.read("Title", base.text.replace("three", "seven"), base.units)
    assert settled_text(base, ours, theirs, [Settled(Choice.MINE)]) is None
    base = Document.read("Title", "- d four\n\na one two")
    ours, theirs = (Document.read("Title", text, base.units) for text in ("a one two", "a one two\n\n- d four"))
    assert settled_text(base, ours, theirs) is None


def test_the_same_conflict_has_the_same_fingerprint_wherever_it_stands() -> None:
    one, other = (Conflict(unit, "2030", "2032", "2035", context, 1) for unit, context in (("a", "x"), ("b", "y")))
    assert fingerprint(one) == fingerprint(other)
    assert fingerprint(one) != fingerprint(Conflict("a", "2030", "2035", "2032", "x", 1))
    assert len(fingerprint(one)) == 64


def said_of(document: Document, unit_id: str) -> list[str]:
    if unit_id == "title":
        return [document.title]
    return [unit.markdown for unit in document.units if unit.unit_id == unit_id]


@given(PLANK_TEXTS, st.data())
def test_any_conflict_can_be_settled_or_is_not_offered_and_as_it_is_now_says_what_it_says_now(
    text: str, data: st.DataObject
) -> None:
    base = Document.read("Title", text)
    ours, theirs = (data.draw(amended(base)) for _ in range(2))
    conflicts = merge(base, ours, theirs).conflicts
    for choice in Choice:
        document = settled_text(base, ours, theirs, [Settled(choice, "typed")] * len(conflicts))
        if document is None:
            continue
        if not conflicts:
            assert document == merge(base, ours, theirs).document
        for conflict in conflicts if choice is Choice.NOW else ():
            is_kind = disputed_kinds(conflict) is not None
            said = document.text if is_kind else "\n\n".join(said_of(document, conflict.unit))
            assert conflict.ours.strip() in said
