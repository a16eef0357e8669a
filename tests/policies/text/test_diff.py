"""Comparing two wordings word by word."""

import pytest
from hypothesis import given

from policies.text.diff import LARGEST, Hunk, Op, changed_tokens, exact, readable, tokens
from policies.text.units import read_units
from tests.policies.text.strategies import ANY_TEXT, LONELY, words


def shown(hunks: tuple[Hunk, ...]) -> str:
    signs = {Op.EQUAL: "{}", Op.INSERT: "[+{}+]", Op.DELETE: "[-{}-]"}
    return "".join(signs[hunk.op].format(hunk.text) for hunk in hunks)


def accepted(hunks: tuple[Hunk, ...]) -> str:
    return "".join(hunk.text for hunk in hunks if hunk.op is not Op.DELETE)


def rejected(hunks: tuple[Hunk, ...]) -> str:
    return "".join(hunk.text for hunk in hunks if hunk.op is not Op.INSERT)


@given(ANY_TEXT | LONELY, ANY_TEXT | LONELY)
def test_accepting_all_gives_the_new_wording_and_rejecting_all_the_old_one(old: str, new: str) -> None:
    for compare in (exact, readable):
        hunks = compare(old, new)
        assert accepted(hunks) == new
        assert rejected(hunks) == old


@given(words(0, 30), words(0, 30))
def test_similar_wordings_come_back_too(old: str, new: str) -> None:
    for compare in (exact, readable):
        assert (rejected(compare(old, new)), accepted(compare(old, new))) == (old, new)


@given(ANY_TEXT, ANY_TEXT)
def test_no_hunk_is_empty_and_no_two_neighbours_are_of_one_kind(old: str, new: str) -> None:
    for compare in (exact, readable):
        hunks = compare(old, new)
        assert all(hunk.text for hunk in hunks)
        assert all(hunk.op is not after.op for hunk, after in zip(hunks, hunks[1:], strict=False))


@given(words(1, 20), words(1, 20))
def test_no_hunk_begins_or_ends_inside_a_word(old: str, new: str) -> None:
    for compare in (exact, readable):
        assert [
            token for hunk in compare(old, new) if hunk.op is not Op.DELETE for token in tokens(hunk.text)
        ] == tokens(new)


@given(ANY_TEXT)
def test_a_text_does_not_differ_from_itself(text: str) -> None:
    assert exact(text, text) == readable(text, text) == ((Hunk(Op.EQUAL, text),) if text else ())


@pytest.mark.parametrize(
    ("old", "new", "difference"),
    [
        ("We will raise fuel duty", "We will not raise fuel duty", "We will [+not +]raise fuel duty"),
        ("by 2030", "by 2032", "by [-2030-][+2032+]"),
        ("a 2.5% levy", "a 25% levy", "a [-2.5-][+25+]% levy"),
        ("fair voting words", "fair words", "fair [-voting -]words"),
        ("cafe", "café", "[-cafe-][+café+]"),
        ("", "new", "[+new+]"),
        ("old", "", "[-old-]"),
    ],
)
def test_the_exact_difference_is_in_whole_words(old: str, new: str, difference: str) -> None:
    assert shown(exact(old, new)) == difference


def test_the_readable_difference_is_in_phrases_where_the_exact_one_is_in_words() -> None:
    old, new = "a fair voting law", "a just ballot law"
    assert shown(exact(old, new)) == "a [-fair-][+just+] [-voting-][+ballot+] law"
    assert shown(readable(old, new)) == "a [-fair voting-][+just ballot+] law"


def test_a_readable_insertion_is_a_whole_sentence() -> None:
    hunks = readable("Rents fall. Wages rise.", "Rents fall. Homes are built. Wages rise.")
    assert [hunk.text.strip() for hunk in hunks if hunk.op is Op.INSERT] == ["Homes are built."]


def test_wordings_too_long_to_compare_are_replaced_whole_between_their_equal_ends() -> None:
    old = " ".join(f"old{number}" for number in range(LARGEST))
    new = " ".join(f"new{number}" for number in range(10))
    hunks = exact(f"start {old} end", f"start {new} end")
    assert [hunk.op for hunk in hunks] == [Op.EQUAL, Op.DELETE, Op.INSERT, Op.EQUAL]
    assert hunks == readable(f"start {old} end", f"start {new} end")
    assert hunks[0].text == "start "
    assert hunks[3].text == " end"


def test_one_word_in_a_very_long_text_is_found() -> None:
    many = " ".join(f"word{number}" for number in range(LARGEST))
    assert shown(exact(f"{many} must {many}", f"{many} may {many}")) == f"{many} [-must-][+may+] {many}"


def test_a_paragraph_of_thirty_thousand_words_is_compared_word_by_word() -> None:
    many = [f"word{number}" for number in range(30_000)]
    edited = [f"new{number}" if number % 300 == 0 else word for number, word in enumerate(many)]
    found = exact(" ".join(many), " ".join(edited))
    assert sum(hunk.op is Op.DELETE for hunk in found) == 100
    assert sum(len(hunk.text) for hunk in found if hunk.op is Op.DELETE) < 1_000
    again = ["b" if number % 50 == 0 else "a" for number in range(8_000)]
    found = exact("a " * 8_000, " ".join(again) + " ")
    assert sum(len(hunk.text) for hunk in found if hunk.op is Op.INSERT) < 400


def test_very_many_different_words_and_signs_are_told_apart() -> None:
    signs = [chr(0x3400 + number) + chr(0x2500 + number % 128) for number in range(900)]
    assert accepted(exact("".join(signs), "".join(reversed(signs)))) == "".join(reversed(signs))


@pytest.mark.parametrize(
    ("base", "amended", "changed"),
    [
        ("Rents must not rise.", "Rents must not rise.", 0),
        ("Rents must not rise.", "Rents must rise.", 1),
        ("Rents must not rise.", "Rents may never rise!", 4),
        ("one two three\n\nfour five", "four five\n\none two three", 0),
        ("one two three", "one two three\n\nfour five", 2),
        ("one two three\n\nfour five", "four five", 3),
        ("see [this](http://a.org)", "see [this](http://b.org)", 2),
    ],
)
def test_the_size_of_an_amendment_is_the_words_it_inserts_and_deletes(base: str, amended: str, changed: int) -> None:
    assert changed_tokens(read_units(base), read_units(amended)) == changed
