"""Moderation: two groups decide, one clerk can act at once for 72 hours, and there is one appeal, to fresh eyes."""

from datetime import UTC, datetime, timedelta
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policies.errors import RuleBroken
from policies.moderation import (
    APPEALED_WITHIN,
    CASE_WORDS,
    CONFIRMED_WITHIN,
    CONTACT_KEPT,
    DECIDED_AGAINST,
    GROUPS_TO_DECIDE,
    KIND_WORDS,
    MOST_REPORTS_COUNTED,
    NEXT_CASE_STAGE,
    NOT_READ,
    REPORTS_KEPT,
    URGENT,
    WRONG_WORDS,
    CaseStage,
    CaseStep,
    Kind,
    Said,
    Side,
    Verdict,
    Wrong,
    cases_noted,
    counted_on,
    decision,
    is_kept,
    is_still_held,
    is_tombstone,
    next_case_stage,
    require_fresh,
    require_may_appeal,
    require_names_a_text,
    require_no_author,
    require_no_ballot,
    require_reportable,
    require_same_words,
    require_urgent,
    require_words_shown,
    said_by_group,
    tombstone,
    why_no_appeal,
)

NOW = datetime(2026, 5, 3, 12, tzinfo=UTC)
HIDE, LEAVE = Verdict.HIDE, Verdict.LEAVE
WORDS, OTHER_WORDS = "a" * 64, "b" * 64
# Written out by hand a second time: where each step takes a case from each stage.
JOURNEYS = {
    (CaseStage.WAITING, CaseStep.REPORT): CaseStage.WAITING,
    (CaseStage.WAITING, CaseStep.HOLD): CaseStage.HELD,
    (CaseStage.WAITING, CaseStep.HIDE): CaseStage.HIDDEN,
    (CaseStage.WAITING, CaseStep.LEAVE): CaseStage.LEFT,
    (CaseStage.WAITING, CaseStep.END): CaseStage.GONE,
    (CaseStage.HELD, CaseStep.REPORT): CaseStage.HELD,
    (CaseStage.HELD, CaseStep.HIDE): CaseStage.HIDDEN,
    (CaseStage.HELD, CaseStep.LEAVE): CaseStage.LEFT,
    (CaseStage.HELD, CaseStep.EXPIRE): CaseStage.WAITING,
    (CaseStage.HIDDEN, CaseStep.HIDE): CaseStage.HIDDEN,
    (CaseStage.HIDDEN, CaseStep.LEAVE): CaseStage.LEFT,
    (CaseStage.LEFT, CaseStep.REPORT): CaseStage.WAITING,
    (CaseStage.GONE, CaseStep.REPORT): CaseStage.WAITING,
    (CaseStage.LEFT, CaseStep.HIDE): CaseStage.HIDDEN,
    (CaseStage.LEFT, CaseStep.LEAVE): CaseStage.LEFT,
    (CaseStage.LEFT, CaseStep.END): CaseStage.GONE,
}


def test_a_case_goes_the_ways_that_are_written_and_no_other():
    for stage, step in product(CaseStage, CaseStep):
        to = JOURNEYS.get((stage, step))
        if to is None:
            with pytest.raises(RuleBroken, match=CASE_WORDS[stage]):
                next_case_stage(stage, step)
        else:
            assert next_case_stage(stage, step) is to
    assert NEXT_CASE_STAGE == JOURNEYS
    assert {CaseStage.HELD, CaseStage.HIDDEN} == NOT_READ


def test_every_kind_of_text_and_of_fault_has_its_words():
    assert KIND_WORDS.keys() == set(Kind)
    assert WRONG_WORDS.keys() == set(Wrong)
    assert CASE_WORDS.keys() == set(CaseStage)
    assert Kind.ARGUMENT.words == "an argument"
    assert [kind.words for kind in (Kind.APPEAL, Kind.ANSWER, Kind.ROUND)] == [
        "the reason of an appeal",
        "a mover’s answer",
        "the reasons given in a round",
    ]
    assert not Wrong.OTHER.is_urgent
    assert [wrong for wrong in Wrong if wrong.is_urgent] == [Wrong.ILLEGAL, Wrong.PERSONAL]
    assert {Wrong.ILLEGAL, Wrong.PERSONAL} == URGENT


def said(*words: tuple[str, Verdict], of: str = WORDS) -> list[Said]:
    """What clerks of these groups said, each another person."""
    return [Said(group, number, verdict, of) for number, (group, verdict) in enumerate(words)]


def test_clerks_of_two_groups_decide_and_one_group_counts_once():
    assert GROUPS_TO_DECIDE == 2
    assert decision(said(("green", HIDE)), WORDS) is None
    assert decision(said(("green", HIDE), ("green", HIDE)), WORDS) is None
    assert decision(said(("green", HIDE), ("labour", LEAVE)), WORDS) is None
    assert decision(said(("green", HIDE), ("labour", LEAVE), ("lib_dem", HIDE)), WORDS) is HIDE
    assert decision(said(("green", LEAVE), ("labour", LEAVE)), WORDS) is LEAVE


def test_a_word_on_other_words_counts_for_nothing():
    assert decision([*said(("green", HIDE), of=OTHER_WORDS), *said(("labour", HIDE))], WORDS) is None
    require_same_words(WORDS, WORDS)
    with pytest.raises(RuleBroken, match="has changed since you opened the page"):
        require_same_words(WORDS, OTHER_WORDS)


@given(st.lists(st.tuples(st.sampled_from(["labour", "lib_dem", "green"]), st.sampled_from(Verdict))))
def test_no_group_hides_a_text_alone(words):
    if len({group for group, verdict in words if verdict is HIDE}) < GROUPS_TO_DECIDE:
        assert decision(said(*words), WORDS) is not HIDE


def test_nobody_decides_about_the_own_words_nor_twice():
    require_no_author(False)
    with pytest.raises(RuleBroken, match="You wrote this"):
        require_no_author(True)
    require_fresh([1, 2], 1, on_appeal=False)
    require_fresh([1, 2], 3, on_appeal=True)
    with pytest.raises(RuleBroken, match="before the appeal"):
        require_fresh([1, 2], 1, on_appeal=True)
    assert said_by_group(said(("green", HIDE), ("labour", LEAVE))) == {"green": 0, "labour": 1}


def test_one_clerk_hides_at_once_only_what_does_harm_and_only_once():
    require_urgent([Wrong.SPAM, Wrong.ILLEGAL], CaseStage.WAITING, was_held=False)
    with pytest.raises(RuleBroken, match="only where a report says"):
        require_urgent([Wrong.ABUSE], CaseStage.WAITING, was_held=False)
    with pytest.raises(RuleBroken, match="shown again"):
        require_urgent([Wrong.ILLEGAL], CaseStage.WAITING, was_held=True)
    with pytest.raises(RuleBroken, match="decided: the text stays"):
        require_urgent([Wrong.ILLEGAL], CaseStage.LEFT, was_held=False)
    assert timedelta(hours=72) == CONFIRMED_WITHIN
    assert is_still_held(NOW, NOW + CONFIRMED_WITHIN - timedelta(seconds=1))
    assert not is_still_held(NOW, NOW + CONFIRMED_WITHIN)


def test_words_that_are_voted_on_are_hidden_by_two_groups_where_waiting_does_harm_and_by_no_clerk_alone():
    harmless, urgent = [Wrong.ABUSE, Wrong.OTHER], [Wrong.SPAM, Wrong.PERSONAL]
    for wrongs in ([], harmless, urgent):
        for at_once in (False, True):
            require_no_ballot(False, wrongs, at_once=at_once)
        with pytest.raises(RuleBroken, match="no clerk hides them alone"):
            require_no_ballot(True, wrongs, at_once=True)
    require_no_ballot(True, urgent, at_once=False)
    for wrongs in ([], harmless):
        with pytest.raises(RuleBroken, match="not hidden now"):
            require_no_ballot(True, wrongs, at_once=False)


def test_a_whole_page_is_not_hidden():
    require_names_a_text(Kind.PAGE, LEAVE)
    require_names_a_text(Kind.VERSION, HIDE)
    with pytest.raises(RuleBroken, match="no single text"):
        require_names_a_text(Kind.PAGE, HIDE)


def test_what_is_hidden_is_not_reported_nor_built_upon():
    for stage in (None, CaseStage.WAITING, CaseStage.LEFT, CaseStage.HELD):
        require_reportable(stage)
    with pytest.raises(RuleBroken, match="hidden this text already"):
        require_reportable(CaseStage.HIDDEN)
    require_words_shown(False)
    with pytest.raises(RuleBroken, match="nothing is decided, changed or built"):
        require_words_shown(True)


def test_each_side_appeals_once_in_14_days_against_what_was_decided_against_it():
    assert DECIDED_AGAINST == {Side.AUTHOR: CaseStage.HIDDEN, Side.REPORTER: CaseStage.LEFT}

    def why(side: Side, stage: CaseStage, after: timedelta = timedelta(), **more: bool) -> str:
        known = {"had_appeal": False, "on_appeal": False, **more}
        return why_no_appeal(side, stage, NOW, NOW + after, **known)

    assert why(Side.AUTHOR, CaseStage.HIDDEN) == ""
    assert why(Side.REPORTER, CaseStage.LEFT, timedelta(days=14, seconds=-1)) == ""
    assert "no decision here" in why(Side.AUTHOR, CaseStage.LEFT)
    assert "no decision here" in why(Side.REPORTER, CaseStage.HIDDEN)
    assert "no decision here" in why_no_appeal(
        Side.AUTHOR, CaseStage.HIDDEN, None, NOW, had_appeal=False, on_appeal=False
    )
    assert "are over" in why(Side.AUTHOR, CaseStage.HIDDEN, APPEALED_WITHIN)
    assert "one appeal is all" in why(Side.AUTHOR, CaseStage.HIDDEN, had_appeal=True)
    assert "an appeal in this case already" in why(Side.AUTHOR, CaseStage.HIDDEN, on_appeal=True)
    require_may_appeal("")
    with pytest.raises(RuleBroken, match="are over"):
        require_may_appeal(why(Side.AUTHOR, CaseStage.HIDDEN, APPEALED_WITHIN))


def test_a_tombstone_says_who_when_why_and_in_which_case():
    hidden = tombstone(CaseStage.HIDDEN, "3 May 2026", "It named a neighbour.", "abc")
    assert hidden == "Hidden by clerks of two groups on 3 May 2026 because: It named a neighbour. Case abc."
    held = tombstone(CaseStage.HELD, "3 May 2026", "It named a neighbour.", "abc")
    assert held == "Hidden by a clerk on 3 May 2026, until clerks of two groups have decided. Case abc."


def test_a_few_reports_are_kept_and_the_others_counted():
    assert is_kept(REPORTS_KEPT - 1)
    assert not is_kept(REPORTS_KEPT)
    assert counted_on(1) == 2
    assert counted_on(MOST_REPORTS_COUNTED) == MOST_REPORTS_COUNTED
    assert timedelta(days=30) == CONTACT_KEPT


def test_a_tombstone_is_known_by_how_it_begins():
    for stage in NOT_READ:
        assert is_tombstone(tombstone(stage, "1 May 2026", "It is about a person.", "abc"))
    assert not is_tombstone("It was hidden by a clerk on 1 May 2026.")


def test_a_note_within_other_words_names_its_case_and_other_words_name_none():
    note = tombstone(CaseStage.HIDDEN, "1 May 2026", "It is rude.", "abcdefghjkmn")
    assert cases_noted(f"Until 3 May 2026. Its reason: {note}") == ["abcdefghjkmn"]
    assert cases_noted("In the Case abcdefghjkmn. nothing is hidden.") == []
