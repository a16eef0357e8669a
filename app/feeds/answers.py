"""Answers to programs that ask again and again: the whole, or only that nothing has changed since."""

from datetime import UTC, datetime, timedelta

from flask import Response, request

from app.feeds import atom, icalendar, json_feed
from app.feeds.entries import Feed
from app.feeds.icalendar import Calendar

# Such a header counts seconds: until a later change surely has another one, it is not said when the last one was, and
# who asks again is answered by the ETag alone (RFC 9110, section 8.8.2.2, whose minute this is).
SETTLED = timedelta(minutes=1)


def as_atom(feed: Feed) -> Response:
    """A feed as Atom."""
    return _answer(atom.written(feed), atom.MEDIA_TYPE, feed.updated)


def as_json(feed: Feed) -> Response:
    """A feed as JSON Feed."""
    return _answer(json_feed.written(feed), json_feed.MEDIA_TYPE, feed.updated)


def as_calendar(calendar: Calendar) -> Response:
    """Closing dates as iCalendar."""
    return _answer(icalendar.written(calendar), icalendar.MEDIA_TYPE, calendar.changed)


def _answer(written: bytes, media_type: str, changed: datetime | None) -> Response:
    response = Response(written, content_type=f"{media_type}; charset=utf-8")
    response.add_etag()
    if changed is not None and datetime.now(UTC) - changed > SETTLED:
        response.last_modified = changed
    response.make_conditional(request)
    return response
