"""Many at once: every count is right, nothing happens twice, no vote is lost and none counted twice."""

from collections import Counter
from collections.abc import Callable
from functools import partial
from threading import Event, Thread

import pytest
from flask import Flask

from app.amendments.seen import mark_of_words
from app.audit import queries as record
from app.ballots import queries as ballot_queries
from app.ballots import service as ballots
from app.desk.ticking import tick
from app.extensions import db
from app.models import (
    AmendmentSecond,
    AppealVoice,
    AuditRow,
    Count,
    CountedPaper,
    Mail,
    Notice,
    OpenPaper,
    Participation,
    PlankSecond,
    RegisteredRuling,
    Revision,
    Ruling,
)
from app.notices import service as notices
from app.planks import service as planks
from app.web.transactions import transaction
from policies.ballots import Choice, RoundStage
from policies.notices import Channel, NoticeKind
from policies.permissions import Actor
from policies.planks import Stage
from policies.rulings import MEMBERS_TO_APPEAL
from tests import builders
from tests.app.at_once import AT_ONCE, all_at_once, posts, rows

pytestmark = pytest.mark.both


@pytest.fixture(autouse=True)
def _no_tokens(app: Flask) -> None:
    app.config["WTF_CSRF_ENABLED"] = False


def test_seconds_of_many_members_at_once_move_the_plank_once(app: Flask) -> None:
    plank_id = builders.submitted(builders.member("green"))
    ref = reference(plank_id)
    seconders = [builders.member(("green", "labour", "lib_dem")[place % 3]) for place in range(AT_ONCE)]
    posts(app, seconders, f"/planks/{ref}/second")
    assert stage_of(plank_id) is Stage.CHECKING
    with transaction():
        given = db.session.query(PlankSecond.person_id).all()
        assert 2 <= len(given) == len(set(given)) <= AT_ONCE
        moved = db.session.query(AuditRow).filter_by(act="plank fully seconded").count()
        recorded = db.session.query(AuditRow).filter_by(act="plank seconded").count()
    assert (moved, recorded) == (1, len(given))


def test_clerks_of_all_groups_ruling_at_once_open_the_plank_once(app: Flask) -> None:
    plank_id = builders.seconded(builders.member("green"))
    ref = reference(plank_id)
    clerks = [builders.clerk(key) for key in ("labour", "green", "lib_dem") for _ in range(2)]
    posts(app, clerks, f"/planks/{ref}/rule", verdict="in_order", reason="")
    with transaction():
        plank = builders.plank(plank_id)
        assert (plank.stage, plank.number) == (Stage.OPEN, 1)
        ruled = [ruling.group for ruling in db.session.query(Ruling)]
        assert len(ruled) == len(set(ruled)) >= 2
        assert db.session.query(AuditRow).filter_by(act="plank ruled in order").count() == 1


def test_an_appeal_goes_before_the_clerks_once_and_is_settled_once_however_many_act_at_once(app: Flask) -> None:
    plank_id = builders.seconded(builders.member("green"))
    ref = reference(plank_id)
    clerks = [builders.clerk(key) for key in ("labour", "green", "lib_dem") for _ in range(2)]
    answers = posts(app, clerks, f"/planks/{ref}/rule", verdict="out_of_order", reason="Two subjects.")
    assert answers[303] >= 2
    assert set(answers) <= {303, 409}
    with transaction():
        key = db.session.query(RegisteredRuling).one().key
    members = [builders.member("green") for _ in range(11)]
    appeals = posts(app, [*members, members[0]], f"/rulings/{key}/appeal", grounds="It is one subject.")
    assert appeals[303] >= MEMBERS_TO_APPEAL
    assert set(appeals) <= {303, 409}
    assert rows(AppealVoice) == MEMBERS_TO_APPEAL
    said = posts(app, clerks, f"/rulings/{key}/answer", answer="overturn", reason="It is one subject.")
    assert said == {303: 1, 409: 5}
    with transaction():
        acts = Counter(row.act for row in db.session.query(AuditRow))
        assert builders.plank(plank_id).stage is Stage.CHECKING
    once = ("plank ruled out", "ruling registered", "appeal open", "appeal overturned", "ruling on plank overturned")
    assert {act: acts[act] for act in once} == dict.fromkeys(once, 1)


def test_of_many_who_take_a_plank_over_at_once_one_does(app: Flask) -> None:
    mover, seconders = builders.member("green"), [builders.member("labour") for _ in range(8)]
    plank_id = builders.submitted(mover)
    for by in seconders:
        with transaction():
            planks.second(builders.plank(plank_id), by=by)
    with transaction():
        planks.withdraw(builders.plank(plank_id), by=mover)
    assert posts(app, seconders, f"/planks/{reference(plank_id)}/take-over") == {303: 1, 409: 7}
    with transaction():
        plank = builders.plank(plank_id)
        assert plank.mover_id in {by.person_id for by in seconders}
        assert (plank.stage, db.session.query(PlankSecond).count()) == (Stage.SEEKING_SECONDERS, 7)


def test_clerks_agreeing_at_once_set_one_opening_time(app: Flask) -> None:
    round_id = builders.prepared_round(builders.open_plank())
    clerks = [builders.clerk(key) for key in ("labour", "green", "lib_dem") for _ in range(2)]
    assert posts(app, clerks, "/rounds/1/open", form="endorse") == {303: 6}
    with transaction():
        of_round = builders.a_round(round_id)
        assert sorted(opening.group for opening in of_round.openings) == ["green", "labour", "lib_dem"]
        assert of_round.opens_at is not None


def test_votes_under_way_while_the_round_closes_are_counted_once_or_refused(app: Flask) -> None:
    round_id = builders.open_round(builders.open_plank(), members=AT_ONCE)
    voters = builders.voters(round_id, "green")[:AT_ONCE]
    statuses: list[int] = []

    def vote(actor: Actor) -> Callable[[], object]:
        client = app.test_client()
        builders.sign_in(client, actor)
        return lambda: statuses.append(client.post("/rounds/1/cast", data={"text": "yes"}).status_code)

    def close_and_count() -> None:
        with app.app_context():
            builders.pass_time(days=7, minutes=1)
            tick()

    all_at_once([*(vote(actor) for actor in voters), close_and_count])
    tick()
    answers = Counter(statuses)
    assert set(answers) <= {303, 409}
    assert sum(answers.values()) == AT_ONCE
    with transaction():
        assert builders.a_round(round_id).stage is RoundStage.PUBLISHED
        counted = sum(count.yes for count in db.session.query(Count))
    assert counted == answers[303] == rows(Participation) == rows(CountedPaper)
    assert rows(OpenPaper) == 0


def test_the_close_waits_for_a_vote_that_is_under_way(app: Flask) -> None:
    round_id = builders.open_round(builders.open_plank())
    voter = builders.voters(round_id, "green")[0]
    is_cast, may_commit = Event(), Event()

    def vote_slowly() -> None:
        with app.app_context(), transaction():
            seen = ballot_queries.visible(voter, 1)
            ballots.cast(seen, {"text": Choice.YES}, by=voter)
            is_cast.set()
            may_commit.wait(timeout=30)

    def close_and_count() -> None:
        with app.app_context():
            builders.pass_time(days=7, minutes=1)

    voting, closing = Thread(target=vote_slowly), Thread(target=close_and_count)
    voting.start()
    assert is_cast.wait(timeout=30)
    closing.start()
    closing.join(timeout=0.5)
    assert closing.is_alive()
    may_commit.set()
    voting.join(timeout=30)
    closing.join(timeout=30)
    with transaction():
        assert builders.a_round(round_id).stage is RoundStage.PUBLISHED
        assert sum(count.yes for count in db.session.query(Count)) == 1
    assert rows(OpenPaper) == 0


def test_two_clocks_at_once_count_a_round_once(app: Flask) -> None:
    round_id = builders.open_round(builders.open_plank())
    voters = builders.voters(round_id, "green")[:6]
    builders.vote(round_id, voters)
    for voter in voters:
        with transaction():
            notices.choose({NoticeKind.RESULT: Channel.AT_ONCE}, by=voter)
    builders.move_clock(days=8)

    def run() -> None:
        with app.app_context():
            tick()

    all_at_once([run] * 4)
    tick()
    with transaction():
        assert builders.a_round(round_id).stage is RoundStage.PUBLISHED
        acts = Counter(row.act for row in db.session.query(AuditRow))
        assert record.verify().fault == ""
    assert acts["round counted"] == acts["round published"] == acts["round closed"] == 1
    assert rows(CountedPaper) == 6
    told = Counter(db.session.query(Notice.person_id).filter_by(kind="result"))
    mailed = db.session.query(Mail).filter_by(letter="news").filter(Mail.body.contains("A result is published."))
    assert set(told.values()) == {1}
    assert Counter(mail.person_id for mail in mailed) == {voter.person_id: 1 for voter in voters}


def reference(plank_id: int) -> str:
    """What addresses a plank."""
    with transaction():
        return builders.plank(plank_id).ref


def stage_of(plank_id: int) -> Stage:
    """Where a plank stands."""
    with transaction():
        return builders.plank(plank_id).stage


def test_two_adoptions_at_once_and_a_second_under_way_leave_each_amendment_on_the_newest_text_or_waiting(
    app: Flask,
) -> None:
    plank_id = builders.open_plank()
    by, seconders = builders.member("labour"), [builders.member("lib_dem") for _ in range(8)]
    first = builders.open_amendment(plank_id, by, "2030", "2032")
    second = builders.open_amendment(plank_id, by, "coldest", "oldest")
    follower = builders.submitted_amendment(plank_id, by, "national fund", "public fund")
    near = builders.submitted_amendment(plank_id, by, "Every home", "Each home")
    builders.move_clock(hours=72, minutes=1)

    def run() -> None:
        with app.app_context():
            tick()

    with transaction():
        keys = [builders.amendment(one).key for one in (follower, near)]
        seen = mark_of_words(builders.amendment(follower))
    works = [partial(posts, app, seconders[:4], f"/amendments/{keys[0]}/second", seen=seen)]
    works += [partial(posts, app, [by], f"/amendments/{keys[1]}/{verb}") for verb in ("submit", "withdraw")]
    all_at_once([run, run, *works])
    tick()
    with transaction():
        version = builders.plank(plank_id).working_version
        assert version is not None
        assert "2032" in version.text
        assert "oldest" in version.text
        assert [builders.amendment(one).stage.value for one in (first, second)] == ["carried", "carried"]
        followed = builders.amendment(follower)
        assert not followed.needs_rebase
        assert followed.stage.value == "open"
        assert builders.amendment(near).stage.value == "withdrawn"
        revisions = db.session.query(Revision.number).filter_by(amendment_id=follower).order_by(Revision.number)
        assert [number for (number,) in revisions] == [1, 2, 3]
        assert db.session.query(AuditRow).filter_by(act="amendment carried over", subject_id=follower).count() == 2
    assert rows(AmendmentSecond) == 6
