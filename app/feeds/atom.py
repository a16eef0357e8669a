"""A feed as Atom (RFC 4287): well formed whatever its words are, since a tree is written and not a text."""

from xml.etree import ElementTree
from xml.etree.ElementTree import Element, SubElement

from app.feeds.entries import Entry, Feed, lasting
from app.web.site import NAME
from app.web.xml_words import for_xml

MEDIA_TYPE = "application/atom+xml"
ATOM = "http://www.w3.org/2005/Atom"

ElementTree.register_namespace("", ATOM)


def written(feed: Feed) -> bytes:
    """The whole document."""
    root = Element(f"{{{ATOM}}}feed", {"{http://www.w3.org/XML/1998/namespace}lang": "en-GB"})
    _say(root, "id", lasting(feed.site_url, feed.name))
    _say(root, "title", feed.title)
    _say(root, "subtitle", feed.about)
    _say(root, "updated", feed.updated.isoformat())
    _link(root, "self", f"{feed.site_url}{feed.path}", MEDIA_TYPE)
    _link(root, "alternate", f"{feed.site_url}{feed.page}", "text/html")
    author = SubElement(root, f"{{{ATOM}}}author")
    _say(author, "name", NAME)
    _say(author, "uri", f"{feed.site_url}/")
    for entry in feed.entries:
        _add(root, entry, feed.site_url)
    document: bytes = ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
    return document


def _add(root: Element, entry: Entry, site_url: str) -> None:
    added = SubElement(root, f"{{{ATOM}}}entry")
    _say(added, "id", lasting(site_url, entry.name))
    _say(added, "title", entry.what)
    _say(added, "updated", entry.updated.isoformat())
    _say(added, "published", entry.published.isoformat())
    _link(added, "alternate", f"{site_url}{entry.url}", "text/html")
    _say(added, "summary", entry.detail)


def _say(parent: Element, tag: str, words: str) -> None:
    SubElement(parent, f"{{{ATOM}}}{tag}").text = for_xml(words)


def _link(parent: Element, rel: str, url: str, media_type: str) -> None:
    SubElement(parent, f"{{{ATOM}}}link", {"rel": rel, "href": url, "type": media_type})
