"""The archive of somebody's own data: the same in JSON, for programs, and as a page that reads well."""

import json
import zipfile
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from enum import Enum
from io import BytesIO
from typing import Any

from flask import render_template

from app import clock
from app.models import Person
from app.privacy import labels, queries
from app.privacy.queries import OwnRows
from app.web.filters import minute
from policies.groups import group_named
from policies.personal import column_in_words
from policies.text.canonical import normalise

NAME = "my-data"
GROUPS_OF = frozenset({"group_key", "author_group"})
LOOK = "privacy/archive.css"


def archive(person: Person) -> bytes:
    """All that is held about a person, as a ZIP file of `my-data.json` and `my-data.html`. Nothing of it is kept."""
    held = queries.everything_about(person)
    names = labels.of_things(held)
    made = clock.now()
    shown = [_shown(rows, names) for rows in held if rows.rows]
    page = render_template("privacy/archive.html", sections=shown, made=made)
    stored = {"made": made.isoformat(), "held": {rows.table: [_plain(row) for row in rows.rows] for rows in held}}
    files = BytesIO()
    with zipfile.ZipFile(files, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr(f"{NAME}.json", json.dumps(stored, ensure_ascii=False, indent=1))
        packed.writestr(f"{NAME}.html", page)
        packed.writestr("look.css", render_template(LOOK))
    return files.getvalue()


def _plain(row: Mapping[str, Any]) -> dict[str, Any]:
    return {name: _value(value) for name, value in row.items()}


def _value(value: Any) -> Any:
    if isinstance(value, Enum):
        return value.value
    return value.isoformat() if isinstance(value, date | datetime) else value


def _shown(rows: OwnRows, names: Mapping[tuple[str, int], str]) -> tuple[str, Sequence[Sequence[tuple[str, str]]]]:
    """What a table is about, and the lines of each of its rows; what is empty is left out."""
    lines = [
        [(column_in_words(name), _in_words(name, value, names)) for name, value in row.items()] for row in rows.rows
    ]
    return rows.about, [[(name, words) for name, words in row if words] for row in lines]


def _in_words(column: str, value: Any, names: Mapping[tuple[str, int], str]) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, datetime):
        return minute(value)
    if isinstance(value, dict):
        return " – ".join(words for words in value.values() if isinstance(words, str) and words)
    if column in GROUPS_OF and value is not None:
        return group_named(value).title
    if (column, value) in names:
        return names[column, value]
    return "" if value is None else normalise(str(_value(value))).strip()
