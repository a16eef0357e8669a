"""Asking to join: the words declared, three questions at most, links that end, and 30 days after a refusal."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from policies import applications
from policies.applications import EnquiryFacts
from policies.errors import LinkEnded, NotThere, RuleBroken

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
ASKED = EnquiryFacts(NOON)
TWO_WEEKS = timedelta(days=14)
MOMENT = timedelta(seconds=1)


def test_the_words_once_declared_are_never_changed():
    assert applications.DECLARATIONS[:1] == (
        "I am a member or supporter of {party}, and belong to no other group of this platform.",
    )
    first = "I am a member or supporter of the Green Party, and belong to no other group of this platform."
    assert applications.declaration("the Green Party", 1) == first
    assert applications.declaration("x") == applications.declaration("x", applications.newest_declaration())


@pytest.mark.parametrize(
    ("rule", "most", "empty"),
    [
        (applications.require_question, 500, "Write what you want to know"),
        (applications.require_answer, 1_000, "Write your answer"),
    ],
)
def test_a_question_and_an_answer_say_something_and_not_too_much(rule, most, empty):
    rule("x" * most)
    with pytest.raises(RuleBroken, match=empty):
        rule("")
    with pytest.raises(RuleBroken, match=f"Shorten .* to {most:,} characters; it has {most + 1:,}"):
        rule("x" * (most + 1))


def test_an_applicant_is_waited_for_two_weeks_unless_there_is_an_answer():
    assert applications.is_awaited(ASKED, NOON + TWO_WEEKS - MOMENT)
    assert not applications.is_awaited(ASKED, NOON + TWO_WEEKS)
    assert not applications.is_awaited(replace(ASKED, answered_at=NOON), NOON)


def test_one_thing_is_asked_after_the_other_and_three_at_most():
    for asked in range(3):
        applications.require_may_ask(asked, is_answer_awaited=False)
        with pytest.raises(RuleBroken, match="Wait for the answer, or decide now"):
            applications.require_may_ask(asked, is_answer_awaited=True)
    with pytest.raises(RuleBroken, match="asked 3 times. Approve or refuse"):
        applications.require_may_ask(3, is_answer_awaited=False)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"is_undecided": False}, "have decided on this application"),
        ({"is_undecided": False, "answered_at": NOON}, "have decided on this application"),
        ({"answered_at": NOON}, "has been answered"),
    ],
)
def test_a_question_is_answered_once_and_before_the_decision(change, words):
    for refuse in (applications.require_answerable, lambda one: applications.require_link_works(one, NOON)):
        with pytest.raises(LinkEnded, match=words):
            refuse(replace(ASKED, **change))
    with pytest.raises(NotThere, match="Ask for a new one"):
        applications.require_answerable(None)


def test_the_link_to_a_question_works_for_two_weeks_and_one_can_answer_signed_in_for_longer():
    applications.require_link_works(replace(ASKED, wrong_addresses=4), NOON + TWO_WEEKS - MOMENT)
    with pytest.raises(LinkEnded, match="run out after 14 days. Sign in to answer"):
        applications.require_link_works(ASKED, NOON + TWO_WEEKS)
    with pytest.raises(LinkEnded, match="taken back. Sign in to answer"):
        applications.require_link_works(replace(ASKED, wrong_addresses=5), NOON)
    applications.require_answerable(replace(ASKED, wrong_addresses=5))


def test_what_is_kept_of_a_refusal_is_erased_when_one_may_apply_again():
    assert applications.may_apply_from(NOON) == NOON + timedelta(days=30)
    assert not applications.is_refusal_over(NOON, NOON + timedelta(days=30) - MOMENT)
    assert applications.is_refusal_over(NOON, NOON + timedelta(days=30))


def test_whoever_moves_asks_a_group_that_refused_them_after_thirty_days():
    applications.require_not_refused([], NOON)
    applications.require_not_refused([None, NOON - timedelta(days=30)], NOON)
    with pytest.raises(RuleBroken, match="within the last 30 days"):
        applications.require_not_refused([None, NOON - timedelta(days=30) + MOMENT], NOON)
