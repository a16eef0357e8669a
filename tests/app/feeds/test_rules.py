"""Every feed and calendar of a platform that lives keeps the rules of its format, and no two tell it differently."""

import json
import re
from datetime import datetime
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.app.feeds.reading import ATOM, events, unfolded

pytestmark = pytest.mark.xdist_group("created demonstration")
TAG = re.compile(r"tag:localhost,2026::5000/[\w./-]+")
SITE = "http://localhost:5000"
PLANKS = [f"/planks/{number}" for number in range(1, 7)]
GROUPS = [f"/groups/{key}" for key in ("labour", "lib_dem", "green")]


@pytest.fixture(scope="module")
def reader(created: Flask) -> FlaskClient:
    """A program that follows."""
    return created.test_client()


def themes(reader: FlaskClient) -> list[str]:
    """The pages of all themes that have planks."""
    return sorted(set(re.findall(r'href="(/themes/[\w-]+)/feed.atom"', reader.get("/follow").text)))


def atoms(reader: FlaskClient) -> list[str]:
    """The address of every Atom feed."""
    of_planks = [f"{page}/feed.atom" for page in [*PLANKS, *themes(reader)]]
    return ["/whats-new.atom", *of_planks, *(f"{page}/decisions.atom" for page in GROUPS)]


def calendars(reader: FlaskClient) -> list[str]:
    """The address of every calendar."""
    return [f"{page}/closing-dates.ics" for page in ["", *PLANKS, *themes(reader), *GROUPS]]


def said(parent: Element, tag: str) -> str:
    """The words of the one part with this name."""
    [found] = parent.findall(f"{ATOM}{tag}")
    return found.text or ""


def names(reader: FlaskClient, address: str) -> list[str]:
    """The lasting names of a feed's entries."""
    return [said(entry, "id") for entry in ElementTree.fromstring(reader.get(address).data).iter(f"{ATOM}entry")]


def test_every_feed_has_what_rfc_4287_asks_for(reader: FlaskClient) -> None:
    of_feeds = set()
    for address in atoms(reader):
        feed = ElementTree.fromstring(reader.get(address).data)
        assert feed.tag == f"{ATOM}feed"
        links = {link.get("rel"): link.get("href") or "" for link in feed.findall(f"{ATOM}link")}
        assert links["self"] == f"{SITE}{address}"
        assert said(feed.findall(f"{ATOM}author")[0], "name") == "Common Platform"
        assert re.search(r"\((Compass groups, not parties|not the [\w ]+)\)$", said(feed, "title")), address
        entries = feed.findall(f"{ATOM}entry")
        assert entries, address
        assert len(entries) <= 50
        for part in (feed, *entries):
            assert TAG.fullmatch(said(part, "id"))
            assert said(part, "title")
            assert datetime.fromisoformat(said(part, "updated")).tzinfo
            assert all(url.get("href", "").startswith(f"{SITE}/") for url in part.findall(f"{ATOM}link"))
        published = [datetime.fromisoformat(said(entry, "published")) for entry in entries]
        assert published == sorted(published, reverse=True)
        assert len({said(entry, "id") for entry in entries}) == len(entries)
        of_feeds.add(said(feed, "id"))
    assert len(of_feeds) == len(atoms(reader))


def test_every_feed_says_the_same_as_json(reader: FlaskClient) -> None:
    for address in atoms(reader)[::4]:
        feed = ElementTree.fromstring(reader.get(address).data)
        written = json.loads(reader.get(address.replace(".atom", ".json")).data)
        assert written["version"] == "https://jsonfeed.org/version/1.1"
        assert written["feed_url"] == f"{SITE}{address.replace('.atom', '.json')}"
        assert (written["title"], written["description"]) == (said(feed, "title"), said(feed, "subtitle"))
        told = [(one["id"], one["title"], one["date_published"]) for one in written["items"]]
        entries = feed.findall(f"{ATOM}entry")
        assert told == [tuple(said(entry, tag) for tag in ("id", "title", "published")) for entry in entries]
        assert all(one["content_text"] and one["url"].startswith(f"{SITE}/") for one in written["items"])


def test_what_the_whole_platform_tells_its_planks_tell_and_its_themes(reader: FlaskClient) -> None:
    # An edition is of the whole platform, and of no plank or theme.
    whole = {name for name in names(reader, "/whats-new.atom") if "/edition/" not in name}
    sitemap = reader.get("/sitemap.xml")
    every_plank = re.findall(r"<loc>[^<]*(/planks/\d+)</loc>", sitemap.text)
    assert every_plank, sitemap.text[:500]
    assert themes(reader)
    for pages in (every_plank, themes(reader)):
        assert whole <= {name for page in pages for name in names(reader, f"{page}/feed.atom")}


def test_every_calendar_has_what_rfc_5545_asks_for(reader: FlaskClient) -> None:
    dated = set()
    for address in calendars(reader):
        answer = reader.get(address)
        assert answer.content_type == "text/calendar; charset=utf-8"
        assert answer.data.endswith(b"END:VCALENDAR\r\n")
        assert all(len(line) <= 75 for line in answer.data.split(b"\r\n"))
        assert b"\n" not in answer.data.replace(b"\r\n", b"")
        lines = unfolded(answer)
        assert {"VERSION:2.0", "METHOD:PUBLISH", f"SOURCE;VALUE=URI:{SITE}{address}"} <= set(lines)
        found = events(answer)
        assert len({one["UID"] for one in found}) == len(found)
        for one in found:
            assert all(re.fullmatch(r"\d{8}T\d{6}Z", one[name]) for name in ("DTSTAMP", "LAST-MODIFIED", "DTSTART"))
            assert re.fullmatch(rf"{SITE}/rounds/\d+", one["URL"])
            assert "(Compass groups\\, not parties)" in one["DESCRIPTION"] or one["STATUS"] == "CANCELLED"
        dated |= {one["UID"] for one in found}
    assert dated
    assert dated == {one["UID"] for one in events(reader.get("/closing-dates.ics"))}
