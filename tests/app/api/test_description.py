"""The description, the page about it and the file of everything leave nothing out."""

import gzip
import json
import re

from flask import Flask
from flask.testing import FlaskClient

from policies.groups import GROUPS
from tests import builders
from tests.app.api.asking import asked, names
from tests.app.reading import main_of
from tests.app.results.published import published


def test_every_route_is_described_and_whatever_is_described_is_there(app: Flask, client: FlaskClient) -> None:
    told = asked(client, "openapi.json")
    routes = {
        re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", rule.rule)
        for rule in app.url_map.iter_rules()
        if rule.rule.startswith("/api/")
    }
    assert (told["openapi"], set(told["paths"])) == ("3.1.0", routes)
    for path, operations in told["paths"].items():
        assert set(operations["get"]["responses"]) >= {"200", "400", "404", "429"}, path
        assert operations["get"]["summary"].endswith((".", "…")), path


def test_the_page_names_every_address_and_shows_answers_of_this_moment(app: Flask, client: FlaskClient) -> None:
    published({"green": (40, 15, 3), "labour": (12, 5, 1), "lib_dem": (4, 2, 0)})
    page = main_of(client.get("/api"))
    for path in asked(client, "openapi.json")["paths"]:
        assert path in page
    assert "CC BY 4.0" in page
    assert "“text”" not in page
    assert page.count("<pre") == 4
    assert "&#34;name&#34;: &#34;P1&#34;" in page


def test_everything_is_one_file_with_its_licence_packed_for_those_who_can_unpack_it(
    app: Flask, client: FlaskClient
) -> None:
    published({"green": (40, 15, 3), "labour": (12, 5, 1), "lib_dem": (4, 2, 0)})
    builders.open_amendment(builders.open_plank(), builders.member("lib_dem"), "2030", "2035")
    builders.position(1, builders.mp())
    plain = client.get("/api/v1/everything.jsonl")
    packed = client.get("/api/v1/everything.jsonl", headers={"Accept-Encoding": "gzip"})
    assert gzip.decompress(packed.data) == plain.data
    assert packed.headers["ETag"] != plain.headers["ETag"]
    lines = [json.loads(line) for line in plain.text.splitlines()]
    kinds = {line["kind"] for line in lines}
    things = {"plank", "version", "amendment", "round", "decision", "mp", "position", "record"}
    assert kinds == {"about", "theme", "group", *things}
    assert lines[0]["licence"] == "CC BY 4.0"
    assert all(f"The {group.title} is {group.disclaimer}." in lines[0]["disclaimer"] for group in GROUPS)
    planks = [line["name"] for line in lines if line["kind"] == "plank"]
    assert planks == names(asked(client, "planks"))
    with client.get("/api/v1/everything.jsonl", headers={"If-None-Match": plain.headers["ETag"]}) as unchanged:
        assert unchanged.status_code == 304
