"""Every public page for search engines (sitemaps.org): one list, or several behind an index where there are many."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import islice
from xml.etree import ElementTree
from xml.etree.ElementTree import Element, SubElement

from flask import url_for

from app.editions import queries as editions
from app.platform import queries as platform
from app.sharing import queries
from app.web.addresses import site_url
from policies.errors import NotThere
from policies.groups import GROUPS

SPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"
MOST = 50_000
FIXED = (
    "platform.home",
    "platform.whole",
    "platform.all_planks",
    "platform.where_we_stand",
    "platform.where_we_differ",
    "platform.overlap",
    "platform.whats_new",
    "platform.themes",
    "platform.decisions",
    "platform.glossary",
    "platform.about",
    "groups.listed",
    "results.decisions",
    "ballots.register",
    "orders.listed",
    "rulings.listed",
    "editions.listed",
    "editions.key",
    "api_docs.show",
    "carrying.platform",
    "mps.all_mps",
    "feeds.follow",
    "privacy.show",
    "record.show",
    "joining.choose",
    "interest.register",
)
Line = tuple[str, datetime | None]


def whole(most: int = MOST) -> bytes:
    """All pages, or where there are too many the list of lists."""
    lines = list(_lines())
    if len(lines) <= most:
        return _written("urlset", "url", lines)
    parts = range(1, -(-len(lines) // most) + 1)
    return _written("sitemapindex", "sitemap", [(url_for("sharing.sitemap_part", number=part), None) for part in parts])


def part(number: int, most: int = MOST) -> bytes:
    """One of the lists; raises `NotThere` past the last."""
    lines = list(islice(_lines(), (number - 1) * most, number * most))
    if not lines:
        raise NotThere("There is no such list of pages. The sitemap names the lists there are.")
    return _written("urlset", "url", lines)


def _lines() -> Iterator[Line]:
    yield from ((url_for(endpoint), None) for endpoint in FIXED)
    yield from ((url_for("groups.show", group=group.key), None) for group in GROUPS)
    yield from ((url_for("editions.show", number=number), None) for number in editions.numbers())
    for count in platform.themes_with_counts():
        yield url_for("platform.theme", slug=count.theme.slug), None
    for address in queries.addresses():
        yield url_for(address.endpoint, **address.values), address.changed  # type: ignore[arg-type]


def _written(root: str, of_each: str, lines: Sequence[Line]) -> bytes:
    listed = Element(f"{{{SPACE}}}{root}")
    for path, changed in lines:
        one = SubElement(listed, f"{{{SPACE}}}{of_each}")
        SubElement(one, f"{{{SPACE}}}loc").text = f"{site_url()}{path}"
        if changed is not None:
            SubElement(one, f"{{{SPACE}}}lastmod").text = changed.isoformat(timespec="seconds")
    document: bytes = ElementTree.tostring(listed, encoding="utf-8", xml_declaration=True, default_namespace=SPACE)
    return document
