"""What tests of amendments' pages begin with."""

import pytest
from flask import Flask
from flask.testing import FlaskClient

from policies.permissions import Actor
from tests import builders


@pytest.fixture(autouse=True)
def _no_tokens(app: Flask) -> None:
    """Forms are sent without tokens, except where the token is the point."""
    app.config["WTF_CSRF_ENABLED"] = False


@pytest.fixture
def plank_id(app: Flask) -> int:
    """An open plank, moved by a member of the Green group."""
    return builders.open_plank()


@pytest.fixture
def labour(app: Flask, client: FlaskClient) -> Actor:
    """A member of the Labour group, signed in."""
    actor = builders.member("labour")
    builders.sign_in(client, actor)
    return actor
