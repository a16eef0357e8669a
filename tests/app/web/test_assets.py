"""The two files of the look: small, whole, and kept for ever under an address that names their content."""

import gzip

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.web import assets


@pytest.fixture
def served() -> Flask:
    app = Flask("look")
    assets.init_app(app)
    return app


@pytest.fixture
def visitor(served: Flask) -> FlaskClient:
    return served.test_client()


def test_each_file_is_served_at_its_address_and_may_be_kept_for_ever(served: Flask, visitor: FlaskClient) -> None:
    for address, kind in ((assets.stylesheet_url(served), "text/css"), (assets.script_url(served), "text/javascript")):
        answer = visitor.get(address)
        assert answer.status_code == 200
        assert answer.mimetype == kind
        assert "immutable" in answer.headers["Cache-Control"]


def test_the_fonts_come_packed_at_the_addresses_that_the_style_sheet_names(served: Flask, visitor: FlaskClient) -> None:
    style = visitor.get(assets.stylesheet_url(served)).text
    assert len(assets.font_urls(served)) == 2
    for address in assets.font_urls(served):
        answer = visitor.get(address, headers={"Accept-Encoding": "gzip"})
        assert f'url("{address}")' in style
        assert (answer.mimetype, answer.data[:4]) == ("font/woff2", b"wOF2")
        assert "immutable" in answer.headers["Cache-Control"]


@pytest.mark.parametrize(
    "address",
    ["/assets/common-sans-400.woff2", "/assets/site-0000000000000000.css", "/assets/site-.js", "/assets/site-x.css"],
)
def test_another_address_is_not_there(visitor: FlaskClient, address: str) -> None:
    assert visitor.get(address).status_code == 404


def test_the_look_costs_less_than_25_kilobytes_and_reaches_nowhere_else(served: Flask, visitor: FlaskClient) -> None:
    style = visitor.get(assets.stylesheet_url(served)).data
    script = visitor.get(assets.script_url(served)).data
    assert len(gzip.compress(style)) + len(gzip.compress(script)) < 25_000
    for word in (b"http:", b"https:", b"//cdn", b"data:", b"@import"):
        assert word not in style
    assert style.index(b"--paper:") < style.index(b".card") < style.index(b"@media print")


def test_black_on_white_is_written_once_and_holds_in_large_print_and_on_paper(
    served: Flask, visitor: FlaskClient
) -> None:
    style = visitor.get(assets.stylesheet_url(served)).text
    assert "html.large-print {\n  color-scheme: light;\n  --paper: #fff;" in style
    assert "@media print {\n:root {\n  color-scheme: light;\n  --paper: #fff;" in style
    assert style.count("--accent-tint: #fff;") == 2


def test_views_are_marked_as_open_to_everybody(served: Flask) -> None:
    for endpoint in ("assets.stylesheet", "assets.script", "assets.font"):
        assert served.view_functions[endpoint].public_asset is True


def test_a_browser_that_can_unpack_gets_it_packed(served: Flask, visitor: FlaskClient) -> None:
    plain = visitor.get(assets.stylesheet_url(served))
    packed = visitor.get(assets.stylesheet_url(served), headers={"Accept-Encoding": "gzip"})
    assert "Content-Encoding" not in plain.headers
    assert packed.headers["Content-Encoding"] == "gzip"
    assert packed.headers["Vary"] == "Accept-Encoding"
    assert gzip.decompress(packed.data) == plain.data


def test_the_first_visit_to_the_front_page_costs_less_than_60_kilobytes(client: FlaskClient) -> None:
    ways = client.application.extensions["look"].values()
    sent = [client.get(way.path, headers={"Accept-Encoding": "gzip"}).data for way in ways]
    assert len(client.get("/").data) + sum(map(len, sent)) < 60_000
