"""`flask tick` and `flask scheduler`: doing what the clock brings about, once or for ever."""

import signal
import threading

import click
from flask import current_app
from flask.cli import with_appcontext

from app.config import Settings
from app.desk import ticking


@click.command("tick", help="Do everything that is due now: openings, counts, adoptions, lapses, seals.")
@with_appcontext
def tick() -> None:
    """Run once."""
    click.echo(f"{ticking.tick()} due.")


@click.command("scheduler", help="Run `flask tick` again and again until told to end.")
@with_appcontext
def scheduler() -> None:
    """Run until a signal to end; a tick under way is finished first."""
    settings: Settings = current_app.config["SETTINGS"]
    end = threading.Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, lambda _number, _frame: end.set())
    while not end.is_set():
        ticking.tick()
        end.wait(settings.seconds_between_ticks)
