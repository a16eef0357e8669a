"""Real texts, with their footnotes, links, quotes and long paragraphs: every page of every one of them renders."""

from pathlib import Path

from flask import Flask
from flask.testing import FlaskClient

from app.desk.ticking import tick
from app.planks.importing import import_folder
from app.web.transactions import transaction


def test_all_pages_of_the_real_planks_render(app: Flask, client: FlaskClient, shared: Path) -> None:
    with transaction():
        imported = import_folder(shared / "data" / "manifesto" / "planks")
    tick()
    for number in range(1, imported.new + 1):
        for address in (f"/planks/{number}", f"/planks/{number}/v1", f"/planks/{number}/compare"):
            assert client.get(address).status_code == 200, address
    for page in range(1, -(-imported.new // 24) + 1):
        assert client.get(f"/planks?page={page}").status_code == 200
    assert "texts found" in client.get("/search?q=the+government+housing").text
