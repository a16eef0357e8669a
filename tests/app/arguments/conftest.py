"""What tests of arguments begin with."""

import pytest
from flask import Flask

from tests import builders


@pytest.fixture(autouse=True)
def _no_tokens(app: Flask) -> None:
    """Forms are sent without tokens, except where the token is the point."""
    app.config["WTF_CSRF_ENABLED"] = False


@pytest.fixture
def plank_id(app: Flask) -> int:
    """Plank 1, which is open."""
    return builders.open_plank()
