"""S14: the service fetches nothing: no part of it has a client for that, and no test ever saw it try."""

import ast
import socket
from pathlib import Path

import pytest

from tests.conftest import ROOT

CLIENTS = {"requests", "httpx", "aiohttp", "urllib3", "http", "urllib", "ftplib", "socket", "ssl", "smtplib", "xmlrpc"}
CLIENTS |= {"telnetlib", "pycurl", "paramiko", "websocket", "websockets", "imaplib", "poplib", "asyncio", "subprocess"}
# Taking an address apart opens none.
HARMLESS = {"urllib.parse", "urllib.error"}
# The mail server that the settings name, and a look at this very site's own pages once it has been started.
MAY = {
    "app/mail/delivery.py": {"smtplib"},
    "app/mail/server.py": {"smtplib", "ssl"},
    "app/serving.py": {"socket", "subprocess", "urllib"},
}


def clients_in(path: Path) -> set[str]:
    """Which modules that can reach out a file imports."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
        names += [node.module or ""] if isinstance(node, ast.ImportFrom) and not node.level else []
        found |= {name.split(".")[0] for name in names if name not in HARMLESS}
    return found & CLIENTS


def test_no_part_of_the_service_has_what_it_takes_to_fetch_anything() -> None:
    sources = [path for top in ("app", "policies") for path in sorted(ROOT.glob(f"{top}/**/*.py"))]
    reaching = {path.relative_to(ROOT).as_posix(): clients_in(path) for path in sources}
    assert {
        name: found - MAY.get(name, set()) for name, found in reaching.items() if found - MAY.get(name, set())
    } == {}


def test_a_connection_to_anywhere_else_ends_the_test_that_sees_it() -> None:
    for address in (("192.0.2.1", 80), ("example.org", 443), ("::ffff:192.0.2.1", 80)):
        with socket.socket() as probe, pytest.raises(AssertionError, match="reaches out"):
            probe.connect(address)


def test_this_machine_and_its_own_sockets_are_no_elsewhere() -> None:
    with socket.socket() as server, socket.socket() as client:
        server.bind(("127.0.0.1", 0))
        server.listen(1)
        client.connect(server.getsockname())
