"""Having the made-up voters vote, so that one person can live through a round."""

from collections import Counter
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from app import clock
from app.amendments import service as amendments
from app.extensions import db
from app.models import Ballot, Membership, OpenPaper, Participation, Person
from app.people import service as people
from app.web.transactions import transaction
from policies.ballots import RoundKind, RoundStage
from policies.endorsements import Form
from policies.groups import GROUP_KEYS
from tests import builders
from tests.app.reading import main_of

VOTERS = 20


@pytest.fixture
def round_id(app: Flask) -> int:
    """An open round; each group has twenty voters whom nobody signs in as, besides those who can be signed in as."""
    app.config["WTF_CSRF_ENABLED"] = False
    unseen_voters_join()
    return builders.open_round(builders.open_plank())


def unseen_voters_join() -> None:
    """Twenty unseen voters join each group."""
    joined = clock.now() - timedelta(days=60)
    with transaction():
        for key in GROUP_KEYS:
            for number in range(VOTERS):
                name = f"Demonstration voter {number} ({key})"
                people.add_demonstration_member(name, key, is_clerk=False, can_sign_in=False, active_since=joined)


def let_vote(client: FlaskClient, number: object = 1, **leans: str) -> TestResponse:
    """Send the form of the clock's page."""
    return client.post("/clock/votes", data={"round": str(number), **leans})


def papers(question: str = "text") -> dict[str, Counter[str]]:
    """How often each choice stands on the papers cast so far, by group."""
    found: dict[str, Counter[str]] = {}
    with transaction():
        for group, choices in db.session.query(Ballot.group, OpenPaper.choices).join(
            OpenPaper, OpenPaper.ballot_id == Ballot.id
        ):
            found.setdefault(group, Counter())[choices[question]] += 1
    return found


def test_each_group_leans_as_it_is_told_or_stays_away(client: FlaskClient, round_id: int) -> None:
    page = main_of(client.get("/clock"))
    assert "Round R1" in page
    assert page.count("<select") == len(GROUP_KEYS)
    answer = let_vote(client, labour="yes", lib_dem="no", green="")
    assert (answer.status_code, answer.location) == (303, "/clock")
    assert f"{2 * VOTERS} made-up voters have cast their papers." in main_of(client.get("/clock"))
    cast = papers()
    assert set(cast) == {"labour", "lib_dem"}
    assert [cast[group].total() for group in ("labour", "lib_dem")] == [VOTERS, VOTERS]
    assert cast["labour"]["yes"] > 2 * cast["labour"]["no"] > 0
    assert cast["lib_dem"]["no"] > cast["lib_dem"]["yes"] > 0


def test_those_whom_one_can_sign_in_as_are_left_to_vote_themselves(client: FlaskClient, round_id: int) -> None:
    let_vote(client, labour="yes", lib_dem="yes", green="yes")
    voted = db.session.query(Person).join(Participation, Participation.person_id == Person.id)
    assert voted.count() == 3 * VOTERS
    assert voted.filter(Person.is_offered).count() == 0


def test_twice_does_nothing_more_even_with_another_lean(client: FlaskClient, round_id: int) -> None:
    let_vote(client, green="yes")
    before = papers()
    let_vote(client, green="no")
    assert papers() == before
    assert "Nobody was left to vote." in main_of(client.get("/clock"))


def test_those_left_over_can_still_be_had_to_vote(client: FlaskClient, round_id: int) -> None:
    with transaction():
        first = (
            db.session.query(Person)
            .join(Membership, Membership.person_id == Person.id)
            .filter(~Person.is_offered, Membership.group == "green")
            .first()
        )
        assert first is not None
        actor = first.actor
    builders.vote(round_id, [actor])
    let_vote(client, green="yes")
    assert f"{VOTERS - 1} made-up voters have cast their papers." in main_of(client.get("/clock"))


def test_forged_groups_and_leans_are_ignored(client: FlaskClient, round_id: int) -> None:
    let_vote(client, conservative="yes", GREEN="yes", green="YES", lib_dem="maybe", labour="' OR 1=1")
    assert papers() == {}
    assert "Nobody was left to vote." in main_of(client.get("/clock"))


def test_a_round_that_is_not_there_is_refused_in_words(client: FlaskClient, round_id: int) -> None:
    for number in ("", "0", "2", "-1", "1.0", "01", "x", "9" * 40, "²"):
        answer = let_vote(client, number, green="yes")
        assert answer.status_code == 409, number
        assert "That round is not open. Choose one of the open rounds" in answer.text
    assert papers() == {}


def test_nobody_votes_before_a_round_opens_or_once_it_has_closed(app: Flask, client: FlaskClient) -> None:
    app.config["WTF_CSRF_ENABLED"] = False
    unseen_voters_join()
    builders.prepared_round(builders.open_plank())
    assert let_vote(client, green="yes").status_code == 409
    round_id = builders.open_round(builders.open_plank())
    builders.move_clock(days=7, minutes=1)
    with transaction():
        number, stage = builders.a_round(round_id).number, builders.a_round(round_id).stage
    assert stage is RoundStage.OPEN
    assert let_vote(client, number, green="yes").status_code == 409
    assert papers() == {}
    assert db.session.query(Participation).count() == 0


def test_a_paper_of_amendments_is_answered_in_full(app: Flask, client: FlaskClient) -> None:
    app.config["WTF_CSRF_ENABLED"] = False
    unseen_voters_join()
    plank_id = builders.open_plank()
    for old, new in (("2030", "2031"), ("coldest", "oldest")):
        amendment_id = builders.open_amendment(plank_id, builders.member("green"), old, new)
        objector = builders.member("labour")
        with transaction():
            amendments.object_to(builders.amendment(amendment_id), "It needs a vote.", by=objector)
    builders.open_round(plank_id, RoundKind.AMENDMENTS)
    let_vote(client, green="yes")
    assert papers("A1")["green"].total() == papers("A2")["green"].total() == VOTERS


def test_their_votes_decide(client: FlaskClient, round_id: int) -> None:
    let_vote(client, labour="yes", lib_dem="yes", green="yes")
    client.post("/clock", data={"move": "next"})
    with transaction():
        assert builders.a_round(round_id).stage is RoundStage.PUBLISHED
    assert "Agreed" in main_of(client.get("/planks/1"))
    assert "No round is open now." in main_of(client.get("/clock"))


def test_a_paper_with_parts_voted_on_by_themselves_is_answered_in_full(app: Flask, client: FlaskClient) -> None:
    app.config["WTF_CSRF_ENABLED"] = False
    unseen_voters_join()
    plank_id = builders.open_plank()
    with transaction():
        version = builders.plank(plank_id).working_version
        assert version is not None
        apart = version.units[0].unit_id
    builders.open_round(plank_id, forms={"green": Form(separate=(apart,))})
    assert let_vote(client, labour="yes", green="yes").status_code == 303
    assert papers()["green"].total() == papers()["labour"].total() == VOTERS
