"""Everything public as one file of lines, each a thing in JSON: what the lists give, without asking page by page.

Nothing that changes from one asking to the next without the data changing is in it, so that two copies can be compared.
"""

import hashlib
import json
from collections.abc import Iterator
from datetime import date
from functools import partial
from gzip import GzipFile
from typing import IO, Any

from flask import Response, request

from app.api import listings, naming, telling_others, telling_planks
from app.api.lists import everything_in
from app.api.naming import Told
from app.platform import queries as platform
from app.web.kept_files import file_of

LISTED = {
    "plank": listings.PLANKS,
    "version": listings.ALL_VERSIONS,
    "stance": listings.STANCES,
    "amendment": listings.AMENDMENTS,
    "round": listings.ROUNDS,
    "decision": listings.DECISIONS,
    "mp": listings.MPS,
    "position": listings.POSITIONS,
    "record": listings.RECORD,
}


def answer() -> Response:
    """The file, packed where the reader can unpack it."""
    packs = request.accept_encodings.quality("gzip") > 0
    kept = file_of("everything packed" if packs else "everything", partial(_write, packs=packs))
    response = Response(kept.chunks(), content_type="application/x-ndjson; charset=utf-8")
    response.content_length = kept.length
    response.headers["Content-Disposition"] = 'attachment; filename="everything.jsonl"'
    response.vary.add("Accept-Encoding")
    if packs:
        response.content_encoding = "gzip"
    response.set_etag(f"{kept.etag}-gzip" if packs else kept.etag)
    return response


def lines() -> Iterator[Told]:
    """Every line: first what goes with all of it, then thing by thing."""
    yield {"kind": "about", **naming.about()}
    yield from ({"kind": "theme", **one} for one in telling_planks.themes(platform.themes_with_counts()))
    yield from ({"kind": "group", **one} for one in telling_others.groups())
    for kind, listing in LISTED.items():
        yield from ({"kind": kind, **_under_another_name(one)} for one in everything_in(listing))


def _under_another_name(one: Told) -> Told:
    """Of which kind a stance, a round or a position is stands under "what": the line has taken that name."""
    return {"what" if name == "kind" else name: value for name, value in one.items()}


def _write(file: IO[bytes], *, packs: bool) -> str:
    """Write all lines; returns the mark by which the same content is known again."""
    digest = hashlib.sha256()
    target: Any = GzipFile(fileobj=file, mode="wb", mtime=0) if packs else file
    for line in lines():
        written = f"{json.dumps(line, ensure_ascii=False, default=_plain)}\n".encode()
        digest.update(written)
        target.write(written)
    if packs:
        target.close()
    return digest.hexdigest()[:40]


def _plain(value: Any) -> str:
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"{value!r} cannot be written.")
