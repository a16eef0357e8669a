"""The clock's process leaves word that it ran: a file beside the jobs whose time is that of the last tick.

The time is the machine's, not the service's: a demonstration's clock can be ahead.
"""

import logging
import time
from datetime import timedelta
from pathlib import Path

log = logging.getLogger(__name__)


def note(jobs_file: Path) -> None:
    """Leave word. A disk that is full must not stop the clock's work."""
    try:
        jobs_file.parent.mkdir(parents=True, exist_ok=True)
        _file(jobs_file).touch()
    except OSError:
        log.warning("The clock's process could not leave word that it ran; flask check will say that it did not.")


def ago(jobs_file: Path) -> timedelta | None:
    """How long ago it ran; None where it never did."""
    try:
        return timedelta(seconds=max(0.0, time.time() - _file(jobs_file).stat().st_mtime))
    except OSError:
        return None


def _file(jobs_file: Path) -> Path:
    return jobs_file.with_name(f"{jobs_file.name}.ticked")
