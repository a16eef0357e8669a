"""The register of rulings: dated, narrowed, paged, and without a trace of what its reader may not know of."""

import csv
from io import StringIO

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app import clock
from app.extensions import db
from app.models import RegisteredRuling
from app.rulings import appeals, queries
from app.rulings.register import register_csv
from app.web.transactions import transaction
from policies.errors import RuleBroken
from policies.permissions import Actor
from policies.rulings import Answer, Verdict
from tests import builders
from tests.app.reading import counted, main_of, without_tokens
from tests.app.rulings.conftest import refer, rule


def lines(client: FlaskClient, asked: str = "") -> list[dict[str, str]]:
    """The register as a file, read as a spreadsheet does."""
    answer = client.get(f"/rulings.csv{asked}")
    assert (answer.status_code, answer.content_type) == (200, "text/csv; charset=utf-8; header=present")
    return list(csv.DictReader(StringIO(answer.text.removeprefix("\ufeff"))))


def test_what_was_ruled_out_before_it_was_open_leaves_no_trace_for_a_visitor(
    app: Flask, client: FlaskClient, mover: Actor
) -> None:
    builders.open_plank(title="Night trains")
    addresses = ("/rulings", "/rulings?verdict=out_of_order", "/whats-new", "/planks")
    before = [without_tokens(client.get(address)) for address in addresses]
    key = rule(builders.seconded(mover, title="A secret plank"), "out_of_order")
    assert [without_tokens(client.get(address)) for address in addresses] == before
    assert client.get(f"/rulings/{key}").status_code == 404
    builders.sign_in(client, builders.member("lib_dem"))
    shown = main_of(client.get("/rulings"))
    assert "A secret plank" in shown
    assert "Two subjects." in shown
    # A file is passed on: a member's holds no more than a visitor's.
    assert [line["Title"] for line in lines(client)] == ["Night trains"]
    assert "as far as everybody may read them" in shown
    assert client.get(f"/rulings/{key}").status_code == 200


def test_once_the_plank_is_open_its_rulings_and_what_came_of_the_appeal_are_public(
    app: Flask, client: FlaskClient, mover: Actor
) -> None:
    plank_id = builders.seconded(mover)
    key, clerk = rule(plank_id, "out_of_order"), builders.clerk("lib_dem")
    with transaction():
        appeals.appeal(queries.visible(clerk, key), "A member’s own words.", by=clerk)
        appeals.answer(queries.visible(clerk, key), Answer.OVERTURN, "It is one subject.", by=clerk)
    rule(plank_id, "in_order")
    shown = main_of(client.get("/rulings?appeal=overturned"))
    assert "A clerk of the Compass Liberal Democrat group appealed on" in shown
    assert "The ruling was overturned on" in shown
    page = main_of(client.get(f"/rulings/{key}"))
    (overturned,) = lines(client, "?appeal=overturned")
    assert overturned["By clerks of these Compass groups (not parties)"] == (
        "Compass Labour group (not the Labour Party), Compass Green group (not the Green Party)"
    )
    assert (overturned["Ruling"], overturned["Plank"], overturned["Reason"]) == ("Out of order", "P1", "Two subjects.")
    assert "The ruling was overturned on" in overturned["Appeal"]
    assert overturned["Address"] == f"http://localhost:5000/rulings/{key}"
    assert "It is one subject." in page
    assert "A member’s own words." not in page
    assert "Demonstration person" not in page


def test_it_is_narrowed_and_refuses_what_it_does_not_know(app: Flask, client: FlaskClient) -> None:
    refer(builders.open_plank(title="Night trains"), "labour", "green")
    assert "In order" in main_of(client.get("/rulings?verdict=in_order"))
    referred = main_of(client.get("/rulings?verdict=refer"))
    assert referred.count("<li>") == 1
    assert "Say who pays." in referred
    assert "No ruling is like that." in main_of(client.get("/rulings?appeal=upheld"))
    for wrong in ("verdict=zebra", "appeal=", "colour=red", "verdict=refer&verdict=archive", "appeal=gathering"):
        for address in ("/rulings", "/rulings.csv"):
            assert client.get(f"{address}?{wrong}").status_code == (200 if wrong == "appeal=" else 400), wrong
    with app.test_request_context("/rulings.csv"), pytest.raises(RuleBroken, match="Narrow them to one kind"):
        register_csv(clock.now(), most=1)
    assert client.get("/rulings?page=9").status_code == 404


def test_it_has_pages_and_costs_the_same_however_long(app: Flask, client: FlaskClient) -> None:
    plank_id = builders.open_plank()
    with counted() as few:
        client.get("/rulings")
    with transaction():
        first = db.session.query(RegisteredRuling).one()
        common = {"plank_id": plank_id, "version_id": first.version_id, "ruled_at": first.ruled_at}
        for _ in range(40):
            row = RegisteredRuling(verdict=Verdict.REFERRED, groups=["labour", "green"], reason="x", **common)
            db.session.add(row)
    with counted() as lots:
        assert "Page 1 of 2" in without_tokens(client.get("/rulings"))
    assert len(few) == len(lots) <= 6
