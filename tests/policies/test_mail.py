"""The life of a mail: every step from every stage, and how long a mail is tried."""

from datetime import UTC, datetime, timedelta
from itertools import product

import pytest

from policies import mail
from policies.errors import RuleBroken
from policies.mail import MailStage, MailStep

# Written out again by hand, so that a wrong row in the rulebook cannot agree with itself.
JOURNEYS = {
    ("queued", "begin to send"): "sending",
    ("sending", "note the sending of"): "sent",
    ("sending", "put off"): "queued",
    ("sending", "give up on"): "failed",
    ("sending", "lose sight of"): "unknown",
    ("unknown", "send again"): "queued",
    ("failed", "send again"): "queued",
}
NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


@pytest.mark.parametrize(("stage", "step"), list(product(MailStage, MailStep)))
def test_each_step_from_each_stage_of_a_mail(stage, step):
    if (stage, step) in JOURNEYS:
        assert mail.next_mail_stage(stage, step) == JOURNEYS[stage, step]
    else:
        with pytest.raises(RuleBroken, match=f"^You cannot {step} a mail that is {stage.words}"):
            mail.next_mail_stage(stage, step)


def test_what_may_have_arrived_is_never_sent_again_by_itself():
    assert {step for stage, step in mail.NEXT_MAIL_STAGE if stage is MailStage.UNKNOWN} == {MailStep.SEND_AGAIN}


def test_a_mail_is_tried_for_two_days_at_longer_and_longer_intervals():
    at, tries = NOON, 1
    waits = []
    while (again := mail.next_try(tries, at)) is not None:
        waits.append(again - at)
        at, tries = again, tries + 1
    assert waits == sorted(waits)
    assert waits[0] == timedelta(minutes=1)
    assert timedelta(days=1, hours=23) < at - NOON < timedelta(days=2)


def test_a_mail_is_out_of_sight_once_its_worker_has_been_over_it_for_three_minutes():
    assert not mail.is_out_of_sight(NOON, NOON + timedelta(seconds=179))
    assert mail.is_out_of_sight(NOON, NOON + timedelta(minutes=3))
