"""Rounds under many hands at once: whoever leaves, casts, extends or annuls in the same moment."""

from collections import Counter
from functools import partial
from threading import Event, Thread

import pytest
from flask import Flask

from app.desk.ticking import tick
from app.extensions import db
from app.models import AuditRow, Membership, OpenPaper, Participation, locked
from app.people import service as people
from app.web.transactions import transaction
from policies.ballots import RoundStage
from policies.errors import RuleBroken
from tests import builders
from tests.app.at_once import all_at_once, posts, rows

pytestmark = pytest.mark.usefixtures("no_tokens")


@pytest.mark.both
def test_one_who_leaves_while_casting_votes_before_that_or_not_at_all(app: Flask) -> None:
    round_id = builders.open_round(builders.open_plank())
    voter = builders.voters(round_id, "green")[0]
    has_left, may_commit, refused = Event(), Event(), Event()

    def leave_slowly() -> None:
        with app.app_context(), transaction():
            people.leave(db.session.query(Membership).filter_by(person_id=voter.person_id).one(), by=voter)
            db.session.flush()
            has_left.set()
            may_commit.wait(timeout=30)

    def cast() -> None:
        # What the voter may do was read before they left; the vote itself is held against what is so now.
        with app.app_context(), pytest.raises(RuleBroken, match="can no longer vote|not on the roll"):
            builders.vote(round_id, [voter])
        refused.set()

    leaving, casting = Thread(target=leave_slowly), Thread(target=cast)
    leaving.start()
    assert has_left.wait(timeout=30)
    casting.start()
    casting.join(timeout=0.5)
    may_commit.set()
    for thread in (leaving, casting):
        thread.join(timeout=30)
    assert refused.is_set()
    assert rows(Participation) == rows(OpenPaper) == 0


@pytest.mark.both
def test_a_reminder_and_clerks_who_extend_or_annul_never_wait_for_each_other(
    app: Flask, caplog: pytest.LogCaptureFixture
) -> None:
    round_id = builders.open_round(builders.open_plank())
    builders.move_clock(days=6, hours=23)

    def remind() -> None:
        with app.app_context():
            tick()

    with transaction():
        of_round = builders.a_round(round_id)
        locked(of_round.plank)
        reminding = Thread(target=remind)
        reminding.start()
        reminding.join(timeout=1)
        # Had the reminder the round by now, the two would wait for each other, and every vote for both.
        locked(of_round)
    reminding.join(timeout=30)
    assert not reminding.is_alive()
    assert [row.getMessage() for row in caplog.records if row.levelname == "ERROR"] == []
    with transaction():
        assert builders.a_round(round_id).reminded_at is not None


@pytest.mark.both
def test_clerks_extending_and_annulling_at_once_do_each_thing_once(app: Flask) -> None:
    round_id = builders.open_round(builders.open_plank())
    voters = builders.voters(round_id, "green")[:6]
    clerks = [builders.clerk(key) for key in ("labour", "green", "lib_dem") for _ in range(2)]
    answers = posts(app, clerks, "/rounds/1/extend", days="2")
    assert set(answers) <= {303, 409}
    assert answers[303] >= 3
    works = [partial(posts, app, voters, "/rounds/1/cast", text="yes")]
    works += [partial(posts, app, clerks, "/rounds/1/annul", reason="The wrong text.")]
    all_at_once(works)
    with transaction():
        assert builders.a_round(round_id).stage is RoundStage.ANNULLED
        acts = Counter(row.act for row in db.session.query(AuditRow))
    assert acts["round extended"] == acts["round annulled"] == 1
    assert rows(Participation) == rows(OpenPaper) == 0
