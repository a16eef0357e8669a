"""The groups: one list, names that are never a party's, and sentences in the list's own order."""

import pytest

from policies.errors import NotThere, RuleBroken
from policies.groups import GROUP_KEYS, GROUPS, group_named, in_words


def test_the_alliance_has_its_three_groups_in_this_order():
    assert GROUP_KEYS == ("labour", "lib_dem", "green")


def test_every_group_says_beside_its_name_that_it_is_not_a_party():
    assert [group.full_title for group in GROUPS] == [
        "Compass Labour group (not the Labour Party)",
        "Compass Liberal Democrat group (not the Liberal Democrats)",
        "Compass Green group (not the Green Party)",
    ]


@pytest.mark.parametrize("part", ["key", "letter", "name", "title", "disclaimer"])
def test_no_two_groups_share_a_name_or_a_letter(part):
    assert len({getattr(group, part) for group in GROUPS}) == len(GROUPS)


@pytest.mark.parametrize("group", GROUPS)
def test_a_group_is_found_by_its_key(group):
    assert group_named(group.key) is group


@pytest.mark.parametrize("word", ["", "Labour", "labour ", "conservative", "lib-dem"])
def test_any_other_word_names_no_group(word):
    with pytest.raises(NotThere, match="Choose one of the groups listed"):
        group_named(word)


def test_a_group_that_is_not_there_is_a_refusal_like_any_other():
    assert issubclass(NotThere, RuleBroken)


@pytest.mark.parametrize(
    ("keys", "words"),
    [
        ([], ""),
        (["green"], "Green"),
        (("green", "labour"), "Labour and Green"),
        ({"green", "lib_dem", "labour"}, "Labour, Lib Dem and Green"),
        (["green", "outsiders"], "Green"),
    ],
)
def test_groups_are_named_in_the_order_of_the_list(keys, words):
    assert in_words(keys) == words


def test_a_group_names_the_party_it_is_not():
    assert [group.leaning for group in GROUPS] == ["Labour", "Liberal Democrat", "Green"]
    assert [group.party for group in GROUPS] == ["the Labour Party", "the Liberal Democrats", "the Green Party"]
