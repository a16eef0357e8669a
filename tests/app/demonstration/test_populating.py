"""`flask demo populate`: many made-up rows, each as the services would have left it."""

import pytest
from flask import Flask
from sqlalchemy import func, select

from app.audit import queries as audit
from app.audit import replaying
from app.demonstration.populating import Amounts, populate
from app.desk.ticking import tick
from app.extensions import db
from app.models import CountedPaper, Participation, Person, Plank, RollEntry, Round
from app.planks import service as planks
from app.web.transactions import transaction
from policies.permissions import Actor
from tests import builders


@pytest.fixture
def real_app(bare_app: Flask) -> Flask:
    """The application on an empty database that is no demonstration."""
    return bare_app


def test_so_many_planks_people_and_votes_are_made_up_and_the_record_tells_of_all_of_them(real_app: Flask) -> None:
    commands = real_app.test_cli_runner()
    said = commands.invoke(args=["demo", "populate", "--planks", "20", "--people", "90", "--votes", "1000"])
    assert said.exit_code == 0, said.output
    assert "20 planks, 90 people and 1,000 votes in " in said.output
    with real_app.app_context():
        counts = [db.session.scalar(select(func.count()).select_from(kind)) for kind in (Plank, Person, CountedPaper)]
        assert counts == [20, 90, 1000]
        assert audit.verify().fault == audit.altered_text() == ""
        assert audit.unsealed() == 0
        assert replaying.faults() == []
        voted = {(row.ballot_id, row.person_id) for row in db.session.scalars(select(Participation))}
        assert voted < {(row.ballot_id, row.person_id) for row in db.session.scalars(select(RollEntry))}
        assert {
            name for (name,) in db.session.execute(select(Person.name)) if not name.startswith("Made-up member")
        } == set()
    page = real_app.test_client().get("/").get_data(as_text=True)
    assert "Made-up plank" in page
    again = commands.invoke(args=["demo", "populate"])
    assert again.exit_code == 1
    assert "in use" in again.output


def test_amounts_that_cannot_be_are_refused_in_words(real_app: Flask) -> None:
    for amounts in (["--people", "10"], ["--votes", "20"]):
        said = real_app.test_cli_runner().invoke(args=["demo", "populate", *amounts])
        assert said.exit_code == 1
        assert "Choose other amounts" in said.output


def test_life_goes_on_after_it(real_app: Flask) -> None:
    with real_app.app_context():
        with transaction():
            populate(Amounts(8, 90, 300))
        assert db.session.scalar(select(func.count(Round.id)).where(Round.stage == "published")) == 7
        tick()
        member: Actor = builders.member("green")
        with transaction():
            begun = planks.begin(db.session.get_one(Plank, 1).theme, "Warm homes", builders.TEXT, "Cold.", by=member)
            assert begun.id == 9
        assert audit.verify().fault == ""
