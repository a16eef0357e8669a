"""Whose name is shown to whom, written a second time by hand: reader by reader, choice by choice, state by state."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policies import visibility as rules
from policies.errors import RuleBroken
from policies.visibility import REACH_WORDS, TO_CLERKS_ALONE, UNCHOSEN, Choice, Reach, Role, ThingState, Viewer

# A line for each reader; how far the name goes: nobody, clerks, own group, all groups, everybody. Y: the name is shown.
SHOWN = {
    ThingState.DRAFT: {
        Viewer.OWN_CLERK: ".....",
        Viewer.OWN_GROUP: ".....",
        Viewer.OTHER_GROUP: ".....",
        Viewer.MP: ".....",
        Viewer.PUBLIC: ".....",
    },
    ThingState.AMONG_MEMBERS: {
        Viewer.OWN_CLERK: ".YYYY",
        Viewer.OWN_GROUP: "..YYY",
        Viewer.OTHER_GROUP: "...YY",
        Viewer.MP: ".....",
        Viewer.PUBLIC: ".....",
    },
    ThingState.PUBLIC: {
        Viewer.OWN_CLERK: ".YYYY",
        Viewer.OWN_GROUP: "..YYY",
        Viewer.OTHER_GROUP: "...YY",
        Viewer.MP: "....Y",
        Viewer.PUBLIC: "....Y",
    },
    ThingState.HIDDEN: {
        Viewer.OWN_CLERK: ".....",
        Viewer.OWN_GROUP: ".....",
        Viewer.OTHER_GROUP: ".....",
        Viewer.MP: ".....",
        Viewer.PUBLIC: ".....",
    },
}
REACHES = (Reach.NOBODY, Reach.CLERKS, Reach.OWN_GROUP, Reach.ALL_GROUPS, Reach.EVERYBODY)
NAMED, UNNAMED = "Ada Example, a member of the Compass Green group", "a member of the Compass Green group"
CELLS = [(state, reader) for state in ThingState for reader in Viewer]


@pytest.mark.parametrize(("state", "reader"), CELLS)
def test_every_cell_of_who_is_told_a_name(state: ThingState, reader: Viewer) -> None:
    for sign, reach in zip(SHOWN[state][reader], REACHES, strict=True):
        assert rules.is_shown(reader, reach, state) is (sign == "Y"), reach
        aside = " (told to clerks of the group alone)" if reach is Reach.CLERKS else ""
        told = rules.told("Ada Example", "green", reader, reach, state)
        assert told == (f"{NAMED}{aside}" if sign == "Y" else UNNAMED)


def test_who_has_no_name_is_a_member_of_the_group() -> None:
    assert rules.told("", "green", Viewer.PUBLIC, Reach.EVERYBODY, ThingState.PUBLIC) == UNNAMED
    assert rules.anonymous("labour") == "a member of the Compass Labour group"


@pytest.mark.parametrize(
    ("choice", "general", "reach"),
    [
        (None, Reach.CLERKS, Reach.CLERKS),
        (None, Reach.EVERYBODY, Reach.CLERKS),
        (Choice.AS_IN_GENERAL, Reach.CLERKS, Reach.CLERKS),
        (Choice.AS_IN_GENERAL, Reach.OWN_GROUP, Reach.OWN_GROUP),
        (Choice.AS_IN_GENERAL, Reach.EVERYBODY, Reach.EVERYBODY),
        (Choice.CLERKS, Reach.EVERYBODY, Reach.CLERKS),
        (Choice.OWN_GROUP, Reach.EVERYBODY, Reach.OWN_GROUP),
        (Choice.ALL_GROUPS, Reach.CLERKS, Reach.ALL_GROUPS),
        (Choice.EVERYBODY, Reach.CLERKS, Reach.EVERYBODY),
    ],
)
def test_a_choice_for_one_thing_beats_the_general_one(choice: Choice | None, general: Reach, reach: Reach) -> None:
    assert rules.reach_of(choice, general) is reach
    left = rules.reach_of(choice, general, is_of_group=False)
    assert left is (Reach.NOBODY if reach is Reach.CLERKS else reach), "who left is not known to the clerks"


@pytest.mark.parametrize(
    ("group", "is_clerk", "is_mp", "reads_as_clerk", "reader"),
    [
        (None, False, False, True, Viewer.PUBLIC),
        (None, True, False, True, Viewer.PUBLIC),
        (None, False, True, True, Viewer.MP),
        ("green", False, False, True, Viewer.OWN_GROUP),
        ("green", False, True, True, Viewer.OWN_GROUP),
        ("green", True, False, True, Viewer.OWN_CLERK),
        ("green", True, False, False, Viewer.OWN_GROUP),
        ("labour", False, False, True, Viewer.OTHER_GROUP),
        ("labour", True, False, True, Viewer.OTHER_GROUP),
        ("labour", False, True, True, Viewer.OTHER_GROUP),
    ],
)
def test_who_a_reader_is_to_a_green_member(
    group: str | None, is_clerk: bool, is_mp: bool, reads_as_clerk: bool, reader: Viewer
) -> None:
    asked = {"is_clerk": is_clerk, "is_mp": is_mp, "reads_as_clerk": reads_as_clerk}
    assert rules.viewer("green", group, **asked) is reader


@given(st.sampled_from(REACHES), st.sampled_from(REACHES), st.sampled_from(list(Viewer)), st.sampled_from(ThingState))
def test_widening_never_hides_and_narrowing_never_shows(
    before: Reach, after: Reach, reader: Viewer, state: ThingState
) -> None:
    was, is_now = (rules.is_shown(reader, reach, state) for reach in (before, after))
    if rules.is_wider(before, after):
        assert is_now or not was
    else:
        assert was or not is_now


@given(st.sampled_from(REACHES), st.sampled_from(REACHES), st.sampled_from([None, *REACHES]))
def test_nobody_new_sees_a_name_whose_owner_was_not_told_of_them(
    before: Reach, after: Reach, said: Reach | None
) -> None:
    newly = {reader for reader in Viewer if rules.is_shown(reader, after, ThingState.PUBLIC)}
    newly -= {reader for reader in Viewer if rules.is_shown(reader, before, ThingState.PUBLIC)}
    if newly and said is not after:
        assert rules.needs_second_step(before, after, said)
        with pytest.raises(RuleBroken, match="Choose once more"):
            rules.require_second_step(before, after, said)
    if not newly or said is after:
        rules.require_second_step(before, after, after)


def test_by_default_nobody_but_the_clerks_of_the_own_group() -> None:
    assert UNCHOSEN is Reach.CLERKS
    reach = rules.reach_of(None, Reach.EVERYBODY)
    assert {one for one in Viewer if rules.is_shown(one, reach, ThingState.PUBLIC)} == {Viewer.OWN_CLERK}


def test_the_words_that_are_stored_and_shown() -> None:
    assert [role.value for role in Role] == [
        "plank",
        "plank-second",
        "amendment",
        "amendment-second",
        "argument",
        "offer",
    ]
    assert [reach.place for reach in REACHES] == [0, 1, 2, 3, 4]
    assert set(REACH_WORDS) == set(Reach)
    assert TO_CLERKS_ALONE == " (told to clerks of the group alone)"
    assert {choice.value for choice in Choice} - {reach.value for reach in Reach} == {"as_in_general"}


def test_to_show_a_name_more_widely_takes_a_second_step_and_to_show_it_less_none() -> None:
    assert rules.is_wider(Reach.CLERKS, Reach.OWN_GROUP)
    assert not rules.is_wider(Reach.EVERYBODY, Reach.CLERKS)
    assert rules.needs_second_step(Reach.CLERKS, Reach.EVERYBODY, None)
    assert rules.needs_second_step(Reach.CLERKS, Reach.EVERYBODY, Reach.ALL_GROUPS)
    assert not rules.needs_second_step(Reach.CLERKS, Reach.EVERYBODY, Reach.EVERYBODY)
    assert not rules.needs_second_step(Reach.EVERYBODY, Reach.OWN_GROUP, None)
    rules.require_second_step(Reach.EVERYBODY, Reach.OWN_GROUP, None)
    with pytest.raises(RuleBroken, match="more people than you were told"):
        rules.require_second_step(Reach.CLERKS, Reach.EVERYBODY, Reach.ALL_GROUPS)
