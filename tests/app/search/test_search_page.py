"""The search page: what is found is read again from the database, and shown as text."""

from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st

from app.planks import service as planks
from app.rulings import service as rulings
from app.search.finding import MOST_FOUND
from app.search.snippets import opening, snippet, terms_of
from app.web.transactions import transaction
from policies.endorsements import StanceKind
from policies.groups import GROUP_KEYS
from tests import builders, many
from tests.app.platform.test_home import words_of
from tests.app.reading import counted, main_of
from tests.searched import drained, proposed


def found(client: FlaskClient, words: str, **more: str) -> str:
    answer = client.get("/search", query_string={"q": words, **more})
    assert answer.status_code == 200
    return main_of(answer)


def test_a_plank_is_found_and_its_words_are_marked(app: Flask, client: FlaskClient) -> None:
    builders.decided(builders.open_plank())
    drained()
    page = found(client, "insulation councils")
    assert "1 text found for" in page
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
    drained()
    shown = found(client, "zebra")
    assert "In the working text: Zebras stay warm." in words_of(shown)
    assert '<a href="/planks/1?text=working">Warm homes for all</a>' in shown


def test_words_a_group_declined_never_stand_beside_its_backing_of_older_ones(app: Flask, client: FlaskClient) -> None:
    [plank_id] = many.planks(1, [dict.fromkeys(GROUP_KEYS, StanceKind.ENDORSED)], agreed=True)
    many.newer_versions([plank_id], "Zebras stay warm.", dict.fromkeys(GROUP_KEYS, StanceKind.DECLINED))
    drained()
    page = words_of(found(client, "zebra"))
    assert "Being drafted P1, Housing" in page
    assert "All three Compass groups declined version 2 on " in page
    assert "All three Compass groups back version 1." in words_of(found(client, "coldest"))


def test_nothing_found_says_what_to_do(app: Flask, client: FlaskClient) -> None:
    drained()
    page = words_of(found(client, "zebra"))
    assert "No text has these words. Try fewer words" in page


def test_an_empty_search_says_how_to_search(app: Flask, client: FlaskClient) -> None:
    for words in ("", "   "):
        assert "Write a word or two" in found(client, words)


def test_a_plank_archived_after_the_last_refresh_leaves_no_trace(app: Flask, client: FlaskClient) -> None:
    plank_id = builders.open_plank(title="Zebra crossings")
    drained()
    assert "1 text found for" in found(client, "zebra")
    for key in GROUP_KEYS:
        clerk = builders.clerk(key)
        with transaction():
            rulings.archive(builders.plank(plank_id), "It is done.", by=clerk)
    assert proposed("zebra") == [f"plank:{plank_id}"]
    assert "No text has these words." in found(client, "zebra")


def test_results_come_page_by_page(app: Flask, client: FlaskClient) -> None:
    many.planks(25)
    drained()
    assert "25 texts found for" in found(client, "homes")
    last = found(client, "homes", page="3")
    assert last.count('class="found-text found-plank"') == 5
    assert 'href="?q=homes&amp;page=2"' in last
    for page in ("4", "0", "x", "01", "1.0"):
        assert client.get("/search", query_string={"q": "homes", "page": page}).status_code == 404


def test_more_planks_than_are_listed_are_said_to_be_more(app: Flask, client: FlaskClient) -> None:
    many.planks(MOST_FOUND + 1)
    drained()
    assert f"The best {MOST_FOUND} texts found for" in found(client, "homes")


def test_a_query_is_cut_at_200_characters(app: Flask, client: FlaskClient) -> None:
    many.planks(1)
    drained()
    page = found(client, "homes " + "x" * 300)
    assert "Only the first 200 characters were searched for." in page
    assert "1 text found for" in page
    assert "x" * 195 not in page


@pytest.mark.parametrize(
    "words", ['"><script>alert(1)</script>', "{{ 7 * 7 }}", "' onfocus=alert(1) '", "\x00", "\x1b[31m"]
)
def test_what_was_typed_is_shown_as_text(app: Flask, client: FlaskClient, words: str) -> None:
    drained()
    page = found(client, words)
    assert "<script>" not in page
    assert "49" not in page
    assert "' onfocus" not in page


def test_what_was_found_is_shown_as_text(app: Flask, client: FlaskClient) -> None:
    builders.open_plank(text="A zebra <script>alert(1)</script> & a zebra.")
    drained()
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


def test_each_kind_says_what_it_is_and_decisions_stand_beside_planks_alone(app: Flask, client: FlaskClient) -> None:
    plank_id = builders.open_plank(builders.member("labour"))
    builders.open_amendment(plank_id, builders.member("lib_dem"), "2030", "Michaelmas")
    builders.statement("green", "We keep Michaelmas.")
    drained()
    page = found(client, "michaelmas")
    words = words_of(page)
    assert "2 texts found for “michaelmas”" in words
    assert "P1-A1 to “Warm homes for all” It would say: " in words
    assert "Compass Green group (not the Green Party); what the group says of itself" in words
    assert "strip-compact" not in page
    builders.pass_time(hours=73)
    drained()
    assert "Earlier version P1, version 1; newer words stand in its place" in words_of(found(client, "2030"))


def test_the_title_says_how_many_were_found(app: Flask, client: FlaskClient) -> None:
    many.planks(1)
    drained()
    titles = {words: client.get("/search", query_string={"q": words}).text for words in ("coldest", "zebra", "the", "")}
    assert "<title>1 text found for “coldest” – " in titles["coldest"]
    assert "<title>Nothing found for “zebra” – " in titles["zebra"]
    assert "<title>Search – " in titles["the"]
    assert "There is no word in this that can be looked for." in titles["the"]
    assert "<title>Search – " in titles[""]


def test_a_number_by_itself_leads_to_its_plank_or_amendment(app: Flask, client: FlaskClient) -> None:
    plank_id = builders.open_plank(builders.member("labour"))
    builders.open_amendment(plank_id, builders.member("lib_dem"), "2030", "Michaelmas")
    drained()
    for typed, address in {"P1": "/planks/1", " 1 ": "/planks/1", "p1-a1": "/amendments/P1-A1"}.items():
        answer = client.get("/search", query_string={"q": typed})
        assert (answer.status_code, answer.location) == (302, address)
    for typed in ("P2", "2030", '"1"', "P1-A2"):
        assert client.get("/search", query_string={"q": typed}).status_code == 200


def test_a_misspelling_is_offered_with_the_same_filters(app: Flask, client: FlaskClient) -> None:
    builders.open_plank()
    drained()
    page = found(client, "insualted <b>", kind="plank")
    assert "Did you mean" in page
    assert 'href="?kind=plank&amp;q=insulated+%3Cb%3E"' in page
    assert "1 text found" in found(client, "insulated", kind="plank")


@pytest.mark.parametrize(
    "asked",
    ["?q=a&sort=x", "?q=a&q=b", "?kind=drafts", "?level=secret", "?group=tory", "?theme=nowhere", "?theme=a&theme=b"],
)
def test_an_unknown_question_is_refused(app: Flask, client: FlaskClient, asked: str) -> None:
    assert client.get(f"/search{asked}").status_code == 400


def test_filters_offer_only_themes_with_public_planks(app: Flask, client: FlaskClient) -> None:
    builders.submitted(builders.member("green"))
    assert 'value="housing"' not in found(client, "homes")
    builders.open_plank()
    assert 'value="housing"' in found(client, "homes")


HOSTILE = "Tom & “Jerry” <b>zebra</b> 🏠 זברה zebra"


def test_odd_words_stay_text_in_titles_snippets_and_suggestions(app: Flask, client: FlaskClient) -> None:
    builders.open_plank(title="Zebra <i> & 🏠", text=HOSTILE)
    drained()
    page = found(client, "zebra זברה")
    assert "<b>" not in page
    assert "<mark>Zebra</mark> &lt;i&gt; &amp; 🏠</a>" in page
    assert "Tom &amp; “Jerry” &lt;b&gt;<mark>zebra</mark>&lt;/b&gt; 🏠 <mark>זברה</mark> <mark>zebra</mark>" in page
    answer = client.get("/search/suggestions?q=zeb")
    assert answer.mimetype == "application/json"
    assert answer.get_json() == [{"title": "Zebra <i> & 🏠", "what": "P1, Housing", "url": "/planks/1"}]


def test_at_most_eight_titles_are_suggested_planks_and_statements(app: Flask, client: FlaskClient) -> None:
    many.planks(12)
    builders.statement("green")
    drained()

    def suggested(typed: str) -> list[str]:
        answer = client.get("/search/suggestions", query_string={"q": typed})
        assert answer.status_code == 200
        return [one["title"] for one in answer.get_json()]

    assert len(suggested("warm ho")) == 8
    assert suggested("12")[0] == "Warm homes, plank 12"
    assert suggested("green launch ") == ["Compass Green group: launch statement"]
    assert suggested("w") == suggested("") == suggested("??") == suggested("zebra") == []
    assert client.get("/search/suggestions?q=warm&more=1").status_code == 400


def test_without_an_index_nothing_is_suggested(app: Flask, client: FlaskClient) -> None:
    many.planks(1)
    assert client.get("/search/suggestions?q=warm").get_json() == []


def test_a_search_costs_few_questions_however_much_is_found(app: Flask, client: FlaskClient) -> None:
    def questions() -> int:
        with counted() as statements:
            found(client, "coldest")
        return len(statements)

    many.planks(2)
    drained()
    few = questions()
    many.planks(8, first=3)
    drained()
    assert questions() == few <= 20


def test_planks_like_a_draft_are_shown_before_it_is_submitted(app: Flask, client: FlaskClient) -> None:
    builders.open_plank(title="Trains to every town", text="A train stops in every town at every hour.")
    builders.open_plank()
    drained()
    mover = builders.member("labour")
    draft_id = builders.draft(mover, title="Warm homes for everybody")
    lonely = builders.draft(mover, title="Zebra crossings", text="Crossings for zebras.")
    builders.sign_in(client, mover)
    alike = words_of(main_of(client.get(f"/planks/{builders.plank(draft_id).key}/preview")))
    assert "Planks like this one" in alike
    assert "Warm homes for all P2, Housing" in alike
    assert "Trains" not in alike
    assert "Planks like this one" not in client.get(f"/planks/{builders.plank(lonely).key}/preview").text
