"""A feed as JSON Feed (version 1.1, jsonfeed.org): the same entries for programs that read no XML."""

import json

from app.feeds.entries import Feed, lasting
from app.web.site import NAME

MEDIA_TYPE = "application/feed+json"
VERSION = "https://jsonfeed.org/version/1.1"


def written(feed: Feed) -> bytes:
    """The whole document."""
    document = {
        "version": VERSION,
        "title": feed.title,
        "home_page_url": f"{feed.site_url}{feed.page}",
        "feed_url": f"{feed.site_url}{feed.path}",
        "description": feed.about,
        "language": "en-GB",
        "authors": [{"name": NAME, "url": f"{feed.site_url}/"}],
        "items": [
            {
                "id": lasting(feed.site_url, entry.name),
                "url": f"{feed.site_url}{entry.url}",
                "title": entry.what,
                # A reader may show nothing but this; the format asks for some.
                "content_text": entry.detail or entry.what,
                "date_published": entry.published.isoformat(),
                "date_modified": entry.updated.isoformat(),
            }
            for entry in feed.entries
        ],
    }
    return json.dumps(document, ensure_ascii=False, indent=1).encode("utf-8", "replace")
