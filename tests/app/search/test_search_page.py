"""The search page: what is found is read again from the database, and shown as text."""

from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st

from app.desk.ticking import tick
from app.planks import service as planks
from app.rulings import service as rulings
from app.search import index
from app.search.snippets import opening, snippet, terms_of
from app.web.transactions import transaction
from policies.endorsements import StanceKind
from policies.groups import GROUP_KEYS
from tests import builders, many
from tests.app.platform.test_home import words_of
from tests.app.reading import main_of


def found(client: FlaskClient, words: str, **more: str) -> str:
    answer = client.get("/search", query_string={"q": words, **more})
    assert answer.status_code == 200
    return main_of(answer)


def test_a_plank_is_found_and_its_words_are_marked(app: Flask, client: FlaskClient) -> None:
    builders.decided(builders.open_plank())
    page = found(client, "insulation councils")
    assert "1 plank found." in page
    assert '<a href="/planks/1">Warm homes for all</a>' in page
    assert "<mark>insulated</mark> by 2030" in page
    assert "<mark>councils</mark>" in page
    assert "All three Compass groups back version 1." in page


def test_words_of_the_working_text_are_said_to_be_its_own(app: Flask, client: FlaskClient) -> None:
    plank_id = builders.open_plank()
    builders.decided(plank_id)
    with transaction():
        plank = builders.plank(plank_id)
        planks.write_version(plank, "Warm homes for all", "Zebras stay warm.", cause=many.Cause.EDITORIAL, by=None)
    tick()
    shown = found(client, "zebra")
    assert "In the working text: Zebras stay warm." in words_of(shown)
    assert '<a href="/planks/1?text=working">Warm homes for all</a>' in shown


def test_words_a_group_declined_never_stand_beside_its_backing_of_older_ones(app: Flask, client: FlaskClient) -> None:
    [plank_id] = many.planks(1, [dict.fromkeys(GROUP_KEYS, StanceKind.ENDORSED)], agreed=True)
    many.newer_versions([plank_id], "Zebras stay warm.", dict.fromkeys(GROUP_KEYS, StanceKind.DECLINED))
    tick()
    page = words_of(found(client, "zebra"))
    assert "Being drafted P1, Housing" in page
    assert "All three Compass groups declined version 2 on " in page
    assert "All three Compass groups back version 1." in words_of(found(client, "coldest"))


def test_nothing_found_says_what_to_do(app: Flask, client: FlaskClient) -> None:
    tick()
    page = words_of(found(client, "zebra"))
    assert "No plank has these words. Try fewer words" in page


def test_an_empty_search_says_how_to_search(app: Flask, client: FlaskClient) -> None:
    for words in ("", "   "):
        assert "Write a word or two" in found(client, words)


def test_while_there_is_no_index_the_page_says_so(app: Flask, client: FlaskClient) -> None:
    many.planks(1)
    page = found(client, "homes")
    assert "The search index is being built again" in page
    assert 'href="/planks"' in page
    tick()
    assert "1 plank found." in found(client, "homes")


def test_a_plank_archived_after_the_last_refresh_leaves_no_trace(app: Flask, client: FlaskClient) -> None:
    plank_id = builders.open_plank(title="Zebra crossings")
    tick()
    assert "1 plank found." in found(client, "zebra")
    for key in GROUP_KEYS:
        clerk = builders.clerk(key)
        with transaction():
            rulings.archive(builders.plank(plank_id), "It is done.", by=clerk)
    assert index.find(app.config["SETTINGS"].index_folder, "zebra") == [plank_id]
    assert "No plank has these words." in found(client, "zebra")


def test_results_come_page_by_page(app: Flask, client: FlaskClient) -> None:
    many.planks(25)
    tick()
    assert "25 planks found." in found(client, "homes")
    last = found(client, "homes", page="3")
    assert last.count('class="found-plank"') == 5
    assert 'href="?q=homes&amp;page=2"' in last
    for page in ("4", "0", "x", "01", "1.0"):
        assert client.get("/search", query_string={"q": "homes", "page": page}).status_code == 404


def test_more_planks_than_are_listed_are_said_to_be_more(app: Flask, client: FlaskClient) -> None:
    many.planks(index.MOST_FOUND + 1)
    tick()
    assert f"{index.MOST_FOUND} planks found; these match best." in found(client, "homes")


def test_a_query_is_cut_at_200_characters(app: Flask, client: FlaskClient) -> None:
    many.planks(1)
    tick()
    page = found(client, "homes " + "x" * 300)
    assert "Only the first 200 characters were searched for." in page
    assert "1 plank found." in page
    assert "x" * 195 not in page


@pytest.mark.parametrize(
    "words", ['"><script>alert(1)</script>', "{{ 7 * 7 }}", "' onfocus=alert(1) '", "\x00", "\x1b[31m"]
)
def test_what_was_typed_is_shown_as_text(app: Flask, client: FlaskClient, words: str) -> None:
    tick()
    page = found(client, words)
    assert "<script>" not in page
    assert "49" not in page
    assert "' onfocus" not in page


def test_what_was_found_is_shown_as_text(app: Flask, client: FlaskClient) -> None:
    builders.open_plank(text="A zebra <script>alert(1)</script> & a zebra.")
    tick()
    page = found(client, "zebra script")
    assert "<script>" not in page
    assert "<mark>zebra</mark> &lt;<mark>script</mark>&gt;alert(1)" in page


@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=400), st.text(max_size=40))
def test_a_snippet_holds_words_of_the_text_and_nothing_else(text: str, words: str) -> None:
    terms = terms_of(words)
    for piece in snippet(text, terms):
        assert piece.text in text or piece.text in {" … ", " …"}
        assert not piece.is_hit or piece.text.strip()


def test_a_snippet_marks_what_was_asked_for_and_shows_where_it_is_cut() -> None:
    text = "word " * 100 + "a warm home " + "word " * 100
    pieces = snippet(text, terms_of("warm homes"))
    assert [piece.text for piece in pieces if piece.is_hit] == ["warm", "home"]
    assert (pieces[0].text, pieces[-1].text) == (" … ", " …")
    assert sum(len(piece.text) for piece in pieces) < 400


def test_without_a_hit_the_text_opens() -> None:
    assert snippet("Warm homes.", terms_of("zebra")) == []
    assert [piece.text for piece in opening("Warm homes.")] == ["Warm homes."]
    assert opening("warm " * 100)[0].text.endswith("warm …")


def test_reading_never_makes_the_index(app: Flask, client: FlaskClient) -> None:
    folder: Path = app.config["SETTINGS"].index_folder
    found(client, "homes")
    assert not folder.exists()
