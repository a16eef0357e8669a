"""What search engines and other sites are told: heads, the sitemap, robots, and a plank's card in a frame."""

import re
from html import unescape
from xml.etree import ElementTree

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.config import Settings
from app.planks import service as planks
from app.sharing import sitemap
from app.sharing.robots import CLOSED
from app.web.transactions import transaction
from policies.errors import NotThere
from tests import builders, many
from tests.app.reading import counted

LIVING = pytest.mark.xdist_group("created demonstration")
SPACE = f"{{{sitemap.SPACE}}}"
SITE = "http://localhost:5000"
PERSONAL = ("/sign-in", "/account", "/to-do", "/clerk", "/search?q=homes", "/planks/3/compare", "/planks/3/share")
# What is asked, and the one address of what then stands there.
VIEWS = {
    "/planks/3?view=backing": "/planks/3?view=backing",
    "/whats-new?page=2": "/whats-new?page=2",
    "/planks?theme=housing&page=1": "/planks",
}


def listed(written: bytes) -> dict[str, str | None]:
    """The addresses in a sitemap, each with when it last changed."""
    found = ElementTree.fromstring(written)
    return {one.findtext(f"{SPACE}loc", "").removeprefix(SITE): one.findtext(f"{SPACE}lastmod") for one in found}


def head(client: FlaskClient, page: str) -> dict[str, str]:
    """What a page's head says, by name."""
    text = client.get(page).text
    assert text.count('name="description"') <= 1, page
    found = dict(re.findall(r'<meta (?:name|property)="([^"]+)" content="([^"]*)">', text))
    found |= dict(re.findall(r'<link rel="(canonical)" href="([^"]+)">', text))
    return {name: unescape(words) for name, words in found.items()}


@LIVING
def test_every_address_of_the_sitemap_is_a_public_page_that_names_itself_and_may_be_kept(created: Flask) -> None:
    client = created.test_client()
    found = listed(client.get("/sitemap.xml").data)
    assert {"/", "/planks/3", "/planks/3/v1", "/themes/housing", "/groups/green", "/editions/1"} <= set(found)
    assert found["/planks/3"]
    assert not [path for path in found if path.startswith(CLOSED)]
    # One of each kind, of which there are many.
    kinds = {re.sub(r"\d+", "0", path): path for path in found}
    descriptions = set()
    for path in kinds.values():
        said = head(client, path)
        assert "canonical" in said, path
        assert said["canonical"] == said["og:url"] == f"{SITE}{path}"
        assert said["og:title"]
        assert 40 <= len(said["description"]) <= 320, path
        assert "robots" not in said
        descriptions.add(said["description"])
    assert len(descriptions) >= 4
    for asked, canonical in VIEWS.items():
        assert head(client, asked)["canonical"] == f"{SITE}{canonical}"
    for path in PERSONAL:
        assert head(client, path).keys() & {"robots", "og:url", "canonical"} == {"robots"}, path


@LIVING
def test_a_text_is_a_work_with_its_version_and_nobodys_name(created: Flask) -> None:
    page = created.test_client().get("/planks/3/v1").text
    work = page[page.index("<div hidden itemscope") :]
    said = dict(re.findall(r'itemprop="(\w+)" content="([^"]*)"', work))
    assert work.startswith('<div hidden itemscope itemtype="https://schema.org/CreativeWork">')
    assert set(said) == {"name", "version", "datePublished", "inLanguage", "about", "identifier"}
    assert said["version"] == "1"
    assert re.fullmatch(r"sha256:[0-9a-f]{64}", said["identifier"])
    assert "isPartOf" in work


def test_the_sitemap_becomes_an_index_where_there_are_too_many_and_asks_no_more_for_it(
    app: Flask, client: FlaskClient
) -> None:
    many.planks(3)
    with counted() as few:
        client.get("/sitemap.xml")
    many.planks(9, first=4)
    with counted() as more:
        whole = listed(client.get("/sitemap.xml").data)
    assert len(few) == len(more)
    with app.test_request_context():
        index = ElementTree.fromstring(sitemap.whole(most=10))
        parts = [listed(sitemap.part(number, most=10)) for number in range(1, len(index) + 1)]
        with pytest.raises(NotThere):
            sitemap.part(len(index) + 1, most=10)
    assert index.tag == f"{SPACE}sitemapindex"
    assert [path for part in parts for path in part] == list(whole)
    assert client.get("/sitemaps/2.xml").status_code == 404


def test_robots_names_the_sitemap_and_shuts_nothing_that_is_in_it(app: Flask, client: FlaskClient) -> None:
    lines = client.get("/robots.txt").text.splitlines()
    assert f"Sitemap: {SITE}/sitemap.xml" in lines
    assert {"Disallow: /account", "Disallow: /clerk", "Disallow: /search", "Disallow: /report"} <= set(lines)


def embed_policy(app: Flask, client: FlaskClient, origins: str) -> str:
    """What the card may do, where these sites are listed."""
    app.config["SETTINGS"] = app.config["SETTINGS"].model_copy(update={"embed_origins": origins})
    return client.get("/embed/planks/1").headers["Content-Security-Policy"]


def test_a_planks_card_says_what_each_group_decided_and_when_the_plank_is_over(app: Flask, client: FlaskClient) -> None:
    mover = builders.member("green")
    plank_id = builders.open_plank(mover)
    card = client.get("/embed/planks/1").text
    assert card.count("No position yet") == 3
    for words in ("not the Green Party", "version 1", "Compass groups, not parties."):
        assert words in card
    assert not re.search(r"<script|<form|<img|style=", card)
    links = re.findall(r"<a [^>]*>", card)
    assert links
    assert all('target="_blank" rel="noopener"' in link for link in links)
    with transaction():
        planks.withdraw(builders.plank(plank_id), by=mover)
    assert "This plank is withdrawn." in client.get("/embed/planks/1").text


def test_only_listed_sites_are_offered_the_words_to_embed_it(app: Flask, client: FlaskClient) -> None:
    builders.open_plank()
    assert "No other site may show the plank as a card yet." in client.get("/planks/1/share").text
    assert embed_policy(app, client, "") == embed_policy(app, client, " ")
    assert embed_policy(app, client, "https://a.example").endswith("frame-ancestors https://a.example")
    page = client.get("/planks/1/share").text
    assert "These sites may show the plank as a card that is always up to date: https://a.example." in page
    snippet = unescape(re.findall(r"<textarea[^>]*>([^<]*)</textarea>", page)[0])
    assert f'src="{SITE}/embed/planks/1"' in snippet
    assert "script" not in snippet


@pytest.mark.parametrize(
    "origins", ["*", "https://*.example", "http://a.example", "https://a.example/", "'self'", "a;b"]
)
def test_an_origin_that_is_none_is_refused_at_start(settings: Settings, origins: str) -> None:
    with pytest.raises(ValueError, match="must be origins"):
        Settings(**{**settings.model_dump(), "embed_origins": origins})
