"""What each group decided, in cells and in one sentence."""

import pytest

from app.endorsements.presenters import cells, opening_words, sentence
from app.models import Stance
from policies.endorsements import StanceKind
from policies.groups import GROUPS

ENDORSED, RESERVED, OPTED_OUT = StanceKind.ENDORSED, StanceKind.RESERVATION, StanceKind.OPT_OUT
DECLINED, WITHDRAWN, NO_QUORUM = StanceKind.DECLINED, StanceKind.WITHDRAWN, StanceKind.NO_QUORUM


def held(**kinds: StanceKind) -> dict[str, Stance]:
    return {group: Stance(group=group, kind=kind) for group, kind in kinds.items()}


def test_a_group_without_a_stance_has_taken_no_position_yet() -> None:
    shown = cells(held(labour=ENDORSED))
    assert [(cell.group.letter, cell.glyph, cell.word) for cell in shown] == [
        ("L", "✓", "Backs it"),
        ("LD", "–", "No position yet"),
        ("G", "–", "No position yet"),
    ]


def test_cells_are_always_in_the_order_of_the_groups() -> None:
    shown = cells(held(green=ENDORSED, labour=DECLINED), {"labour": "Said so"})
    assert [cell.group for cell in shown] == list(GROUPS)
    assert [cell.kind for cell in shown] == ["declined", "none", "endorsed"]
    assert shown[0].note == "Said so"


@pytest.mark.parametrize(
    ("stances", "words"),
    [
        ({}, "No group has taken a position on version 2 yet."),
        (
            {"labour": ENDORSED, "lib_dem": ENDORSED},
            "The Compass Labour and Lib Dem groups back version 2; the Compass Green group has taken no position yet.",
        ),
        (dict.fromkeys(("labour", "lib_dem", "green"), ENDORSED), "All three Compass groups back version 2."),
        (
            dict.fromkeys(("labour", "lib_dem", "green"), DECLINED),
            "All three Compass groups decided not to back version 2.",
        ),
        (
            {"labour": RESERVED, "lib_dem": OPTED_OUT, "green": DECLINED},
            "The Compass Labour group backs version 2 with a reservation; the Compass Lib Dem group backs version 2"
            " except some units; the Compass Green group decided not to back version 2.",
        ),
        (
            {"labour": WITHDRAWN, "green": NO_QUORUM},
            "The Compass Green group made no decision on version 2, for want of a quorum; the Compass Labour group"
            " withdrew its backing of version 2; the Compass Lib Dem group has taken no position yet.",
        ),
    ],
)
def test_the_sentence_says_what_the_cells_show(stances: dict[str, StanceKind], words: str) -> None:
    assert sentence(held(**stances), "2") == words


def test_a_card_opens_with_the_first_paragraph_and_not_with_a_heading() -> None:
    assert opening_words("# Homes\n\n- one\n\nEvery *home* must be [warm](https://example.org).") == (
        "Every home must be warm."
    )
    assert opening_words("- only\n- a list") == "- only - a list"
    assert opening_words("") == ""


def test_a_long_paragraph_is_cut_between_words() -> None:
    assert opening_words("warm homes " * 40, 25) == "warm homes warm homes …"
