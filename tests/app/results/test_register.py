"""The register of decisions: what each group decided, narrowed, in pages, as a file, and never more than may show."""

import csv
import re
from io import StringIO

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.models import Plank, Theme
from app.results import register
from app.web.transactions import transaction
from policies.errors import RuleBroken
from policies.groups import GROUPS
from tests import builders
from tests.app.reading import counted, main_of
from tests.app.results.published import published

PAPERS = {"labour": (38, 15, 2), "lib_dem": (9, 20, 3), "green": (4, 1, 0)}


def lines(client: FlaskClient, asked: str = "") -> list[dict[str, str]]:
    """The register as a file, read as a spreadsheet does."""
    answer = client.get(f"/decisions.csv{asked}")
    assert (answer.status_code, answer.content_type) == (200, "text/csv; charset=utf-8; header=present")
    return list(csv.DictReader(StringIO(answer.text.removeprefix("\ufeff"))))


def test_each_group_s_decision_is_a_line_with_what_may_be_shown_of_it(app: Flask, client: FlaskClient) -> None:
    published(PAPERS)
    page = main_of(client.get("/decisions"))
    assert "Carried: 38 yes, 15 no, 2 abstained." in page
    assert "No quorum, with a majority against. Figures are shown from 50 votes." in page
    assert "No quorum. Figures are not shown, because few votes were cast." in page
    assert "Shall the Compass Labour group back version 1?" in page
    for group in GROUPS:
        assert f"{group.title} ({group.disclaimer})" in page
    labour, lib_dem, green = lines(client)
    assert (labour["Yes"], labour["No"], labour["Abstained"], labour["Outcome"]) == ("38", "15", "2", "Carried")
    assert labour["Decision"] == "Backs it"
    assert [line["Yes"] + line["No"] + line["Abstained"] for line in (lib_dem, green)] == ["", ""]
    assert labour["Compass group (not the party)"] == "Compass Labour group (not the Labour Party)"
    assert labour["Address"] == "http://localhost:5000/rounds/1"
    assert not re.search(
        r"\b(9|20|3|4)\b", str({**lib_dem, "As of": "", "SHA-256 of title and text": "", "Published": ""})
    )


def test_nothing_stands_in_it_before_publication(app: Flask, client: FlaskClient) -> None:
    builders.open_round(builders.open_plank())
    assert "No round has been published yet." in main_of(client.get("/decisions"))
    assert lines(client) == []


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("group=green", 2),
        ("group=green&outcome=carried", 1),
        ("outcome=not_carried", 1),
        ("theme=housing", 3),
        ("theme=water", 3),
        ("kind=amendments", 0),
        ("kind=endorsement&group=&theme=&outcome=&year=", 6),
    ],
)
def test_it_is_narrowed_by_what_the_address_asks_for(app: Flask, client: FlaskClient, asked: str, found: int) -> None:
    published(PAPERS)
    published({"labour": (40, 20, 0), "lib_dem": (25, 30, 0), "green": (40, 20, 0)})
    with transaction():
        plank = builders.db.session.query(Plank).order_by(Plank.id.desc()).first()
        assert plank is not None
        plank.theme = Theme(slug="water", name="Water")
    assert len(lines(client, f"?{asked}")) == found
    page = main_of(client.get(f"/decisions?{asked}"))
    assert page.count("<tr") == (found + 1 if found else 0)
    assert ("No decision is like that." in page) is not bool(found)


@pytest.mark.parametrize(
    "asked",
    [
        "group=tory",
        "outcome=won",
        "theme=none",
        "kind=x",
        "year=1999",
        "year=0",
        "sort=yes",
        "group=green&group=labour",
    ],
)
def test_what_it_does_not_have_is_not_understood(app: Flask, client: FlaskClient, asked: str) -> None:
    published(PAPERS)
    assert client.get(f"/decisions?{asked}").status_code == client.get(f"/decisions.csv?{asked}").status_code == 400


def test_the_year_and_the_theme_of_a_decision_are_offered_and_no_others(app: Flask, client: FlaskClient) -> None:
    builders.theme("Water", "water")
    published(PAPERS)
    page = main_of(client.get("/decisions"))
    year = lines(client)[0]["Published"][:4]
    assert re.findall(r'<option value="(\d+)"', page) == [year]
    assert "Housing" in page
    assert "Water" not in page
    assert len(lines(client, f"?year={year}")) == 3


def test_it_has_pages_and_costs_the_same_with_many_lines(app: Flask, client: FlaskClient) -> None:
    published(PAPERS)
    costs = []
    for _ in range(2):
        with counted() as statements:
            assert client.get("/decisions").status_code == 200
        costs.append(len(statements))
        for _ in range(5):
            published(PAPERS)
    assert costs[0] == costs[1]
    page = main_of(client.get("/decisions"))
    assert page.count("<tr") == 31
    assert main_of(client.get("/decisions?page=2")).count("<tr") == 4
    assert client.get("/decisions?page=3").status_code == 404


def test_a_title_is_no_formula_in_the_file_and_too_many_lines_are_refused(app: Flask, client: FlaskClient) -> None:
    published(PAPERS)
    with transaction():
        plank = builders.db.session.query(Plank).one()
        assert plank.working_version is not None
        plank.working_version.title = "=HYPERLINK(1)"
    assert {line["Title"] for line in lines(client)} == {"'=HYPERLINK(1)"}
    with app.test_request_context("/decisions.csv"), pytest.raises(RuleBroken, match="Narrow them to a year"):
        register.register_csv("http://localhost", builders.clock.now(), most=2)


def test_the_foot_of_every_page_leads_to_it(app: Flask, client: FlaskClient) -> None:
    assert '<a href="/decisions">Register of decisions</a>' in client.get("/").text
