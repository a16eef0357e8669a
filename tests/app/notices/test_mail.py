"""Mail of notices: at once or in one digest a day, however often the clock is asked and however long it was not."""

import re
from datetime import timedelta

import pytest
from flask import Flask

from app import clock
from app.desk.ticking import tick
from app.extensions import db
from app.mail import delivery, letters
from app.mail import service as mail
from app.mail.delivery import deliver_due
from app.models import Mail, Membership, Notice, Person
from app.notices import service as notices
from app.people import service as people
from app.web.transactions import transaction
from policies.mail import MailStage
from policies.notices import DIGEST_HOUR, Channel, NoticeKind
from policies.permissions import Actor
from tests import builders
from tests.app.notices.reading import kinds_told, mails_to, told


def tell(kind: NoticeKind, actor: Actor, thing: str) -> None:
    """Tell one person of something made up."""
    with transaction():
        person = db.select(Person.id).where(Person.id == actor.person_id)
        plank_id = db.session.query(Notice.plank_id).filter(Notice.plank_id.is_not(None)).first()
        notices.tell(kind, person, notices.About(thing, "open", plank_id=plank_id[0] if plank_id else None))


def wait_until(hour: int, minute: int = 0) -> None:
    """Move the clock to the next time it is so late, and do what is due."""
    with transaction():
        now = clock.now()
    then = now.replace(hour=hour, minute=minute, second=0, microsecond=0)
    builders.pass_time(seconds=((then if then > now else then + timedelta(days=1)) - now).total_seconds() + 1)


@pytest.fixture
def mover(app: Flask) -> Actor:
    """A member who was told that their plank is open, and has no mail of it yet: it is before the hour of digests."""
    by = builders.member("green", days=1)
    wait_until(DIGEST_HOUR - 1)
    builders.open_plank(by)
    return by


def test_a_ballot_that_opens_is_mailed_at_once_and_ends_with_one_click(app: Flask) -> None:
    round_id = builders.open_round(builders.open_plank(), members=1, told=True)
    tick()
    voter = builders.voters(round_id, "green")[-2]
    (sent,) = mails_to(voter)
    assert sent.subject == "Something on the common platform needs you"
    assert "http://localhost:5000/rounds/1/vote" in sent.body
    assert sent.unsubscribe_url in sent.body
    assert re.fullmatch(r"http://localhost:5000/unsubscribe/[\w-]{43}", sent.unsubscribe_url)
    with transaction():
        headers = delivery._message(db.session.get_one(Mail, sent.id)).extra_headers
    assert headers["List-Unsubscribe"] == f"<{sent.unsubscribe_url}>"
    assert headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    with transaction():
        assert all(title not in one.body + one.subject for one in db.session.query(Mail) for title in ("Warm", "homes"))


def test_the_rest_comes_in_one_digest_a_day(app: Flask, mover: Actor) -> None:
    tell(NoticeKind.PLANK_RULED, mover, "another")
    tick()
    assert mails_to(mover) == []
    wait_until(DIGEST_HOUR)
    tell(NoticeKind.PLANK_RULED, mover, "too late for today")
    builders.pass_time(hours=10)
    tick()
    (digest,) = mails_to(mover)
    assert digest.subject == "News from the common platform"
    assert digest.body.count(NoticeKind.PLANK_RULED.mailed_words) == 2
    wait_until(DIGEST_HOUR)
    tick()
    assert len(mails_to(mover)) == 2
    builders.pass_time(days=3)
    assert len(mails_to(mover)) == 2


def test_after_three_days_without_a_clock_there_is_one_digest(app: Flask, mover: Actor) -> None:
    builders.move_clock(days=3)
    tell(NoticeKind.PLANK_RULED, mover, "another")
    builders.move_clock(days=1)
    tick()
    tick()
    assert len(mails_to(mover)) == 1


def test_mail_goes_to_nobody_who_has_left_or_has_no_address(app: Flask, mover: Actor) -> None:
    nameless = builders.member()
    tell(NoticeKind.PLANK_RULED, nameless, "a thing")
    with transaction():
        people.leave(db.session.query(Membership).filter_by(person_id=mover.person_id).one(), by=mover)
        db.session.get_one(Person, nameless.person_id).email = None
    builders.pass_time(days=1)
    assert mails_to(mover) == mails_to(nameless) == []
    builders.pass_time(days=90)
    assert kinds_told(mover) == kinds_told(nameless) == []


def test_a_new_choice_holds_for_what_waits(app: Flask, mover: Actor) -> None:
    with transaction():
        notices.choose({NoticeKind.PLANK_RULED: Channel.SITE}, by=mover)
    wait_until(DIGEST_HOUR)
    assert mails_to(mover) == []
    with transaction():
        notices.choose({NoticeKind.PLANK_RULED: Channel.AT_ONCE}, by=mover)
    tell(NoticeKind.PLANK_RULED, mover, "another")
    tick()
    (sent,) = mails_to(mover)
    assert sent.body.count(NoticeKind.PLANK_RULED.mailed_words) == 1
    assert len(kinds_told(mover)) == 2


def test_nobody_is_mailed_to_a_ballot_that_closed_while_the_mail_waited(app: Flask) -> None:
    round_id = builders.open_round(builders.open_plank(), members=1, told=True)
    voter = builders.voters(round_id, "green")[0]
    before = len(mails_to(voter))
    with transaction():
        of_round = builders.a_round(round_id)
        person = db.select(Person.id).where(Person.id == voter.person_id)
        notices.tell(NoticeKind.BALLOT_CLOSES, person, notices.About.round(of_round))
    builders.pass_time(days=7, minutes=1)
    assert len([one for one in mails_to(voter)[before:] if one.letter == "needs_you"]) == 0


def test_clerks_are_told_once_a_day_of_mail_that_failed(app: Flask) -> None:
    clerks, member = [builders.clerk("green"), builders.clerk("labour")], builders.member()
    with transaction():
        broken = mail.queue(letters.written("sign_in", url="", works_for=""), "nobody@example.org")
        broken.stage = MailStage.FAILED
    for days in (0, 0, 1):
        builders.pass_time(days=days)
    assert told(NoticeKind.MAIL_FAILED) == dict.fromkeys([clerk.person_id for clerk in clerks], 2)
    assert kinds_told(member) == []
    deliver_due()
    builders.pass_time(days=10)
    assert set(told(NoticeKind.MAIL_FAILED).values()) == {2}
