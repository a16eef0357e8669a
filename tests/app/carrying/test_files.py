"""Files of planks, comparisons and amendments: what stands in them, who may take them, and what never does."""

import csv
import io
import zipfile

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.extensions import db
from app.models import Person, Version
from app.web.transactions import transaction
from policies.endorsements import Form, FormKind
from policies.moderation import Kind
from policies.text.bracketing import NOT_ACCEPTED
from policies.text.canonical import digest
from policies.visibility import Role
from tests import builders, named
from tests.app.moderation.test_hiding import hide


@pytest.fixture
def app(app: Flask) -> Flask:
    """The service with an imprint."""
    app.config["SETTINGS"] = app.config["SETTINGS"].model_copy(update={"imprint": "Published by A. Nobody"})
    return app


def words(client: FlaskClient, address: str) -> str:
    """The text of a file in Markdown."""
    answer = client.get(address)
    assert answer.status_code == 200, answer.text
    assert answer.content_type == "text/markdown; charset=utf-8"
    return answer.text


def test_a_version_has_its_words_its_hash_every_decision_and_whose_it_is_not(app: Flask, client: FlaskClient) -> None:
    reserved = {"labour": Form(FormKind.RESERVE, statement="Only with new homes.")}
    plank_id = builders.open_plank()
    builders.decided(plank_id, yes=("labour", "green"), forms=reserved)
    version = builders.plank(plank_id).working_version
    assert version is not None
    text = words(client, "/planks/1/v1.md")
    assert version.text.strip() in text
    assert digest(version.title, version.text) in text
    assert "Compass Labour group (not the Labour Party): ✓\\* Backs it with a reservation" in text
    assert "Compass Labour group (not the Labour Party): “Only with new homes.”" in text
    assert "Compass Liberal Democrat group (not the Liberal Democrats): ✗ " in text
    assert "http://localhost:5000/planks/1/v1" in text
    assert "Compass groups are not parties." in text
    assert "Published by A. Nobody" in text
    assert "This is a demonstration" in text


def test_a_file_to_keep_is_named_after_what_it_holds(client: FlaskClient) -> None:
    builders.open_plank()
    answer = client.get("/planks/1/v1.docx")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="P1-version-1.docx"'
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_a_plank_that_is_not_open_is_taken_by_members_alone_and_says_so(app: Flask, client: FlaskClient) -> None:
    mover = builders.member("green")
    plank_id = builders.submitted(mover)
    address = f"/planks/{builders.plank(plank_id).ref}/v1.md"
    assert client.get(address).status_code == 404
    member = app.test_client()
    builders.sign_in(member, builders.member("labour"))
    assert "Not public yet: for members of the Compass groups only." in words(member, address)


def test_two_versions_are_compared_with_tracked_changes(client: FlaskClient) -> None:
    plank_id = builders.open_plank()
    builders.open_amendment(plank_id, builders.member("labour"), "2030", "2035")
    builders.pass_time(hours=73)
    text = words(client, "/planks/1/compare.md?from=1&to=2")
    assert "insulated by {--2030--}{++2035++}." in text
    assert "Clause 1: replaces “2030” with “2035”." in text
    with zipfile.ZipFile(io.BytesIO(client.get("/planks/1/compare.docx?from=2&to=1").data)) as archive:
        document = archive.read("word/document.xml").decode()
    assert document.count("<w:ins ") == document.count("<w:del ") == 1
    assert "http://localhost:5000/planks/1/compare?from=1&to=2" in text
    assert client.get("/planks/1/compare.md?from=7").status_code == 404


def test_an_amendment_names_its_group_and_never_its_mover(app: Flask, client: FlaskClient) -> None:
    mover = builders.member("labour")
    amendment_id = builders.open_amendment(builders.open_plank(), mover, "2030", "2035")
    with transaction():
        name, key = db.session.get_one(Person, mover.person_id).name, builders.amendment(amendment_id).key
    named.show(Role.AMENDMENT, key, mover)
    assert name in client.get("/amendments/P1-A1").text
    text = words(client, "/amendments/P1-A1.md")
    assert "Moved by: a member of the Compass Labour group" in text
    assert name not in text
    assert "{--2030--}{++2035++}" in text


def test_hidden_words_are_in_no_file(app: Flask, client: FlaskClient) -> None:
    plank_id = builders.open_plank(text="Every home must be Zebulon warm by 2030.")
    assert "Zebulon" in words(client, "/planks/1/v1.md")
    version = builders.plank(plank_id).working_version
    assert version is not None
    hide(Kind.VERSION, Version, version.id)
    assert "Zebulon" not in words(client, "/planks/1/v1.md")
    assert "Zebulon" not in client.get("/planks.csv").text


def test_no_table_shows_words_without_what_each_group_said_of_them(app: Flask, client: FlaskClient) -> None:
    plank_id = builders.open_plank()
    with transaction():
        left_out = builders.plank(plank_id).working_version.units[0].unit_id  # type: ignore[union-attr]
    forms = {"green": Form(FormKind.EXCEPT, units=(left_out,)), "labour": Form(FormKind.RESERVE, "Only with homes.")}
    builders.decided(plank_id, forms=forms)
    (row,) = csv.DictReader(client.get("/planks.csv").text.removeprefix("\ufeff").splitlines())
    assert row["Level"] == "Agreed in part"
    assert "Backs" in row["Compass Liberal Democrat group (not the Liberal Democrats)"]
    assert "Only with homes." in row["Beside the text"]
    assert row["Compass Green group (not the Green Party)"].endswith("Not clause 1")
    assert row["Text"].startswith("[")
    assert f"] *{NOT_ACCEPTED}*" in row["Text"]
    assert row["Text"].partition(NOT_ACCEPTED)[0] in words(client, "/planks/1/v1.md")
