"""What’s new as an Atom feed (RFC 4287): the same words, whole addresses, and names of entries that never change."""

import re
from collections.abc import Sequence
from datetime import UTC, datetime
from urllib.parse import urljoin
from uuid import NAMESPACE_URL, uuid5
from xml.etree import ElementTree
from xml.etree.ElementTree import Element, SubElement

from flask import Response, request, url_for

from app.platform.news import News
from app.web.site import NAME
from policies.groups import GROUPS

ENTRIES = 50
ATOM = "http://www.w3.org/2005/Atom"
TITLE = f"{NAME}: what’s new (Compass groups, not parties)"
MADE_UP = "This is a demonstration: its members, votes and decisions are invented."
# Of a feed that has told nothing yet; it may not be without a date.
NOTHING_YET = datetime(2026, 1, 1, tzinfo=UTC)
# What XML cannot hold, however it is escaped.
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

ElementTree.register_namespace("", ATOM)


def atom(entries: Sequence[News], site_url: str, imprint: str, *, is_demonstration: bool) -> bytes:
    """The feed of these entries, newest first."""
    feed = Element(f"{{{ATOM}}}feed", {"{http://www.w3.org/XML/1998/namespace}lang": "en-GB"})
    _say(feed, "id", _lasting(site_url, "whats-new"))
    _say(feed, "title", TITLE)
    disclaimers = [f"The {group.title} is {group.disclaimer}." for group in GROUPS]
    _say(feed, "subtitle", " ".join([*([MADE_UP] if is_demonstration else []), *disclaimers, imprint]).strip())
    _say(feed, "updated", updated(entries).isoformat())
    _link(feed, "self", urljoin(f"{site_url}/", url_for("platform.whats_new_feed")), "application/atom+xml")
    _link(feed, "alternate", urljoin(f"{site_url}/", url_for("platform.whats_new")), "text/html")
    author = SubElement(feed, f"{{{ATOM}}}author")
    _say(author, "name", NAME)
    _say(author, "uri", f"{site_url}/")
    for news in entries:
        _add(feed, news, site_url)
    written: bytes = ElementTree.tostring(feed, encoding="utf-8", xml_declaration=True)
    return written


def updated(entries: Sequence[News]) -> datetime:
    """When the newest of it became public."""
    return entries[0].at if entries else NOTHING_YET


def answer(written: bytes, entries: Sequence[News]) -> Response:
    """The feed, or only that it has not changed since the reader last asked."""
    response = Response(written, content_type="application/atom+xml; charset=utf-8")
    response.add_etag()
    response.last_modified = updated(entries)
    response.make_conditional(request)
    return response


def _add(feed: Element, news: News, site_url: str) -> None:
    entry = SubElement(feed, f"{{{ATOM}}}entry")
    _say(entry, "id", _lasting(site_url, news.name))
    _say(entry, "title", news.what)
    _say(entry, "updated", news.at.isoformat())
    _say(entry, "published", news.at.isoformat())
    _link(entry, "alternate", urljoin(f"{site_url}/", news.url), "text/html")
    _say(entry, "summary", news.detail)


def _lasting(site_url: str, name: str) -> str:
    """A name that is the same whenever it is made, and no other site's: it follows from the address and the thing."""
    return f"urn:uuid:{uuid5(NAMESPACE_URL, f'{site_url}/{name}')}"


def _say(parent: Element, tag: str, words: str) -> None:
    SubElement(parent, f"{{{ATOM}}}{tag}").text = _NOT_XML.sub("", words)


def _link(parent: Element, rel: str, url: str, media_type: str) -> None:
    SubElement(parent, f"{{{ATOM}}}link", {"rel": rel, "href": url, "type": media_type})
