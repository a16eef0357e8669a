"""What somebody types is read as words, and a text answers it or not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policies import searching
from policies.searching import (
    COMMON,
    LONGEST_QUERY,
    LONGEST_WORD,
    MOST_WORDS,
    Asked,
    Audience,
    Kind,
    amendment_name,
    audiences,
    beginnings,
    begins_with,
    folded,
    mended,
    misspellings,
    parse,
    plank_number,
    whole_words,
)

TEXT = ["every", "home", "is", "warm", "and", "safe", "by", "2030"]


def read(typed: str) -> Asked:
    """Read with words as they are."""
    return parse(typed, lambda word: word)


@pytest.mark.parametrize(
    ("typed", "wanted", "without"),
    [
        ("Warm homes", (("warm",), ("homes",)), ()),
        ("the warm and the safe", (("warm",), ("safe",)), ()),
        ('"warm and safe" home', (("warm", "and", "safe"), ("home",)), ()),
        ("“warm and safe”", (("warm", "and", "safe"),), ()),
        ('"never closed', (("never", "closed"),), ()),
        ("home -warm", (("home",),), (("warm",),)),
        ('home -"warm and"', (("home",),), (("warm", "and"),)),
        ("home –warm", (("home",),), (("warm",),)),
        ("well-being", (("well", "being"),), ()),
        ("homes,buses/trains", (("homes",), ("buses",), ("trains",)), ()),
        ("Zoë’s café", (("zoe",), ("cafe",)), ()),
        ("homes homes", (("homes",),), ()),
        ("-warm", (), (("warm",),)),
        ("the of", (), ()),
        ('- -- "" * ? 🏠', (), ()),
        ("warm ﾞ", (("warm",),), ()),
    ],
)
def test_words_phrases_and_what_to_leave_out_are_told_apart(
    typed: str, wanted: tuple[tuple[str, ...], ...], without: tuple[tuple[str, ...], ...]
) -> None:
    asked = read(typed)
    assert (asked.wanted, asked.without) == (wanted, without)


def test_only_words_that_stand_alone_can_be_spelled_otherwise() -> None:
    assert read('homes "warm and safe" well-being -cold').loose == ("homes",)


@pytest.mark.parametrize(
    ("typed", "every", "some"),
    [
        ("home warm", True, True),
        ("home cold", False, True),
        ("cold wet", False, False),
        ('"warm and safe"', True, True),
        ('"safe and warm"', False, False),
        ('"2030 warm"', False, False),
        ("home -warm", False, False),
        ("home -cold", True, True),
        ("-cold", False, False),
    ],
)
def test_a_text_answers_with_all_that_is_wanted_or_some_of_it_and_never_with_what_is_not(
    typed: str, every: bool, some: bool
) -> None:
    asked = read(typed)
    assert asked.answered_by([["plank"], TEXT]) is every
    assert asked.answered_by([["plank"], TEXT], every=False) is some


def test_words_of_the_title_and_of_the_text_count_together_but_never_stand_together() -> None:
    assert read("plank warm").answered_by([["plank"], TEXT])
    assert not read('"plank every"').answered_by([["plank"], TEXT])


@given(st.text(max_size=400))
def test_whatever_is_typed_is_read_and_bounded(typed: str) -> None:
    asked = read(typed)
    assert sum(len(phrase) for phrase in asked.wanted + asked.without) <= MOST_WORDS
    assert all(len(word) <= LONGEST_WORD for phrase in asked.wanted + asked.without for word in phrase)
    assert not {phrase[0] for phrase in asked.wanted if len(phrase) == 1} & COMMON - set(whole_words(typed))


def test_a_long_query_is_cut() -> None:
    assert read("home " + "x " * LONGEST_QUERY).wanted == (("home",), ("x",))
    assert len(read(" ".join(f"word{n}" for n in range(30))).wanted) == MOST_WORDS


@given(st.text(max_size=60))
def test_folding_twice_changes_nothing(word: str) -> None:
    once = folded(word)
    assert folded(once) in {once, once.removesuffix("'s")}


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("P12", 12),
        (" p12 ", 12),
        ("12", 12),
        ("P 12", 12),
        ("Plank 12", 12),
        ("p. 12", 12),
        ("planks 12", None),
        ("P012", None),
        ("12 homes", None),
        ('"12"', None),
        ("1234567", None),
    ],
)
def test_a_number_alone_names_a_plank(typed: str, number: int | None) -> None:
    assert plank_number(typed) == number


def test_an_amendment_is_named_by_its_number_too() -> None:
    assert amendment_name(" p12-a3 ") == amendment_name("P12 – A3") == amendment_name("P12‑A3") == "P12-A3"
    assert amendment_name("P12-A0") is None


@pytest.mark.parametrize(
    ("typed", "complete", "beginning"),
    [
        ("warm ho", ("warm",), "ho"),
        ("warm ", ("warm",), ""),
        ("warm h", ("warm",), ""),
        ("Zoë", (), "zoe"),
        ("", (), ""),
        ("?!", (), ""),
    ],
)
def test_the_last_word_is_still_being_typed(typed: str, complete: tuple[str, ...], beginning: str) -> None:
    assert beginnings(typed) == (complete, beginning)


def test_a_title_begins_with_what_is_typed_in_any_order() -> None:
    assert begins_with(["warm", "homes", "for", "all"], ["homes"], "wa")
    assert not begins_with(["warm", "homes"], ["cold"], "wa")
    assert not begins_with(["warm", "homes"], ["warm"], "bu")


def test_one_slip_of_the_finger_is_mended() -> None:
    for slip in ("hosuing", "housng", "houusing", "hoising"):
        assert "housing" in set(misspellings(slip))
    for meant in ("bus", "2030", "x" * 21):
        assert list(misspellings(meant)) == []


@given(st.text("abcdehou", min_size=4, max_size=20))
def test_the_slips_are_few_enough_to_try(word: str) -> None:
    assert len(set(misspellings(word))) <= 54 * len(word) + 26


def test_only_the_misspelled_word_is_replaced() -> None:
    assert mended("Warm hosuing, -hosuing", "hosuing", "housing") == "Warm housing, -housing"
    assert mended("warm", "cold", "hot") == "warm"


def test_members_alone_find_what_waits_for_seconders() -> None:
    assert audiences(is_member=False) == (Audience.PUBLIC,)
    assert set(audiences(is_member=True)) == {Audience.PUBLIC, Audience.MEMBERS}


def test_what_stands_comes_before_what_may_be_and_what_was() -> None:
    assert sorted(Kind, key=lambda kind: -kind.weight) == [Kind.PLANK, Kind.STATEMENT, Kind.AMENDMENT, Kind.VERSION]


def test_the_shortest_beginning_is_two_letters() -> None:
    assert searching.SHORTEST_BEGINNING == 2
