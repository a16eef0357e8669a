"""One small platform with one of everything, for all promises that only look at it or put back what they changed."""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app import create_app
from app.config import Settings
from policies.permissions import Actor
from tests import builders
from tests.app.access_world import World, build
from tests.app.parameters import Opening, with_questions
from tests.conftest import SECRET, Browser, dispose
from tests.databases import SqliteDatabases


@dataclass(frozen=True)
class Tried:
    """The application on a file with one of everything in it, and a browser for each role in it."""

    app: Flask
    world: World
    sessions: dict[str, str]
    """What the cookie of each role's browser holds; nothing for a visitor's."""

    def browser(self, role: str) -> FlaskClient:
        """A new window of the browser in which somebody of this role is signed in."""
        client = self.app.test_client()
        if self.sessions[role]:
            client.set_cookie("session", self.sessions[role])
        return client


@pytest.fixture(scope="session")
def tried(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Tried]:
    """That platform, always on SQLite; whoever changes it puts the file back."""
    folder = tmp_path_factory.mktemp("access")
    url = SqliteDatabases(folder, SECRET).fresh(folder)
    app = create_app(
        Settings(database_url=url, secret_key=SECRET, index_folder=folder / "search", jobs_file=folder / "jobs.db")
    )
    app.config.update(TESTING=True, WTF_CSRF_ENABLED=False)
    app.test_client_class = Browser
    with app.app_context():
        builders.start_demonstration()
        world = build(app)
        sessions = {role: session_of(app, person_id) for role, person_id in world.people.items()}
        world.keep()
    yield Tried(app, world, sessions)
    dispose(app)


@pytest.fixture
def put_back(tried: Tried) -> Iterator[Tried]:
    """The same platform, for a test that changes it; the file is put back whatever comes of that."""
    yield tried
    with tried.app.app_context():
        tried.world.restore()


@pytest.fixture(scope="session")
def asking(tried: Tried) -> list[Opening]:
    """Every address that is read, with the questions it looks for."""
    return [one for one in with_questions(tried) if one.names]


def session_of(app: Flask, person_id: int | None) -> str:
    """What a cookie holds once this person is signed in."""
    if person_id is None:
        return ""
    client = app.test_client()
    builders.sign_in(client, Actor(person_id=person_id))
    cookie = client.get_cookie("session")
    assert cookie is not None
    return cookie.value
