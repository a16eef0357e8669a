"""The picture of where the groups overlap and the lists behind its numbers; and the glossary that words lead to."""

import re

from flask import Flask
from flask.testing import FlaskClient

from app.extensions import db
from app.models import Stance
from app.suspensions import service as suspensions
from app.web.transactions import transaction
from policies.endorsements import StanceKind
from policies.glossary import TERMS
from policies.overlap import part_key, parts
from tests import builders, many
from tests.app.platform.test_home import words_of
from tests.app.reading import main_of

BACKS, OPTS_OUT, DECLINED = StanceKind.ENDORSED, StanceKind.OPT_OUT, StanceKind.DECLINED
HELD = (
    {},
    {"green": DECLINED},
    {"green": BACKS},
    {"green": BACKS, "labour": DECLINED},
    {"labour": BACKS, "lib_dem": BACKS},
    many.BACKED_BY_ALL,
    {**many.BACKED_BY_ALL, "green": OPTS_OUT},
)


def test_each_number_of_the_picture_leads_to_as_many_planks_and_stands_in_the_list_beside_it(
    app: Flask, client: FlaskClient
) -> None:
    many.planks(len(HELD), HELD)
    page = main_of(client.get("/overlap"))
    links = re.findall(r'overlap-at-([\w-]+)"><a class="[^"]+" href="([^"]+)">(\d+)<span[^>]*> ([^<]+)<', page)
    assert [key for key, *_ in links] == [part_key(part) for part in parts()]
    assert [int(number) for _, _, number, _ in links] == [2, 1, 0, 0, 0, 0, 2]
    for key, address, number, said in links:
        listed = client.get(address)
        assert main_of(listed).count('<article class="card">') == int(number), key
        assert f"{said.partition(': ')[2]} {number} plank" in words_of(page), key
    assert "All three groups 2 planks, of them 1 in part" in words_of(page)
    assert "No group yet 2 planks" in words_of(page)
    assert main_of(client.get("/planks?only=none")).count('<article class="card">') == 2
    sentence = "Of three Compass groups, all three back 2 planks, at least in part; Labour and Lib Dem alone back 1;"
    assert sentence in words_of(page)
    assert "are Compass groups, not parties" in words_of(page)
    assert 'role="img" aria-labelledby="overlap-finding"' in page


def test_backing_that_is_paused_moves_the_plank_to_the_part_of_the_others(app: Flask, client: FlaskClient) -> None:
    plank_id = builders.open_plank()
    builders.decided(plank_id)
    assert "All three groups 1 plank" in words_of(main_of(client.get("/overlap")))
    query = db.select(Stance).where(Stance.plank_id == plank_id, Stance.group == "labour")
    asked_by, confirmed_by = builders.clerk("labour"), builders.clerk("labour")
    with transaction():
        asked = suspensions.ask(db.session.scalars(query).one(), 14, "Our conference decides first.", by=asked_by).id
    with transaction():
        suspensions.confirm(db.session.scalars(query).one(), asked, by=confirmed_by)
    page = words_of(main_of(client.get("/overlap")))
    assert "All three groups 0 planks" in page
    assert "Lib Dem and Green alone 1 plank" in page


def test_the_picture_asks_nothing_and_an_unknown_part_is_refused(app: Flask, client: FlaskClient) -> None:
    assert "No group backs a plank yet." in client.get("/overlap").text
    assert client.get("/overlap?theme=housing").status_code == 400
    for part in ("green-labour", "labour-labour", "tory", "labour-"):
        assert client.get(f"/planks?only={part}").status_code == 400, part


def test_the_glossary_explains_each_word_at_its_own_anchor_and_pages_lead_there(client: FlaskClient) -> None:
    page = main_of(client.get("/glossary"))
    assert re.findall(r'id="([\w-]+)">\s*<dt>', page) == [term.key for term in TERMS]
    for address in ("/overlap", "/where-we-stand", "/where-we-differ", "/how-decisions-are-made", "/decisions"):
        linked = re.findall(r'class="term" href="/glossary#([\w-]+)"', client.get(address).text)
        assert linked, address
        assert set(linked) <= {term.key for term in TERMS}
