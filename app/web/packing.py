"""Pages of visitors leave packed; pages of somebody signed in do not.

What is packed tells by its length what repeats in it. A page of a member holds what is nobody else's business, and its
address is repeated in it: whoever can make a browser ask, and sees the lengths, could guess the one with the other. A
visitor's page has nothing to guess but the token of a form, which is signed anew each time and good for that session
alone. Pages that are kept are packed where they are kept.
"""

import gzip

from flask import Flask, Response, request
from flask_login import current_user

from app.web.keeping import SHORTEST_PACKED, takes_gzip
from app.web.kept import UNTIL

PACKED_AT = 5
WORDS = ("text/", "application/json", "application/atom+xml", "application/xml", "image/svg+xml")


def init_app(app: Flask) -> None:
    """Pack what goes out to visitors."""
    app.after_request(pack)


def pack(response: Response) -> Response:
    """The same page in fewer bytes, for a visitor whose browser can unpack."""
    if not _can_be_packed(response):
        return response
    response.vary.add("Accept-Encoding")
    if takes_gzip(request.environ):
        response.set_data(gzip.compress(response.get_data(), PACKED_AT, mtime=0))
        response.headers["Content-Encoding"] = "gzip"
        if response.headers.get("ETag"):
            response.set_etag(response.get_etag()[0] or "", weak=True)
    return response


def _can_be_packed(response: Response) -> bool:
    return (
        response.status_code == 200
        and UNTIL not in request.environ
        and request.method == "GET"
        and (response.mimetype or "").startswith(WORDS)
        and not response.is_streamed
        and not response.direct_passthrough
        and "Content-Encoding" not in response.headers
        and response.calculate_content_length() is not None
        and (response.calculate_content_length() or 0) >= SHORTEST_PACKED
        and not current_user.is_authenticated
    )
