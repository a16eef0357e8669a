"""The matrix of planks and groups: sorted and narrowed by its address, as a page and as a file."""

import csv
import re
from io import StringIO

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app import clock
from app.planks import service as planks
from app.platform.exports import standing_csv
from app.platform.matrix import asked_of_address
from app.web.transactions import transaction
from policies.endorsements import Form, FormKind, StanceKind
from policies.errors import RuleBroken
from policies.groups import GROUPS
from policies.positions import PositionKind
from tests import builders, many
from tests.app.reading import main_of

DECLINED, WITHDRAWN, NO_QUORUM = StanceKind.DECLINED, StanceKind.WITHDRAWN, StanceKind.NO_QUORUM
TWO = {"labour": StanceKind.ENDORSED, "green": StanceKind.RESERVATION}
ODD = (
    "colour=red",
    "sort=votes",
    "sort=--title",
    "level=nearly",
    "theme=zoo",
    "green=yes",
    "green=backed&green=backed",
)


def numbers(client: FlaskClient, query: str = "") -> list[str]:
    """The planks the page shows, in its order, once the file of the same address holds the same."""
    page = re.findall(r'role="cell">(P\d+)<', main_of(client.get(f"/where-we-stand?{query}")))
    assert [row["Plank"] for row in table(client, query)] == page
    return page


def table(client: FlaskClient, query: str = "") -> list[dict[str, str]]:
    """The rows of the file, by the words of its head."""
    text = client.get(f"/where-we-stand.csv?{query}").get_data().decode("utf-8-sig")
    return list(csv.DictReader(StringIO(text, newline="")))


def test_each_row_is_a_plank_and_each_cell_a_groups_decision_under_a_head_that_says_it_is_no_party(
    app: Flask, client: FlaskClient
) -> None:
    made = many.planks(1, [many.BACKED_BY_ALL], agreed=True)
    many.newer_versions(made, stances={"green": DECLINED})
    page = main_of(client.get("/where-we-stand"))
    heads = re.findall(r'<th[^>]*scope="col"[^>]*>(.*?)</th>', page)
    names = [re.sub(r"<[^>]+>", "", head) for head in heads]
    mps = "MPs (personally, for no group)"
    assert names == ["Plank", "Number", "Theme", "Level", *(group.full_title for group in GROUPS), mps]
    assert page.count('scope="row"') == 1
    assert page.count(">Backs it<") == 3
    assert "Did not back it" not in page
    assert 'href="/planks/1/v1">Version 1<' in page
    assert 'href="/planks/1?text=working">working text, version 2<' in page


def test_it_is_sorted_as_asked_and_says_how(app: Flask, client: FlaskClient) -> None:
    many.planks(3, [{}, many.BACKED_BY_ALL, TWO])
    with transaction():
        builders.plank(2).theme = planks.theme_named("Adult care", "care")
    assert numbers(client) == numbers(client, "sort=agreement") == ["P2", "P3", "P1"]
    assert numbers(client, "sort=-agreement") == ["P1", "P3", "P2"]
    assert numbers(client, "sort=number") == numbers(client, "sort=title") == ["P1", "P2", "P3"]
    assert numbers(client, "sort=-number") == numbers(client, "sort=-title") == ["P3", "P2", "P1"]
    assert numbers(client, "sort=theme") == ["P2", "P1", "P3"]
    page = main_of(client.get("/where-we-stand?sort=-title&green=undecided"))
    assert re.findall(r'aria-sort="(\w+)">(\w+)', page) == [
        ("descending", "Plank"),
        ("none", "Number"),
        ("none", "Theme"),
        ("none", "Level"),
        *(("none", "Compass") for _ in GROUPS),
    ]
    assert 'href="/where-we-stand?green=undecided&amp;sort=title"' in page
    assert 'aria-sort="descending">Level' in main_of(client.get("/where-we-stand"))
    assert numbers(client, "sort=green") == ["P2", "P3", "P1"]
    assert numbers(client, "sort=-green") == ["P1", "P3", "P2"]
    assert 'aria-sort="ascending">Compass Green group' in main_of(client.get("/where-we-stand?sort=-green"))


def test_it_is_narrowed_by_theme_by_level_and_by_what_each_group_did(app: Flask, client: FlaskClient) -> None:
    many.planks(5, [{}, TWO, {"green": DECLINED}, {"green": WITHDRAWN, "labour": NO_QUORUM}, many.BACKED_BY_ALL])
    assert numbers(client, "green=backed") == ["P5", "P2"]
    assert numbers(client, "green=declined") == ["P3", "P4"]
    assert numbers(client, "green=undecided") == ["P1"]
    assert numbers(client, "labour=undecided&sort=number") == ["P1", "P3", "P4"]
    assert numbers(client, "labour=backed&lib_dem=undecided") == numbers(client, "level=backed_by_two") == ["P2"]
    assert numbers(client, "theme=housing&level=&labour=&lib_dem=&green=declined&sort=number") == ["P3", "P4"]
    assert "No plank is like that now." in client.get("/where-we-stand?level=no_longer_agreed").text
    listed = main_of(client.get("/planks?green=backed&level=agreed"))
    assert listed.count('<article class="card">') == 1
    assert 'href="/planks?level=backed_by_two&amp;green=backed">Backed by two of three (1)<' in listed


@pytest.mark.parametrize("address", ["/where-we-stand", "/where-we-stand.csv", "/planks"])
def test_what_an_address_cannot_ask_for_is_refused_with_what_it_can(
    app: Flask, client: FlaskClient, address: str
) -> None:
    many.planks(1)
    with transaction():
        planks.theme_named("Zoos", "zoo")
    for query in ODD:
        answer = client.get(f"{address}?{query}")
        assert answer.status_code == 400, query
        assert f'href="{address}">Start over without it' in answer.text
    assert (
        "It knows theme, level, show, only, labour, lib_dem, green, sort and page"
        in client.get(f"{address}?colour=red").text
    )


def test_pages_hold_thirty_and_the_file_all(app: Flask, client: FlaskClient) -> None:
    many.planks(31)
    first = main_of(client.get("/where-we-stand?sort=number&green=undecided"))
    assert first.count('scope="row"') == 30
    assert 'href="?sort=number&amp;green=undecided&amp;page=2"' in first
    assert len(table(client, "sort=number&green=undecided")) == 31
    with app.test_request_context("/where-we-stand.csv"), pytest.raises(RuleBroken, match="Narrow them"):
        standing_csv(asked_of_address(), "http://localhost", clock.now(), most=30)


def test_the_file_says_of_whom_of_which_words_and_of_when_it_speaks(app: Flask, client: FlaskClient) -> None:
    plank_id = builders.open_plank(title="=1+1 is 2")
    with transaction():
        version = builders.plank(plank_id).working_version
        assert version is not None
        sha256, unit = version.sha256, version.units[1].unit_id
    without = Form(FormKind.EXCEPT, units=(unit,))
    builders.decided(plank_id, forms={"labour": Form(FormKind.RESERVE, "@Cost first."), "green": without})
    answer = client.get("/where-we-stand.csv")
    today = f"{clock.now():%Y-%m-%d}"
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8; header=present"
    assert answer.headers["Content-Disposition"] == f'attachment; filename="where-we-stand-{today}.csv"'
    [row] = table(client)
    said = [row[f"{group.full_title}{which}"] for group in GROUPS for which in ("", ": decided on")]
    assert said == ["Backs it with a reservation", today, "Backs it", today, "Backs it except some units", today]
    assert (row["Plank"], row["Title"], row["Level"]) == ("P1", "'=1+1 is 2", "Agreed in part")
    assert (row["Version"], row["SHA-256 of title and text"]) == ("1", sha256)
    assert row["Compass Labour group (not the Labour Party): its reservation, or what it leaves out"] == "'@Cost first."
    assert row["Compass Green group (not the Green Party): its reservation, or what it leaves out"] == "Not clause 2"
    assert row["Address"] == "http://localhost:5000/planks/1"
    assert row["As of"].startswith(today)


def test_mps_stand_in_a_column_of_their_own_by_what_they_said_of_the_words_shown(
    app: Flask, client: FlaskClient
) -> None:
    first, second = many.planks(2)
    kinds = (PositionKind.SUPPORTS, PositionKind.SUPPORTS, PositionKind.WILL_NOT)
    for seat, kind in zip(("Anytown East", "Anytown West", "Othertown"), kinds, strict=True):
        builders.position(first, builders.mp(seat), kind)
    many.newer_versions([second], stances={})
    builders.position(second, builders.mp("Fourthtown"), PositionKind.CONSIDERING)
    page = main_of(client.get("/where-we-stand?sort=number"))
    column = re.findall(r'matrix-mps" role="cell"[^>]*>(.*?)</td>', page)
    assert column == [
        '<a href="/planks/1?view=backing">2 support it; 1 will not support it</a>',
        '<a href="/planks/2?view=backing">1 is considering it</a>',
    ]
    assert "Backs it" not in re.sub(r"<form.*?</form>", "", page, flags=re.DOTALL)
    many.newer_versions([first], stances={})
    [row, _] = table(client, "sort=number")
    assert row["MPs: personal positions, never a group's"] == "No position recorded"
