"""What members are told of and when, and that no mail says anything that could be read over a shoulder."""

from datetime import UTC, datetime, timedelta

import pytest

from policies.errors import RuleBroken
from policies.groups import GROUPS
from policies.notices import (
    ANNULLED,
    CHANNEL_WORDS,
    EXTENDED,
    KIND_WORDS,
    MAILED_WORDS,
    Channel,
    NoticeKind,
    Told,
    day_name,
    digest_moment,
    is_still_worth_a_mail,
    kinds_for,
    reminder_is_due,
    require_can_be_followed,
    without_mail,
)
from policies.planks import Stage

NOON = datetime(2026, 5, 3, 12, 0, tzinfo=UTC)
DAY, HOUR, SECOND = timedelta(days=1), timedelta(hours=1), timedelta(seconds=1)
AT_ONCE = {"ballot_opens", "ballot_closes", "ballot_changed"}
ANSWERED = {
    "ballot_opens",
    "ballot_closes",
    "amendment_needs_me",
    "offer_awaits",
    "can_take_over",
    "clerk_wanted",
    "member_waits",
    "mail_failed",
}
CLERKS_ALONE = {"clerk_wanted", "member_waits", "mail_failed"}


def test_a_ballot_that_has_changed_was_extended_or_annulled():
    assert (EXTENDED, ANNULLED) == ("extended", "annulled")


@pytest.mark.parametrize("kind", NoticeKind)
def test_every_kind_has_its_words_and_how_it_is_usually_told(kind):
    assert kind.words == KIND_WORDS[kind]
    assert kind.mailed_words == MAILED_WORDS[kind]
    assert kind.usual_channel is (Channel.AT_ONCE if kind in AT_ONCE else Channel.DIGEST)
    assert kind.needs_an_answer is (kind in ANSWERED)


def test_kinds_of_clerks_are_for_clerks():
    assert {str(kind) for kind in kinds_for(is_clerk=True)} == set(NoticeKind)
    assert set(NoticeKind) - set(kinds_for(is_clerk=False)) == CLERKS_ALONE


@pytest.mark.parametrize("kind", NoticeKind)
def test_what_a_mail_says_names_no_group_no_plank_and_no_outcome(kind):
    said = kind.mailed_words.lower()
    named = [word for group in GROUPS for word in (group.name.lower(), group.title.lower())]
    assert not [word for word in (*named, "plank", "amendment", "carried", "in order", "archived") if word in said]


@pytest.mark.parametrize(
    ("open_for", "before_close", "due"),
    [
        (7 * DAY, DAY + SECOND, False),
        (7 * DAY, DAY, True),
        (7 * DAY, 2 * HOUR, True),
        (7 * DAY, SECOND, True),
        (7 * DAY, 0 * HOUR, False),
        (7 * DAY, -HOUR, False),
        (DAY, HOUR, False),
        (DAY + SECOND, HOUR, True),
    ],
)
def test_the_roll_is_reminded_in_the_last_day_and_never_after_the_close(open_for, before_close, due):
    assert reminder_is_due(NOON - open_for, NOON, NOON - before_close) is due


@pytest.mark.parametrize(
    ("now", "moment"),
    [
        (datetime(2026, 5, 3, 7, 0, tzinfo=UTC), datetime(2026, 5, 3, 7, 0, tzinfo=UTC)),
        (datetime(2026, 5, 3, 6, 59, 59, tzinfo=UTC), datetime(2026, 5, 2, 7, 0, tzinfo=UTC)),
        (datetime(2026, 5, 3, 23, 0, tzinfo=UTC), datetime(2026, 5, 3, 7, 0, tzinfo=UTC)),
    ],
)
def test_digests_are_due_at_seven(now, moment):
    assert digest_moment(now) == moment


@pytest.mark.parametrize(
    ("told", "worth"),
    [
        (Told(NoticeKind.RESULT), True),
        (Told(NoticeKind.RESULT, NOON - HOUR), True),
        (Told(NoticeKind.BALLOT_OPENS, NOON + HOUR), True),
        (Told(NoticeKind.BALLOT_OPENS, NOON), False),
        (Told(NoticeKind.BALLOT_CLOSES, NOON - HOUR), False),
        (Told(NoticeKind.BALLOT_CLOSES), False),
    ],
)
def test_nobody_is_sent_to_a_ballot_that_has_closed(told, worth):
    assert is_still_worth_a_mail(told, NOON) is worth


def test_to_end_mail_leaves_the_notice_on_the_site():
    ended = {channel: without_mail(channel) for channel in CHANNEL_WORDS}
    assert ended == {**dict.fromkeys(Channel, Channel.SITE), Channel.OFF: Channel.OFF}
    assert [channel.words for channel in Channel] == [CHANNEL_WORDS[channel] for channel in Channel]


def test_a_day_has_a_name():
    assert day_name(NOON) == "2026-05-03"


def test_a_draft_cannot_be_followed():
    with pytest.raises(RuleBroken, match="once it is submitted"):
        require_can_be_followed(Stage.DRAFT)
    require_can_be_followed(Stage.SEEKING_SECONDERS)
