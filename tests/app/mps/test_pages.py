"""Pages of MPs: positions are personal, stand apart from the groups' decisions, and are never theirs."""

import re
from datetime import datetime

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.extensions import db
from app.models import Mp
from app.web.transactions import transaction
from policies.groups import GROUP_KEYS
from policies.positions import PositionKind
from tests import builders, many
from tests.app.platform.test_home import words_of
from tests.app.reading import counted, main_of

SHOWN_AT = re.compile(r'name="shown_at" value="([^"]+)"')


def shown(client: FlaskClient, address: str) -> str:
    """The words of a page that is there."""
    answer = client.get(address)
    assert answer.status_code == 200, answer.text
    return words_of(main_of(answer))


def set_party(mp_id: int | None, party: str) -> None:
    """The register says another party now."""
    with transaction():
        db.session.get_one(Mp, mp_id).party = party


def test_the_list_is_narrowed_by_party_position_and_words_and_says_nothing_of_those_without_one(
    app: Flask, client: FlaskClient
) -> None:
    plank_id = builders.open_plank()
    east, _west = builders.mp(), builders.mp("Ynys Fawr", "Liberal Democrat")
    builders.mp("Anytown Central", "Scottish Greens")
    builders.position(plank_id, east)
    everybody = shown(client, "/mps")
    assert everybody.index("Anytown Central") < everybody.index("Anytown East") < everybody.index("Ynys Fawr")
    assert everybody.count("No position recorded") == 3
    assert "Made up" in everybody
    assert "1 recorded" in everybody
    for query, found in (
        ("party=labour", {"Anytown East"}),
        ("party=green", set()),
        ("party=other", {"Anytown Central"}),
        ("position=recorded", {"Anytown East"}),
        ("q=FÁWR+demonstration", {"Ynys Fawr"}),
        ("q=100%25", set()),
    ):
        page = shown(client, f"/mps?{query}")
        assert {seat for seat in ("Anytown East", "Ynys Fawr", "Anytown Central") if f"MP, {seat}" in page} == found
    for query in ("party=tory", "position=1", "page=2"):
        assert client.get(f"/mps?{query}").status_code == 404


def test_a_position_stands_below_the_groups_decisions_and_changes_nothing_of_them(
    app: Flask, client: FlaskClient
) -> None:
    plank_id = builders.open_plank()
    before = main_of(client.get("/planks/1"))
    mp = builders.mp()
    builders.position(plank_id, mp, PositionKind.RESERVATION, "Only if councils are paid for it.")
    assert main_of(client.get("/planks/1")) == before
    assert "Anytown" not in client.get("/").text
    backing = shown(client, "/planks/1?view=backing")
    assert "No group has decided on any version of this plank yet." in backing
    personal = backing[backing.index("Positions of MPs") :]
    assert "None is a group’s, and none counts towards what the groups back." in personal
    assert "Supports it with a reservation: “Only if councils are paid for it.” Version 1" in personal.replace(
        "\u00a0", " "
    )
    assert "made as" not in personal
    set_party(mp.mp_id, "Independent")
    for address in ("/planks/1?view=backing", f"/mps/{mp.mp_id}"):
        page = shown(client, address)
        assert "Made as a Labour MP" in page
        assert "Supports it with a reservation" in page


def test_a_position_stays_on_its_words_when_the_text_is_amended(app: Flask, client: FlaskClient) -> None:
    plank_id, mp = builders.open_plank(), builders.mp()
    builders.position(plank_id, mp)
    builders.open_amendment(plank_id, builders.member("lib_dem"), "2030", "2035")
    builders.pass_time(days=3, minutes=1)
    for address in ("/planks/1?view=backing", f"/mps/{mp.mp_id}"):
        page = shown(client, address).replace("\u00a0", " ")
        assert "Version 1 Made before the text was changed; not a position on version 2" in page
    builders.sign_in(client, mp)
    brief = main_of(client.get("/mps/brief"))
    assert "No position recorded" not in brief
    assert "New text, version 2" in brief
    assert "/planks/1/compare?from=1&amp;to=2" in brief


def test_a_brief_says_what_all_back_and_what_changed_since_it_was_read(app: Flask, client: FlaskClient) -> None:
    app.config["WTF_CSRF_ENABLED"] = False
    plank_id, mp = builders.open_plank(), builders.mp()
    builders.sign_in(client, mp)
    assert "Nothing yet." in shown(client, "/mps/brief")
    builders.decided(plank_id)
    first = main_of(client.get("/mps/brief"))
    words = words_of(first)
    assert "1 plank backed by all three Compass groups" in words
    assert "You have not looked yet." in words
    assert "Your position: No position recorded" in words
    assert "Work begins with the coldest homes." in words
    (shown_at,) = SHOWN_AT.findall(first)
    # Something happens between showing and pressing: it was not on the page, so it stays news.
    builders.pass_time(minutes=1)
    second = builders.open_plank()
    builders.decided(second, yes=GROUP_KEYS[:2])
    builders.open_amendment(plank_id, builders.member("lib_dem"), "2030", "2035")
    assert client.post("/mps/brief/read", data={"shown_at": shown_at.replace("+", " ")}).status_code == 409
    assert client.post("/mps/brief/read", data={"shown_at": shown_at}).status_code == 303
    with transaction():
        assert db.session.get_one(Mp, mp.mp_id).looked_at == datetime.fromisoformat(shown_at)
    assert "Nothing has changed since you read this" in shown(client, "/mps/brief")
    builders.position(second, mp)
    set_looked = main_of(client.get("/mps/brief"))
    assert "Other planks: with your position, or paused by a group" in set_looked
    assert "Supports it, on version 1 since" in words_of(set_looked)
    assert client.post("/mps/brief/read", data={"shown_at": "2099-01-01T00:00:00+00:00"}).status_code == 303
    with transaction():
        assert db.session.get_one(Mp, mp.mp_id).looked_at < datetime.fromisoformat("2099-01-01T00:00:00+00:00")


def test_reading_a_brief_writes_nothing_and_an_mp_has_no_to_do_list(app: Flask, client: FlaskClient) -> None:
    mp = builders.mp()
    builders.sign_in(client, mp)
    client.get("/mps/brief")
    with transaction():
        assert db.session.get_one(Mp, mp.mp_id).looked_at is None
    refused = client.get("/to-do")
    assert refused.status_code == 403
    assert "Your brief shows what you can do as an MP" in refused.text


@pytest.mark.parametrize("address", ["/mps/brief", "/planks/1?view=backing", "/mps/1"])
def test_a_page_costs_the_same_queries_however_many_planks_and_positions_there_are(
    app: Flask, client: FlaskClient, address: str
) -> None:
    mp = builders.mp()
    ids = many.planks(3, [many.BACKED_BY_ALL] * 3, agreed=True)
    builders.sign_in(client, mp)

    def queries() -> int:
        with counted() as statements:
            assert client.get(address).status_code == 200
        return len([statement for statement in statements if statement.startswith("SELECT")])

    builders.position(ids[0], mp)
    few = queries()
    more = many.planks(12, [many.BACKED_BY_ALL] * 6, agreed=True, first=4)
    many.newer_versions(more[:3])
    for plank_id in more[3:9]:
        builders.position(plank_id, mp)
    builders.position(ids[0], builders.mp("Anytown West"))
    assert queries() <= few + (1 if address == "/mps/brief" else 0)
    assert few <= 14
