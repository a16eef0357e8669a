"""What a meeting paper shows, without its texts: by this a paper is known to be of today."""

from typing import Any

from sqlalchemy import ColumnElement, select

from app import drawer
from app.extensions import db
from app.models import Amendment, Plank, Revision, Version


def rows_of_meeting(number: int) -> list[tuple[Any, ...]]:
    """A plank's working text and its amendments that have a number, each with its words' hash and its reason."""
    plank = select(Plank.id, Plank.stage, Version.id, Version.title, Version.sha256, _is_hidden(Version))
    plank = plank.join(Version, Version.id == Plank.working_version_id)
    amended = (
        select(
            Amendment.id,
            Amendment.number,
            Amendment.stage,
            Revision.id,
            Revision.base_id,
            Revision.title,
            Revision.sha256,
            Revision.reason,
            _is_hidden(Revision),
        )
        .join(Plank, Plank.id == Amendment.plank_id)
        .join(Revision, Revision.id == Amendment.revision_id)
        .where(Plank.number == number, Amendment.number.is_not(None))
        .order_by(Amendment.id)
    )
    queries = (plank.where(Plank.number == number), amended)
    return [tuple(row) for query in queries for row in db.session.execute(query)]


def _is_hidden(kind: type[Version] | type[Revision]) -> ColumnElement[bool]:
    """Words that are hidden keep their hash."""
    return drawer.hidden_rows(kind, kind.id)
