"""Extending and annulling an open round: clerks of all groups together, once, and never after the result."""

from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app import clock
from app.ballots import counting
from app.ballots import queries as ballots
from app.desk.ticking import tick
from app.extensions import db
from app.models import (
    AuditRow,
    Count,
    CountedPaper,
    CountedReceipt,
    JointWord,
    Membership,
    Notice,
    OpenPaper,
    Participation,
    Round,
)
from app.rounds import joint
from app.web.filters import minute
from app.web.transactions import transaction
from policies.amendments import AmendmentStage
from policies.ballots import RoundKind, RoundStage
from policies.errors import RuleBroken
from policies.groups import GROUP_KEYS
from policies.membership import MembershipStage
from policies.notices import NoticeKind
from policies.permissions import Actor
from policies.planks import Stage
from policies.rounds import JointAct
from tests import builders
from tests.app.reading import main_of, without_tokens

pytestmark = pytest.mark.usefixtures("no_tokens")


@pytest.fixture
def round_id(app: Flask) -> int:
    """An open endorsement round, R1."""
    return builders.open_round(builders.open_plank(), told=True)


@pytest.fixture
def clerks(app: Flask) -> dict[str, Actor]:
    """A clerk of each group."""
    return {key: builders.clerk(key) for key in GROUP_KEYS}


def extend(round_id: int, by: Actor, days: int) -> bool:
    """Say for a group that voting is to go on so many days longer."""
    with transaction():
        return joint.extend(builders.a_round(round_id), days, by=by)


def annul(round_id: int, by: Actor, reason: str = "The wrong text was put on the paper.") -> bool:
    """Say for a group that the round is void."""
    with transaction():
        return joint.annul(builders.a_round(round_id), reason, by=by)


def annulled(round_id: int) -> None:
    """Clerks of all groups annul a round."""
    for key in GROUP_KEYS:
        annul(round_id, builders.clerk(key))


def told(word: str) -> set[int]:
    """Who was told that a ballot has changed like this."""
    with transaction():
        return {one.person_id for one in db.session.query(Notice).filter_by(kind=NoticeKind.BALLOT_CHANGED, word=word)}


def rows(*models: type) -> list[int]:
    """How many rows each of these tables has."""
    with transaction():
        return [db.session.query(model).count() for model in models]


def acts() -> list[str]:
    """Every act in the record."""
    with transaction():
        return [row.act for row in db.session.query(AuditRow).order_by(AuditRow.id)]


def test_the_last_group_to_name_the_same_close_extends_the_round_and_the_whole_roll_is_told(
    round_id: int, clerks: dict[str, Actor]
) -> None:
    builders.pass_time(days=6, minutes=1)
    close = builders.a_round(round_id).closes_at
    assert close is not None
    assert not extend(round_id, clerks["labour"], 2)
    assert not extend(round_id, clerks["lib_dem"], 3)
    assert not extend(round_id, clerks["green"], 2)
    assert builders.a_round(round_id).closes_at == close
    assert not told("extended")
    assert extend(round_id, clerks["lib_dem"], 2)
    assert builders.a_round(round_id).closes_at == close + timedelta(days=2)
    assert told("extended") == {one.person_id for key in GROUP_KEYS for one in builders.voters(round_id, key)}
    for by in clerks.values():
        with pytest.raises(RuleBroken, match="extended already"):
            extend(round_id, by, 1)
    voter = builders.voters(round_id, "green")[0]
    builders.pass_time(days=2)
    tick()
    assert db.session.query(Notice).filter_by(kind=NoticeKind.BALLOT_CLOSES, person_id=voter.person_id).count() == 2
    builders.vote(round_id, [voter])
    builders.pass_time(days=1)
    assert builders.a_round(round_id).stage is RoundStage.PUBLISHED
    assert acts().count("round extended") == 1


def test_a_round_is_extended_only_while_members_vote_also_where_the_clock_has_stepped_back(
    app: Flask, clerks: dict[str, Actor]
) -> None:
    prepared = builders.prepared_round(builders.open_plank())
    with pytest.raises(RuleBroken, match="only while it is open"):
        extend(prepared, clerks["green"], 1)
    round_id = builders.open_round(builders.open_plank(), told=True)
    builders.move_clock(days=-2)
    with pytest.raises(RuleBroken, match="only while it is open"):
        extend(round_id, clerks["green"], 1)
    builders.move_clock(days=9, minutes=1)
    with pytest.raises(RuleBroken, match="only while it is open"):
        extend(round_id, clerks["green"], 1)
    builders.move_clock(days=-3)
    with pytest.raises(RuleBroken, match="at most 7"):
        extend(round_id, clerks["green"], 8)
    assert rows(JointWord) == [0]


def test_clerks_extend_a_round_on_its_pages_and_see_nothing_of_its_turnout(
    round_id: int, client: FlaskClient, clerks: dict[str, Actor]
) -> None:
    before = {key: page_of_clerk(client, clerks[key], "/rounds/1/extend") for key in GROUP_KEYS}
    for key in GROUP_KEYS:
        builders.vote(round_id, builders.voters(round_id, key)[:5])
    assert {key: page_of_clerk(client, clerks[key], "/rounds/1/extend") for key in GROUP_KEYS} == before
    with transaction():
        close = minute((builders.a_round(round_id).closes_at or clock.now()) + timedelta(days=3))
    assert client.post("/rounds/1/extend", data={"days": "3"}).status_code == 303
    assert f"Agree: voting closes on {close}" not in page_of_clerk(client, clerks["green"], "/rounds/1/extend")
    assert f"Agree: voting closes on {close}" in page_of_clerk(client, clerks["labour"], "/rounds/1/extend")
    assert "Clerks of the Compass Green group have asked for more time" in page_of_clerk(
        client, clerks["labour"], "/rounds/1"
    )
    for sent, fault in (({}, "in figures"), ({"days": "many"}, "in figures"), ({"days": "9"}, "at most 7")):
        answer = client.post("/rounds/1/extend", data=sent)
        assert answer.status_code == 422
        assert fault in main_of(answer)
    builders.sign_in(client, clerks["green"])
    assert client.post("/rounds/1/extend", data={"step": "take_back"}).status_code == 303
    assert client.post("/rounds/1/extend", data={"step": "take_back"}).status_code == 409
    assert rows(JointWord) == [0]
    builders.sign_in(client, builders.voters(round_id, "green")[0])
    assert "more time" not in main_of(client.get("/rounds/1"))


def page_of_clerk(client: FlaskClient, by: Actor, address: str) -> str:
    """What a clerk sees at an address."""
    builders.sign_in(client, by)
    return without_tokens(client.get(address))


def test_an_annulled_round_leaves_no_vote_and_the_plank_is_open_for_a_new_one(
    round_id: int, clerks: dict[str, Actor]
) -> None:
    voter = builders.voters(round_id, "green")[0]
    builders.vote(round_id, [voter, *builders.voters(round_id, "labour")[:5]])
    roll = {one.person_id for key in GROUP_KEYS for one in builders.voters(round_id, key)} | {voter.person_id}
    with transaction():
        plank_id = builders.a_round(round_id).plank_id
    assert [annul(round_id, clerks[key]) for key in GROUP_KEYS] == [False, False, True]
    assert rows(OpenPaper, Participation, CountedPaper, CountedReceipt, Count) == [0, 0, 0, 0, 0]
    assert told("annulled") >= roll
    with transaction():
        assert builders.a_round(round_id).stage is RoundStage.ANNULLED
        assert builders.plank(plank_id).stage is Stage.OPEN
        seen = ballots.seen_by(voter, builders.a_round(round_id))
        assert not seen.has_voted
    with pytest.raises(RuleBroken, match="was annulled, so no vote in it counts"):
        builders.vote(round_id, [voter])
    for by in clerks.values():
        with pytest.raises(RuleBroken, match="stands as it is"):
            annul(round_id, by)
    builders.pass_time(days=30)
    tick()
    assert db.session.query(Round).count() == 1
    again = builders.open_round(plank_id, told=True)
    builders.vote(again, [voter])
    assert rows(OpenPaper, Participation) == [1, 1]


def test_who_is_on_the_roll_reads_what_has_changed(
    round_id: int, client: FlaskClient, clerks: dict[str, Actor]
) -> None:
    builders.sign_in(client, builders.voters(round_id, "green")[0])
    for by in clerks.values():
        extend(round_id, by, 1)
    with transaction():
        close = minute(builders.a_round(round_id).closes_at)
    assert f"stays open until {close}. If you have not voted yet, you can." in main_of(client.get("/notices"))
    said = f"Voting is open until {close}. Clerks of all groups have extended it"
    assert said in main_of(client.application.test_client().get("/rounds/1"))
    annulled(round_id)
    shown = main_of(client.get("/notices"))
    assert "is annulled. Nothing in it is counted, and a new one can be held." in shown
    builders.pass_time(days=9)
    shown = main_of(client.get("/notices"))
    assert "stays open until" not in shown
    assert f"closed on {close}" in shown


def test_a_vote_in_an_annulled_round_bars_nobody_from_voting_in_another_group(round_id: int) -> None:
    mover = builders.voters(round_id, "green")[0]
    builders.vote(round_id, [mover])
    with transaction():
        plank_id = builders.a_round(round_id).plank_id
    annulled(round_id)
    with transaction():
        old = db.session.query(Membership).filter_by(person_id=mover.person_id).one()
        old.stage = MembershipStage.LEFT
        db.session.flush()
        since = clock.now() - timedelta(days=30)
        new = Membership(person_id=mover.person_id, group="labour", stage=MembershipStage.ACTIVE, active_since=since)
        db.session.add(new)
    again = builders.open_round(plank_id, told=True)
    assert mover.person_id in {one.person_id for one in builders.voters(again, "labour")}


def test_the_papers_on_amendments_come_back_open_with_their_hours_running_anew(app: Flask) -> None:
    plank_id = builders.open_plank()
    builders.decided(plank_id, yes=("green",))
    amendment_id = builders.open_amendment(plank_id, builders.member("green"), "2030", "2035")
    round_id = builders.open_round(plank_id, RoundKind.AMENDMENTS, told=True)
    builders.pass_time(days=8)  # It is published, and another one prepared, whose papers then come back.
    assert builders.amendment(amendment_id).stage is not AmendmentStage.BALLOTING
    amendment_id = builders.open_amendment(plank_id, builders.member("green"), "2030", "2036")
    with pytest.raises(RuleBroken, match="published stands as it is"):
        annul(round_id, builders.clerk("green"))
    round_id = builders.open_round(plank_id, RoundKind.AMENDMENTS, told=True)
    assert builders.amendment(amendment_id).stage is AmendmentStage.BALLOTING
    annulled(round_id)
    amendment = builders.amendment(amendment_id)
    assert amendment.stage is AmendmentStage.OPEN
    assert amendment.opened_at is not None
    assert clock.now() - amendment.opened_at < timedelta(minutes=1)


def test_a_closed_round_that_is_counted_can_be_annulled_until_it_is_published(round_id: int) -> None:
    for key in GROUP_KEYS:
        builders.vote(round_id, builders.voters(round_id, key)[:6])
    builders.move_clock(days=7, minutes=1)
    for step in (counting.close, counting.count):
        with transaction():
            step(builders.a_round(round_id))
    assert rows(CountedPaper) == [18]
    annulled(round_id)
    assert rows(CountedPaper, CountedReceipt, Count, Participation) == [0, 0, 0, 0]
    tick()
    assert builders.a_round(round_id).stage is RoundStage.ANNULLED


def test_a_re_run_that_is_annulled_does_not_come_back_by_itself(round_id: int) -> None:
    for key in ("green", "lib_dem"):
        builders.vote(round_id, builders.voters(round_id, key))
    builders.pass_time(days=7, minutes=1)
    builders.pass_time(days=7, minutes=1)
    rerun = db.session.query(Round).filter_by(rerun_of_id=round_id).one()
    rerun_id, plank_id = rerun.id, rerun.plank_id
    assert rerun.stage is RoundStage.OPEN
    annulled(rerun_id)
    builders.pass_time(days=30)
    with transaction():
        assert builders.plank(plank_id).stage is Stage.OPEN
        assert db.session.query(Round).count() == 2


def test_an_annulment_is_asked_for_on_its_page_and_its_reasons_are_public_only_once_it_is_so(
    round_id: int, client: FlaskClient, clerks: dict[str, Actor]
) -> None:
    builders.sign_in(client, clerks["green"])
    assert client.post("/rounds/1/annul", data={"reason": " "}).status_code == 422
    for key in ("green", "labour"):
        builders.sign_in(client, clerks[key])
        assert client.post("/rounds/1/annul", data={"reason": f"So says {key}."}).status_code == 303
    assert "So says green." in main_of(client.get("/rounds/1/annul"))
    assert client.post("/rounds/1/annul", data={"step": "take_back"}).status_code == 303
    annul(round_id, clerks["labour"], "So says labour.")
    visitor = client.application.test_client()
    assert "So says" not in visitor.get("/rounds/1").text
    annul(round_id, clerks["lib_dem"], "So say we.")
    shown = main_of(visitor.get("/rounds/1"))
    assert "Annulled" in shown
    for reason in ("So says green.", "So says labour.", "So say we."):
        assert reason in shown
    assert "Clerks of all groups have annulled it; no vote in it counts." in visitor.get("/whats-new").text
    assert "Annulled by clerks of all groups before its result." in visitor.get("/planks/1?view=backing").text


@pytest.mark.parametrize("act", JointAct)
def test_nobody_takes_back_what_was_not_said(round_id: int, clerks: dict[str, Actor], act: JointAct) -> None:
    with pytest.raises(RuleBroken, match="said nothing of the kind"), transaction():
        joint.take_back(builders.a_round(round_id), act, by=clerks["green"])
