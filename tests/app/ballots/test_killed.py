"""The last second of a vote, and a worker killed in the middle: nothing is lost, nothing is counted twice."""

import subprocess
import sys
import time
from datetime import timedelta

import pytest
from flask import Flask

from app import clock
from app.audit import queries as record
from app.ballots import counting
from app.config import ROOT, Settings
from app.desk.ticking import tick
from app.extensions import db
from app.models import AuditRow, Count, CountedPaper, CountedReceipt, OpenPaper, Participation, Stance
from app.web.transactions import transaction
from policies.ballots import RoundStage
from tests import builders

pytestmark = pytest.mark.both


def rows() -> dict[str, int]:
    """How many rows there are of what a vote and a count leave."""
    with transaction():
        kinds = (Participation, OpenPaper, Count, CountedPaper, CountedReceipt, Stance)
        return {kind.__tablename__: db.session.query(kind).count() for kind in kinds}


def stage_of(round_id: int) -> RoundStage:
    """Where a round stands."""
    with transaction():
        return builders.a_round(round_id).stage


def kill_in_the_middle_of(act: str, settings: Settings) -> None:
    """Have a process of its own do this, and kill it before it commits."""
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.killed", act], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert process.stdin is not None
    assert process.stdout is not None
    with process.stdin, process.stdout:
        process.stdin.write(settings.model_dump_json() + "\n")
        process.stdin.flush()
        assert process.stdout.readline() == "under way\n"
        process.kill()
        process.wait(timeout=30)


def test_a_process_killed_in_mid_vote_or_mid_count_leaves_all_to_the_next_tick(app: Flask, settings: Settings) -> None:
    round_id = builders.open_round(builders.open_plank())
    before = rows()
    kill_in_the_middle_of("vote", settings)
    # Neither half of the vote is there, so the same member votes again.
    assert rows() == before
    builders.vote(round_id, builders.voters(round_id, "green")[:6])
    builders.move_clock(days=7, minutes=1)
    with transaction():
        counting.close(builders.a_round(round_id))
    voted = rows()
    kill_in_the_middle_of("count", settings)
    assert rows() == voted
    assert stage_of(round_id) is RoundStage.CLOSED
    tick()
    assert stage_of(round_id) is RoundStage.PUBLISHED
    assert rows() == {
        "participations": 6,
        "open_papers": 0,
        "counts": 3,
        "counted_papers": 6,
        "counted_receipts": 6,
        "stances": 1,
    }
    with transaction():
        acts = [row.act for row in db.session.query(AuditRow).filter_by(subject="rounds", subject_id=round_id)]
        assert record.verify().fault == ""
    assert [act for act in acts if act.endswith(("closed", "counted", "published"))] == [
        "round closed",
        "round counted",
        "round published",
    ]


def test_a_vote_in_the_very_last_second_counts_and_one_after_it_does_not(app: Flask) -> None:
    app.config["WTF_CSRF_ENABLED"] = False
    round_id = builders.open_round(builders.open_plank())
    in_time, late = app.test_client(), app.test_client()
    for client, voter in zip((in_time, late), builders.voters(round_id, "green"), strict=False):
        builders.sign_in(client, voter)
    with transaction():
        builders.a_round(round_id).closes_at = clock.now() + timedelta(seconds=1)
    assert in_time.post("/rounds/1/cast", data={"text": "yes"}).status_code == 303
    time.sleep(1)
    answer = late.post("/rounds/1/cast", data={"text": "yes"})
    assert (answer.status_code, "has closed, so your vote was not counted" in answer.text) == (409, True)
    tick()
    assert stage_of(round_id) is RoundStage.PUBLISHED
    assert (rows()["counted_papers"], rows()["participations"]) == (1, 1)
