"""Every answer carries the headers that keep pages to themselves."""

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests import builders


@pytest.mark.parametrize("address", ["/", "/nowhere", "/sign-in", "/static/img/mark.svg"])
def test_nothing_may_come_from_elsewhere_or_stand_inline(client: FlaskClient, address: str) -> None:
    with client.get(address) as answer:
        headers = answer.headers
    policy = headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "http" not in policy
    assert "frame-ancestors 'none'" in policy
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"


def test_pages_of_somebody_signed_in_are_not_kept(client: FlaskClient) -> None:
    builders.sign_in(client, builders.member())
    assert client.get("/").headers["Cache-Control"] == "no-store"


def test_a_visitor_who_only_reads_gets_no_cookie(bare_app: Flask) -> None:
    assert "Set-Cookie" not in bare_app.test_client().get("/").headers
