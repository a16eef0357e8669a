"""A running site and a real browser for the journeys."""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.error import URLError

import pytest
from flask import Flask
from playwright.sync_api import Browser, sync_playwright

from app.config import Settings
from tests.journeys.walker import Walker

ROOT = Path(__file__).parent.parent.parent
NOT_ASKED_FOR = ["--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run"]
MakeWalker = Callable[..., Walker]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium: the system's where there is one, else the one Playwright installed. As root it runs without sandbox."""
    system = shutil.which("chromium") or shutil.which("chromium-browser")
    flags = [*NOT_ASKED_FOR, "--disable-gpu", *(["--no-sandbox"] if os.geteuid() == 0 else [])]
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=system, args=flags)
        yield started
        started.close()


@pytest.fixture
def address(app: Flask, settings: Settings, tmp_path: Path) -> Iterator[str]:
    """The address of a server, in a process of its own, on this test's database."""
    port = _free_port()
    environment = {
        **os.environ,
        "DATABASE_URL": settings.database_url,
        "SECRET_KEY": settings.secret_key,
        "INDEX_FOLDER": str(settings.index_folder),
        # By the name that passkeys are made for; pages are reached by the number as well.
        "SITE_URL": f"http://localhost:{port}",
    }
    # Browsers open connections ahead and leave them idle: none may be closed while something is sent on it, and each
    # takes a thread for seconds.
    ways = ["--threads", "48", "--keep-alive", "90"]
    command = [sys.executable, "-m", "gunicorn", "--bind", f"127.0.0.1:{port}", *ways, "wsgi:app"]
    with (tmp_path / "server.log").open("w") as log:
        server = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=log, stderr=subprocess.STDOUT)
        try:
            _wait_for(f"http://127.0.0.1:{port}/", server)
            yield f"http://127.0.0.1:{port}"
        finally:
            server.terminate()
            server.wait(timeout=20)
    said = (tmp_path / "server.log").read_text()
    assert "Traceback" not in said, said


@pytest.fixture
def walker(browser: Browser, address: str) -> Iterator[MakeWalker]:
    """Makes people with a browser: `walker(by_keyboard=True, width=375)`; each has cookies of their own."""
    contexts = []

    def make(*, by_keyboard: bool = False, width: int = 1280, dark: bool = False, scripts: bool = True) -> Walker:
        context = browser.new_context(
            viewport={"width": width, "height": 800},
            color_scheme="dark" if dark else "light",
            java_script_enabled=scripts,
        )
        contexts.append(context)
        return Walker(context.new_page(), address, by_keyboard=by_keyboard)

    yield make
    for context in contexts:
        context.close()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _wait_for(url: str, server: subprocess.Popen[bytes], seconds: float = 60) -> None:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if server.poll() is not None:
            raise RuntimeError("The server ended before it answered; see server.log.")
        try:
            with urllib.request.urlopen(url, timeout=20):
                return
        except (URLError, OSError):
            time.sleep(0.1)
    raise RuntimeError("The server did not answer in time.")
