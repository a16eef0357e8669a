"""S6: what is sent besides what a form asks for changes nothing, whoever's name, group or state it claims."""

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.extensions import db
from app.models import (
    Amendment,
    Argument,
    Ballot,
    CaseWord,
    NameChoice,
    Offer,
    OpenPaper,
    Participation,
    Plank,
    PlankSecond,
    Position,
    Report,
    Round,
    Ruling,
    SignIn,
)
from app.planks import service as planks
from app.web.transactions import transaction
from policies.amendments import AmendmentStage
from policies.ballots import RoundKind, RoundStage
from policies.groups import GROUP_KEYS
from policies.moderation import CaseStage
from policies.permissions import Actor
from policies.planks import Stage
from tests import builders, moderated
from tests.app.dump import everything

GOOD = {"title": "Warm homes", "theme": "housing", "text": "Homes must be warm.", "reason": "Cold harms."}
# What no form has, and what somebody would like to set.
EXTRA = {
    "id": "1",
    "key": "aaaaaaaaaaaa",
    "number": "1",
    "group": "labour",
    "group_key": "labour",
    "stage": "open",
    "state": "agreed",
    "agreed": "1",
    "agreed_version_id": "1",
    "mover_id": "1",
    "person": "1",
    "person_id": "1",
    "author": "1",
    "clerk_id": "1",
    "is_clerk": "true",
    "is_demonstration": "0",
    "by": "1",
    "csrf_token": "x",
}


@pytest.fixture(autouse=True)
def plank_id(app: Flask) -> int:
    """An open plank with the number 1, and forms without their token."""
    app.config["WTF_CSRF_ENABLED"] = False
    with transaction():
        planks.theme_named("Housing", "housing")
    return builders.open_plank(builders.member("labour"))


def browser(app: Flask, actor: Actor) -> FlaskClient:
    """A browser in which this person is signed in."""
    client = app.test_client()
    builders.sign_in(client, actor)
    return client


def test_a_proposal_is_the_proposers_own_draft_whatever_else_is_sent(app: Flask) -> None:
    by = builders.member("green")
    assert browser(app, by).post("/planks/new", data={**EXTRA, **GOOD}).status_code == 303
    plank = db.session.query(Plank).filter_by(mover_id=by.person_id).one()
    assert (plank.group, plank.stage, plank.number) == ("green", Stage.DRAFT, None)
    assert (plank.agreed_version_id, plank.working_version_id) == (None, None)
    assert plank.key != EXTRA["key"]


def test_an_amendment_is_its_movers_own_draft_whatever_else_is_sent(app: Flask, plank_id: int) -> None:
    by = builders.member("green")
    words = {"title": "Warm homes for all", "text": "Homes must be warm.", "reason": "Shorter."}
    assert browser(app, by).post("/planks/1/amend", data={**EXTRA, **words, "plank_id": "2"}).status_code == 303
    amendment = db.session.query(Amendment).one()
    assert (amendment.mover_id, amendment.group) == (by.person_id, "green")
    assert (amendment.stage, amendment.number, amendment.plank_id) == (AmendmentStage.DRAFT, None, plank_id)


def test_an_offer_is_its_makers_own_and_open_whatever_else_is_sent(app: Flask, plank_id: int) -> None:
    builders.open_amendment(plank_id, builders.member("lib_dem"), "2030", "2035")
    by, words = builders.member("green"), {"title": "Warm homes", "text": "Be warm.", "reason": "Shorter.", "seen": "1"}
    sent = {**EXTRA, **words, "stage": "accepted", "offerer_id": "1", "amendment_id": "2", "became_id": "1"}
    assert browser(app, by).post("/amendments/P1-A1/offers", data=sent).status_code == 303
    offer = db.session.query(Offer).one()
    assert (offer.offerer_id, offer.group, offer.stage, offer.became_id) == (by.person_id, "green", "open", None)
    assert offer.key != EXTRA["key"]


def test_a_second_is_the_seconders_own_whatever_else_is_sent(app: Flask) -> None:
    plank_id, by = builders.submitted(builders.member("green")), builders.member("lib_dem")
    with transaction():
        ref = builders.plank(plank_id).ref
    assert browser(app, by).post(f"/planks/{ref}/second", data=EXTRA).status_code == 303
    second = db.session.query(PlankSecond).filter_by(plank_id=plank_id).one()
    assert (second.person_id, second.group) == (by.person_id, "lib_dem")
    with transaction():
        assert builders.plank(plank_id).stage is Stage.SEEKING_SECONDERS


def test_a_clerk_speaks_for_the_own_group_whatever_else_is_sent(app: Flask) -> None:
    plank_id, by = builders.seconded(builders.member("green")), builders.clerk("lib_dem")
    with transaction():
        ref = builders.plank(plank_id).ref
    client = browser(app, by)
    for group in GROUP_KEYS:
        answer = client.post(f"/planks/{ref}/rule", data={**EXTRA, "group": group, "verdict": "in_order", "reason": ""})
        assert answer.status_code == 303
    ruling = db.session.query(Ruling).filter_by(plank_id=plank_id).one()
    assert (ruling.group, ruling.clerk_id) == ("lib_dem", by.person_id)
    with transaction():
        assert builders.plank(plank_id).stage is Stage.CHECKING


def test_an_argument_a_report_and_a_word_on_it_say_nothing_but_what_is_asked(app: Flask) -> None:
    by, clerk = builders.member("green"), builders.clerk("lib_dem")
    sent = {**EXTRA, "side": "against", "words": "x", "hidden_at": "2020-01-01", "shows_name": "true", "sitting": "1"}
    assert browser(app, by).post("/planks/1/arguments/for", data={**sent, "text": "It helps."}).status_code == 303
    with transaction():
        argument, key = db.session.query(Argument).one(), db.session.scalars(db.select(Argument.key)).one()
        assert (argument.author_id, argument.group, argument.side) == (by.person_id, "green", "for")
        assert (argument.words, argument.hidden_at) == ("It helps.", None)
        assert db.session.query(NameChoice).count() == 0
        assert key != EXTRA["key"]
    report = {**sent, "text": f"argument-{key}", "wrong": "spam", "words": "", "settlement": "left", "stage": "hidden"}
    about = f"/report?page=%2Fplanks%2F1%3Fview%3Darguments&text=argument-{key}"
    assert browser(app, by).post(about, data=report).status_code == 303
    with transaction():
        filed = db.session.query(Report).one()
        assert (filed.settled_at, filed.case.stage) == (None, CaseStage.WAITING)
        case, text = moderated.the_case(filed.case.subject)
        address, read = f"/clerk/cases/{case.key}", text.fingerprint
    for group in GROUP_KEYS:
        said = {**sent, "group": group, "verdict": "hide", "reason": "It is rude.", "read": read}
        assert browser(app, clerk).post(address, data=said).status_code == 303
    word = db.session.query(CaseWord).one()
    assert (word.group, word.clerk_id) == ("lib_dem", clerk.person_id)


def test_a_round_waits_for_two_groups_whatever_else_is_sent(app: Flask, plank_id: int) -> None:
    by = builders.clerk("green")
    client = browser(app, by)
    asked = {
        "question": "working",
        "agreement": "now",
        "groups": "green",
        "opens_at": "2020-01-01",
        "kind": "amendments",
    }
    assert client.post("/planks/1/rounds/new", data={**EXTRA, **asked}).status_code == 303
    assert client.post("/rounds/1/open", data={**EXTRA, "form": "endorse", "group": "labour"}).status_code == 303
    prepared = db.session.query(Round).one()
    assert (prepared.stage, prepared.kind, prepared.opens_at) == (RoundStage.PREPARED, RoundKind.ENDORSEMENT, None)
    assert [opening.group for opening in prepared.openings] == ["green"]
    assert sorted(prepared.groups) == sorted(GROUP_KEYS)
    assert (prepared.prepared_by_id, prepared.prepared_group) == (by.person_id, "green")


def test_a_vote_is_the_voters_own_whatever_else_is_sent(app: Flask, plank_id: int) -> None:
    round_id = builders.open_round(plank_id)
    by = builders.voters(round_id, "green")[0]
    sent = {**EXTRA, "text": "no", "ballot_id": "1", "receipt": "a" * 26, "weight": "100"}
    assert browser(app, by).post("/rounds/1/cast", data=sent).status_code == 303
    assert [vote.person_id for vote in db.session.query(Participation)] == [by.person_id]
    paper, ballot = db.session.query(OpenPaper, Ballot).join(Ballot, Ballot.id == OpenPaper.ballot_id).one()
    assert (ballot.group, paper.choices) == ("green", {"text": "no"})
    assert paper.receipt != "a" * 26


def test_a_position_is_the_mps_own_whatever_else_is_sent(app: Flask) -> None:
    by, other = builders.mp(), builders.mp("Anytown West")
    sent = {**EXTRA, "position": "supports", "mp_id": str(other.mp_id), "party": "Green Party", "version_id": "9"}
    assert browser(app, by).post("/planks/1/v1/position", data=sent).status_code == 303
    position = db.session.query(Position).one()
    assert (position.mp_id, position.party, position.version.name) == (by.mp_id, "Labour", "1")


def test_signing_in_gives_the_rights_one_has_whatever_else_is_sent(app: Flask) -> None:
    by = builders.member("green")
    before, client = everything(but=["sign_ins"]), app.test_client()
    assert client.post("/sign-in", data={**EXTRA, "person": str(by.person_id)}).status_code == 303
    assert client.get("/to-do").status_code == 200
    assert client.get("/clerk").status_code == 403
    assert [one.person_id for one in db.session.query(SignIn)] == [by.person_id]
    assert everything(but=["sign_ins"]) == before
