"""The canonical form of titles and texts."""

import hashlib
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policies.text.canonical import digest, normalise, normalise_title, word_count
from tests.policies.text.strategies import ANY_TEXT, LONELY


@given(st.one_of(ANY_TEXT, LONELY))
def test_normalising_twice_changes_nothing_more(text: str) -> None:
    once = normalise(text)
    assert normalise(once) == once
    assert normalise_title(normalise_title(text)) == normalise_title(text)


@given(st.one_of(ANY_TEXT, LONELY))
def test_what_is_stored_is_composed_trimmed_and_fit_for_utf_8(text: str) -> None:
    stored = normalise(text)
    assert stored == unicodedata.normalize("NFC", stored)
    assert stored.encode("utf-8").decode("utf-8") == stored
    assert all(line == line.rstrip() for line in stored.split("\n"))
    assert not stored.startswith("\n")
    assert not stored.endswith("\n")
    assert all(sign == "\n" or unicodedata.category(sign) != "Cc" for sign in stored)


@given(ANY_TEXT)
def test_a_title_is_one_line_with_single_spaces(title: str) -> None:
    assert normalise_title(title).split() == normalise_title(title).split(" ") or normalise_title(title) == ""


def test_line_ends_of_every_system_become_one() -> None:
    assert normalise("one\r\ntwo\rthree\u2028four\vfive") == "one\ntwo\nthree\nfour\nfive"


def test_trailing_spaces_and_outer_blank_lines_go_and_indentation_stays() -> None:
    assert normalise("\n \n  - one \u00a0\n\n\n  two\t\n\n") == "  - one\n\n\n  two"


def test_a_tab_becomes_a_space() -> None:
    assert normalise("a\tb") == "a b"


def test_letters_and_their_accents_are_composed() -> None:
    assert normalise("cafe\u0301") == "caf\u00e9"


@pytest.mark.parametrize("hidden", ["\x00", "\x1b", "\x7f", "\ud83d", "\ufeff", "\u202e", "\u202a", "\u2066", "\u2069"])
def test_signs_that_hide_or_reorder_words_are_removed(hidden: str) -> None:
    assert normalise(f"pay{hidden}ment") == "payment"


@pytest.mark.parametrize("kept", ["\u200f", "\u200d", "\u200c", "\u00ad"])
def test_signs_that_scripts_and_emoji_need_are_kept(kept: str) -> None:
    assert normalise(f"a{kept}b") == f"a{kept}b"


def test_a_titles_line_ends_and_runs_of_space_are_folded() -> None:
    assert normalise_title("  A fair \r\n\n vote\u00a0 now ") == "A fair vote now"


def test_the_digest_covers_title_blank_line_text_and_line_end() -> None:
    expected = hashlib.sha256(b"Fair votes\n\nEvery vote counts \xe2\x80\x93 once.\n").hexdigest()
    assert digest("Fair votes", "Every vote counts – once.") == expected


def test_a_changed_title_changes_the_digest() -> None:
    assert digest("a", "b") != digest("c", "b")


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("", 0),
        ("Every vote counts.", 3),
        ("Every vote – without exception – counts", 5),
        ("## A heading\n\n- one\n- two words", 5),
        ("Pay [the full price](https://example.org/a-long-address) now", 5),
        ("As shown[^a].\n\n[^a]: A report", 4),
        ("**Bold**, _soft_ and `code`", 4),
        ("> quoted words", 2),
        ("don't raise 2,500.50 – or co-operate", 5),
        ("***\n\n---\n\n* * *", 0),
        ("one\\\ntwo", 2),
    ],
)
def test_words_are_counted_as_a_reader_counts_them(text: str, count: int) -> None:
    assert word_count(text) == count


@given(ANY_TEXT)
def test_every_text_has_a_word_count(text: str) -> None:
    assert 0 <= word_count(text) <= len(text)
