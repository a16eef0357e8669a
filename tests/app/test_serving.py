"""`flask serve` runs the site and its clock together and leaves nothing behind; the clock finishes what it began."""

import os
import re
import secrets
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import Flask

from app.config import Settings
from app.extensions import db
from app.models import AuditRow, Demonstration
from app.web.transactions import transaction
from policies.planks import Stage
from tests import builders
from tests.conftest import ROOT, SECRET

PATIENCE = 40.0
pytestmark = pytest.mark.skipif(not Path("/proc/self/stat").is_file(), reason="Children are found in /proc.")


@contextmanager
def started(settings: Settings, *arguments: str, module: str = "flask") -> Iterator[subprocess.Popen[str]]:
    """A command of `flask`, or of another module, in a process of its own; what is left of it afterwards is killed."""
    environment = {
        **os.environ,
        "DATABASE_URL": settings.database_url,
        "SECRET_KEY": SECRET,
        "INDEX_FOLDER": str(settings.index_folder),
        # The service asks itself whether it answers; a proxy that is not there must not be in its way.
        "http_proxy": "http://127.0.0.1:9",
        "no_proxy": "",
    }
    process = subprocess.Popen(
        [sys.executable, "-m", module, *arguments],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    try:
        yield process
    finally:
        for number in [*children_of(process.pid), process.pid]:
            end(number)
        process.communicate()


def end(number: int) -> None:
    """Kill a process that may be gone already."""
    try:
        os.kill(number, signal.SIGKILL)
    except ProcessLookupError:
        return


def children_of(parent: int) -> list[int]:
    """The ids of the processes that this one started, and that they started in turn."""
    parents = {}
    for status in Path("/proc").glob("[0-9]*/stat"):
        try:
            words = status.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        parents[int(status.parent.name)] = int(words[1])
    found = [number for number, of in parents.items() if of == parent]
    return found + [grandchild for child in found for grandchild in children_of(child)]


def wait_until(comes_true: Callable[[], object]) -> None:
    """Ask again and again, for a while."""
    until = time.monotonic() + PATIENCE
    while not comes_true():
        assert time.monotonic() < until
        time.sleep(0.05)


def is_gone(number: int) -> bool:
    """Whether no process of this id runs."""
    try:
        return Path(f"/proc/{number}/stat").read_text().rpartition(")")[2].split()[0] == "Z"
    except OSError:
        return True


def free_port() -> int:
    """A port that nothing listens on, below those that other tests' connections are given by chance."""
    while True:
        port = 20_000 + secrets.randbelow(12_000)
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) != 0:
                return port


def line_of(process: subprocess.Popen[str], words: str) -> str:
    """The first line of what a process says that holds these words."""
    assert process.stdout is not None
    return next((line for line in process.stdout if words in line), "")


def end_of(process: subprocess.Popen[str]) -> tuple[int, str]:
    """Wait for a process to end: its exit code, and what else it said."""
    said, _ = process.communicate(timeout=PATIENCE)
    return process.returncode, said


def both_children(process: subprocess.Popen[str]) -> Sequence[int]:
    """The web server and the scheduler, once both are there."""
    wait_until(lambda: len(children_of(process.pid)) >= 2)
    return children_of(process.pid)


def test_the_site_answers_at_the_address_it_prints_and_ends_when_told_to(bare_app: Flask, settings: Settings) -> None:
    port = free_port()
    with started(settings, "serve", "--port", str(port)) as process:
        address = f"http://127.0.0.1:{port}"
        assert line_of(process, "The platform is at") == f"The platform is at {address}  (Ctrl-C ends it)\n"
        directly = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        # A header that gunicorn would believe from a server in front moves the site to no other address.
        with directly.open(
            urllib.request.Request(address, headers={"SCRIPT_NAME": "/elsewhere"}), timeout=10
        ) as answer:
            assert answer.status == 200
        children = both_children(process)
        process.send_signal(signal.SIGTERM)
        code, said = end_of(process)
        assert code == 0
        assert "Sign in" not in said
        assert [number for number in children if not is_gone(number)] == []
        with socket.socket() as probe:
            assert probe.connect_ex(("127.0.0.1", port)) != 0


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGHUP])
def test_ctrl_c_or_a_closed_terminal_ends_both_parts_even_while_they_start(
    bare_app: Flask, settings: Settings, number: signal.Signals
) -> None:
    with started(settings, "serve", "--port", str(free_port())) as process:
        children = both_children(process)
        process.send_signal(number)
        code, said = end_of(process)
        # It may have said its address already; of its end it says nothing.
        assert (code, re.sub(r"^The platform is at .*\n\n", "", said)) == (0, "")
        assert [child for child in children if not is_gone(child)] == []


def test_when_one_part_ends_the_other_is_ended_and_it_is_said(bare_app: Flask, settings: Settings) -> None:
    with started(settings, "serve", "--port", str(free_port())) as process:
        line_of(process, "The platform is at")
        children = both_children(process)
        scheduler = next(one for one in children if b"scheduler" in Path(f"/proc/{one}/cmdline").read_bytes())
        os.kill(scheduler, signal.SIGKILL)
        code, said = end_of(process)
        assert code == 1
        assert "A part of the service ended by itself" in said
        assert [child for child in children if not is_gone(child)] == []


@pytest.mark.skipif(not Path("/proc/self/smaps_rollup").is_file(), reason="This system does not tell what is shared.")
def test_the_workers_of_granian_share_in_memory_what_was_loaded_before_them(
    bare_app: Flask, settings: Settings
) -> None:
    port = free_port()
    where = ("--interface", "wsgi", "--workers", "2", "--host", "127.0.0.1", "--port", str(port), "wsgi:app")
    with started(settings, *where, module="bin.workers") as process:
        wait_until(lambda: answers(f"http://127.0.0.1:{port}/planks"))
        for child in both_children(process):
            kilobytes = re.search(r"^Rss: +(\d+)(?s:.*)^Pss: +(\d+)", rollup(child), re.MULTILINE)
            assert kilobytes
            # Of three processes each has a third of what they share.
            assert int(kilobytes[2]) < 0.75 * int(kilobytes[1])
        # One that is ended, as for want of memory, has another take its place, and the site stays up.
        lost, kept = both_children(process)
        end(lost)
        wait_until(lambda: kept in (there := running(process)) and lost not in there and len(there) == 2)
        assert answers(f"http://127.0.0.1:{port}/planks")
        process.send_signal(signal.SIGTERM)
        assert end_of(process)[0] == 0


def running(process: subprocess.Popen[str]) -> Sequence[int]:
    """Those that this process started and that have not ended."""
    return [child for child in children_of(process.pid) if not is_gone(child)]


def rollup(number: int) -> str:
    """What the system says of a process's memory."""
    return Path(f"/proc/{number}/smaps_rollup").read_text()


def answers(address: str) -> bool:
    """Whether there is a page at an address by now."""
    try:
        with urllib.request.build_opener(urllib.request.ProxyHandler({})).open(address, timeout=10) as answer:
            return bool(answer.status == 200)
    except OSError:
        return False


def test_a_taken_port_is_named_before_anything_is_made(bare_app: Flask, settings: Settings) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        with started(settings, "serve", "--demonstration", "--port", str(port)) as process:
            code, said = end_of(process)
    assert code == 1
    assert said.startswith(f"Error: Port {port} is taken. Choose another one, for example: make run PORT=")
    with bare_app.app_context():
        assert db.session.query(Demonstration).count() == 0


def test_a_database_in_use_is_not_served_as_a_demonstration(bare_app: Flask, settings: Settings) -> None:
    with bare_app.app_context():
        builders.member()
    with started(settings, "serve", "--demonstration", "--port", str(free_port())) as process:
        code, said = end_of(process)
    assert code == 1
    assert "Error: This database is in use, so it can never become a demonstration." in said


def test_a_database_without_its_tables_is_named_in_a_sentence(settings: Settings, tmp_path: Path) -> None:
    empty = settings.model_copy(update={"database_url": f"sqlite:///{tmp_path / 'empty.db'}"})
    with started(empty, "serve", "--port", str(free_port())) as process:
        code, said = end_of(process)
    assert code == 1
    assert said == "Error: The database cannot be read: no such table: demonstrations\nIf it is new: make migrate\n"


def test_a_site_that_answers_with_a_fault_is_not_left_running(bare_app: Flask, settings: Settings) -> None:
    with bare_app.app_context(), renamed("planks", "planks_of_another_release"):
        with started(settings, "serve", "--port", str(free_port())) as process:
            code, said = end_of(process)
        assert code == 1
        assert "The site answers with a fault; see the lines above." in said


@contextmanager
def renamed(table: str, name: str) -> Iterator[None]:
    """A table that the service does not find while this lasts."""
    with db.engine.begin() as connection:
        connection.execute(sa.text(f"ALTER TABLE {table} RENAME TO {name}"))
    yield
    with db.engine.begin() as connection:
        connection.execute(sa.text(f"ALTER TABLE {name} RENAME TO {table}"))


def test_the_scheduler_finishes_the_tick_under_way_before_it_ends(app: Flask, settings: Settings) -> None:
    plank_id = builders.submitted(builders.member())
    builders.move_clock(days=61)
    with db.engine.connect() as other, started(settings, "scheduler") as process:
        other.execute(sa.text("UPDATE planks SET id = id"))
        wait_until(lambda: is_held_up(process))
        process.send_signal(signal.SIGTERM)
        time.sleep(0.5)
        assert process.poll() is None
        other.rollback()
        assert end_of(process) == (0, "")
    with transaction():
        assert builders.plank(plank_id).stage is Stage.LAPSED
        assert db.session.query(AuditRow).filter_by(seal_id=None).count() == 0


def is_held_up(process: subprocess.Popen[str]) -> bool:
    """Whether a process waits for the database: a lock of PostgreSQL's, or the turn to write that SQLite gives."""
    if db.engine.dialect.name == "postgresql":
        with db.engine.connect() as connection:
            waiting = sa.text("SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'")
            return connection.scalar(waiting) > 0
    return any(opened_at(entry).endswith("platform.db-wal") for entry in Path(f"/proc/{process.pid}/fd").iterdir())


def opened_at(entry: Path) -> str:
    """What a process holds open; nothing where it has closed it since the list was read."""
    try:
        return os.readlink(entry)
    except FileNotFoundError:
        return ""
