"""One created demonstration for all tests of a module that only read it: making it takes a while."""

from collections.abc import Iterator

import pytest
from flask import Flask

from app import create_app
from app.config import Settings
from app.demonstration import creation
from tests.conftest import SECRET, Browser, dispose
from tests.databases import Databases


@pytest.fixture(scope="module")
def created(databases: Databases, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """The application on a demonstration as `flask demonstration create` makes it, with a context pushed."""
    folder = tmp_path_factory.mktemp("demonstration")
    settings = Settings(
        database_url=databases.fresh(folder),
        secret_key=SECRET,
        index_folder=folder / "search",
        jobs_file=folder / "jobs.db",
    )
    app = create_app(settings)
    app.config["TESTING"] = True
    app.test_client_class = Browser
    with app.app_context():
        creation.create()
        yield app
    dispose(app)
