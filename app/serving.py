"""`flask serve`: the whole service on one machine: a web server, the scheduler and the worker, side by side."""

import os
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Sequence
from urllib.error import HTTPError

import click
from flask import current_app
from flask.cli import with_appcontext
from sqlalchemy.exc import DBAPIError

from app import clock
from app.config import ROOT, Settings
from app.demonstration.commands import make_demonstration
from app.extensions import db
from app.late import late
from policies.groups import all_in_words

flask_migrate = late("flask_migrate")
PATIENCE = 30.0
TO_END = 20.0
# A closed terminal says SIGHUP: the processes are in groups of their own, so that nobody else would end them.
ENDING = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
# The site is on this machine, so that no proxy of the environment is asked for it.
_directly = urllib.request.build_opener(urllib.request.ProxyHandler({}))
FAULTY = "The site answers with a fault; see the lines above. If its database is older than it is: make migrate"

WHAT_TO_TRY = f"""
  Read the planks that {all_in_words()} groups back, on the front page.
  Sign in as one of the demonstration members, and propose a plank or amend one.
  Sign in as clerks of two groups, and open a round; move the clock; vote; see what was decided.
"""


@click.command("serve", help="Run the site, its clock and its worker until told to end.")
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option("--port", default=5000, show_default=True, type=click.IntRange(1, 65535))
@click.option("--demonstration", is_flag=True, help="First migrate the database; make it a demonstration if it is new.")
@with_appcontext
def serve(host: str, port: int, demonstration: bool) -> None:
    """Start all processes, say where the site is, and end them all when one ends or a signal comes."""
    if _is_taken(host, port):
        another = port + 1 if port < 65535 else 5000
        way = f"make run PORT={another}" if demonstration else f"flask serve --port {another}"
        raise click.ClickException(f"Port {port} is taken. Choose another one, for example: {way}")
    if demonstration:
        _take_address(f"http://{host}:{port}")
        flask_migrate.upgrade()
        make_demonstration()
    hints = _hints()
    ended = threading.Event()
    for number in ENDING:
        signal.signal(number, lambda _number, _frame: ended.set())
    _run_until(ended, host, port, hints)


def _take_address(address: str) -> None:
    """Have the letters of a demonstration's past lead here, as those of its processes do."""
    settings: Settings = current_app.config["SETTINGS"]
    settings.site_url = os.environ.get("SITE_URL", address)


def _hints() -> str:
    """What to try on a demonstration; raises `ClickException` where the database cannot be read."""
    try:
        return WHAT_TO_TRY if clock.is_demonstration() else ""
    except DBAPIError as error:
        raise click.ClickException(f"The database cannot be read: {error.orig}\nIf it is new: make migrate") from None
    finally:
        # This process waits for hours: a transaction left open would keep old pages of the database from being freed.
        db.session.remove()
        db.engine.dispose()


def _run_until(ended: threading.Event, host: str, port: int, hints: str) -> None:
    """Run the processes until `ended` is set; raises `ClickException` when one of them ends before that."""
    address = f"http://{host}:{port}"
    processes = [_start(command, address) for command in (_web(host, port), _flask("scheduler"), _flask("worker"))]
    try:
        if _answers(address, processes, ended):
            click.echo(f"The platform is at {address}  (Ctrl-C ends it)\n{hints}")
        elif not ended.is_set() and _all_run(processes):
            click.echo(f"The platform is slow to start. Try {address} in a while  (Ctrl-C ends it)")
        while not ended.wait(0.5):
            if not _all_run(processes):
                raise click.ClickException("A part of the service ended by itself; see the lines above.")
    finally:
        _end(processes)


def _web(host: str, port: int) -> list[str]:
    # No access log: it would tell who opened a ballot paper, and when.
    return [
        sys.executable,
        "-m",
        "gunicorn",
        "--bind",
        f"{host}:{port}",
        "--threads",
        "8",
        "--log-level",
        "warning",
        # No header of whoever asks says at which address the site stands.
        "--forwarder-headers",
        "",
        "wsgi:app",
    ]


def _flask(command: str) -> list[str]:
    return [sys.executable, "-m", "flask", command]


def _start(command: Sequence[str], address: str) -> subprocess.Popen[bytes]:
    """Start a process in a group of its own, so that Ctrl-C reaches this one first, which then ends the others."""
    environment = {"SITE_URL": address, **os.environ}
    return subprocess.Popen(command, cwd=ROOT, env=environment, start_new_session=True)


def _is_taken(host: str, port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return True
    return False


def _answers(address: str, processes: Sequence[subprocess.Popen[bytes]], ended: threading.Event) -> bool:
    """Wait until the site answers; False if it is too slow, a process ended or somebody asked to end first."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and not ended.is_set() and _all_run(processes):
        try:
            with _directly.open(address, timeout=2):
                return True
        except HTTPError:
            raise click.ClickException(FAULTY) from None
        except OSError:
            ended.wait(0.1)
    return False


def _all_run(processes: Sequence[subprocess.Popen[bytes]]) -> bool:
    return all(process.poll() is None for process in processes)


def _end(processes: Sequence[subprocess.Popen[bytes]]) -> None:
    for process in processes:
        if process.poll() is None:
            process.terminate()
    for process in processes:
        try:
            process.wait(timeout=TO_END)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
