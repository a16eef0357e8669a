"""The sweep over many rewordings of one unit."""

import pytest

from policies.text.rivals import Forest, Rewordings, clashing_pairs, is_plain, join_clashing

BASE = "rents must fall in all towns of this land now."


@pytest.mark.parametrize(
    ("changes", "pairs"),
    [
        ([("fall", "rise"), ("fall", "sink"), ("fall", "stay")], {(0, 1), (0, 2), (1, 2)}),
        ([("fall", "rise"), ("in", "near"), ("all towns", "most towns")], {(0, 1), (1, 2)}),
        ([("fall in", "sink"), ("fall", "sink"), ("now", "soon")], {(0, 1)}),
        ([("fall", "rise"), ("of this", "of our"), ("now.", "now!")], set()),
        ([("now", "soon"), (".", "!"), ("rents", "low rents")], {(0, 1)}),
    ],
)
def test_those_clash_that_change_words_with_none_between(
    changes: list[tuple[str, str]], pairs: set[tuple[int, int]]
) -> None:
    rewordings = Rewordings(BASE, {number: BASE.replace(*change) for number, change in enumerate(changes)})
    assert set(clashing_pairs(rewordings)) == pairs
    forest = Forest(rewordings.reworded)
    join_clashing(rewordings, forest)
    assert set(forest.joints) <= pairs
    assert all(forest.are_joined(*pair) for pair in pairs)


def test_who_makes_the_same_change_clashes_only_in_what_else_is_changed() -> None:
    texts = ["sink , in", "sink ; in", "fall ; in", "sink ! in"]
    rewordings = Rewordings("fall . in", dict(enumerate(texts)))
    assert set(clashing_pairs(rewordings)) == {(0, 1), (0, 2), (0, 3), (1, 3), (2, 3)}
    forest = Forest(rewordings.reworded)
    join_clashing(rewordings, forest)
    assert forest.parts() == [(0, 1, 2, 3)]
    assert len(forest.joints) == 3


def test_marks_and_escapes_are_not_plain() -> None:
    assert is_plain("a b", "a c")
    assert not any(is_plain("a b", text) for text in ("*a* b", "a [b](c)", "a\\b", "a &amp; b"))


def test_who_goes_on_from_the_other_by_whole_sentences_is_no_rival() -> None:
    rewordings = Rewordings("Rents must fall.", {0: "Rents must fall. Now.", 1: "Rents must fall. Now. And fast."})
    assert not set(clashing_pairs(rewordings))
