"""People who are nobody's invention, so that they have to prove who they are; forms go without their tokens."""

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.extensions import db
from app.models import Person
from app.web.transactions import transaction
from policies.permissions import Actor
from tests import builders
from tests.app.passkeys.device import ADDRESS


@pytest.fixture(autouse=True)
def _no_tokens(bare_app: Flask) -> None:
    bare_app.config["WTF_CSRF_ENABLED"] = False


def real(actor: Actor, address: str) -> Actor:
    """Make somebody a person with an address whom the demonstration did not make up."""
    with transaction():
        person = db.session.get_one(Person, actor.person_id)
        person.is_offered = person.is_demonstration = False
        person.email = address
    return actor


@pytest.fixture
def jo(app: Flask) -> Actor:
    """A clerk of the Green group."""
    return real(builders.clerk("green"), ADDRESS)


@pytest.fixture
def browser(client: FlaskClient, jo: Actor) -> FlaskClient:
    """A browser in which the clerk signed in by mail, a moment ago."""
    builders.sign_in(client, jo, by_passkey=False)
    return client
