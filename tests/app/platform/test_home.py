"""The home page says how many planks are agreed, shows some, and is honest about the rest."""

import re

from flask import Flask
from flask.testing import FlaskClient

from policies.endorsements import StanceKind
from policies.groups import GROUP_KEYS
from tests import builders, many
from tests.app.reading import main_of

EVERYBODY = dict.fromkeys(GROUP_KEYS, StanceKind.ENDORSED)
IN_PART = {**EVERYBODY, "green": StanceKind.OPT_OUT}
TWO = {"labour": StanceKind.ENDORSED, "green": StanceKind.RESERVATION}
TAKEN_BACK = {**EVERYBODY, "labour": StanceKind.WITHDRAWN}


def words_of(page: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", page).split())


def test_an_empty_platform_says_that_nothing_is_agreed(client: FlaskClient) -> None:
    page = words_of(main_of(client.get("/")))
    assert "No planks agreed by all three groups" in page
    assert "What all three back" not in page


def test_the_count_and_a_plank_come_first(app: Flask, client: FlaskClient) -> None:
    many.planks(3, [EVERYBODY, {}, EVERYBODY])
    page = words_of(main_of(client.get("/")))
    assert page.startswith("Two planks agreed by all three groups Of 3 on the table.")
    assert page.index("What all three back") < page.index("Warm homes, plank 1") < page.index("Where they differ")
    assert page.index("Warm homes, plank 3") < page.index("Warm homes, plank 2")


def test_one_plank_is_one_plank(app: Flask, client: FlaskClient) -> None:
    many.planks(1, [EVERYBODY])
    assert "One plank agreed by all three groups" in words_of(main_of(client.get("/")))


def test_the_count_leaves_out_whatever_is_not_agreed_whole_today(app: Flask, client: FlaskClient) -> None:
    many.planks(3, [IN_PART, TWO, {}])
    many.planks(1, [TAKEN_BACK], agreed=True, first=4)
    page = words_of(main_of(client.get("/")))
    assert "No planks agreed by all three groups Of 4 on the table." in page


def test_where_they_differ_counts_every_level_and_leads_there(app: Flask, client: FlaskClient) -> None:
    many.planks(4, [EVERYBODY, IN_PART, TWO, TWO])
    page = main_of(client.get("/"))
    assert "Agreed in part 1 plank" in words_of(page)
    assert "Backed by two of three 2 planks" in words_of(page)
    assert "No longer agreed None" in words_of(page)
    for level in ("agreed_in_part", "backed_by_two"):
        assert f'href="/planks?level={level}"' in page


def test_at_most_twelve_planks_and_then_links(app: Flask, client: FlaskClient) -> None:
    many.planks(40, [EVERYBODY] * 20)
    page = main_of(client.get("/"))
    assert page.count('<article class="card">') == 12
    assert "All 20 agreed planks" in page
    assert "All 40 planks" in page


def test_themes_say_how_many_planks_and_how_many_agreed(app: Flask, client: FlaskClient) -> None:
    many.planks(3, [EVERYBODY])
    assert "Housing 3 planks, 1 agreed" in words_of(main_of(client.get("/")))


def test_what_is_not_open_leaves_no_trace(app: Flask, client: FlaskClient) -> None:
    mover = builders.member("green")
    before = words_of(main_of(client.get("/")))
    builders.draft(mover, title="Zebra crossings")
    builders.submitted(mover, title="Zebra crossings")
    builders.seconded(mover, title="Zebra crossings")
    assert words_of(main_of(client.get("/"))) == before
