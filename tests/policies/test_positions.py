"""An MP's position: its states and words written out again by hand, and the words it stays on."""

from datetime import UTC, datetime, timedelta
from itertools import product

import pytest

from policies.errors import RuleBroken
from policies.planks import Stage
from policies.positions import (
    POSITION_WORDS,
    Bearing,
    PositionKind,
    PositionState,
    PositionStep,
    Words,
    bearing,
    last_look,
    looked_until,
    made_as,
    next_state,
    require_recordable,
    require_sound,
)

JOURNEYS = {
    ("drafted", "confirm"): "confirmed",
    ("confirmed", "replace"): "replaced",
    ("confirmed", "withdraw"): "withdrawn",
    ("confirmed", "close"): "historical",
}
NOON = datetime(2026, 5, 3, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)


def test_a_position_moves_only_along_these_steps():
    for state, step in product(PositionState, PositionStep):
        if (state, step) in JOURNEYS:
            assert next_state(state, step) == JOURNEYS[state, step]
        else:
            with pytest.raises(RuleBroken, match=r"Your brief shows the positions you have"):
                next_state(state, step)


def test_every_position_has_its_words():
    assert [POSITION_WORDS[kind] for kind in PositionKind] == [
        "Supports it",
        "Supports it with a reservation",
        "Will not support it",
        "Is considering it",
    ]


@pytest.mark.parametrize(
    ("kind", "statement", "refused"),
    [
        (PositionKind.RESERVATION, " ", "Write your reservation"),
        (PositionKind.SUPPORTS, "But slowly.", "Only a reservation has a statement"),
        (PositionKind.RESERVATION, "x" * 501, "Shorten the statement to 500 characters; it has 501"),
    ],
)
def test_a_reservation_has_a_statement_and_nothing_else_has(kind, statement, refused):
    with pytest.raises(RuleBroken, match=refused):
        require_sound(kind, statement)
    require_sound(PositionKind.RESERVATION, "x" * 500)
    require_sound(PositionKind.CONSIDERING, " ")


def test_a_position_is_taken_on_the_agreed_or_the_working_text_of_a_live_plank():
    for stage in Stage:
        if stage in {Stage.OPEN, Stage.BALLOTING}:
            require_recordable(stage, 1, 1, 3)
            require_recordable(stage, 3, 1, 3)
            with pytest.raises(RuleBroken, match="The text has changed"):
                require_recordable(stage, 2, 1, 3)
        else:
            with pytest.raises(RuleBroken, match=stage.words):
                require_recordable(stage, 1, 1, 3)


@pytest.mark.parametrize(
    ("taken_on", "shown", "bears"),
    [
        ((2, 0, "Homes must be warm."), (2, 0, "Homes must be warm."), Bearing.SAME),
        ((2, 0, "Homes must be warm."), (2, 1, "Homes must be warm!"), Bearing.EDITORIAL),
        ((2, 1, "Homes must be warm!"), (2, 0, "Homes must be warm."), Bearing.EDITORIAL),
        ((2, 1, "Homes must be warm."), (3, 0, "Homes should be warm."), Bearing.STALE),
        ((3, 0, "Homes should be warm."), (2, 0, "Homes must be warm."), Bearing.NEWER),
    ],
)
def test_a_position_bears_on_other_words_only_where_punctuation_alone_differs(taken_on, shown, bears):
    one, other = (Words((number, minor), "Warm homes", text) for number, minor, text in (taken_on, shown))
    assert bearing(one, other) is bears


def test_a_change_of_party_changes_the_label_and_nothing_else():
    assert made_as("Labour", "Independent") == "made as a Labour MP"
    assert made_as("Independent", "Labour") == "made as an Independent MP"
    assert made_as("Labour", "Labour (Co-op)") == ""


def test_the_last_look_is_at_the_brief_or_at_this_plank_whichever_was_later():
    assert last_look(None, []) is None
    assert last_look(NOON, []) == NOON
    assert last_look(NOON, [NOON - HOUR, NOON + HOUR]) == NOON + HOUR
    assert last_look(None, [NOON]) == NOON


def test_a_brief_is_read_up_to_when_it_was_shown_never_later_than_now_and_never_back():
    assert looked_until(NOON, None, NOON + HOUR) == NOON
    assert looked_until(NOON + HOUR, None, NOON) == NOON
    assert looked_until(NOON, NOON + HOUR, NOON + 2 * HOUR) == NOON + HOUR
    assert looked_until(NOON + HOUR, NOON, NOON + 2 * HOUR) == NOON + HOUR
