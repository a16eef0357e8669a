"""Editions: who has to say yes, what ends a proposal, what belongs in one and why something no longer does."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from policies.agreement import LevelKey
from policies.edition_changes import (
    CHANGE_WORDS,
    GONE_WORDS,
    MENDED,
    Backed,
    Change,
    Changed,
    Entry,
    Gone,
    belongs,
    changes,
    in_words,
    why_gone,
)
from policies.editions import (
    ANSWERED_WITHIN,
    EDITION_WORDS,
    EditionStage,
    EditionStep,
    is_over,
    next_edition,
    outcome_of,
    require_can_be_proposed,
    require_reason,
)
from policies.endorsements import StanceKind
from policies.errors import RuleBroken
from policies.groups import GROUP_KEYS
from policies.planks import Stage

NOW = datetime(2026, 5, 3, 12, tzinfo=UTC)
DAY = date(2026, 5, 1)
MOVED = [Changed(1, Change.REMOVED, "1", why=Gone.PAUSED)]


def backed(group: str, kind: StanceKind = StanceKind.ENDORSED, said: str = "", day: date = DAY) -> Backed:
    """One group's stance."""
    return Backed(group, kind, "1", day, said)


def entry(plank: int = 1, version: str = "1", **of: Backed) -> Entry:
    """A plank that every group backs; `of` says how some of them do."""
    return Entry(plank, version, version * 64, tuple(of.get(group, backed(group)) for group in GROUP_KEYS))


def test_a_proposal_moves_along_five_steps_and_no_others() -> None:
    written = {
        (EditionStage.OPEN, EditionStep.PUBLISH): EditionStage.PUBLISHED,
        (EditionStage.OPEN, EditionStep.REFUSE): EditionStage.REFUSED,
        (EditionStage.OPEN, EditionStep.TAKE_BACK): EditionStage.TAKEN_BACK,
        (EditionStage.OPEN, EditionStep.LAPSE): EditionStage.LAPSED,
        (EditionStage.OPEN, EditionStep.VOID): EditionStage.VOID,
    }
    for stage in EditionStage:
        for step in EditionStep:
            if (stage, step) in written:
                assert next_edition(stage, step) is written[stage, step]
            else:
                with pytest.raises(RuleBroken, match=f"You cannot {step} a proposed edition that is"):
                    next_edition(stage, step)
    assert EDITION_WORDS.keys() == set(EditionStage)


@pytest.mark.parametrize(
    ("answers", "moved", "step"),
    [
        ({"labour": True}, [], None),
        ({"labour": True, "lib_dem": True}, [], None),
        ({"labour": True, "lib_dem": True, "green": True}, [], EditionStep.PUBLISH),
        ({"labour": True, "green": False}, [], EditionStep.REFUSE),
        ({"labour": True, "lib_dem": True, "green": True}, MOVED, EditionStep.VOID),
        ({"labour": True, "lib_dem": True}, MOVED, EditionStep.VOID),
        ({"labour": True, "green": False}, MOVED, EditionStep.REFUSE),
    ],
)
def test_the_last_yes_publishes_one_no_ends_it_and_what_has_moved_voids_it(
    answers: dict[str, bool], moved: list[Changed], step: EditionStep | None
) -> None:
    assert outcome_of(answers, GROUP_KEYS, moved) is step


@given(st.dictionaries(st.sampled_from(GROUP_KEYS), st.booleans()), st.booleans())
def test_nothing_is_published_without_a_yes_of_every_group_or_once_anything_has_moved(
    answers: dict[str, bool], has_moved: bool
) -> None:
    published = outcome_of(answers, GROUP_KEYS, MOVED if has_moved else []) is EditionStep.PUBLISH
    assert published == (set(answers) == set(GROUP_KEYS) and all(answers.values()) and not has_moved)


def test_a_proposal_ends_after_fourteen_days() -> None:
    assert timedelta(days=14) == ANSWERED_WITHIN
    assert not is_over(NOW - timedelta(days=14) + timedelta(seconds=1), NOW)
    assert is_over(NOW - timedelta(days=14), NOW)


def test_one_proposal_at_a_time_of_something_and_of_something_new() -> None:
    require_can_be_proposed([entry()], None, open_ones=0)
    require_can_be_proposed([entry()], [entry(2)], open_ones=0)
    with pytest.raises(RuleBroken, match="waits already"):
        require_can_be_proposed([entry()], None, open_ones=1)
    with pytest.raises(RuleBroken, match="would be empty"):
        require_can_be_proposed([], None, open_ones=0)
    with pytest.raises(RuleBroken, match="Nothing has changed"):
        require_can_be_proposed([entry()], (entry(),), open_ones=0)


def test_a_no_says_why_in_a_few_lines() -> None:
    require_reason(says_yes=True, reason="")
    require_reason(says_yes=False, reason="A title is wrong.")
    with pytest.raises(RuleBroken, match="Say why not"):
        require_reason(says_yes=False, reason=" ")
    with pytest.raises(RuleBroken, match="Shorten the reason to 1,000 characters; it has 1,001"):
        require_reason(says_yes=False, reason="x" * 1001)


def test_only_what_is_agreed_whole_and_unpaused_on_a_plank_that_goes_on_belongs_in_an_edition() -> None:
    for stage in Stage:
        for level in LevelKey:
            goes_on = stage in {Stage.OPEN, Stage.BALLOTING}
            assert belongs(stage, level, is_hidden=False) == (goes_on and level == "agreed")
            assert not belongs(stage, level, is_hidden=True)


def test_why_a_plank_has_gone_is_told_by_its_state() -> None:
    assert why_gone(Stage.ARCHIVED, LevelKey.AGREED, is_hidden=True) is Gone.ARCHIVED
    assert why_gone(Stage.COMPOSITED, LevelKey.AGREED, is_hidden=False) is Gone.COMPOSITED
    assert why_gone(Stage.OPEN, LevelKey.AGREED, is_hidden=True) is Gone.HIDDEN
    assert why_gone(Stage.OPEN, LevelKey.PAUSED, is_hidden=False) is Gone.PAUSED
    assert why_gone(Stage.OPEN, LevelKey.AGREED_IN_PART, is_hidden=False) is Gone.OPTED_OUT
    assert why_gone(Stage.OPEN, LevelKey.NO_LONGER_AGREED, is_hidden=False) is Gone.BACKING_ENDED
    assert GONE_WORDS.keys() == set(Gone)


RESERVED = backed("green", StanceKind.RESERVATION, "a" * 64)


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ([], [entry(3, "2")], ["P3 – new, in version 2"]),
        ([entry(3)], [], ["P3 – gone: a group has paused its backing"]),
        ([entry(4)], [], ["P4 – gone: not every group backs it any more"]),
        ([entry()], [entry(version="2")], ["P1 – other words: version 2 instead of version 1"]),
        ([entry()], [entry(version="1.1")], [f"P1 – {MENDED.format(before='1', after='1.1')}"]),
        ([entry(version="1.1")], [entry(version="11")], ["P1 – other words: version 11 instead of version 1.1"]),
        ([entry()], [entry(green=RESERVED)], ["P1 – the Compass Green group backs it with a reservation now"]),
        ([entry(green=RESERVED)], [entry()], ["P1 – the Compass Green group backs it without its reservation now"]),
        (
            [entry(green=RESERVED)],
            [entry(green=backed("green", StanceKind.RESERVATION, "b" * 64))],
            ["P1 – the reservation of the Compass Green group has other words"],
        ),
        (
            [entry()],
            [entry(labour=backed("labour", day=date(2026, 6, 1)))],
            ["P1 – the Compass Labour group has decided anew, on version 1"],
        ),
        ([entry(), entry(2)], [entry(), entry(2)], []),
        ([Entry(1, "1", "1" * 64, ())], [entry(green=RESERVED, labour=backed("labour"))], None),
    ],
)
def test_what_changed_is_said_plank_by_plank(before: list[Entry], after: list[Entry], said: list[str] | None) -> None:
    found = [in_words(one) for one in changes(before, after, {3: Gone.PAUSED})]
    assert in_words(Changed(3, Change.ADDED, after="2"), "Warm homes") == "P3 “Warm homes” – new, in version 2"
    assert found == said if said is not None else len(found) == len(GROUP_KEYS)
    assert CHANGE_WORDS.keys() == set(Change)


def test_each_kind_of_change_has_its_own_words() -> None:
    beginnings = {
        Change.ADDED: "new",
        Change.REMOVED: "gone",
        Change.REWORDED: "other words",
        Change.RESERVATION_ADDED: "the {group} backs it with",
        Change.RESERVATION_REWORDED: "the reservation of the {group}",
        Change.RESERVATION_REMOVED: "the {group} backs it without",
        Change.DECIDED_ANEW: "the {group} has decided anew",
    }
    assert {change: CHANGE_WORDS[change].startswith(words) for change, words in beginnings.items()} == dict.fromkeys(
        Change, True
    )


stances = st.tuples(
    *(
        st.builds(
            Backed,
            st.just(group),
            st.sampled_from([StanceKind.ENDORSED, StanceKind.RESERVATION]),
            st.sampled_from(["1", "2"]),
            st.sampled_from([DAY, date(2026, 6, 1)]),
            st.sampled_from(["", "a" * 64]),
        )
        for group in GROUP_KEYS
    )
)
entries = st.lists(
    st.builds(Entry, st.integers(1, 4), st.sampled_from(["1", "2"]), st.sampled_from(["a" * 64, "b" * 64]), stances),
    unique_by=lambda one: one.plank,
).map(lambda found: sorted(found, key=lambda one: one.plank))


@settings(max_examples=60)
@given(entries, entries)
def test_nothing_differs_exactly_where_two_editions_are_the_same(before: list[Entry], after: list[Entry]) -> None:
    assert (changes(before, after, {}) == []) == (before == after)
