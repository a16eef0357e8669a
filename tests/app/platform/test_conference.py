"""Use at my conference: a plank as a motion, a change as an amendment, in each party's style, to copy or download."""

from html import unescape

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.config import Settings
from app.web.transactions import transaction
from tests import builders
from tests.app.platform.test_home import words_of
from tests.app.platform.test_plank_page import page


def text_of(shown: str) -> str:
    """The text that can be copied from a page."""
    return unescape(shown.split("<textarea")[1].split(">", 1)[1].split("</textarea>")[0]).strip()


@pytest.fixture
def plank_id(app: Flask) -> int:
    """An open plank with the number 1."""
    return builders.open_plank()


def test_a_plank_is_a_motion_in_three_clicks_with_the_gaps_the_member_fills(plank_id: int, client: FlaskClient) -> None:
    assert 'href="/planks/1/v1/motion"' in page(client, "/planks/1")
    assert 'href="/planks/1/v1/motion?style=labour"' in page(client, "/planks/1/v1/motion")
    shown = page(client, "/planks/1/v1/motion?style=labour")
    text = text_of(shown)
    version = builders.plank(plank_id).working_version
    assert version is not None
    assert text.startswith("Warm homes for all\n\nConference notes:\n\n[Yours to write: ")
    assert "Conference resolves:\n\nEvery home that is rented from a council must be insulated by 2030." in text
    assert (
        f"taken from P1, version 1, http://localhost:5000/planks/1/v1\nSHA-256 of these words there: {version.sha256}"
        in text
    )
    assert "the Compass Labour group is not the Labour Party" in text
    assert "words of the 250 allowed here." in words_of(shown)
    assert "Cold homes harm." in words_of(shown.split("</textarea>")[1])
    assert "Cold homes harm." not in text
    assert "  1  Conference notes:" in text_of(page(client, "/planks/1/v1/motion?style=lib_dem"))
    assert "Synopsis" in text_of(page(client, "/planks/1/v1/motion?style=green"))


def test_a_motion_that_is_too_long_says_by_how_much(app: Flask, plank_id: int, client: FlaskClient) -> None:
    settings: Settings = app.config["SETTINGS"]
    app.config["SETTINGS"] = settings.model_copy(update={"motion_words_labour": 10})
    shown = words_of(page(client, "/planks/1/v1/motion?style=labour"))
    assert "more than the 10 allowed here. Shorten it before you hand it in." in shown
    assert "allowed here" not in page(client, "/planks/1/v1/motion?style=green")


def test_the_file_has_the_same_text_and_a_plain_name(plank_id: int, client: FlaskClient) -> None:
    answer = client.get("/planks/1/v1/motion.txt?style=labour")
    assert answer.content_type == "text/plain; charset=utf-8"
    assert answer.headers["Content-Disposition"] == 'attachment; filename="plank-1-1-motion-labour.txt"'
    assert answer.text.strip() == text_of(page(client, "/planks/1/v1/motion?style=labour"))
    assert [client.get(f"/planks/1/v1/motion{end}").status_code for end in (".txt", "?style=whig", "?from=9")] == [
        404
    ] * 3


def test_an_open_amendment_and_the_difference_of_two_versions_are_amendments(
    plank_id: int, client: FlaskClient
) -> None:
    builders.open_amendment(plank_id, builders.member("labour"), "2030", "2035")
    assert 'href="/amendments/P1-A1/motion"' in client.get("/amendments/P1-A1").text
    text = text_of(client.get("/amendments/P1-A1/motion?style=green").text)
    assert "Clause 1: leave out “2030” and insert “2035”, so that it reads: “Every home that is rented" in text
    assert "taken from P1-A1, http://localhost:5000/amendments/P1-A1" in text
    builders.pass_time(hours=73)
    assert 'href="/planks/1/v2/motion?from=1"' in page(client, "/planks/1/compare")
    difference = text_of(page(client, "/planks/1/v2/motion?from=1&style=labour"))
    assert "Leave out “2030” and insert “2035”." in difference
    assert "taken from P1, from version 1 to version 2" in difference
    assert "It makes no change." in text_of(page(client, "/planks/1/v2/motion?from=2&style=labour"))
    file = client.get("/amendments/P1-A1/motion.txt?style=lib_dem")
    assert file.headers["Content-Disposition"] == 'attachment; filename="plank-P1-A1-amendment-lib_dem.txt"'


def test_what_only_members_read_is_kept_by_nobody(app: Flask, client: FlaskClient) -> None:
    address = f"/planks/{builders.plank(builders.submitted(builders.member('green'))).ref}/v1/motion.txt?style=green"
    assert client.get(address).status_code == 404
    builders.sign_in(client, builders.member("labour"))
    answer = client.get(address)
    assert (answer.status_code, answer.headers["Cache-Control"]) == (200, "no-store")
    assert "taken from The plank, version 1" in answer.text


def test_an_address_from_before_there_was_a_number_leads_on_with_what_it_asked(
    plank_id: int, client: FlaskClient
) -> None:
    amendment_id = builders.open_amendment(plank_id, builders.member("labour"), "2030", "2032")
    with transaction():
        plank, amendment = builders.plank(plank_id).key, builders.amendment(amendment_id).key
    for old, now in (
        (f"/planks/{plank}/v1/motion?style=green&from=1", "/planks/1/v1/motion?from=1&style=green"),
        (f"/planks/{plank}/v1/motion.txt?style=green", "/planks/1/v1/motion.txt?style=green"),
        (f"/amendments/{amendment}/motion", "/amendments/P1-A1/motion"),
        (f"/amendments/{amendment}/motion.txt?style=green", "/amendments/P1-A1/motion.txt?style=green"),
    ):
        answer = client.get(old)
        assert (answer.status_code, answer.location) == (301, now)
