"""`flask tick` and `flask scheduler`: doing what the clock brings about, once or for ever."""

import logging
import signal
import threading

import click
from flask import current_app
from flask.cli import with_appcontext
from sqlalchemy.exc import DBAPIError

from app.config import Settings
from app.desk import heartbeat, ticking
from app.extensions import db

log = logging.getLogger(__name__)


@click.command("tick", help="Do everything that is due now: openings, counts, adoptions, lapses, seals.")
@with_appcontext
def tick() -> None:
    """Run once."""
    settings: Settings = current_app.config["SETTINGS"]
    click.echo(f"{ticking.tick()} due.")
    heartbeat.note(settings.jobs_file)


@click.command("scheduler", help="Run `flask tick` again and again until told to end.")
@with_appcontext
def scheduler() -> None:
    """Run until a signal to end; a tick under way is finished first."""
    settings: Settings = current_app.config["SETTINGS"]
    end = threading.Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, lambda _number, _frame: end.set())
    while not end.is_set():
        if tick_or_wait():
            heartbeat.note(settings.jobs_file)
        end.wait(settings.seconds_between_ticks)


def tick_or_wait() -> bool:
    """Do what is due; False, and said in the log, where the database is gone: the next time it may be back."""
    try:
        ticking.tick()
        return True
    except DBAPIError:
        log.exception("The database did not answer; the clock's work waits for it.")
        return False
    finally:
        db.session.remove()
