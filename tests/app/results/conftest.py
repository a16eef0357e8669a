"""What tests of results begin with."""

import pytest
from flask import Flask


@pytest.fixture
def no_tokens(app: Flask) -> None:
    """Forms are sent without tokens."""
    app.config["WTF_CSRF_ENABLED"] = False
