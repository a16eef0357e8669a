"""Lists of planks: by level, by theme, page by page; and addresses that lead nowhere."""

import html
import re

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.planks import service as planks
from app.rulings import service as rulings
from app.web.transactions import transaction
from policies.endorsements import StanceKind
from policies.groups import GROUP_KEYS
from tests import builders, many
from tests.app.reading import main_of

EVERYBODY = dict.fromkeys(GROUP_KEYS, StanceKind.ENDORSED)


def test_all_planks_the_most_agreed_first(app: Flask, client: FlaskClient) -> None:
    many.planks(3, [{}, {"green": StanceKind.DECLINED}, EVERYBODY])
    page = main_of(client.get("/planks"))
    assert page.index("plank 3<") < page.index("plank 1<") < page.index("plank 2<")


def test_planks_of_one_level(app: Flask, client: FlaskClient) -> None:
    many.planks(3, [{}, EVERYBODY, {}])
    page = main_of(client.get("/planks?level=being_drafted"))
    assert "Planks: being drafted" in page
    assert "plank 1<" in page
    assert "plank 3<" in page
    assert "plank 2<" not in page


def test_a_level_without_planks_says_so(app: Flask, client: FlaskClient) -> None:
    assert "No plank is like that now." in client.get("/planks?level=no_longer_agreed").text


@pytest.mark.parametrize("level", ["AGREED", "almost", "agreed'--", "being drafted", "0", "%00", "é" * 300])
def test_an_unknown_level_is_refused_and_those_there_are_named(client: FlaskClient, level: str) -> None:
    answer = client.get("/planks", query_string={"level": level})
    assert answer.status_code == 400
    assert "Choose one of these: agreed, paused, agreed_in_part, backed_by_two," in answer.text


@pytest.mark.parametrize("page", ["0", "01", "-1", "1.0", "1e3", "2", "9" * 40, "", "one", "٣", "1 "])
def test_a_page_that_is_not_there(client: FlaskClient, page: str) -> None:
    answer = client.get("/planks", query_string={"page": page})
    assert answer.status_code == 404
    assert "There is no such page of this list." in answer.text


def test_pages_lead_to_one_another_and_keep_the_level(app: Flask, client: FlaskClient) -> None:
    many.planks(50)
    first = main_of(client.get("/planks?level=being_drafted"))
    assert 'href="?level=being_drafted&amp;page=2"' in first
    assert first.count('<article class="card">') == 24
    last = main_of(client.get("/planks?level=being_drafted&page=3"))
    assert last.count('<article class="card">') == 2
    assert "Page 3 of 3" in last


def test_no_parameter_changes_where_a_page_leads(app: Flask, client: FlaskClient) -> None:
    many.planks(50)
    odd = "endpoint=x&_external=1&_scheme=javascript&_anchor=a&_method=POST&values=1"
    for address in ("/planks", "/themes/housing"):
        answer = client.get(f"{address}?{odd}")
        assert answer.status_code == 400
        assert "javascript://" not in answer.text


def test_a_theme_lists_its_own_planks(app: Flask, client: FlaskClient) -> None:
    many.planks(1)
    with transaction():
        planks.theme_named("Transport", "transport")
    assert "Warm homes, plank 1" in client.get("/themes/housing").text
    assert "No plank of this theme is open yet." in client.get("/themes/transport").text
    assert "Transport" not in client.get("/themes").text


@pytest.mark.parametrize("slug", ["nowhere", "Housing", "housing%00", "%00", "%F0%9F%98%80", "a" * 3000, "..", "<b>"])
def test_a_theme_that_is_not_there(app: Flask, client: FlaskClient, slug: str) -> None:
    many.planks(1)
    assert client.get(f"/themes/{slug}").status_code == 404


def test_an_ended_plank_stands_on_no_list(app: Flask, client: FlaskClient) -> None:
    mover = builders.member("green")
    withdrawn, archived = builders.open_plank(mover, title="Taken back"), builders.open_plank(title="Put away")
    with transaction():
        planks.withdraw(builders.plank(withdrawn), by=mover)
    for key in GROUP_KEYS:
        clerk = builders.clerk(key)
        with transaction():
            rulings.archive(builders.plank(archived), "It is done.", by=clerk)
    for address in ("/", "/planks", "/themes/housing"):
        page = client.get(address).text
        assert "Taken back" not in page
        assert "Put away" not in page


def test_planks_are_told_apart_by_how_they_stand_with_the_number_beside_each_way(
    app: Flask, client: FlaskClient
) -> None:
    green, labour = StanceKind.ENDORSED, StanceKind.RESERVATION
    many.planks(5, [{}, {"green": green}, {"labour": labour}, {"labour": labour, "green": green}, EVERYBODY])
    page = main_of(client.get("/planks"))
    ways = re.findall(r'<a class="tab" href="([^"]+)"[^>]*>([^<]+) \((\d+)\)<', page)
    assert [(name, int(number)) for _, name, number in ways] == [
        ("All", 5),
        ("Agreed", 1),
        ("Backed by two of three", 1),
        ("Backed by one group", 2),
        ("Being drafted", 3),
        ("Where we differ", 2),
    ]
    for address, name, number in ways:
        assert main_of(client.get(html.unescape(address))).count('<article class="card">') == int(number), name
    assert 'aria-current="page">Agreed in part (0)<' in main_of(client.get("/planks?level=agreed_in_part"))
    narrowed = main_of(client.get("/themes/housing?show=backed_by_one&green=backed&sort=-number"))
    assert "Housing: backed by one group" in narrowed
    assert "1 plank: backed by one group, at least in part; backed, at least in part, by the Compass Green" in narrowed
    assert 'href="/themes/housing?green=backed&amp;sort=-number&amp;level=agreed">Agreed (1)<' in narrowed
    assert client.get("/themes/housing?theme=housing").status_code == 400


def test_a_list_is_sorted_by_what_a_group_did_and_keeps_what_it_is_narrowed_to(app: Flask, client: FlaskClient) -> None:
    kinds = (None, StanceKind.NO_QUORUM, StanceKind.WITHDRAWN, StanceKind.OPT_OUT, StanceKind.ENDORSED)
    many.planks(5, [{"green": kind} if kind else {} for kind in kinds])
    for order, numbers in (("green", "54321"), ("-green", "12345"), ("title", "12345"), ("-number", "54321")):
        page = main_of(client.get(f"/planks?sort={order}&theme=housing"))
        assert "".join(re.findall(r'card-number">P(\d)<', page)) == numbers, order
    assert 'href="/planks?theme=housing&amp;sort=-title"' in main_of(client.get("/planks?theme=housing&sort=title"))
