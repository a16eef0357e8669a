"""A member who has done one of everything, to be exported and erased."""

from dataclasses import dataclass

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.extensions import db
from app.models import Person
from app.web.transactions import transaction
from policies.interest import ConsentPurpose
from policies.permissions import Actor
from tests import builders, interested

NAME, ADDRESS = "Demonstration Zadie Quill", "zadie.quill@example.org"
SECRET_DRAFT = "Zebra crossings for every village"


@dataclass
class Member:
    """Somebody, and what they put where."""

    actor: Actor
    public_plank: int
    hidden_plank: int
    draft: int
    argument: int
    round: int


@pytest.fixture(autouse=True)
def _no_tokens(app: Flask) -> None:
    app.config["WTF_CSRF_ENABLED"] = False


@pytest.fixture
def zadie(app: Flask) -> Member:
    """A Green member with a public plank, a hidden one, a draft, a named argument, a vote and registered interest."""
    actor = builders.member("green")
    with transaction():
        person = db.session.get_one(Person, actor.person_id)
        person.name, person.email, person.is_offered = NAME, ADDRESS, False
    interested.supporter(ADDRESS, *ConsentPurpose)
    public = builders.open_plank(actor)
    hidden = builders.submitted(actor, title="A hidden plank of hers")
    draft = builders.draft(actor, title=SECRET_DRAFT)
    argument = builders.argued(public, actor, named=True)
    round_id = builders.open_round(builders.open_plank())
    builders.vote(round_id, [actor])
    return Member(actor, public, hidden, draft, argument, round_id)


def browser(app: Flask, actor: Actor | None = None) -> FlaskClient:
    """A browser, signed in a moment ago as somebody, or as nobody."""
    client = app.test_client()
    if actor is not None:
        builders.sign_in(client, actor)
    return client
