"""Stances: what a published ballot leaves on a version, and which questions a clerk may put."""

from itertools import product

import pytest

from policies.ballots import Outcome
from policies.endorsements import (
    BACKING_OF,
    COUNTING,
    NO_STANCE,
    STANCE_WORDS,
    STATEMENT_CHARACTERS,
    Backing,
    Form,
    FormKind,
    StanceKind,
    require_sound_form,
    stance_after,
)
from policies.errors import RuleBroken
from policies.standing_orders import Effect

ANY_STANCE = [None, *StanceKind]
YES_GIVES = {
    "endorse": "endorsed",
    "reserve": "reservation",
    "except": "opt_out",
    "conditional": "conditional",
    "withdraw": "withdrawn",
}


def test_stances_are_stored_under_the_words_of_the_domain():
    assert set(StanceKind) == {
        *("endorsed", "reservation", "opt_out", "conditional", "declined", "no_quorum", "withdrawn"),
    }


def test_only_backing_with_or_without_a_reservation_or_an_opt_out_counts():
    assert set(COUNTING) == {"endorsed", "reservation", "opt_out"}


def test_every_stance_has_a_glyph_and_its_own_words():
    assert set(STANCE_WORDS) == set(StanceKind)
    glyphs = {glyph for glyph, _words in [*STANCE_WORDS.values(), NO_STANCE]}
    assert glyphs == {"✓", "✓*", "◐", "?", "✗", "–"}
    sentences = [words for _glyph, words in [*STANCE_WORDS.values(), NO_STANCE]]
    assert len(set(sentences)) == len(sentences)


def test_no_decision_and_no_position_never_look_like_opposition():
    assert STANCE_WORDS[StanceKind.NO_QUORUM] == ("–", "No decision")
    assert NO_STANCE == ("–", "No position yet")


@pytest.mark.parametrize(("form", "current", "rerun"), list(product(FormKind, ANY_STANCE, [False, True])))
def test_a_yes_gives_the_stance_that_was_asked(form, current, rerun):
    assert stance_after(form, Outcome.CARRIED, current, is_rerun=rerun) == YES_GIVES[form]


@pytest.mark.parametrize(
    ("form", "current", "rerun"),
    list(product(["endorse", "reserve", "except", "conditional"], ANY_STANCE, [False, True])),
)
def test_a_no_gives_declined(form, current, rerun):
    assert stance_after(FormKind(form), Outcome.NOT_CARRIED, current, is_rerun=rerun) is StanceKind.DECLINED


@pytest.mark.parametrize(
    ("outcome", "current", "rerun"), list(product(["not_carried", "no_quorum"], ANY_STANCE, [False, True]))
)
def test_a_withdrawal_that_is_not_carried_changes_nothing(outcome, current, rerun):
    assert stance_after(FormKind.WITHDRAW, Outcome(outcome), current, is_rerun=rerun) is current


@pytest.mark.parametrize(("form", "current"), list(product(FormKind, ANY_STANCE)))
def test_a_first_ballot_without_a_quorum_changes_nothing(form, current):
    assert stance_after(form, Outcome.NO_QUORUM, current, is_rerun=False) is current


@pytest.mark.parametrize("form", ["endorse", "reserve", "except", "conditional"])
def test_a_second_ballot_without_a_quorum_is_recorded_as_no_decision(form):
    assert stance_after(FormKind(form), Outcome.NO_QUORUM, None, is_rerun=True) is StanceKind.NO_QUORUM


@pytest.mark.parametrize(("form", "current"), list(product(FormKind, StanceKind)))
def test_an_earlier_decision_outlives_a_second_ballot_without_a_quorum(form, current):
    assert stance_after(form, Outcome.NO_QUORUM, current, is_rerun=True) is current


@pytest.mark.parametrize(("form", "current", "rerun"), list(product(FormKind, ANY_STANCE, [False, True])))
def test_no_group_comes_to_back_words_by_a_ballot_it_did_not_carry(form, current, rerun):
    for outcome in (Outcome.NOT_CARRIED, Outcome.NO_QUORUM):
        after = stance_after(form, outcome, current, is_rerun=rerun)
        assert after not in COUNTING or after is current


@pytest.mark.parametrize(
    ("form", "current"),
    [
        (Form(), None),
        (Form(FormKind.RESERVE, statement="We would go further."), None),
        (Form(FormKind.RESERVE, statement="w" * STATEMENT_CHARACTERS), StanceKind.DECLINED),
        (Form(FormKind.EXCEPT, units=("u2",)), None),
        (Form(FormKind.WITHDRAW), StanceKind.ENDORSED),
        (Form(FormKind.WITHDRAW), StanceKind.RESERVATION),
        (Form(FormKind.WITHDRAW), StanceKind.OPT_OUT),
    ],
)
def test_a_form_that_says_what_it_asks_is_sound(form, current):
    require_sound_form(form, unit_ids={"u1", "u2"}, current=current)


@pytest.mark.parametrize(
    ("form", "remedy"),
    [
        (Form(FormKind.RESERVE), "Write the reservation’s words"),
        (Form(FormKind.RESERVE, statement=" \n "), "Write the reservation’s words"),
        (Form(FormKind.RESERVE, statement="w" * 501), "Shorten the statement to 500 characters; it has 501"),
        (Form(FormKind.ENDORSE, statement="But."), "only for a reservation"),
        (Form(FormKind.EXCEPT), "Name the units to be left out"),
        (Form(FormKind.ENDORSE, units=("u1",)), "only for backing with exceptions"),
        (Form(FormKind.EXCEPT, units=("u1", "u9")), "Choose among the units shown"),
        (Form(FormKind.EXCEPT, units=("u2", "u1")), "Leave at least one in"),
    ],
)
def test_a_form_that_does_not_say_what_it_asks_is_refused_with_the_remedy(form, remedy):
    with pytest.raises(RuleBroken, match=remedy):
        require_sound_form(form, unit_ids={"u1", "u2"}, current=None)


@pytest.mark.parametrize("current", [None, *sorted(set(StanceKind) - COUNTING)])
def test_a_group_that_does_not_back_a_version_has_nothing_to_withdraw(current):
    with pytest.raises(RuleBroken, match="no backing to withdraw"):
        require_sound_form(Form(FormKind.WITHDRAW), unit_ids={"u1"}, current=current)


def test_what_planks_can_be_looked_for_by_divides_all_stances_and_calls_nothing_declined_but_a_no():
    assert set(BACKING_OF) == set(ANY_STANCE)
    assert {kind for kind, backing in BACKING_OF.items() if backing is Backing.BACKED} == COUNTING
    declined = {kind for kind, backing in BACKING_OF.items() if backing is Backing.DECLINED}
    assert declined == {StanceKind.DECLINED, StanceKind.WITHDRAWN}
    undecided = {kind for kind, backing in BACKING_OF.items() if backing is Backing.UNDECIDED}
    assert undecided == {StanceKind.CONDITIONAL, StanceKind.NO_QUORUM, None}


@pytest.mark.parametrize("current", [None, *StanceKind])
@pytest.mark.parametrize("outcome", Outcome)
def test_a_consultative_ballot_decides_nothing_whatever_it_says(outcome, current):
    for form in FormKind:
        assert stance_after(form, outcome, current, is_rerun=False, effect=Effect.CONSULTATIVE) is current
