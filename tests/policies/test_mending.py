"""Editorial changes: what is one, who makes it, and for which words a stance counts."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policies.agreement import LevelKey, level
from policies.endorsements import COUNTING, StanceKind
from policies.errors import RuleBroken
from policies.mending import (
    ANSWERED_WITHIN,
    EDITORIAL_WORDS,
    NEXT_EDITORIAL,
    Classified,
    EditorialStage,
    EditorialStep,
    Place,
    classify,
    counts_for,
    is_late,
    next_editorial,
    outcome_of,
    place_of_stance,
    require_can_be_mended,
    require_editorial,
)
from policies.planks import Stage

NOW = datetime(2026, 5, 3, 12, tzinfo=UTC)
GROUPS = ("labour", "lib_dem", "green")
BACKS, OPTS_OUT = StanceKind.ENDORSED, StanceKind.OPT_OUT
DECLINED, WITHDREW = StanceKind.DECLINED, StanceKind.WITHDRAWN


def said_of(old: str, new: str) -> Classified:
    return classify(("Title", old), ("Title", new))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("its aim", "it's aim"),
        ("to re-sign", "to resign"),
        ("10.0 %", "100 %"),
        ("1,5 million", "15 million"),
        ("10.0", "10,0"),
        ("1,000", "1.000"),
        ("1 000", "1, 000"),
        ("0·5", "0 5"),
        (".5 of it", "5 of it"),
        ("0.5", ".5"),
        ("(5) million", "5 million"),
        ("−5", "5"),
        ("-5", "5"),
        ("5%", "5"),
        ("5′", "5″"),
        ("5–10", "5, 10"),
        ("co\u00adop", "coop"),
        ("a\u200bb", "ab"),
        ("a\u200fb", "ab"),
        ("a\u202eb", "ab"),
        ("fact[^1]", "fact[^2]"),
        ("fact[^1]", "fact"),
        ("cafe\u0301", "cafe"),
        ("\u0410ct now", "Act now"),
        ("1. one\n2. two", "2. one\n3. two"),
        ("- one\n- two", "- two\n- one"),
        ("and/or", "and or"),
        ("a *fair* vote", "a fair vote"),
        ("x²", "x2"),
    ],
)
def test_what_could_change_a_word_a_digit_or_a_value_is_refused(old, new):
    for found in (said_of(old, new), said_of(new, old)):
        assert found.is_material
        assert not found.is_editorial
        with pytest.raises(RuleBroken, match="This is no editorial change"):
            require_editorial(found)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Fair votes now", "Fair votes, now!"),
        ("“Fair” votes", "'Fair' votes"),
        ("fair votes - now", "fair votes – now"),
        ("a well-being budget", "a well being budget"),
        ("2030-35", "2030 – 35"),
        ("in 2030 5 homes", "in 2030, 5 homes"),
        ("1\u00a0000", "1 000"),
        ("we don't", "we don’t"),
        ("1. one\n1. two", "1. one\n2. two"),
        ("the members' hall", "the members hall"),
    ],
)
def test_case_punctuation_quotation_marks_dashes_and_spacing_are_editorial(old, new):
    found = said_of(old, new)
    assert found.is_editorial
    assert not found.capitals
    require_editorial(found)


@pytest.mark.parametrize(("old", "new"), [("to polish it", "to Polish it"), ("us", "US")])
def test_a_changed_capital_is_editorial_and_named_to_be_looked_at(old, new):
    found = said_of(f"Ask {old}", f"Ask {new}")
    assert found.is_editorial
    assert found.capitals == ((old.split(" ")[1] if " " in old else old, new.split(" ")[1] if " " in new else new),)


def test_the_words_that_change_are_named_and_not_more_than_six_of_them():
    with pytest.raises(RuleBroken, match=r"“2030” became “2035”; “must” is gone; “soon” is new\. Put these back"):
        require_editorial(said_of("By 2030 we must act", "By 2035 we act soon"))
    many = said_of(" x ".join("abcdefgh"), " x ".join("ijklmnop"))
    with pytest.raises(RuleBroken, match="; and 2 more"):
        require_editorial(many)
    with pytest.raises(RuleBroken, match="the order of the text, its emphasis, its links or its lists"):
        require_editorial(said_of("- one", "one"))


def test_a_text_that_is_as_it_was_mends_nothing():
    assert said_of("One", "One").is_same
    with pytest.raises(RuleBroken, match="The text is as it was"):
        require_editorial(said_of("One", "One"))


@pytest.mark.parametrize("stage", list(Stage))
def test_only_the_working_or_agreed_text_of_an_open_plank_is_mended_one_change_at_a_time(stage):
    if stage is Stage.OPEN:
        require_can_be_mended(stage, 7, (7, None), 0)
        require_can_be_mended(stage, 7, (9, 7), 0)
        with pytest.raises(RuleBroken, match="earlier text"):
            require_can_be_mended(stage, 6, (7, None), 0)
        with pytest.raises(RuleBroken, match="waits already"):
            require_can_be_mended(stage, 7, (7, None), 1)
    else:
        words = "Groups vote on this plank now" if stage is Stage.BALLOTING else "Only the text of an open plank"
        with pytest.raises(RuleBroken, match=words):
            require_can_be_mended(stage, 7, (7, None), 0)


def test_the_journey_of_a_change():
    written = {
        (EditorialStage.OPEN, EditorialStep.MAKE): EditorialStage.MADE,
        (EditorialStage.OPEN, EditorialStep.REFUSE): EditorialStage.REFUSED,
        (EditorialStage.OPEN, EditorialStep.TAKE_BACK): EditorialStage.TAKEN_BACK,
        (EditorialStage.OPEN, EditorialStep.LAPSE): EditorialStage.LAPSED,
    }
    assert written == NEXT_EDITORIAL
    assert set(EDITORIAL_WORDS) == set(EditorialStage)
    for stage in EditorialStage:
        for step in EditorialStep:
            if (stage, step) in written:
                assert next_editorial(stage, step) is written[stage, step]
            else:
                with pytest.raises(RuleBroken, match=f"You cannot {step} an editorial change that is"):
                    next_editorial(stage, step)


@pytest.mark.parametrize(
    ("answers", "step"),
    [
        ({}, None),
        ({"labour": True}, None),
        ({"labour": True, "lib_dem": True}, None),
        ({"labour": True, "lib_dem": True, "green": True}, EditorialStep.MAKE),
        ({"labour": True, "lib_dem": True, "green": False}, EditorialStep.REFUSE),
        ({"green": False}, EditorialStep.REFUSE),
        ({"labour": True, "lib_dem": True, "outsiders": True}, None),
    ],
)
def test_a_yes_of_every_group_makes_it_and_one_no_ends_it(answers, step):
    assert outcome_of(answers, GROUPS) is step


def test_after_seven_days_the_queue_flags_a_change():
    assert timedelta(days=7) == ANSWERED_WITHIN
    assert not is_late(NOW, NOW + timedelta(days=7, seconds=-1))
    assert is_late(NOW, NOW + timedelta(days=7))


@pytest.mark.parametrize(
    ("taken", "shown", "counts"),
    [
        ((2, 0), (2, 0), True),
        ((2, 0), (2, 1), True),
        ((2, 1), (2, 3), True),
        ((2, 1), (2, 0), False),
        ((2, 0), (3, 0), False),
        ((3, 0), (2, 1), False),
    ],
)
def test_a_stance_counts_for_the_same_words_mended_since_and_for_no_others(taken, shown, counts):
    assert counts_for(Place(*taken), Place(*shown)) is counts


@pytest.mark.parametrize(
    ("taken", "shown", "place"),
    [
        ({}, (2, 0), None),
        ({(2, 0): BACKS}, (2, 1), (2, 0)),
        ({(2, 0): BACKS, (2, 1): OPTS_OUT}, (2, 2), (2, 1)),
        ({(2, 0): BACKS, (2, 1): OPTS_OUT}, (2, 0), (2, 0)),
        ({(2, 1): BACKS}, (2, 0), None),
        ({(2, 0): DECLINED, (2, 1): BACKS}, (2, 0), (2, 0)),
        # A no to the newest of the same words stands for all of them.
        ({(2, 0): BACKS, (2, 1): WITHDREW}, (2, 0), (2, 1)),
        ({(2, 0): BACKS, (2, 1): DECLINED}, (2, 0), (2, 1)),
        ({(1, 0): BACKS, (3, 0): WITHDREW}, (2, 0), None),
    ],
)
def test_of_a_groups_stances_on_the_same_words_the_newest_counts(taken, shown, place):
    found = place_of_stance({Place(*at): kind for at, kind in taken.items()}, Place(*shown))
    assert found == (Place(*place) if place else None)


places = st.builds(Place, st.integers(1, 2), st.integers(0, 3))
held = st.dictionaries(places, st.sampled_from(StanceKind), max_size=6)
pausing = st.sets(st.sampled_from([*GROUPS, "fourth", "fifth"]))


@given(st.lists(held, min_size=2, max_size=5), places, st.booleans(), pausing)
def test_agreed_means_counting_unpaused_backing_of_these_words_or_of_those_they_differ_from_editorially(
    taken, shown, was_agreed, pausing
):
    """Invariant 2 of the domain: the version shown, or the one it differs from by editorial changes alone."""
    groups = [*GROUPS, "fourth", "fifth"][: len(taken)]
    places_of = {group: place_of_stance(stances, shown) for group, stances in zip(groups, taken, strict=True)}
    stances = {group: held[places_of[group]] for group, held in zip(groups, taken, strict=True) if places_of[group]}
    found = level(stances, was_agreed=was_agreed, groups=groups, paused=dict.fromkeys(pausing, NOW))
    if found.key is LevelKey.AGREED:
        for group, of_group in zip(groups, taken, strict=True):
            place = places_of[group]
            assert place is not None
            assert place.number == shown.number
            assert place.minor <= shown.minor
            assert of_group[place] in COUNTING - {OPTS_OUT}
            assert group not in pausing


WORDS = st.sampled_from(["we", "must", "not", "2030", "1,000", "(5)", "-5", ".5", "5%", "it's", "US"])


@given(st.lists(WORDS, min_size=1, max_size=8), st.data())
def test_a_word_put_in_or_left_out_is_never_editorial(written, data):
    place = data.draw(st.integers(0, len(written) - 1))
    without = [*written[:place], *written[place + 1 :]]
    found = said_of(" ".join(written), " ".join(without))
    assert found.is_material
