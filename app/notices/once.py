"""Rows that are written once, however many write them at the same moment."""

from typing import Any

from sqlalchemy.dialects import postgresql, sqlite

from app.extensions import db
from app.models import Model


def insertion(kind: type[Model]) -> Any:
    """An insertion that can meet a row which is there already, in the words of this database."""
    dialect = postgresql if db.session.get_bind().dialect.name == "postgresql" else sqlite
    return dialect.insert(kind.__table__)
