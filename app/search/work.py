"""The search of this installation: its folder, and what the worker and the clock do for it."""

import logging
from pathlib import Path

from flask import current_app

from app.config import Settings
from app.extensions import db
from app.search import service
from app.search.engine import Engine

log = logging.getLogger(__name__)


def folder() -> Path:
    """Where the index lies, if it lies in a folder."""
    settings: Settings = current_app.config["SETTINGS"]
    return settings.index_folder


def engine() -> Engine:
    """The engine that answers here."""
    return service.engine_in(folder())


def drain() -> int:
    """The worker's job: tell the index what has changed."""
    return service.drain(folder())


def tend() -> None:
    """The clock's part, last and on its own: a fault of the index must never stop its work."""
    try:
        service.tend(folder())
    except Exception:
        log.exception("The search index was not looked after; the next tick tries again.")
    finally:
        db.session.remove()
