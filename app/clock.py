"""What time it is for the service. In a demonstration the clock can be moved forward for all."""

from datetime import UTC, datetime, timedelta

from sqlalchemy import Select, select

from app.extensions import db
from app.models import Demonstration

_OFFSET, _TOLD = "clock_offset", "told the time"


def now() -> datetime:
    """The service's time, in UTC."""
    db.session.info[_TOLD] = True
    return datetime.now(UTC) + timedelta(seconds=_offset() or 0)


def has_told() -> bool:
    """Whether anything in this session of the database asked what time it is."""
    return _TOLD in db.session.info


def is_demonstration() -> bool:
    """Whether this database was created as a demonstration."""
    return _offset() is not None


def read_with_another_question() -> Select[int]:
    """For a question that each request asks anyway: the seconds ahead beside it, to be handed to `told`."""
    return select(Demonstration.clock_offset).where(Demonstration.id == 1)


def told(offset: int | None) -> None:
    """Take the seconds ahead as just read; what is known already stays."""
    db.session.info.setdefault(_OFFSET, offset)


def forget() -> None:
    """Read the offset anew next time: call this after changing it."""
    db.session.info.pop(_OFFSET, None)


def _offset() -> int | None:
    """The seconds ahead, or None where this is no demonstration; read once a session of the database."""
    remembered = db.session.info
    if _OFFSET not in remembered:
        with db.session.no_autoflush:
            row = db.session.get(Demonstration, 1)
        remembered[_OFFSET] = None if row is None else row.clock_offset
    offset: int | None = remembered[_OFFSET]
    return offset
