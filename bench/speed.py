"""How fast the service is: each figure beside a reference of the same run (`make bench`, or `--quick` for every day).

Two workers of granian, a PostgreSQL of our own, requests by wrk. Everything runs on loopback and is ended when it is
over; the limits on requests are off, since one machine sends them all.
"""

import argparse
import os
import re
import sys
import tempfile
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from bench import casting, load, running
from bench.figures import median_ratio, note, say
from bench.voters import open_round, signed_in

PAGES = {
    "home": "/",
    "platform": "/planks",
    "plank": "/planks/1",
    "matrix": "/where-we-stand",
    "feed": "/whats-new.atom",
    "api": "/api/v1/planks",
}
OF_MEMBERS = {"plank": "/planks/1", "to-do": "/to-do"}
# Short, since everybody votes only once.
VOTING_SECONDS = 2
SMALL, LARGE = (500, 10_000, 50_000), (5_000, 100_000, 500_000)


@dataclass(frozen=True)
class Effort:
    """How long and how often is measured."""

    seconds: float
    pairs: int
    connections: tuple[int, ...]
    voters: int
    grows: bool


FULL = Effort(4, 5, (16, 64), 9000, grows=True)
QUICK = Effort(1, 3, (16,), 6000, grows=False)


def main() -> None:
    """Measure everything, or what is asked for."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--quick", action="store_true", help="shorter, with one number of connections and no growth")
    asked.add_argument("--only", default="", help="figures whose names begin so: pages, members, votes, growth, start")
    asked.add_argument("--no-growth", action="store_true", help="leave out the ten times larger database")
    chosen = asked.parse_args()
    effort = QUICK if chosen.quick else FULL
    running.wrk()
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        os.environ["BENCH_FOLDER"] = folder
        sys.exit(0 if _measure(Path(folder), effort, chosen.only, grows=effort.grows and not chosen.no_growth) else 1)


def _measure(folder: Path, effort: Effort, only: str, *, grows: bool) -> bool:
    met = []
    with running.postgres(folder) as server:
        url = running.database(server, "small", *SMALL)
        own, bare = (
            running.environment(url),
            running.environment(_plain(url), BENCH_LIBRARIES=str(running.libraries(url))),
        )
        if only in ("", "start"):
            met += _start(own, bare, effort)
        with ExitStack() as stack:
            ours = stack.enter_context(running.serving("wsgi:app", own, "/"))
            reference = stack.enter_context(running.serving("bench.reference:app", bare, "/bytes/9"))
            cookie = {"Cookie": signed_in(url, 1)[0].cookie}
            if only in ("", "pages"):
                met += _pages(ours.address, reference.address, effort)
                met += _first_visit(ours.address)
            if only in ("", "members"):
                met += _members(ours.address, reference.address, cookie, effort)
            if only in ("", "votes"):
                met += _votes(server, url, ours.address, effort)
            if only in ("", "pages", "members"):
                met += _memory(ours)
            if grows and only in ("", "growth"):
                met += _growth(server, ours.address, cookie, effort)
        if only == "" and effort is FULL:
            _beside(own, bare, effort)
    return all(met)


def _memory(ours: running.Server) -> list[bool]:
    heaviest, alone = ours.megabytes()
    note(f"A worker reaches {alone:.0f} MB in all; what the processes share is counted once among them.")
    return [say("memory-worker", heaviest, "MB", heaviest, 100, at_most=True)]


def _plain(url: str) -> str:
    return url.replace("postgresql://", "postgresql+psycopg://", 1)


def _pages(ours: str, reference: str, effort: Effort) -> list[bool]:
    met = []
    for name, path in PAGES.items():
        status, _, body = running.fetch(ours + path)
        if status != 200:
            note(f"{path} answers with {status}, so it is not measured.")
            continue
        for connections in effort.connections:
            other = f"{reference}/bytes/{len(body)}"
            found = load.rate_and_ratio((ours + path, {}), other, connections, effort.seconds, effort.pairs)
            met.append(say(f"anonymous-{name}-{connections}", found[0], "requests/s", found[1], 0.7))
    return met


def _members(ours: str, reference: str, cookie: dict[str, str], effort: Effort) -> list[bool]:
    met = []
    for name, path in OF_MEMBERS.items():
        for connections in effort.connections:
            other = f"{reference}/rows"
            found = load.rate_and_ratio((ours + path, cookie), other, connections, effort.seconds, effort.pairs)
            met.append(say(f"signed-in-{name}-{connections}", found[0], "requests/s", found[1], 0.6))
    return met


def _votes(server: object, url: str, ours: str, effort: Effort) -> list[bool]:
    number, voters = open_round(url), signed_in(url, effort.voters)
    counter, part = casting.Counter(server, "small"), effort.voters // effort.pairs  # type: ignore[arg-type]
    pairs = []
    for turn in range(effort.pairs):
        own = voters[turn * part : (turn + 1) * part]
        cast = casting.votes_a_second(ours, f"/rounds/{number}/cast", own, VOTING_SECONDS, counter)
        pairs.append((cast, casting.simple_updates_a_second(server, VOTING_SECONDS)))  # type: ignore[arg-type]
    return [say("cast-a-vote-16", median(one for one, _ in pairs), "votes/s", median_ratio(pairs), 0.25)]


def _growth(server: object, small: str, cookie: dict[str, str], effort: Effort) -> list[bool]:
    url = running.database(server, "large", *LARGE)  # type: ignore[arg-type]
    met = []
    with running.serving("wsgi:app", running.environment(url), "/") as grown:
        own = {"Cookie": signed_in(url, 1)[0].cookie}
        asked = [(f"anonymous-{name}", path, {}, {}) for name, path in PAGES.items() if name != "api"]
        asked += [(f"made-anew-{name}", path, _ANEW, _ANEW) for name, path in PAGES.items() if name != "api"]
        asked += [(f"signed-in-{name}", path, cookie, own) for name, path in OF_MEMBERS.items()]
        for name, path, before, after in asked:
            load.p50(grown.address + path, 5, after), load.p50(small + path, 5, before)
            times = [(load.p50(grown.address + path, 40, after), load.p50(small + path, 40, before)) for _ in range(5)]
            met.append(
                say(f"growth-{name}", median(one for one, _ in times), "ms", median_ratio(times), 1.15, at_most=True)
            )
    return met


# A cookie that says nothing: the page is made anew.
_ANEW = {"Cookie": "nothing=1"}


def _start(own: dict[str, str], bare: dict[str, str], effort: Effort) -> list[bool]:
    pairs = []
    for _ in range(effort.pairs):
        with running.serving("wsgi:app", own, "/", workers=1) as ours:
            taken = ours.seconds_to_first_page
        with running.serving("bench.reference:app", bare, "/bytes/9", workers=1) as reference:
            pairs.append((taken, reference.seconds_to_first_page))
    first = median(one for one, _ in pairs)
    return [say("cold-start", first, "s", median_ratio(pairs), 1.5, at_most=True)]


def _first_visit(ours: str) -> list[bool]:
    met = []
    for name in ("home", "plank", "matrix"):
        page = running.fetch(ours + PAGES[name])[2].decode()
        parts = re.findall(r'<(?:link rel="(?:icon|stylesheet)[^>]*href|script src|img [^>]*src)="(/[^"]+)"', page)
        kilobytes = load.weights(ours, [PAGES[name], *parts]) / 1000
        met.append(say(f"first-visit-{name}", kilobytes, "kB", kilobytes, 60, at_most=True))
        met.append(say(f"first-visit-{name}-requests", len(parts) + 1, "requests", len(parts) + 1, 6, at_most=True))
    return met


def _beside(own: dict[str, str], bare: dict[str, str], effort: Effort) -> None:
    """The same under gunicorn with threads, whose figures come in two sorts; they count for nothing."""
    with ExitStack() as stack:
        ours = stack.enter_context(running.serving("wsgi:app", own, "/", kind="gunicorn"))
        reference = stack.enter_context(running.serving("bench.reference:app", bare, "/bytes/9", kind="gunicorn"))
        for name in ("home", "plank"):
            size = len(running.fetch(ours.address + PAGES[name])[2])
            asked = (ours.address + PAGES[name], {}), f"{reference.address}/bytes/{size}"
            found = load.rate_and_ratio(*asked, 16, effort.seconds, effort.pairs)
            say(f"gunicorn-anonymous-{name}-16", found[0], "requests/s", found[1], 0.7)
