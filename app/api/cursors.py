"""Where a list goes on: a mark that nobody can read or make, so that no number inside tells of what is not public.

It names the last row that was given, not how many there were: a row that comes in meanwhile shifts nothing.
"""

import hashlib
import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from flask import current_app
from sqlalchemy import ColumnElement, and_, false, or_

from app.config import Settings
from app.late import late
from policies.errors import NotUnderstood

LONGEST = 400
ciphers, faults = late("cryptography.hazmat.primitives.ciphers.aead"), late("cryptography.exceptions")
STALE = "The cursor is none of this list. Take it from the address under “next”, or start without one."
Place = Sequence[int | str | datetime]


def sealed(of_list: str, place: Place) -> str:
    """The mark of a place in a list; of the same place it is always the same."""
    written = json.dumps([_written(part) for part in place]).encode()
    return urlsafe_b64encode(_cipher().encrypt(written, [of_list.encode()])).decode().rstrip("=")


def opened(of_list: str, mark: str) -> list[Any]:
    """The place that a mark names; raises `NotUnderstood` for one that this list has not given."""
    try:
        hidden = urlsafe_b64decode(mark + "=" * (-len(mark) % 4))
        return [_read(part) for part in json.loads(_cipher().decrypt(hidden, [of_list.encode()]))]
    except (ValueError, faults.InvalidTag):
        raise NotUnderstood(STALE) from None


def beyond(columns: Sequence[ColumnElement[Any]], place: Place, *, newest_first: bool = False) -> ColumnElement[bool]:
    """Rows that come after a place, in the order of these columns, all of which run the same way."""
    found: ColumnElement[bool] = false()
    for position, column in enumerate(columns):
        before = [one == value for one, value in zip(columns[:position], place, strict=False)]
        further = column < place[position] if newest_first else column > place[position]
        found = or_(found, and_(*before, further))
    return found


def _cipher() -> Any:
    settings: Settings = current_app.config["SETTINGS"]
    return ciphers.AESSIV(hashlib.sha512(f"cursors of the API {settings.secret_key}".encode()).digest())


def _written(part: int | str | datetime) -> Any:
    return {"at": part.isoformat()} if isinstance(part, datetime) else part


def _read(part: Any) -> Any:
    return datetime.fromisoformat(part["at"]) if isinstance(part, dict) else part
