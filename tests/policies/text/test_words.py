"""Cutting a text into words, spaces and signs."""

import pytest
from hypothesis import given

from policies.text.words import folded_words, is_word, tokens, words
from tests.policies.text.strategies import ANY_TEXT


@given(ANY_TEXT)
def test_the_tokens_joined_are_the_text(text: str) -> None:
    assert "".join(tokens(text)) == text


@given(ANY_TEXT)
def test_the_words_are_those_tokens_that_are_words(text: str) -> None:
    assert words(text) == [token for token in tokens(text) if is_word(token)]


@given(ANY_TEXT)
def test_a_combining_mark_far_away_changes_no_other_token(text: str) -> None:
    assert tokens(f"{text}.e\u0301")[:-1] == tokens(f"{text}.e")[:-1]


def test_words_spaces_and_punctuation_are_apart() -> None:
    assert tokens("Fair votes, now!") == ["Fair", " ", "votes", ",", " ", "now", "!"]


@pytest.mark.parametrize("word", ["don't", "don’t", "2,500.50", "o'clock", "Ynys", "über", "2030s", "ニュース", "日"])
def test_a_word_or_number_is_one_token(word: str) -> None:
    assert tokens(word) == [word]


def test_a_hyphen_a_percent_sign_and_markdown_marks_stand_alone() -> None:
    assert tokens("co-op 5% **x**") == ["co", "-", "op", " ", "5", "%", " ", "*", "*", "x", "*", "*"]


@pytest.mark.parametrize(
    "sign",
    [
        "e\u0301",
        "क्षि",
        "👩‍👩‍👧",
        "👍🏽",
        "🇬🇧",
        "❤️",
        "🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f",
        "ก็",
    ],
)
def test_what_a_reader_takes_for_one_sign_is_one_token(sign: str) -> None:
    assert tokens(sign) == [sign]


def test_two_flags_are_two_signs() -> None:
    assert tokens("🇬🇧🇮🇪") == ["🇬🇧", "🇮🇪"]


def test_words_are_compared_without_case() -> None:
    assert folded_words("Fair VOTES, Straße") == ("fair", "votes", "strasse")
