"""Permalinks of versions, and two versions beside each other."""

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.amendments import service as amendments
from app.rulings import service as rulings
from app.web.transactions import transaction
from policies.groups import GROUP_KEYS
from policies.text.canonical import digest
from tests import builders
from tests.app.platform.test_home import words_of
from tests.app.platform.test_plank_page import page


@pytest.fixture
def two_versions(app: Flask) -> int:
    """Plank 1 with a version 2, adopted by agreement: 2035 for 2030."""
    plank_id = builders.open_plank()
    builders.open_amendment(plank_id, builders.member("labour"), "2030", "2035")
    builders.pass_time(hours=73)
    return plank_id


def test_a_permalink_shows_the_words_their_hash_and_what_brought_them(two_versions: int, client: FlaskClient) -> None:
    version = builders.plank(two_versions).working_version
    assert version is not None
    words = words_of(page(client, "/planks/1/v2"))
    assert digest(version.title, version.text) in words
    assert "insulated by 2035" in words
    assert "This is the working text, which members discuss and amend. No version of it is agreed yet." in words
    assert "moved by a member of the Compass Labour group" in words


def test_an_older_version_stays_readable_and_says_what_is_newer(two_versions: int, client: FlaskClient) -> None:
    shown = page(client, "/planks/1/v1")
    assert "insulated by 2030" in shown
    assert "This is an earlier version. The newest is version 2. No version of it is agreed yet." in words_of(shown)
    said = "These words are not the current text. Read version 2, the working text , or what changed"
    assert said in words_of(shown)
    assert 'href="/planks/1/compare?from=1&amp;to=2">what changed since these words' in shown
    assert "not the current text" not in page(client, "/planks/1/v2")
    assert 'rel="next"' in shown
    assert 'rel="prev"' not in shown


def test_decisions_stand_on_the_version_they_were_made_on(two_versions: int, client: FlaskClient) -> None:
    builders.decided(two_versions, yes=("green", "labour"))
    assert "Backed by two of three" in page(client, "/planks/1/v2")
    first = words_of(page(client, "/planks/1/v1"))
    assert "Backs it" not in first
    assert "No group has taken a position on version 1 yet." in first


def test_the_words_of_a_plank_that_has_ended_stay_at_their_address_and_say_why_it_ended(
    two_versions: int, client: FlaskClient
) -> None:
    for key in GROUP_KEYS:
        clerk = builders.clerk(key)
        with transaction():
            rulings.archive(builders.plank(two_versions), "It is law now.", by=clerk)
    for address, standing in (
        ("/planks/1", "Archived"),
        ("/planks/1/v2", "These are its last words. No version was agreed."),
        ("/planks/1/v1", "This is an earlier version. The newest is version 2."),
    ):
        words = words_of(page(client, address))
        assert "This plank is archived, since" in words, address
        assert "It is law now." in words, address
        assert standing in words, address
        assert "which members discuss and amend" not in words, address


@pytest.mark.parametrize("name", ["3", "0", "01", "1.0", "1.1", "2.01", "1.", "999999", "9" * 30, "x", "-1", "1e1"])
def test_a_version_that_is_not_there(two_versions: int, client: FlaskClient, name: str) -> None:
    assert client.get(f"/planks/1/v{name}").status_code == 404
    assert client.get("/planks/1/compare", query_string={"from": name}).status_code == 404
    assert client.get("/planks/1/compare", query_string={"to": name}).status_code == 404


def test_the_newest_change_is_compared_unless_asked_otherwise(two_versions: int, client: FlaskClient) -> None:
    shown = page(client, "/planks/1/compare")
    assert "Clause 1: replaces “2030” with “2035”." in words_of(shown)
    assert shown == page(client, "/planks/1/compare?from=1&to=2")
    assert '<option value="2" selected>Version 2 – working text</option>' in shown


def test_versions_can_be_compared_the_other_way_round(two_versions: int, client: FlaskClient) -> None:
    assert "replaces “2035” with “2030”." in words_of(page(client, "/planks/1/compare?from=2&to=1"))


def test_a_version_compared_with_itself_has_the_same_words(two_versions: int, client: FlaskClient) -> None:
    assert "These are the same words." in page(client, "/planks/1/compare?from=1&to=1")


def test_a_plank_with_one_version_has_nothing_to_compare(app: Flask, client: FlaskClient) -> None:
    builders.open_plank()
    shown = page(client, "/planks/1/compare")
    assert "one version so far" in shown
    assert "<select" not in shown


def test_a_new_title_is_part_of_the_comparison(app: Flask, client: FlaskClient) -> None:
    plank_id = builders.open_plank()
    mover, seconder = builders.member("green"), builders.member("labour")
    with transaction():
        drafted = amendments.begin(
            builders.plank(plank_id), "Cool homes for all", builders.TEXT, "It is short.", None, by=mover
        )
        amendments.submit(drafted, by=mover)
        amendments.second(drafted, by=seconder)
    builders.pass_time(hours=73)
    words = words_of(page(client, "/planks/1/compare"))
    assert "Title: replaces “Warm” with “Cool”" in words


def test_a_change_of_punctuation_says_that_it_is_no_more(app: Flask, client: FlaskClient) -> None:
    plank_id = builders.open_plank()
    builders.open_amendment(plank_id, builders.member("labour"), "by 2030.", "by 2030!")
    builders.pass_time(hours=73)
    assert "They differ in case, punctuation or spaces only." in page(client, "/planks/1/compare")
