"""Whose group's party an MP's party is: every spelling written out by hand, and the parties that only look alike."""

import pytest

from policies.groups import GROUP_KEYS
from policies.parties import GREEN, PARTIES, group_of, is_same_party, party_of

LABOUR = (
    "Labour",
    "labour",
    "Labour Party",
    "Labour (Co-op)",
    "Labour and Co-operative",
    "Labour & Co-operative",
    "labourco-operative",
    "LABOUR  CO-OPERATIVE",
    "Labour/Co-operative",
)
OF_NO_GROUP = (
    "Liberal",
    "Social Democratic & Labour Party",
    "Social Democratic and Labour Party",
    "Scottish Greens",
    "Scottish Green Party",
    "Green Party Northern Ireland",
    "Green Party in Northern Ireland",
    "Speaker",
    "Sinn Féin",
    "Sinn Fein",
    "Independent",
    "Conservative",
)


@pytest.mark.parametrize("written", LABOUR)
def test_every_spelling_of_labour_and_of_labour_and_co_operative_is_labours(written):
    assert group_of(written) == "labour"


@pytest.mark.parametrize("written", OF_NO_GROUP)
def test_a_party_that_only_looks_alike_is_known_and_of_no_group(written):
    assert party_of(written) is not None
    assert group_of(written) is None


def test_the_parties_of_the_other_two_groups():
    assert group_of("Liberal Democrat") == group_of("Lib Dem") == "lib_dem"
    assert group_of("Green Party", "E14001063") == group_of("Green Party of England and Wales") == "green"


@pytest.mark.parametrize(
    ("written", "gss", "group"),
    [
        ("Green Party", "W07000081", "green"),
        ("Green Party", "S14000060", None),
        ("Green", "N05000001", None),
        ("Green Party of England and Wales", "S14000060", "green"),
        ("Labour", "S14000060", "labour"),
    ],
)
def test_the_three_green_parties_are_told_apart_by_the_nation_of_the_seat_where_the_name_leaves_it_open(
    written, gss, group
):
    assert group_of(written, gss) == group


def test_an_unknown_spelling_is_no_party_and_of_no_group():
    assert party_of("Labour of Yesteryear") is None
    assert group_of("Labour of Yesteryear") is None


def test_two_spellings_mean_one_party_where_both_take_one_whip_and_unknown_ones_only_where_they_are_alike():
    assert is_same_party("Labour", "Labour (Co-op)")
    assert is_same_party("Somebody's Party", "SOMEBODY’S PARTY")
    assert not is_same_party("Somebody's Party", "Labour")
    assert not is_same_party("Scottish Greens", "Green Party")
    assert not is_same_party("Conservative", "Reform UK")


def test_no_spelling_is_of_two_parties_and_every_group_has_its_party():
    spelled = [spelling for party in PARTIES for spelling in (party.name, *party.spellings)]
    assert all(spelling in (found.name, *found.spellings) for spelling in spelled if (found := party_of(spelling)))
    assert {party.group for party in PARTIES} == {*GROUP_KEYS, None}
    assert party_of("green") is GREEN
