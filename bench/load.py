"""Sending requests with wrk, by pairs: ours, the reference, ours, the reference."""

import re
import subprocess
import time
from collections.abc import Mapping, Sequence
from statistics import median

from bench.figures import median_ratio
from bench.running import fetch, wrk

_RATE = re.compile(r"Requests/sec:\s+([0-9.]+)")
_BAD = re.compile(r"(Non-2xx or 3xx responses|Socket errors):?.*")


def rate(url: str, connections: int, seconds: float, headers: Mapping[str, str] | None = None) -> float:
    """Requests a second; raises `RuntimeError` where anything but pages came back."""
    told = [word for name, value in (headers or {}).items() for word in ("-H", f"{name}: {value}")]
    timing = [f"-d{max(1, round(seconds))}s", "--timeout", "60s"]
    command = [wrk(), "-t2", f"-c{connections}", *timing, *told, url]
    said = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    found = _RATE.search(said)
    if found is None or _BAD.search(said):
        raise RuntimeError(f"{url}: {said}")
    return float(found[1])


def rate_and_ratio(
    ours: tuple[str, Mapping[str, str]], reference: str, connections: int, seconds: float, pairs: int
) -> tuple[float, float]:
    """The median of our rates, and that of the ratios of pairs, after both have warmed up."""
    url, headers = ours
    rate(url, connections, 1, headers)
    rate(reference, connections, 1)
    found = [(rate(url, connections, seconds, headers), rate(reference, connections, seconds)) for _ in range(pairs)]
    return median(one for one, _ in found), median_ratio(found)


def p50(url: str, times: int, headers: Mapping[str, str] | None = None) -> float:
    """The median time of one request after the other, in milliseconds."""
    taken = []
    for _ in range(times):
        began = time.perf_counter()
        status = fetch(url, headers)[0]
        taken.append((time.perf_counter() - began) * 1000)
        if status != 200:
            raise RuntimeError(f"{url}: {status}")
    return median(taken)


def weights(url: str, addresses: Sequence[str]) -> int:
    """How many bytes these answers have over the wire, packed, with their heads."""
    total = 0
    for address in addresses:
        _, headers, body = fetch(url + address, {"Accept-Encoding": "gzip"})
        total += len(body) + sum(len(name) + len(value) + 4 for name, value in headers.items())
    return total
