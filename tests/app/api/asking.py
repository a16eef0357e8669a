"""Asking the API in a test: what is answered, and the rows of a list to its end."""

from typing import Any
from urllib.parse import urlsplit

from flask.testing import FlaskClient


def asked(client: FlaskClient, address: str) -> dict[str, Any]:
    """The answer, which is a good one."""
    answer = client.get(f"/api/v1/{address}")
    assert answer.status_code == 200, answer.text
    told: dict[str, Any] = answer.json
    return told


def following(told: dict[str, Any]) -> str:
    """Where a list goes on, as `asked` wants it."""
    parts = urlsplit(told["next"])
    return f"{parts.path.removeprefix('/api/v1/')}?{parts.query}"


def names(told: dict[str, Any], of_list: str = "planks") -> list[str]:
    """The names of the rows of one page."""
    return [row["name"] for row in told[of_list]]
