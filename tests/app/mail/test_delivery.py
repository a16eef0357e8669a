"""The outbox and the worker: each mail goes out once, or a person decides; none is forgotten."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from datetime import timedelta
from threading import Barrier, Thread

import pytest
from flask import Flask

from app import clock
from app.config import Settings
from app.desk.ticking import tick
from app.extensions import db
from app.mail import service
from app.mail.delivery import deliver_due
from app.mail.letters import Letter
from app.models import Mail
from app.web.transactions import transaction
from policies.errors import RuleBroken
from policies.mail import LEASE, MailStage
from tests import builders
from tests.app.mail.conftest import MailServer
from tests.conftest import ROOT, SECRET

Noted = tuple[MailServer, int]


def queued(*subjects: str, unsubscribe_url: str = "") -> list[int]:
    """Letters put into the outbox."""
    with transaction():
        mails = [
            service.queue(
                Letter("sign_in", subject, "Hello,\n\nthis is it."), "to@example.org", unsubscribe_url=unsubscribe_url
            )
            for subject in subjects
        ]
        db.session.flush()
        return [mail.id for mail in mails]


def stages() -> list[str]:
    """Where the mails stand, in the order of their queueing."""
    with transaction():
        return [mail.stage.value for mail in db.session.query(Mail).order_by(Mail.id)]


def later(**span: float) -> None:
    """Let the mails have waited for so long."""
    with transaction():
        for mail in db.session.query(Mail):
            mail.next_try_at -= timedelta(**span)
            if mail.claimed_at is not None:
                mail.claimed_at -= timedelta(**span)


def test_a_letter_goes_out_once_with_its_number_and_without_leaving_its_words(live: Flask, mail_server: Noted) -> None:
    queued("One", unsubscribe_url="https://platform.example/stop/x")
    assert deliver_due() == 1
    assert deliver_due() == 0
    (sent,) = mail_server[0].taken
    with transaction():
        (noted,) = db.session.query(Mail).all()
        assert (noted.stage, noted.body) == (MailStage.SENT, "")
        assert sent["Message-ID"] == noted.message_id
    assert (sent["To"], sent["From"]) == ("to@example.org", "Platform <platform@example.org>")
    assert sent["List-Unsubscribe"] == "<https://platform.example/stop/x>"
    assert sent["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert sent.get_payload().startswith("Hello,")


def queue_and_break_off() -> None:
    """Queue a letter in a change that does not come about."""
    with transaction():
        service.queue(Letter("sign_in", "Never", "…"), "to@example.org")
        raise RuleBroken("Something was wrong after all.")


def test_what_was_rolled_back_tells_nobody(live: Flask, mail_server: Noted) -> None:
    with pytest.raises(RuleBroken):
        queue_and_break_off()
    assert deliver_due() == 0
    assert mail_server[0].taken == []


def test_a_server_that_is_gone_loses_nothing_and_is_tried_again(live: Flask, mail_server: Noted) -> None:
    live.extensions["mailman"].port = 9
    queued("One", "Two")
    assert deliver_due() == 0
    assert stages() == ["queued", "queued"]
    assert deliver_due() == 0, "not yet due again"
    live.extensions["mailman"].port = mail_server[1]
    later(minutes=2)
    assert deliver_due() == 2
    assert mail_server[0].subjects == ["One", "Two"]


def test_a_server_that_is_busy_is_tried_for_two_days_and_then_a_person_decides(live: Flask, mail_server: Noted) -> None:
    noted = mail_server[0]
    queued("One")
    noted.answer = "451 later"
    for _ in range(8):
        assert stages() == ["queued"]
        assert deliver_due() == 0
        later(days=2)
    assert stages() == ["failed"]
    noted.answer = "250 OK"
    with transaction():
        (failed,) = db.session.query(Mail).all()
        assert "451" in failed.fault
        assert "example" not in failed.fault
        service.send_again(failed, by=None)
    assert deliver_due() == 1
    assert stages() == ["sent"]


def test_a_refusal_for_good_is_not_tried_again_and_keeps_no_other_mail_from_going(
    live: Flask, mail_server: Noted
) -> None:
    noted = mail_server[0]
    noted.answer = "550 no such person"
    queued("One")
    deliver_due()
    noted.answer = "250 OK"
    queued("Two")
    assert deliver_due() == 1
    assert stages() == ["failed", "sent"]


@pytest.mark.both
def test_workers_at_once_send_each_mail_once(live: Flask, mail_server: Noted) -> None:
    queued(*(str(number) for number in range(12)))
    start = Barrier(4)

    def work() -> None:
        with live.app_context():
            start.wait(timeout=30)
            deliver_due()

    workers = [Thread(target=work) for _ in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(timeout=60)
    assert sorted(mail_server[0].subjects, key=int) == [str(number) for number in range(12)]
    assert stages() == ["sent"] * 12


def worker(settings: Settings) -> subprocess.Popen[bytes]:
    """`flask worker` in a process of its own."""
    environment = {
        **os.environ,
        "SECRET_KEY": SECRET,
        "DATABASE_URL": settings.database_url,
        "JOBS_FILE": str(settings.jobs_file),
        "MAIL_SERVER": settings.mail_server,
        "MAIL_PORT": str(settings.mail_port),
        "MAIL_SECURITY": "none",
    }
    return subprocess.Popen([sys.executable, "-m", "flask", "worker"], cwd=ROOT, env=environment)


def wait_for(wanted: Sequence[str]) -> None:
    """Wait until the mails stand so."""
    until = time.monotonic() + 40
    while stages() != wanted and time.monotonic() < until:
        time.sleep(0.1)
    assert stages() == wanted


@pytest.mark.both
def test_a_worker_killed_between_sending_and_noting_sends_nothing_twice_and_forgets_nothing(
    live: Flask, live_settings: Settings, mail_server: Noted
) -> None:
    noted = mail_server[0]
    first, *_others = queued("One", "Two", "Three")
    process = worker(live_settings)
    noted.meanwhile = process.kill
    assert process.wait(timeout=40) == -signal.SIGKILL
    noted.meanwhile = lambda: None
    assert stages() == ["sending", "queued", "queued"]
    later(seconds=LEASE.total_seconds())
    with transaction():
        service.ask_for_delivery()
    process = worker(live_settings)
    try:
        wait_for(["unknown", "sent", "sent"])
        with transaction():
            service.send_again(db.session.get_one(Mail, first), by=None)
        wait_for(["sent", "sent", "sent"])
    finally:
        process.terminate()
        assert process.wait(timeout=20) in {0, -signal.SIGTERM}
    assert noted.subjects == ["One", "Two", "Three", "One"]
    numbers = [str(mail["Message-ID"]) for mail in noted.taken]
    assert numbers[0] == numbers[3]
    assert len(set(numbers)) == 3


def test_nothing_leaves_a_demonstration(app: Flask, mail_server: Noted, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(app.extensions["mailman"], "server", "127.0.0.1")
    monkeypatch.setattr(app.extensions["mailman"], "port", mail_server[1])
    queued("One")
    assert deliver_due() == 1
    assert mail_server[0].taken == []
    page = app.test_client().get("/outbox")
    assert "One" in page.text
    assert "this is it." in app.test_client().get("/outbox/1").text


def test_where_no_server_is_set_mail_waits(live: Flask, mail_server: Noted) -> None:
    live.config["SETTINGS"] = live.config["SETTINGS"].model_copy(update={"mail_server": ""})
    queued("One")
    assert deliver_due() == 0
    assert stages() == ["queued"]


def test_sent_mail_is_forgotten_after_a_month(live: Flask, mail_server: Noted) -> None:
    queued("One")
    deliver_due()
    tick()
    assert stages() == ["sent"]
    with transaction():
        db.session.query(Mail).one().created_at -= timedelta(days=31)
    tick()
    assert stages() == []


def test_a_letter_whose_link_has_ended_is_not_sent_any_more_and_a_failed_one_is_forgotten(
    live: Flask, mail_server: Noted
) -> None:
    first, second = queued("Ended", "Failed")
    with transaction():
        db.session.get_one(Mail, first).useless_after = clock.now()
        failed = db.session.get_one(Mail, second)
        failed.stage, failed.created_at = MailStage.FAILED, clock.now() - timedelta(days=31)
    assert deliver_due() == 0
    tick()
    assert stages() == []


def test_clerks_are_told_when_mail_has_waited_for_half_an_hour(app: Flask) -> None:
    clerk = builders.clerk("green")
    client = app.test_client()
    builders.sign_in(client, clerk)
    queued("One")
    assert "Mail does not go out" not in client.get("/clerk").text
    builders.move_clock(minutes=31)
    assert "One letter has waited for more than half an hour" in client.get("/clerk").text
