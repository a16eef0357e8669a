"""The drawer: words that clerks have hidden are taken out of their row and kept here, and others stand in their place.

So no page, feed, export, index or mail can show them by an oversight: what reads the row finds the tombstone.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, cast, inspect, select
from sqlalchemy.orm import QueryableAttribute
from sqlalchemy.types import String

from app.extensions import db
from app.models import Case, HiddenWords, Model, Revision, Version
from policies.moderation import HIDDEN_TITLE, CaseStage, is_tombstone, require_words_shown


@dataclass(frozen=True)
class Covered:
    """A row whose words are taken out, and what stands in their place, by column."""

    row: Model
    instead: Mapping[str, Any]


def key_of(row: Model) -> str:
    """The key of a row, in writing."""
    return ",".join(str(part) for part in inspect(row).identity or ())


def put_away(case: Case, covered: Iterable[Covered]) -> None:
    """Take the words of these rows out. A row that another case hides already stays hidden for this one too."""
    for one in covered:
        db.session.flush()
        kept = _kept(one.row)
        own = next((held for held in kept if held.case_id == case.id), None)
        if own is not None:
            own.instead = {name: _bound(one.row, name, value) for name, value in one.instead.items()}
            if own.words is not None:
                _replace(one.row, one.instead)
            continue
        has_words = any(held.words is not None for held in kept)
        words = None if has_words else {name: _to_store(one.row, name) for name in one.instead}
        stored = {name: _bound(one.row, name, value) for name, value in one.instead.items()}
        db.session.add(
            HiddenWords(
                table_name=one.row.__tablename__,
                row_key=key_of(one.row),
                case_id=case.id,
                words=words,
                instead=stored,
            )
        )
        if not has_words:
            _replace(one.row, one.instead)
    db.session.flush()


def give_back(case: Case, rows: Mapping[tuple[str, str], Model]) -> None:
    """Put the words back into the rows that this case hid; what another case hides too stays hidden for that one.

    `rows` are the rows by table and key.
    """
    for held in db.session.scalars(select(HiddenWords).where(HiddenWords.case_id == case.id)).all():
        row = rows[held.table_name, held.row_key]
        # What was written anew in the meantime stays: the words are put back where the tombstone stands.
        words = held.words and {
            name: stored for name, stored in held.words.items() if _to_store(row, name) == held.instead[name]
        }
        db.session.delete(held)
        db.session.flush()
        if words is None:
            continue
        other = next(iter(_kept(row)), None)
        if other is None:
            _replace(row, {name: _read(row, name, stored) for name, stored in words.items()})
        else:
            _replace(row, {name: _read(row, name, stored) for name, stored in words.items()})
            other.words = {name: _to_store(row, name) for name in other.instead}
            _replace(row, {name: _read(row, name, stored) for name, stored in other.instead.items()})
    db.session.flush()


def held_by(case: Case) -> list[tuple[str, str]]:
    """The tables and keys of the rows that a case hides."""
    query = select(HiddenWords.table_name, HiddenWords.row_key).where(HiddenWords.case_id == case.id)
    return [(row[0], row[1]) for row in db.session.execute(query)]


def words_of(row: Model) -> dict[str, Any] | None:
    """The true words of a row, by column, where they are in the drawer. For its author and for clerks alone."""
    stored = next((held.words for held in _kept(row) if held.words is not None), None)
    return None if stored is None else {name: _read(row, name, value) for name, value in stored.items()}


def is_hidden(row: Model | None) -> bool:
    """Whether the words of a row are in the drawer."""
    return row is not None and bool(_kept(row))


def is_hidden_version(version: Version | None) -> bool:
    """The same of a version, which has a title of its own while it is hidden: most often nothing has to be asked."""
    return version is not None and version.title == HIDDEN_TITLE and is_hidden(version)


def is_hidden_revision(revision: Revision | None) -> bool:
    """The same of the words of an amendment, whose reason is a tombstone then."""
    return revision is not None and is_tombstone(revision.reason) and is_hidden(revision)


def is_held(*rows: Model) -> bool:
    """Whether one clerk alone has hidden the words of one of these rows, for now."""
    held = {name.case_id for row in rows for name in _kept(row)}
    query = select(Case.id).where(Case.id.in_(held), Case.stage == CaseStage.HELD)
    return bool(held) and db.session.scalar(query.limit(1)) is not None


def hidden_rows(kind: type[Model], key: ColumnElement[Any] | QueryableAttribute[Any]) -> ColumnElement[bool]:
    """For queries: whether the row of this kind with this key is in the drawer."""
    found = select(HiddenWords.id).where(HiddenWords.table_name == kind.__tablename__)
    return found.where(HiddenWords.row_key == cast(key, String)).exists()


def true_words(kind: type[Model]) -> dict[int, dict[str, Any]]:
    """The true words of every row of a table that are in the drawer, by id, as the database stores them."""
    query = select(HiddenWords.row_key, HiddenWords.words).where(HiddenWords.table_name == kind.__tablename__)
    return {int(key): words for key, words in db.session.execute(query.where(HiddenWords.words.is_not(None)))}


def require_shown(*rows: Model | None) -> None:
    """Refuse to build on words that nobody can read: raises `RuleBroken`."""
    require_words_shown(any(is_hidden(row) for row in rows))


def _kept(row: Model) -> list[HiddenWords]:
    query = select(HiddenWords).where(HiddenWords.table_name == row.__tablename__, HiddenWords.row_key == key_of(row))
    return list(db.session.scalars(query.order_by(HiddenWords.id)))


def _replace(row: Model, words: Mapping[str, Any]) -> None:
    for name, value in words.items():
        setattr(row, name, value)


def _column(row: Model, name: str) -> Any:
    return inspect(type(row)).columns[name].type


def _to_store(row: Model, name: str) -> Any:
    return _bound(row, name, getattr(row, name))


def _bound(row: Model, name: str, value: Any) -> Any:
    """A value as the database stores it, plain enough for JSON."""
    bind = getattr(_column(row, name), "process_bind_param", None)
    plain = bind(value, db.engine.dialect) if bind else value
    # What is not plain JSON would only be found out when it is needed back.
    return json.loads(json.dumps(plain))


def _read(row: Model, name: str, stored: Any) -> Any:
    read = getattr(_column(row, name), "process_result_value", None)
    return read(stored, db.engine.dialect) if read else stored
