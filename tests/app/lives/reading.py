"""What a member reads: with what the service has kept of earlier pages, as without."""

from flask import Flask
from flask.testing import FlaskClient

from app import unchanged
from app.extensions import db
from app.web import kept_answers
from tests import builders
from tests.app.saying import said

PAGES = (
    "/planks/1",
    "/planks",
    "/planks/1?view=backing",
    "/where-we-stand",
    "/planks/2",
    "/",
    "/groups/green",
    "/planks/1/v1",
    "/where-we-differ",
)


class Reader:
    """A member who turns the pages, one after each step of a life."""

    def __init__(self, app: Flask) -> None:
        """Nothing is read yet."""
        self._app, self._turn = app, 0
        self._browser: FlaskClient = app.test_client()
        builders.sign_in(self._browser, builders.member())

    def read(self) -> None:
        """The next page says the same whether it is put together from what is kept, or all of it made anew."""
        page = PAGES[self._turn % len(PAGES)]
        self._turn += 1
        as_kept = said(self._browser.get(page))
        kept = dict(self._app.extensions)
        unchanged.init_app(self._app)
        self._app.extensions[kept_answers.EXTENSION] = kept_answers.KeptAnswers()
        assert as_kept == said(self._browser.get(page)), page
        self._app.extensions.update(kept)
        db.session.remove()
