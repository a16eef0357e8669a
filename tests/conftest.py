"""How the tests run: which database, a fresh one for each test, and the Hypothesis profiles."""

import gc
import os
import shutil
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import Context
from copy import copy
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import settings as hypothesis_settings
from werkzeug.test import TestResponse

from app import create_app
from app.config import Settings
from tests.databases import Databases, PostgresDatabases, SqliteDatabases
from tests.office import reading_files

# Tests and journeys are quicker than people, and all of them come from one address: amounts have tests of their own.
# Where the service stands is the tests' own too, whatever the environment says.
os.environ |= {
    "LIMITS": "off",
    "KEPT_PAGES": "off",
    "ENVIRONMENT": "development",
    "SITE_URL": "http://localhost:5000",
}

# What is imported by now stays: to look through it for rubbish again and again took a seventh of all the time.
gc.freeze()
gc.set_threshold(100_000, 50, 100)

hypothesis_settings.register_profile("default", deadline=None, max_examples=200, derandomize=True)
hypothesis_settings.register_profile("nightly", deadline=None, max_examples=2000)
hypothesis_settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "default"))

ROOT = Path(__file__).parent.parent
SHARED = ROOT.parent / "shared"
SECRET = "a secret for tests alone, 0123456789"


class Browser(FlaskClient):
    """A browser, as far as a test client is one: its requests share nothing with the test but the database."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Read office files as well as pages."""
        super().__init__(*args, **kwargs)
        self.response_wrapper = reading_files(self.response_wrapper)

    def open(self, *args: Any, **kwargs: Any) -> TestResponse:
        """Send a request as a server would take it, outside the context that the test has pushed."""
        return Context().run(super().open, *args, **kwargs)


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--database postgresql` runs the same tests on PostgreSQL."""
    parser.addoption("--database", choices=["sqlite", "postgresql"], default="sqlite")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Laws do not count for coverage: what they come across is chance, and to watch it would double their time."""
    for test in items:
        if getattr(getattr(test, "obj", None), "is_hypothesis_test", False):
            test.add_marker("no_cover")


@pytest.fixture(scope="session", autouse=True)
def _nothing_reaches_out() -> Iterator[None]:
    """Whatever is tried, nothing opens a connection to anywhere but this machine."""
    connect = socket.socket.connect

    def connect_here(self: socket.socket, address: Any) -> None:
        is_here = self.family == socket.AF_UNIX or address[0] in {"127.0.0.1", "::1", "localhost"}
        assert is_here, f"The service reaches out to {address}."
        connect(self, address)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", connect_here)
        yield


@pytest.fixture(scope="session")
def databases(request: pytest.FixtureRequest) -> Iterator[Databases]:
    """The server or folder of this run, with one migrated database to make others from.

    In a folder of its own: pytest clears away the folders of earlier runs, and another run may take this one for such.
    """
    kind = PostgresDatabases if request.config.getoption("--database") == "postgresql" else SqliteDatabases
    with TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        made = kind(Path(folder), SECRET)
        yield made
        made.close()


@pytest.fixture(scope="session")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the files of one test after another lie, so that one application can serve them all."""
    return tmp_path_factory.mktemp("place")


@pytest.fixture
def settings(databases: Databases, place: Path) -> Settings:
    """Settings with a fresh, migrated and empty database."""
    shutil.rmtree(place)
    place.mkdir()
    files = {"index_folder": place / "search", "jobs_file": place / "jobs.db"}
    return Settings(database_url=databases.fresh(place), secret_key=SECRET, **files)


@pytest.fixture(scope="session")
def applications() -> dict[str, Flask]:
    """Applications by their settings, each made once: making and warming one up takes longer than most tests."""
    return {}


@pytest.fixture
def bare_app(settings: Settings, applications: dict[str, Flask]) -> Iterator[Flask]:
    """The application on a fresh database that is no demonstration, without a context pushed."""
    key = settings.model_dump_json()
    if key not in applications:
        applications[key] = made(settings)
    with as_made(applications[key], settings) as app:
        yield app
    dispose(app)


def made(settings: Settings) -> Flask:
    """An application for tests: of one's own where a test adds pages to it."""
    app = create_app(settings)
    app.config["TESTING"] = True
    app.test_client_class = Browser
    return app


@contextmanager
def as_made(app: Flask, settings: Settings) -> Iterator[Flask]:
    """The application for one test: what that changes in its settings, or leaves in its parts, is gone afterwards."""
    config, parts = dict(app.config), dict(app.extensions)
    app.config["SETTINGS"] = settings
    app.extensions |= {name: copy(part) for name, part in parts.items() if type(part).__module__.startswith("app.")}
    yield app
    app.config.clear()
    app.config |= config
    app.extensions |= parts


@pytest.fixture
def app(bare_app: Flask) -> Iterator[Flask]:
    """The application, with a context pushed, on a fresh and empty demonstration: its clock can be moved."""
    from tests import builders

    with bare_app.app_context():
        builders.start_demonstration()
        yield bare_app


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """A visitor's browser."""
    return app.test_client()


@pytest.fixture
def shared() -> Path:
    """The folder of real data; tests that need it skip where it is absent."""
    if not SHARED.is_dir():
        pytest.skip("The folder ../shared with real data is not here.")
    return SHARED


@pytest.fixture(scope="session")
def created_once(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """A demonstration as `flask demonstration create` makes it, for tests that only read it: making it takes a while.

    Its people have numbers that stand nowhere by chance. Tests that ask for it belong to one group of one process:
    `pytest.mark.xdist_group("created demonstration")`.
    """
    from app.demonstration import creation
    from tests.numbered import unmistakable_people

    folder = tmp_path_factory.mktemp("demonstration")
    files = {"index_folder": folder / "search", "jobs_file": folder / "jobs.db"}
    url = SqliteDatabases(folder, SECRET).fresh(folder)
    app = made(Settings(database_url=url, secret_key=SECRET, **files))
    with app.app_context(), unmistakable_people():
        creation.create()
    yield app
    dispose(app)


@pytest.fixture(scope="module")
def created(created_once: Flask) -> Iterator[Flask]:
    """The same, with a context pushed."""
    with created_once.app_context():
        yield created_once


def dispose(app: Flask) -> None:
    """Close what the application holds open."""
    from app.extensions import db

    with app.app_context():
        db.session.remove()
        db.engine.dispose()


@pytest.fixture
def copied_texts(tmp_path: Path) -> Path:
    """A copy of the starter planks that a test may change."""
    return Path(shutil.copytree(ROOT / "policies" / "texts", tmp_path / "texts"))
