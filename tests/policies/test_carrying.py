"""Files made in the background: limits, patience and words, written a second time by hand."""

from datetime import UTC, datetime, timedelta

import pytest

from policies.carrying import (
    FILES_AT_ONCE,
    GIVEN_UP_AFTER,
    KEPT_FOR,
    MOST_PLANKS,
    MOST_TRIES,
    OVERLOOKED_AFTER,
    Carried,
    FileStage,
    is_given_up,
    progress_in_words,
    require_fits,
    require_room,
    stage_when_given_up,
)
from policies.errors import RuleBroken

NOW = datetime(2026, 5, 3, 12, tzinfo=UTC)


def test_the_figures() -> None:
    assert (FILES_AT_ONCE, MOST_PLANKS, MOST_TRIES) == (10, 1_000, 3)
    assert (
        timedelta(hours=6),
        timedelta(minutes=15),
        timedelta(seconds=30),
    ) == (KEPT_FOR, GIVEN_UP_AFTER, OVERLOOKED_AFTER)
    assert [one.value for one in Carried] == ["platform", "meeting"]


def test_ten_files_are_made_at_once_and_no_eleventh() -> None:
    require_room(9)
    with pytest.raises(RuleBroken, match="Wait a minute"):
        require_room(10)


def test_a_thousand_planks_fit_into_a_file() -> None:
    require_fits(1000)
    with pytest.raises(RuleBroken, match="Take each from its page"):
        require_fits(1001)


@pytest.mark.parametrize(("minutes", "gone"), [(0, False), (14.9, False), (15, True)])
def test_a_maker_that_is_silent_for_a_quarter_of_an_hour_is_gone(minutes: float, gone: bool) -> None:
    assert is_given_up(NOW - timedelta(minutes=minutes), NOW) is gone


def test_what_nobody_makes_is_not_given_up() -> None:
    assert not is_given_up(None, NOW)


def test_a_file_that_ended_three_makers_is_not_begun_again() -> None:
    assert [stage_when_given_up(tries) for tries in (1, 2, 3)] == [
        FileStage.WAITING,
        FileStage.WAITING,
        FileStage.FAILED,
    ]


@pytest.mark.parametrize(
    ("stage", "done", "total", "words"),
    [
        (FileStage.WAITING, 0, 0, "Your file waits for its turn. Most wait for less than a minute."),
        (FileStage.MAKING, 0, 0, "Your file is being made."),
        (FileStage.MAKING, 12, 35, "Your file is being made: 12 of 35 planks."),
        (FileStage.MAKING, 35, 35, "Your file is being made: all 35 planks are in, and it is being laid out."),
        (FileStage.READY, 35, 35, "Your file is ready."),
        (
            FileStage.FAILED,
            3,
            35,
            "Your file could not be made. Ask for it again; if that fails too, take another form.",
        ),
    ],
)
def test_where_a_file_stands_in_words(stage: FileStage, done: int, total: int, words: str) -> None:
    assert progress_in_words(stage, done, total, "planks") == words
