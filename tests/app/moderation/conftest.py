"""What tests of moderation begin with."""

import pytest
from flask import Flask


@pytest.fixture(autouse=True)
def _no_tokens(app: Flask) -> None:
    """Forms are sent without tokens, except where the token is the point."""
    app.config["WTF_CSRF_ENABLED"] = False
