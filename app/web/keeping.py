"""The bytes of public pages, kept in a worker's memory: so many and no more, those longest unread given up first."""

import gzip
import hashlib
import time
from collections import OrderedDict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from threading import Lock
from typing import Any

from werkzeug.http import is_resource_modified, parse_accept_header

Key = tuple[str, ...]
Headers = list[tuple[str, str]]

# What a worker keeps at most, in bytes; addresses with a question, or at another name than the site's, have a part of
# their own, so that whoever makes up questions or names without end pushes no other page out.
MOST_BYTES = 12 * 1024 * 1024
LARGEST_PAGE = 1024 * 1024
# Shorter answers are not worth packing.
SHORTEST_PACKED = 500
PACKED_AT = 6
# How long one request waits for another that makes the same page.
PATIENCE = 2.0
_TURNS = 64
# Which headers a "not modified" goes without.
_OF_A_BODY = frozenset({"content-length", "content-encoding"})


@dataclass(frozen=True, slots=True)
class Kept:
    """A page as it was made: under which mark, until when, its headers and its bytes, plain and packed."""

    mark: str
    until: float
    etag: str
    plain: bytes
    packed: bytes
    headers: Headers
    packed_headers: Headers

    def is_good(self, mark: str) -> bool:
        """Whether this is what would be made now."""
        return self.mark == mark and time.time() < self.until

    def answer(self, environ: dict[str, Any]) -> tuple[str, Headers, bytes]:
        """Status, headers and body for who asks: packed if they can unpack, nothing if they have it already."""
        headers, body = self.headers, self.plain
        if self.packed and takes_gzip(environ):
            headers, body = self.packed_headers, self.packed
        if has_it(environ, headers):
            return "304 NOT MODIFIED", [pair for pair in headers if pair[0].lower() not in _OF_A_BODY], b""
        return "200 OK", headers, b"" if environ["REQUEST_METHOD"] == "HEAD" else body


def made(mark: str, until: float, headers: Headers, body: bytes) -> Kept:
    """Keep an answer: an ETag is made of its bytes where it has none, and packed bytes go beside the plain ones."""
    names = {name.lower(): value for name, value in headers}
    etag = names.get("etag") or f'W/"{hashlib.sha256(body).hexdigest()[:32]}"'
    is_words = names.get("content-type", "").startswith(("text/", "application/", "image/svg"))
    packed = gzip.compress(body, PACKED_AT, mtime=0) if is_words and len(body) >= SHORTEST_PACKED else b""
    packed = packed if len(packed) < len(body) else b""
    vary = ", ".join(dict.fromkeys([*_words(names.get("vary", "")), *(["Accept-Encoding"] if packed else [])]))
    left = [pair for pair in headers if pair[0].lower() not in {*_OF_A_BODY, "etag", "vary"}]
    common = [*left, *([("Vary", vary)] if vary else [])]
    weak = etag if etag.startswith("W/") or not packed else f"W/{etag}"
    plain_headers = [*common, ("ETag", weak), ("Content-Length", str(len(body)))]
    packed_headers = [*common, ("ETag", weak), ("Content-Encoding", "gzip"), ("Content-Length", str(len(packed)))]
    return Kept(mark, until, weak, body, packed, plain_headers, packed_headers)


def _words(vary: str) -> Sequence[str]:
    return [word.strip() for word in vary.split(",") if word.strip()]


def takes_gzip(environ: dict[str, Any]) -> bool:
    """Whether who asks can unpack."""
    accepted = environ.get("HTTP_ACCEPT_ENCODING", "")
    if "gzip" not in accepted:
        return False
    return ";" not in accepted or parse_accept_header(accepted).quality("gzip") > 0


def has_it(environ: dict[str, Any], headers: Headers) -> bool:
    """Whether who asks says that they have these very bytes."""
    if "HTTP_IF_NONE_MATCH" not in environ and "HTTP_IF_MODIFIED_SINCE" not in environ:
        return False
    names = {name.lower(): value for name, value in headers}
    etag, changed = names.get("etag"), names.get("last-modified")
    if etag is None and changed is None:
        return False
    return not is_resource_modified(environ, etag=etag, last_modified=changed)


class Shelf:
    """Kept pages, those unread longest given up first."""

    def __init__(self, most_bytes: int) -> None:
        """An empty one."""
        self._most, self._weight = most_bytes, 0
        self._pages: OrderedDict[Key, Kept] = OrderedDict()
        self._lock = Lock()

    def empty(self) -> None:
        """Give everything up."""
        with self._lock:
            self._pages.clear()
            self._weight = 0

    def get(self, key: Key) -> Kept | None:
        """What is kept under this address, good or not."""
        with self._lock:
            found = self._pages.get(key)
            if found is not None:
                self._pages.move_to_end(key)
            return found

    def put(self, key: Key, page: Kept) -> None:
        """Keep a page, and give up what is too much."""
        with self._lock:
            self._weight += weight(page) - weight(self._pages.pop(key, None))
            self._pages[key] = page
            while self._weight > self._most:
                self._weight -= weight(self._pages.popitem(last=False)[1])

    @property
    def weight(self) -> int:
        """How many bytes are kept."""
        return self._weight


def weight(page: Kept | None) -> int:
    """How much room a page takes, with its headers."""
    return 0 if page is None else len(page.plain) + len(page.packed) + 2048


class Turns:
    """One maker a page at a time. A fixed number of locks, so that addresses without end take no room."""

    def __init__(self) -> None:
        """Nobody makes anything yet."""
        self._locks = tuple(Lock() for _ in range(_TURNS))

    @contextmanager
    def of(self, key: Key) -> Iterator[None]:
        """Wait for whoever makes this page now, but not for long: a page made twice is better than none."""
        lock = self._locks[hash(key) % _TURNS]
        has_it = lock.acquire(timeout=PATIENCE)
        try:
            yield
        finally:
            if has_it:
                lock.release()
