"""Public pages are made once and answered from memory until something public changes, or time itself changes them.

It stands in front of everything else and answers visitors alone: whoever has a cookie goes on to the service itself.
What is kept is shown only under the mark that the database has at this very moment (`app.models.marks`), so that no
request is ever answered with what was true before a change that is done; where the mark cannot be read, nothing kept is
shown. A page may be kept if the service says so while it makes it: a look at a public page and nothing else, complete,
without a cookie, the same for every visitor.
"""

from collections.abc import Iterable
from typing import Any
from urllib.parse import urlsplit

from flask import Flask, Response, current_app, request, session
from flask_login import current_user
from sqlalchemy import select

from app import clock
from app.config import Settings
from app.extensions import db
from app.models import Round, Suspension, Withdrawal
from app.models.marks import watch
from app.web import limits
from app.web.keeping import LARGEST_PAGE, MOST_BYTES, Headers, Kept, Key, Shelf, Turns, has_it, made
from app.web.marks import Marks
from policies.keeping import WITH_THE_TIME, WITHOUT_THE_TIME, good_until
from policies.permissions import Permission

# Behind these stand public pages: what a visitor sees of them, every visitor sees.
KEPT = frozenset(
    {
        Permission.SITE_READ,
        Permission.GROUP_READ,
        Permission.PLANK_READ,
        Permission.AMENDMENT_READ,
        Permission.RULING_READ,
        Permission.ROUND_READ,
        Permission.NEGOTIATION_READ,
        Permission.MP_READ,
    }
)
LONGEST_ADDRESS = 500
# Files of the look have ways of their own, and nothing in the database changes them.
_FILES = ("/static/", "/assets/")
# In a request's environment: that somebody asks whether to keep the answer, and until when it may be kept.
ASKED, UNTIL = "platform.kept.asked", "platform.kept.until"
_NOT_PASSED_ON = ("HTTP_IF_NONE_MATCH", "HTTP_IF_MODIFIED_SINCE", "HTTP_RANGE", "HTTP_IF_RANGE")
_SAME_FOR_VISITORS = frozenset({"cookie", "accept-encoding"})


def init_app(app: Flask) -> None:
    """Stand in front of the service; and have changes leave marks, kept pages or not."""
    settings: Settings = app.config["SETTINGS"]
    with app.app_context():
        engine = db.engine
    watch(engine)
    if settings.kept_pages == "off":
        return
    app.after_request(say_how_long)
    own_host = urlsplit(settings.site_url).netloc
    app.extensions["kept pages"] = pages = KeptPages(app.wsgi_app, Marks(engine), own_host)
    app.wsgi_app = pages  # type: ignore[method-assign]


def say_how_long(response: Response) -> Response:
    """Say whether the answer may be kept, and until when."""
    if ASKED in request.environ and _is_for_all(response):
        # Asked first: whoever reads the clock has looked at it.
        longest = WITH_THE_TIME if clock.has_told() else WITHOUT_THE_TIME
        request.environ[UNTIL] = good_until(clock.now(), turns(), longest).timestamp()
    return response


def _is_for_all(response: Response) -> bool:
    view = current_app.view_functions.get(request.endpoint or "")
    return (
        response.status_code == 200
        and getattr(view, "permission", None) in KEPT
        and limits.counts_as_reading()
        and not response.is_streamed
        and not response.direct_passthrough
        and not session
        and not session.modified
        and not current_user.is_authenticated
        and not clock.is_demonstration()
    )


def turns() -> list[Any]:
    """The moments, near enough, at which a page changes by itself: rounds open and close, pauses begin and end."""
    now = clock.now()
    columns = (Round.opens_at, Round.closes_at, Suspension.starts_at, Suspension.until, Withdrawal.until)
    query = select(
        *(select(column).where(column > now).order_by(column).limit(1).scalar_subquery() for column in columns)
    )
    return [moment for moment in db.session.execute(query).one() if moment is not None]


class KeptPages:
    """The service, with what it has kept in front of it."""

    def __init__(self, inner: Any, marks: Marks, own_host: str, most_bytes: int = MOST_BYTES) -> None:
        """Nothing is kept yet."""
        self._inner, self._marks, self._turns, self._own_host = inner, marks, Turns(), own_host
        self.shelves = (Shelf(most_bytes * 3 // 4), Shelf(most_bytes // 4))

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        """Answer from memory, or have the page made."""
        key = key_of(environ)
        mark = None if key is None else self._marks.read()
        if key is None or mark is None:
            return self._inner(environ, start_response)
        shelf = self.shelves[bool(key[-1]) or not self._is_own(key[1], environ)]
        page = shelf.get(key)
        if page is None:
            return self._make(environ, start_response, key, mark, shelf)
        if page.is_good(mark):
            return _send(page, environ, start_response)
        with self._turns.of(key):
            page = shelf.get(key)
            if page is not None and page.is_good(mark):
                return _send(page, environ, start_response)
            return self._make(environ, start_response, key, mark, shelf)

    def _is_own(self, host: str, environ: dict[str, Any]) -> bool:
        """Whether this is a name of the site. Who asks can make up others without end."""
        name = environ["SERVER_NAME"]
        return host in (self._own_host, name, f"{name}:{environ['SERVER_PORT']}")

    def _make(self, environ: dict[str, Any], start_response: Any, key: Key, mark: str, shelf: Shelf) -> Iterable[bytes]:
        """Have the service make the page as for a first visit; keep it if it says so, else pass it on as it came."""
        asked = {name: value for name, value in environ.items() if name not in _NOT_PASSED_ON}
        asked |= {"REQUEST_METHOD": "GET", ASKED: True}
        told: list[Any] = []
        answer = self._inner(asked, lambda status, headers, *_rest: told.extend((status, headers)))
        if not told or not _may_be_kept(asked, *told):
            return _pass_on(answer, environ, start_response, told)
        try:
            body = b"".join(answer)
        finally:
            _close(answer)
        page = made(mark, asked[UNTIL], told[1], body)
        if len(body) <= LARGEST_PAGE:
            shelf.put(key, page)
        return _send(page, environ, start_response)


def key_of(environ: dict[str, Any]) -> Key | None:
    """Under what an answer would be kept; none for whoever has a cookie, sends something or asks for a file."""
    path, query = environ.get("PATH_INFO", ""), environ.get("QUERY_STRING", "")
    if (
        environ["REQUEST_METHOD"] not in ("GET", "HEAD")
        or "HTTP_COOKIE" in environ
        or "HTTP_AUTHORIZATION" in environ
        or environ.get("CONTENT_LENGTH", "0") not in ("", "0")
        or "HTTP_TRANSFER_ENCODING" in environ
        or path.startswith(_FILES)
        or len(path) + len(query) > LONGEST_ADDRESS
    ):
        return None
    return (
        environ["wsgi.url_scheme"],
        environ.get("HTTP_HOST") or environ["SERVER_NAME"],
        environ.get("SCRIPT_NAME", ""),
        path,
        query,
    )


def _may_be_kept(asked: dict[str, Any], status: str, headers: Headers) -> bool:
    names = {name.lower(): value for name, value in headers}
    vary = {word.strip().lower() for word in names.get("vary", "").split(",") if word.strip()}
    return (
        UNTIL in asked
        and status.startswith("200")
        and "set-cookie" not in names
        and "content-encoding" not in names
        and "no-store" not in names.get("cache-control", "")
        and vary <= _SAME_FOR_VISITORS
    )


def _send(page: Kept, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
    status, headers, body = page.answer(environ)
    start_response(status, list(headers))
    return [body]


def _pass_on(answer: Iterable[bytes], environ: dict[str, Any], start_response: Any, told: list[Any]) -> Iterable[bytes]:
    """What is not kept goes out as it came; who has it already, or asked for its head alone, gets no body."""
    if not told:
        return answer
    status, headers = told
    is_known = status.startswith("200") and has_it(environ, headers)
    if not is_known and environ["REQUEST_METHOD"] != "HEAD":
        start_response(status, headers)
        return answer
    _close(answer)
    left = [pair for pair in headers if not is_known or pair[0].lower() not in {"content-length", "content-encoding"}]
    start_response("304 NOT MODIFIED" if is_known else status, left)
    return [b""]


def _close(answer: Iterable[bytes]) -> None:
    close = getattr(answer, "close", None)
    if close is not None:
        close()
