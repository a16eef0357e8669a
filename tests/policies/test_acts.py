"""Who reads of which act: nothing of a draft, an offer, a vote or a person is told to anybody."""

import pytest

from policies.acts import ACTS, Act, Audience, acts_read_by


@pytest.mark.parametrize("beginning", ["draft", "wording", "argument", "interest", "consent", "supporter", "notice"])
def test_what_is_private_or_still_unanswered_is_told_to_nobody(beginning):
    told = {act.audience for name, act in ACTS.items() if name.startswith(beginning)}
    assert told == {Audience.NOBODY}


def test_drafting_is_told_to_nobody():
    assert {ACTS[f"{kind} begun"].audience for kind in ("plank", "amendment")} == {Audience.NOBODY}
    assert {ACTS[f"{kind} redrafted"].audience for kind in ("plank", "amendment")} == {Audience.NOBODY}


def test_what_happens_to_members_is_told_to_clerks_of_that_group_alone():
    told = acts_read_by(Audience.OWN_CLERKS)
    assert {"member invited", "member joined", "member left", "clerk appointed"} <= set(told)
    assert all(word in " ".join(told) for word in ("member", "clerk"))
    assert not set(told) & set(acts_read_by(Audience.EVERYBODY, Audience.CLERKS))


def test_what_decides_the_platform_is_told_to_everybody():
    told = acts_read_by(Audience.EVERYBODY)
    for name in ("plank ruled in order", "version written", "agreed text moved", "round published", "stance taken"):
        assert name in told


def test_what_members_alone_may_see_is_told_to_clerks():
    assert set(acts_read_by(Audience.CLERKS)) >= {"plank submitted", "plank seconded", "plank ruled out", "clerk ruled"}


@pytest.mark.parametrize("act", ACTS.values())
def test_an_act_has_words_exactly_where_somebody_reads_of_it(act: Act):
    assert bool(act.words) is (act.audience is not Audience.NOBODY)
