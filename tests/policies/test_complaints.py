"""Complaints about personal data: a word within 30 days, the outcome within 90, the address a year longer."""

from datetime import UTC, datetime, timedelta
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policies.complaints import (
    ACKNOWLEDGED_WITHIN,
    ANSWERED_WITHIN,
    COMPLAINT_CHARACTERS,
    CONTACT_KEPT,
    NEXT_COMPLAINT_STAGE,
    PROGRESS_WITHIN,
    STAGE_WORDS,
    ComplaintStage,
    ComplaintStep,
    is_overdue,
    next_complaint_stage,
    next_word_due,
    require_words,
)
from policies.errors import RuleBroken

NOW = datetime(2026, 5, 3, 12, tzinfo=UTC)
DAY = timedelta(days=1)
JOURNEYS = {
    (ComplaintStage.RECEIVED, ComplaintStep.PROGRESS): ComplaintStage.LOOKED_INTO,
    (ComplaintStage.RECEIVED, ComplaintStep.ANSWER): ComplaintStage.ANSWERED,
    (ComplaintStage.LOOKED_INTO, ComplaintStep.PROGRESS): ComplaintStage.LOOKED_INTO,
    (ComplaintStage.LOOKED_INTO, ComplaintStep.ANSWER): ComplaintStage.ANSWERED,
}


def test_a_complaint_is_looked_into_and_answered_once():
    assert NEXT_COMPLAINT_STAGE == JOURNEYS
    for stage, step in product(ComplaintStage, ComplaintStep):
        to = JOURNEYS.get((stage, step))
        if to is None:
            with pytest.raises(RuleBroken, match="It has its outcome"):
                next_complaint_stage(stage, step)
        else:
            assert next_complaint_stage(stage, step) is to
    assert [STAGE_WORDS[stage] for stage in ComplaintStage] == ["Received", "Being looked into", "Answered"]
    assert ComplaintStage.RECEIVED.words == "Received"


def test_whoever_complained_hears_something_every_30_days_and_the_outcome_within_90():
    assert timedelta(days=30) == ACKNOWLEDGED_WITHIN == PROGRESS_WITHIN
    assert timedelta(days=90) == ANSWERED_WITHIN
    assert timedelta(days=365) == CONTACT_KEPT
    assert next_word_due(NOW, None) == NOW + 30 * DAY
    assert next_word_due(NOW, NOW + 20 * DAY) == NOW + 50 * DAY
    assert next_word_due(NOW, NOW + 80 * DAY) == NOW + 90 * DAY
    assert not is_overdue(NOW, None, NOW + 30 * DAY - timedelta(seconds=1))
    assert is_overdue(NOW, None, NOW + 30 * DAY)


@given(st.lists(st.integers(0, 60), max_size=10))
def test_no_word_puts_the_outcome_off_for_ever(gaps):
    spoken = None
    for gap in gaps:
        spoken = (spoken or NOW) + gap * DAY
        assert next_word_due(NOW, spoken) <= NOW + ANSWERED_WITHIN


def test_a_complaint_says_something_and_has_an_end():
    require_words("My address was shown.")
    with pytest.raises(RuleBroken, match="Say what is wrong"):
        require_words("  ")
    with pytest.raises(RuleBroken, match="Shorten this"):
        require_words("x" * (COMPLAINT_CHARACTERS + 1))
