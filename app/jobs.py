"""Work that no page waits for: a store of jobs on this machine, and the worker that does them."""

import logging
from collections.abc import Callable, Mapping
from functools import cached_property
from threading import Lock
from typing import Any

import click
from flask import Flask, current_app
from flask.cli import with_appcontext

from app.config import Settings
from app.late import late

log = logging.getLogger(__name__)
# Whoever only reads asks for no job.
huey = late("huey")


class Jobs:
    """The jobs of one application by name. The store is opened when it is first needed."""

    def __init__(self, app: Flask, works: Mapping[str, Callable[[], object]]) -> None:
        """Remember what each job does."""
        self.app = app
        self.works = works
        self.asking = Lock()

    @cached_property
    def store(self) -> Any:
        """Huey's store of jobs: a file of SQLite of its own."""
        settings: Settings = self.app.config["SETTINGS"]
        settings.jobs_file.parent.mkdir(parents=True, exist_ok=True)
        return huey.SqliteHuey("platform", filename=str(settings.jobs_file), results=False, utc=True)

    @cached_property
    def tasks(self) -> dict[str, Any]:
        """The jobs as huey calls them, each in a context of the application."""
        return {name: self.store.task(name=name)(self._in_context(work)) for name, work in self.works.items()}

    def _in_context(self, work: Callable[[], object]) -> Callable[[], None]:
        def task() -> None:
            with self.app.app_context():
                work()

        return task


def init_app(app: Flask, works: Mapping[str, Callable[[], object]]) -> None:
    """Give the application its jobs."""
    app.extensions["jobs"] = Jobs(app, works)


def ask_for(name: str) -> None:
    """Have the worker do a job soon. A fault is logged: the clock asks again for whatever is still due."""
    jobs = _jobs()
    try:
        # One thread at a time, and the connection is closed again: it is wanted once in a while.
        with jobs.asking:
            jobs.tasks[name]()
            jobs.store.storage.close()
    except Exception:
        log.exception("The job %s could not be asked for; the clock asks again.", name)


def waiting() -> int | None:
    """How many jobs wait for the worker; None where their store cannot be read."""
    jobs = _jobs()
    try:
        with jobs.asking:
            count: int = jobs.store.pending_count()
            jobs.store.storage.close()
            return count
    except Exception:
        log.exception("The store of jobs could not be read.")
        return None


def _jobs() -> Jobs:
    jobs: Jobs = current_app.extensions["jobs"]
    return jobs


@click.command("worker", help="Do the jobs that no page waits for, such as sending mail, until told to end.")
@with_appcontext
def worker() -> None:
    """Run huey's worker; a job under way is finished first."""
    jobs = _jobs()
    jobs.tasks  # noqa: B018  (made known to huey before it looks for work)
    jobs.store.create_consumer(workers=1, periodic=False, max_delay=1.0, graceful_signal="TERM").run()
