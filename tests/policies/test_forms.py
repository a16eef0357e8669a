"""What a clerk's question must say: another exact text and its day, or parts that are voted on apart."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from policies.endorsements import Condition, Form, FormKind, StanceKind
from policies.errors import RuleBroken
from policies.forms import (
    LONGEST_CONDITION,
    require_another_text,
    require_condition_in_time,
    require_sound_condition,
    require_sound_separate_votes,
)
from policies.text.canonical import digest

CLOSES = date(2026, 12, 31)
OTHER = Condition.of("Warm  homes", "Every home is warm by 2032.\r\n", date(2027, 2, 1))
VOTED_ON = digest("Warm homes", "Every home is warm by 2030.")
FORM = Form(FormKind.CONDITIONAL, condition=OTHER)


def test_a_condition_names_its_text_by_the_hash_that_a_version_of_it_would_have():
    assert (OTHER.title, OTHER.sha256) == ("Warm homes", digest("Warm homes", "Every home is warm by 2032."))


def test_a_condition_on_another_text_in_time_is_sound():
    for current in (None, StanceKind.DECLINED, StanceKind.CONDITIONAL, StanceKind.WITHDRAWN):
        require_sound_condition(FORM, sha256=VOTED_ON, current=current, last_vote=CLOSES)
    require_sound_condition(Form(), sha256=VOTED_ON, current=StanceKind.ENDORSED, last_vote=CLOSES)


@pytest.mark.parametrize("form", [Form(FormKind.CONDITIONAL), Form(FormKind.ENDORSE, condition=OTHER)])
def test_a_condition_goes_with_its_form_and_no_other(form):
    with pytest.raises(RuleBroken, match="only for backing on a condition"):
        require_sound_condition(form, sha256=VOTED_ON, current=None, last_vote=CLOSES)


@pytest.mark.parametrize("current", ["endorsed", "reservation", "opt_out"])
def test_a_group_that_backs_the_words_is_not_asked_to_give_them_up_for_others(current):
    with pytest.raises(RuleBroken, match="would end that"):
        require_sound_condition(FORM, sha256=VOTED_ON, current=StanceKind(current), last_vote=CLOSES)


def test_the_other_text_is_another_and_one_that_a_plank_could_have():
    require_another_text(OTHER, VOTED_ON)
    with pytest.raises(RuleBroken, match="the very text voted on"):
        require_another_text(OTHER, OTHER.sha256)
    for faulty, remedy in (
        (replace(OTHER, title=""), "Give the plank a title"),
        (replace(OTHER, text=""), "Write the"),
    ):
        with pytest.raises(RuleBroken, match=remedy):
            require_another_text(faulty, VOTED_ON)


def test_the_day_lies_after_the_last_vote_and_within_a_year():
    first = date(2027, 1, 1)
    for day in (first, first + LONGEST_CONDITION):
        require_condition_in_time(day, CLOSES)
    for day in (CLOSES, first + LONGEST_CONDITION + timedelta(days=1)):
        with pytest.raises(RuleBroken, match="Choose a day from 1 January 2027 on"):
            require_condition_in_time(day, CLOSES)


UNITS = {f"u{place}" for place in range(1, 15)}


def test_some_parts_are_voted_on_apart_with_the_plain_question():
    require_sound_separate_votes(Form(), unit_ids=UNITS)
    require_sound_separate_votes(Form(separate=("u1", "u2")), unit_ids=UNITS)


@pytest.mark.parametrize(
    ("form", "remedy"),
    [
        (Form(FormKind.RESERVE, "But.", separate=("u1",)), "only with the plain question"),
        (Form(FormKind.WITHDRAW, separate=("u1",)), "only with the plain question"),
        (Form(separate=("u1", "u99")), "not in this version"),
        (Form(separate=tuple(UNITS)), "Leave at least one"),
        (Form(separate=tuple(f"u{place}" for place in range(1, 12))), "at most 10 units"),
    ],
)
def test_other_separate_votes_are_refused_with_the_remedy(form, remedy):
    with pytest.raises(RuleBroken, match=remedy):
        require_sound_separate_votes(form, unit_ids=UNITS)
