"""The pages of a composite: four clicks from a plank to its submission, and what each reader then sees of it."""

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.extensions import db
from app.models import Plank
from app.web.transactions import transaction
from policies.permissions import Actor
from policies.planks import Stage
from tests import builders, many, searched
from tests.app.reading import counted, main_of

RAIL = "A night train must run every evening.[^1]\n\nBicycles travel free.\n\n[^1]: The timetable."
TITLE = "Warm trains to warm homes"


@pytest.fixture(autouse=True)
def _no_tokens(app: Flask) -> None:
    app.config["WTF_CSRF_ENABLED"] = False


@pytest.fixture
def movers(app: Flask) -> tuple[Actor, Actor]:
    """The movers of P1, about homes, and of P2, about trains."""
    movers = builders.member("green"), builders.member("labour")
    builders.open_plank(movers[0])
    builders.open_plank(movers[1], title="Night trains", text=RAIL)
    return movers


@pytest.fixture
def by(app: Flask, client: FlaskClient, movers: tuple[Actor, Actor]) -> Actor:
    """Who puts them together, signed in."""
    actor = builders.member("lib_dem")
    builders.sign_in(client, actor)
    return actor


def browser(app: Flask, actor: Actor | None) -> FlaskClient:
    """Somebody else's browser."""
    other = app.test_client()
    if actor is not None:
        builders.sign_in(other, actor)
    return other


def fields(page: str) -> dict[str, str]:
    """The answers with which a form begins: places and versions."""
    inputs = [re.findall(r'(\w+)="([^"]*)"', tag) for tag in re.findall(r"<input[^>]*>", page)]
    named = [dict(pairs) for pairs in inputs]
    return {one["name"]: one["value"] for one in named if one.get("type") in {"number", "hidden"} and one.get("name")}


def begun(client: FlaskClient, **answers: str) -> str:
    """Tick the second clause of P2 before the first, and the first of P1; returns the preview's address."""
    address = "/planks/1/combine/clauses?plank=2"
    sent = fields(main_of(client.get(address)))
    takes = [name.replace("place_", "take_") for name in sent if name.startswith("place_")]
    homes, trains, bicycles = takes[0], *[name for name in takes if name.startswith("take_2_")]
    sent |= {homes: "y", trains: "y", bicycles: "y", bicycles.replace("take", "place"): "0"}
    sent |= {"title": TITLE, "theme": "housing", "reason": "They belong together.", **answers}
    answer = client.post(address, data=sent)
    assert answer.status_code == 303, main_of(answer)
    return answer.location


def words(client: FlaskClient, address: str) -> str:
    """The main part of a page without what differs from one visit to the next."""
    answer = client.get(address)
    return re.sub(r'name="csrf_token" value="[^"]*"', "", main_of(answer))


def ref_of(title: str = TITLE) -> str:
    """What addresses the composite now."""
    with transaction():
        return next(plank.ref for plank in db.session.query(Plank) if plank.title == title)


def id_of(ref: str) -> int:
    """The id behind an address."""
    with transaction():
        return next(plank.id for plank in db.session.query(Plank) if plank.ref == ref)


def test_four_clicks_lead_from_a_plank_to_a_submitted_composite(client: FlaskClient, by: Actor) -> None:
    assert 'href="/planks/1/combine"' in main_of(client.get("/planks/1"))
    choice = main_of(client.get("/planks/1/combine"))
    assert "P2: Night trains" in choice
    assert 'formaction="/planks/1/combine/clauses"' in choice
    preview = begun(client)
    shown = main_of(client.get(preview))
    notes = re.findall(r'class="unit-note[^>]*>(.*?)</span>', shown)
    assert [re.sub("<[^>]+>", "", note) for note in notes] == [
        "From P2, version 1, clause 2",
        "From P1, version 1, clause 1",
        "From P2, version 1, clause 1",
        "From P2, version 1, a footnote",
    ]
    assert "What a group decided on these planks does not carry over" in shown
    assert client.post(preview.replace("preview", "submit")).status_code == 303
    assert "/preview" not in client.get("/planks/1").text


def test_the_words_can_be_edited_first_and_provenance_follows_them(client: FlaskClient, by: Actor) -> None:
    draft = begun(client, then="edit")
    assert draft.endswith("/draft")
    page = main_of(client.get(draft))
    assert "Bicycles travel free." in page
    edited = {"title": TITLE, "theme": "housing", "reason": "Why not."}
    edited["text"] = "Bicycles and prams travel free.\n\nNobody asked for this.\n\nEvery home that is rented from a"
    edited["text"] += " council must be insulated by 2031."
    preview = client.post(draft, data=edited).location
    shown = main_of(client.get(preview))
    assert "clause 2</a>; edited since" in shown
    assert "New here" in shown
    edited["text"] = "Nobody asked for this."
    client.post(draft, data=edited)
    assert "Too little is left of the planks you combined" in main_of(client.get(preview))
    answer = client.post(preview.replace("preview", "submit"))
    assert answer.status_code == 422
    assert "Nobody asked for this." in main_of(answer)


def test_a_composite_is_kept_while_its_clauses_are_chosen(client: FlaskClient, by: Actor) -> None:
    address = "/planks/1/combine/clauses?plank=2"
    page = main_of(client.get(address))
    keep = page.split('data-keep="')[1].split('"')[0].replace("&amp;", "&")
    sent = fields(page) | {"theme": "housing"}
    takes = [name.replace("place_", "take_") for name in sent if name.startswith("place_")]
    homes, trains, bicycles = takes[0], *[name for name in takes if name.startswith("take_2_")]
    assert client.post(keep, data={**sent, homes: "y"}).text.startswith("Tick units of at least two")
    kept = client.post(keep, data={**sent, homes: "y", trains: "y"})
    assert (kept.status_code, kept.headers["Content-Location"]) == (204, f"/planks/{sent['draft']}/draft")
    preview = client.post(address, data={**sent, homes: "y", bicycles: "y"}).location
    assert preview == f"/planks/{sent['draft']}/preview"
    assert "A night train" not in main_of(client.get(preview))
    client.post(preview.replace("preview", "draft"), data={"theme": "housing", "text": "My own words."})
    assert client.post(keep, data={**sent, homes: "y", trains: "y"}).status_code == 409
    assert client.post(address, data={**sent, homes: "y", trains: "y"}).location != preview
    assert "My own words." in main_of(client.get(preview))


def test_planks_are_found_by_theme_and_title_page_by_page_with_ticks_kept(client: FlaskClient, by: Actor) -> None:
    builders.theme("Rail", "rail")
    many.planks(31, first=3)
    page = main_of(client.get("/planks/1/combine?plank=2"))
    assert "Page 1 of 2" in page
    assert re.search(r'name="plank" value="2" checked', page)
    found = main_of(client.get("/planks/1/combine?plank=2&q=PLANK homes 33"))
    assert re.findall(r'name="plank" value="(\d+)"', found) == ["2", "33"]
    assert "No other open plank is like that" in main_of(client.get("/planks/1/combine?plank=2&theme=rail"))
    assert "like that" in main_of(client.get("/planks/1/combine?q=%25"))
    with counted() as statements:
        client.get("/planks/1/combine?plank=2&page=2")
    assert len(statements) <= 10
    for odd in ("plank=x", "plank=01", "theme=none", "page=9"):
        assert client.get(f"/planks/1/combine?{odd}").status_code == 404, odd


def test_bad_choices_keep_what_was_ticked_and_say_what_to_do(client: FlaskClient, by: Actor) -> None:
    alone = client.get("/planks/1/combine/clauses")
    assert alone.status_code == 422
    assert "Tick at least one other plank" in main_of(alone)
    address = "/planks/1/combine/clauses?plank=2"
    sent = fields(main_of(client.get(address)))
    place = next(name for name in sent if name.startswith("place_1_"))
    sent |= {place: "first", place.replace("place", "take"): "y", "title": TITLE, "theme": "none"}
    answer = client.post(address, data=sent)
    page = main_of(answer)
    assert answer.status_code == 422
    for message in ("Give a whole number from 0 to 999", "Choose the theme", "Tick units of at least two planks"):
        assert message in page
    assert f'value="{TITLE}"' in page
    assert "checked" in page
    assert 'value="first"' in page
    assert client.post(address, data={**sent, "version_1": "9"}).status_code == 404
    builders.draft(by, title="A draft")
    assert client.get(f"/planks/{ref_of('A draft')}/combine").status_code == 409


def test_a_composite_leaves_no_trace_until_it_is_submitted_nor_to_the_public_until_it_is_numbered(
    app: Flask, client: FlaskClient, by: Actor, movers: tuple[Actor, Actor]
) -> None:
    public, member, mover = browser(app, None), browser(app, builders.member("green")), browser(app, movers[0])
    pages = ("/planks/1", "/planks/1?view=history", "/planks/2", "/planks/1/v1", "/to-do", "/planks", "/")
    readers = (public, member, mover)
    before = {page: [words(reader, page) for reader in readers] for page in pages}
    begun(client)
    for page in pages:
        assert [words(reader, page) for reader in readers] == before[page], page
    composite = id_of(ref_of())
    builders.advance(composite, by, to=Stage.CHECKING)
    for page in pages:
        assert words(public, page) == before[page][0], page
    assert TITLE in main_of(member.get("/planks/1"))
    assert "Accept" not in main_of(member.get("/planks/1"))
    for page in ("/planks/1", "/to-do"):
        shown = main_of(mover.get(page))
        assert TITLE in shown
        assert "Refuse" in shown
    assert mover.get(f"/planks/{ref_of()}/v1").status_code == 200
    assert public.get(f"/planks/{ref_of()}").status_code == 404


def test_an_accepted_original_leads_to_its_composite_and_leaves_the_lists(
    app: Flask, client: FlaskClient, by: Actor, movers: tuple[Actor, Actor]
) -> None:
    begun(client)
    composite = id_of(ref_of())
    builders.advance(composite, by)
    mover, public = browser(app, movers[0]), browser(app, None)
    assert "ends at once" in main_of(mover.get("/planks/1"))
    sent = {"composite": "3", "answer": "refused"}
    assert "refused this composite" in main_of(mover.post("/planks/1/composites", data=sent, follow_redirects=True))
    assert "refused" not in main_of(public.get("/planks/1"))
    assert mover.post("/planks/1/composites", data={"composite": "3"}).status_code == 409
    assert mover.post("/planks/1/composites", data={**sent, "answer": "accepted"}).status_code == 303
    ended, other, made = (main_of(public.get(f"/planks/{number}")) for number in (1, 2, 3))
    assert f'<a href="/planks/3">Part of composite P3: {TITLE}</a>' in ended
    assert f'<a href="/planks/3">Part of composite P3: {TITLE}</a>' in main_of(public.get("/planks/1/v1"))
    assert f"composite P3: {TITLE}" in other
    assert "It ended in this composite, as its mover wished." in made
    assert "No group has taken a position on version 1 yet" in made
    history = main_of(public.get("/planks/3?view=history"))
    assert re.search(r"Put together from <a[^>]*>P2</a> and <a[^>]*>P1</a> by a member of the Compass Liberal", history)
    assert "The plank is part of a composite" in main_of(public.get("/planks/1?view=history"))
    assert "From P1, version 1, clause 1" in main_of(public.get("/planks/3/v1"))
    searched.drained()
    assert "1 text found" in main_of(public.get("/search?q=rented"))
    for address in ("/planks/3", "/planks/1", "/planks/3/v1", "/to-do"):
        with counted() as statements:
            mover.get(address)
        assert len([one for one in statements if one.startswith("SELECT")]) <= 18, address
