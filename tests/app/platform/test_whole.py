"""The platform as one document: the exact words of what is agreed, theme by theme, with who backs them."""

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient

from policies.endorsements import StanceKind
from tests import builders, many
from tests.app.platform.test_home import words_of
from tests.app.platform.test_plank_page import page
from tests.app.reading import counted, main_of

RESERVED = {**many.BACKED_BY_ALL, "green": StanceKind.RESERVATION}
TWO = {"labour": StanceKind.ENDORSED, "green": StanceKind.ENDORSED}


def test_it_holds_the_words_that_all_groups_back_and_a_permalink_of_each(app: Flask, client: FlaskClient) -> None:
    made = many.planks(3, [many.BACKED_BY_ALL, TWO, RESERVED], agreed=True)
    many.newer_versions(made[:1], "Homes may be cold.", {})
    shown = page(client, "/platform")
    words = words_of(shown)
    assert words.count("Every home must be warm.") == 2
    assert "Homes may be cold." not in words
    assert "Warm homes, plank 2" not in words
    assert "Compass Green group (not the Green Party): “We say so.”" in words
    assert "Agreed (2)" in words
    assert "Backed by two of three (1)" in words
    for link in ('href="#housing"', 'href="#p3"', 'href="/planks/1/v1"', 'href="/platform?level=backed_by_two"'):
        assert link in shown


def test_each_number_of_a_clause_leads_to_the_words_at_their_permalink(app: Flask, client: FlaskClient) -> None:
    many.planks(2, [many.BACKED_BY_ALL] * 2, agreed=True)
    shown = page(client, "/platform")
    cited = re.findall(r'class="unit-clause" href="(/planks/2/v1)#(u-[^"]+)"', shown)
    assert cited
    assert all(f'id="{anchor}"' in page(client, address) for address, anchor in cited)
    ids = re.findall(r' id="([^"]+)"', shown)
    assert len(ids) == len(set(ids))


def test_what_is_not_open_leaves_no_trace(app: Flask, client: FlaskClient) -> None:
    many.planks(1, [many.BACKED_BY_ALL])
    before = words_of(page(client, "/platform?level=being_drafted"))
    builders.submitted(builders.member("green"), title="Zebra crossings")
    assert words_of(page(client, "/platform?level=being_drafted")) == before


@pytest.mark.parametrize(
    "asked", ["level=best", "theme=zebras", "print=small", "print=", "print=large&print=large", "x=1"]
)
def test_it_takes_no_other_question(client: FlaskClient, asked: str) -> None:
    assert client.get(f"/platform?{asked}").status_code == 400


def test_it_has_parts_and_each_costs_the_same(app: Flask, client: FlaskClient) -> None:
    many.planks(5, [many.BACKED_BY_ALL] * 5)
    with counted() as few:
        client.get("/platform")
    many.planks(25, [many.BACKED_BY_ALL] * 25, first=6)
    with counted() as many_more:
        first = main_of(client.get("/platform"))
    assert len(few) == len(many_more) <= 16
    assert first.count('<article class="whole-plank"') == 25
    assert "part 1 of 2" in words_of(first)
    assert main_of(client.get("/platform?page=2")).count('<article class="whole-plank"') == 5
    assert client.get("/platform?page=3").status_code == 404


def test_large_print_is_offered_and_kept_beside_the_level(app: Flask, client: FlaskClient) -> None:
    many.planks(1, [TWO])
    usual = client.get("/platform?level=backed_by_two").text
    assert 'href="/platform?level=backed_by_two&amp;print=large"' in usual
    assert "large-print" not in usual
    large = client.get("/platform?level=backed_by_two&print=large").text
    assert 'class="spoken-full large-print"' in large
    assert 'href="/platform?level=backed_by_two"' in large
    for address in ("/planks/1", "/planks/1/v1"):
        assert f'href="{address}?print=large"' in client.get(address).text
        assert "large-print" in client.get(f"{address}?print=large").text
        assert client.get(f"{address}?print=huge").status_code == 400


def test_an_empty_platform_says_so(client: FlaskClient) -> None:
    assert "Not one plank is agreed now." in words_of(page(client, "/platform"))
